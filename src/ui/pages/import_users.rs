//! `/company/users/import`: a list of people, from a file or pasted, and what would come of each line. Plain forms, with and
//! without script: a file is posted as it is.

use leptos::prelude::*;
use rekey_domain::role::Role;

use crate::server::service::batches::show_import::show_import;
use crate::texts::import as texts;
use crate::ui::asked;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::counts::Counts;
use crate::ui::components::form::{FieldHint, FieldProblem, FormHandle, FormTop, described_by, is_invalid};
use crate::ui::components::import_table::ImportTable;
use crate::ui::components::invite_ways::InviteWays;
use crate::ui::components::long_text::LongText;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::error::AppError;
use crate::wire::forms::Field;
use crate::wire::import::{ImportDraft, ImportPage as View, Way};
use crate::wire::paths;

/// The page.
#[component]
pub fn ImportUsersPage() -> impl IntoView {
    let form = FormHandle::new();
    // What is no draft is looked for in vain.
    let draft_in = |name| {
        let draft = asked::in_query(name);
        draft
            .map(|draft| draft.parse().map_err(|_| AppError::NotFound))
            .transpose()
    };
    let (draft, changes) = (draft_in("draft"), draft_in("change"));
    loaded(
        move |services, reader| async move { show_import(&services, &reader, draft?, changes?).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    let way = asked::in_query("from").and_then(|word| Way::of_list(&word));
    let title = match (&page.draft, way) {
        (Some(draft), _) if !draft.is_pressed => texts::invite_heading(draft.ready.total),
        (Some(_), _) | (None, None | Some(Way::One)) => texts::TITLE_LIST.to_owned(),
        (None, Some(Way::Lines)) => texts::TITLE_LINES.to_owned(),
        (None, Some(Way::File)) => texts::TITLE_FILE.to_owned(),
    };
    view! {
        <Title text=form.title(&title)/>
        <FormTop form/>
        <h1 tabindex="-1">{title}</h1>
        {match page.draft {
            Some(draft) => view! { <Checked draft/> }.into_any(),
            None => view! { <InviteWays current=way/> <List form way roles=page.roles lines=page.lines/> }.into_any(),
        }}
    }
}

/// The form that takes the list: a file, lines, or either of them.
#[component]
fn List(form: FormHandle, way: Option<Way>, roles: Vec<Role>, lines: Option<String>) -> impl IntoView {
    let action = way.map_or(paths::IMPORT, Way::address);
    let label = if way.is_some() {
        texts::LINES_ALONE
    } else {
        texts::LINES
    };
    view! {
        <p>{texts::FIRST_CHECKED}</p>
        <p>
            {texts::COLUMNS} " " {texts::roles_hint(&roles)} " " {texts::OTHER_PROGRAMS} " "
            <a href=paths::IMPORT_SAMPLE download="">{texts::DOWNLOAD_SAMPLE}</a>
        </p>
        <form method="post" action=action enctype="multipart/form-data" novalidate class="narrow">
            <CompanyField/>
            {(way != Some(Way::Lines)).then(|| view! { <FileField form/> })}
            {(way != Some(Way::File))
                .then(|| {
                    let value = lines.unwrap_or_else(|| form.typed_lines(Field::Lines));
                    view! { <LongText form field=Field::Lines label hint=texts::LINES_HINT value/> }
                })}
            <div class="actions"><button type="submit" class="primary">{texts::CHECK}</button></div>
        </form>
    }
}

#[component]
fn FileField(form: FormHandle) -> impl IntoView {
    let field = Field::File;
    view! {
        <div class="field">
            <label for=field.name()>{texts::FILE}</label>
            <FieldHint field words=texts::FILE_HINT/>
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
        can_change,
    } = draft;
    if is_pressed {
        return view! {
            <p>{texts::PRESSED}</p>
            <p class="actions">
                <a href=paths::batch(id)>{texts::TO_BATCH}</a>
                <a href=paths::IMPORT>{texts::START_AGAIN}</a>
            </p>
        }
        .into_any();
    }
    let people = ready.total;
    let counts = [
        ("refused", texts::count_refused(refused.total), refused.total),
        ("here", texts::count_here(here.total), here.total),
        ("ready", texts::count_ready(ready.total), ready.total),
    ];
    let tables = view! {
        {view! { <ImportTable id="refused" heading=texts::cannot_be_imported(refused.total) lines=refused/> }.into_any()}
        {view! { <ImportTable id="here" heading=texts::already_here(here.total) lines=here/> }.into_any()}
        {view! { <ImportTable id="ready" heading=texts::will_be_invited(ready.total) lines=ready/> }.into_any()}
    }
    .into_any();
    let change = can_change.then(|| {
        let address = format!("{}&change={id}", Way::Lines.address());
        view! { <a href=address>{texts::CHANGE_LINES}</a> }
    });
    let again = view! { {change} <a href=paths::IMPORT>{texts::START_AGAIN}</a> };
    if people == 0 {
        return view! {
            <Counts counts=counts.to_vec()/>
            <p class="actions">{again}</p>
            {tables}
        }
        .into_any();
    }
    view! {
        <Counts counts=counts.to_vec()/>
        <form method="post" action=paths::IMPORT_INVITE class="with-list">
            <CompanyField/>
            <input type="hidden" name="draft" value=id.to_string()/>
            <p>{texts::WHAT_HAPPENS}</p>
            <div class="actions stays">
                <button type="submit" class="primary">{texts::invite(people)}</button>
                {again}
            </div>
            {tables}
        </form>
    }
    .into_any()
}
