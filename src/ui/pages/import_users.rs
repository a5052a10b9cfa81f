//! `/company/users/import`: a list of people, from a file or pasted, and what would come of each line. Plain forms, with and
//! without script: a file is posted as it is.

use leptos::prelude::*;
use rekey_domain::role::Role;

use crate::server::service::show_import::show_import;
use crate::texts::import as texts;
use crate::ui::asked;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::form::{FieldProblem, FormHandle, FormTop, described_by, is_invalid};
use crate::ui::components::import_table::ImportTable;
use crate::ui::components::long_text::LongText;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::error::AppError;
use crate::wire::forms::Field;
use crate::wire::import::{ImportDraft, ImportPage as View};

/// The page.
#[component]
pub fn ImportUsersPage() -> impl IntoView {
    let form = FormHandle::new();
    let draft = asked::in_query("draft");
    // What is no draft is looked for in vain.
    let draft = draft
        .map(|draft| draft.parse().map_err(|_| AppError::NotFound))
        .transpose();
    loaded(
        move |services, reader| async move { show_import(&services, &reader, draft?).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        {match page.draft {
            Some(draft) => view! { <Checked draft/> }.into_any(),
            None => view! { <List form roles=page.roles/> }.into_any(),
        }}
    }
}

/// The form that takes the list.
#[component]
fn List(form: FormHandle, roles: Vec<Role>) -> impl IntoView {
    let field = Field::File;
    view! {
        <p>{texts::FIRST_CHECKED}</p>
        <form
            method="post"
            action="/company/users/import"
            enctype="multipart/form-data"
            novalidate
            class="narrow"
        >
            <CompanyField/>
            <div class="field">
                <label for=field.name()>{texts::FILE}</label>
                <p class="hint" id=format!("{}-hint", field.name())>{texts::FILE_HINT}</p>
                <FieldProblem form field/>
                <input
                    id=field.name()
                    name=field.name()
                    type="file"
                    accept=".csv,.txt,text/csv,text/plain"
                    aria-invalid=is_invalid(form, field)
                    aria-describedby=described_by(form, field, true)
                />
            </div>
            <LongText
                form
                field=Field::Lines
                label=texts::LINES
                hint=texts::roles_hint(&roles)
                value=form.typed_lines(Field::Lines)
            />
            <div class="actions">
                <button type="submit" class="primary">{texts::CHECK}</button>
            </div>
        </form>
    }
}

/// What would come of the list, and the button that lets it happen.
#[component]
fn Checked(draft: ImportDraft) -> impl IntoView {
    let ImportDraft {
        id,
        is_pressed,
        ready,
        here,
        refused,
    } = draft;
    if is_pressed {
        return view! {
            <p>{texts::PRESSED}</p>
            <p class="actions">
                <a href=format!("/company/resets/batches/{id}")>{texts::TO_BATCH}</a>
                <a href="/company/users/import">{texts::START_AGAIN}</a>
            </p>
        }
        .into_any();
    }
    let people = ready.total;
    let press = if people == 0 {
        view! { <p>{texts::NOBODY}</p> }.into_any()
    } else {
        view! {
            <p>{texts::WHAT_HAPPENS}</p>
            <form method="post" action="/company/users/import/invite">
                <CompanyField/>
                <input type="hidden" name="draft" value=id.to_string()/>
                <button type="submit" class="primary">{texts::invite(people)}</button>
            </form>
        }
        .into_any()
    };
    view! {
        {press}
        <p class="actions"><a href="/company/users/import">{texts::START_AGAIN}</a></p>
        {view! { <ImportTable id="refused" heading=texts::cannot_be_imported(refused.total) lines=refused/> }.into_any()}
        {view! { <ImportTable id="here" heading=texts::already_here(here.total) lines=here/> }.into_any()}
        {view! { <ImportTable id="ready" heading=texts::will_be_invited(ready.total) lines=ready/> }.into_any()}
    }
    .into_any()
}
