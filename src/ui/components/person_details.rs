//! The form `Details` of a person's page. It carries what the page showed, so that nobody overwrites what somebody else
//! has changed meanwhile without having seen it.

use leptos::prelude::*;

use crate::texts::account as account_texts;
use crate::texts::email_change as email_texts;
use crate::texts::people as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FormHandle, SubmitButton};
use crate::ui::components::pending_email::{PendingEmail, pending_words};
use crate::wire::email_change::PendingEmail as Pending;
use crate::wire::forms::{Field, OnPerson};
use crate::wire::paths;
use crate::wire::people::ChangedTo;

/// The section.
#[component]
pub fn PersonDetails(
    form: FormHandle,
    /// On whom.
    input: OnPerson,
    /// As the page knows it.
    name: String,
    /// As the page knows it.
    email: String,
    /// Whether the address may be corrected at once.
    corrects_email: bool,
    /// The new address that does not count yet.
    pending: Option<Pending>,
) -> impl IntoView {
    let OnPerson { user, .. } = input;
    let (was_name, was_email) = match form.changed_meanwhile() {
        Some(ChangedTo::Details { name, email }) => (name, email),
        // What the form had read, when it is shown again.
        _ => (
            form.typed("was_name").unwrap_or_else(|| name.clone()),
            form.typed("was_email").unwrap_or_else(|| email.clone()),
        ),
    };
    // After a refusal the server shows what was typed.
    let typed = form.typed(Field::Name.name());
    let email = if typed.is_some() {
        form.typed_or_empty(Field::Email)
    } else {
        email
    };
    let hint = if corrects_email {
        texts::CORRECTED_AT_ONCE
    } else {
        email_texts::HINT
    };
    view! {
        <section aria-labelledby="details">
            <h2 id="details">{account_texts::DETAILS}</h2>
            <form
                method="post"
                action=paths::person(user)
                data-door="edit-user"
                data-with=format!("input[user]={user}")
                novalidate
                class="narrow"
            >
                <CompanyField/>
                <input type="hidden" name="was_name" value=was_name/>
                <NameField form value=typed.unwrap_or(name)/>
                <input type="hidden" name="was_email" value=was_email/>
                <EmailField form autocomplete="off" value=email hint/>
                <div class="actions"><SubmitButton text=account_texts::SAVE is_secondary=true/></div>
            </form>
            {pending
                .map(|pending| {
                    let words = pending_words(&pending).into_any();
                    view! { <PendingEmail words action=paths::person_cancel_email(user)/> }
                })}
        </section>
    }
}
