//! `/company/users/{id}/restore`: asks before a deleted account is restored, and for another address where its own is
//! somebody else's by now. A plain form, with and without script.

use leptos::prelude::*;
use rekey_domain::account::Status;

use crate::texts::people as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::fields::EmailField;
use crate::ui::components::form::{FormHandle, FormTop};
use crate::ui::components::of_person::of_person;
use crate::ui::pages::trouble::Trouble;
use crate::ui::title::Title;
use crate::wire::error::AppError;
use crate::wire::paths;
use crate::wire::views::UserPage as View;

/// The page.
#[component]
pub fn RestoreUserPage() -> impl IntoView {
    let form = FormHandle::new();
    of_person(move |page| match page.editing.restores {
        Ok(()) if page.row.status == Status::Deleted => view! { <Content page form/> }.into_any(),
        Ok(()) => view! { <NotDeleted page/> }.into_any(),
        Err(refusal) => view! { <Trouble error=AppError::Forbidden(refusal)/> }.into_any(),
    })
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    let title = texts::restore_title(&page.row.name);
    let person = paths::person(page.row.id);
    let asks_email = page.editing.needs_email;
    let hint = if page.editing.corrects_email {
        texts::NEEDS_EMAIL
    } else {
        texts::NEEDS_CONFIRMED_EMAIL
    };
    view! {
        <Title text=form.title(&title)/>
        <FormTop form/>
        <h1 tabindex="-1">{title}</h1>
        <p>{texts::RESTORING_DOES}</p>
        <form method="post" action=paths::person_restore(page.row.id) novalidate class="narrow">
            <CompanyField/>
            {asks_email.then(|| view! { <EmailField form autocomplete="off" hint/> })}
            <div class="actions">
                <button type="submit" class="primary">{texts::RESTORE}</button>
                <a href=person>{texts::KEEP_DELETED}</a>
            </div>
        </form>
    }
}

#[component]
fn NotDeleted(page: View) -> impl IntoView {
    view! {
        <Title text=texts::NOT_DELETED/>
        <h1 tabindex="-1">{texts::NOT_DELETED}</h1>
        <p><a href=paths::person(page.row.id)>{page.row.name}</a></p>
    }
}
