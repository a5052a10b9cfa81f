//! `/company/resets/new`: many links at once. Addresses are pasted here; whoever was chosen, here or in the list, is shown
//! before anything is sent. A page, not a dialog: lists are long. Plain forms, with and without script.

use leptos::prelude::*;
use rekey_domain::id::BatchId;

use crate::server::service::batches::show_draft::show_new_batch;
use crate::texts::batches as texts;
use crate::ui::asked;
use crate::ui::components::batch_lines::BatchLines;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::counts::Counts;
use crate::ui::components::form::{FieldHint, FieldProblem, FormHandle, FormTop, described_by, is_invalid};
use crate::ui::components::long_text::LongText;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::batches::{DraftPage, NewBatchPage as View};
use crate::wire::error::AppError;
use crate::wire::forms::Field;
use crate::wire::paths;

/// The page.
#[component]
pub fn NewBatchPage() -> impl IntoView {
    let form = FormHandle::new();
    let draft = asked::in_query("draft");
    // What is no draft is looked for in vain.
    let draft = draft
        .map(|draft| draft.parse().map_err(|_| AppError::NotFound))
        .transpose();
    loaded(
        move |services, reader| async move { show_new_batch(&services, &reader, draft?).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    match page.draft {
        None => view! { <Paste form/> }.into_any(),
        Some(draft) => view! { <Draft draft form/> }.into_any(),
    }
}

#[component]
fn Paste(form: FormHandle) -> impl IntoView {
    let field = Field::Emails;
    view! {
        <Title text=form.title(texts::PASTE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::PASTE}</h1>
        <form method="post" action=paths::NEW_BATCH novalidate class="narrow">
            <CompanyField/>
            <LongText form field label=texts::EMAILS hint=texts::EMAILS_HINT value=form.typed_lines(field)/>
            <div class="actions">
                <button type="submit" class="primary">{texts::CHECK}</button>
                <a href=paths::USERS_TAB>{texts::BACK_TO_LIST}</a>
            </div>
        </form>
    }
}

#[component]
fn Draft(draft: DraftPage, form: FormHandle) -> impl IntoView {
    let people = draft.ready.total;
    let title = texts::send_to(people);
    let counts = vec![
        ("others", texts::count_others(draft.others.total), draft.others.total),
        ("ready", texts::count_ready(people), people),
        (
            "unknown",
            texts::count_unknown(draft.unknown.total, &draft.company_name),
            draft.unknown.total,
        ),
    ];
    let (will_get, will_not) = (texts::will_get(people), texts::will_not(draft.others.total));
    let tables = view! {
        <BatchLines lines=draft.others heading=will_not id="others" with_reasons=true/>
        <BatchLines lines=draft.ready heading=will_get id="ready"/>
    }
    .into_any();
    let below = if draft.is_pressed {
        view! {
            <p>
                {texts::PRESSED_ALREADY} " "
                <a href=paths::batch(draft.id)>{texts::SEE_BATCH}</a>
            </p>
            {tables}
        }
        .into_any()
    } else if people == 0 {
        view! {
            <p class="actions"><a href=paths::USERS_TAB>{texts::BACK_TO_LIST}</a></p>
            {tables}
        }
        .into_any()
    } else {
        view! { <Send id=draft.id people form tables/> }.into_any()
    };
    let heading = texts::not_in(&draft.company_name, draft.unknown.total);
    let invites = (draft.invites && draft.unknown.total > 0).then_some((draft.id, draft.unknown.total));
    view! {
        <Title text=form.title(&title)/>
        <FormTop form/>
        <h1 tabindex="-1">{title}</h1>
        <Counts counts/>
        {below}
        <BatchLines lines=draft.unknown heading id="unknown"/>
        {invites.map(|(of, unknown)| view! { <InviteUnknown of people=unknown is_all=people == 0/> })}
    }
}

/// The way on for addresses that are nobody's: they are checked as a list to be imported.
#[component]
fn InviteUnknown(of: BatchId, people: u64, is_all: bool) -> impl IntoView {
    // Where nobody gets a link, it is the one thing to do.
    let class = if is_all { "primary" } else { "secondary" };
    view! {
        <form method="post" action=paths::IMPORT class="narrow">
            <CompanyField/>
            <input type="hidden" name="unknown_of" value=of.to_string()/>
            <p class="hint" id="invite-unknown-hint">{texts::INVITE_UNKNOWN_HINT}</p>
            <div class="actions">
                <button type="submit" class=class aria-describedby="invite-unknown-hint">
                    {texts::invite_these(people)}
                </button>
            </div>
        </form>
    }
}

/// The form around the tables, so that its button stays in sight however long they are.
#[component]
fn Send(id: BatchId, people: u64, form: FormHandle, tables: AnyView) -> impl IntoView {
    let field = Field::Reason;
    let action = paths::batch_draft(id);
    view! {
        <p>{texts::OLD_PASSWORDS}</p>
        <form method="post" action=action novalidate class="with-list">
            <CompanyField/>
            <input type="hidden" name="draft" value=id.to_string()/>
            <div class="field narrow">
                <label for=field.name()>{texts::REASON}</label>
                <FieldHint field words=texts::REASON_HINT/>
                <FieldProblem form field/>
                <input
                    id=field.name()
                    name=field.name()
                    type="text"
                    autocomplete="off"
                    value=form.typed_or_empty(field)
                    aria-invalid=is_invalid(form, field)
                    aria-describedby=described_by(form, field, true)
                />
            </div>
            <div class="actions stays">
                <button type="submit" class="primary">{texts::send(people)}</button>
                <a href=paths::USERS_TAB>{texts::BACK_TO_LIST}</a>
            </div>
            {tables}
        </form>
    }
}
