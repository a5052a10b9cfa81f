//! The form `Details` of a person's page. It carries what the page showed, so that nobody overwrites what somebody else
//! has changed meanwhile without having seen it.

use leptos::prelude::*;

use crate::api::users::EditUser;
use crate::texts::account as account_texts;
use crate::texts::email_change as email_texts;
use crate::texts::people as texts;
use crate::ui::boundary;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FormHandle, SubmitButton};
use crate::ui::components::pending_email::PendingEmail;
use crate::wire::done::Done;
use crate::wire::email_change::PendingEmail as Pending;
use crate::wire::forms::OnPerson;
use crate::wire::people::{ChangedTo, EditUserInput, Edited};

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
    let save = ServerAction::<EditUser>::new();
    Effect::new(move |_| {
        let done = match save.value().get() {
            Some(Ok(Edited::Saved)) => Done::Saved,
            Some(Ok(Edited::InvitedAnew)) => Done::InvitedAnew,
            Some(Err(error)) => return form.refuse(error),
            None => return,
        };
        // Name and address stand in many places of the page: all are the server's.
        boundary::load(&format!("/company/users/{user}?done={}", done.word()));
    });
    let was = RwSignal::new((name.clone(), email.clone()));
    Effect::new(move |_| {
        if let Some(ChangedTo::Details { name, email }) = form.changed_meanwhile() {
            was.set((name, email));
        }
    });
    let busy = save.pending();
    // After a refusal the server shows what was typed.
    let typed = form.typed_person().and_then(|typed| typed.name);
    let email = if typed.is_some() { form.email() } else { email };
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
                action=format!("/company/users/{user}")
                novalidate
                class="narrow"
                on:submit=form.submit_here(busy, move |input: EditUserInput| {
                    save.dispatch(EditUser { user, input });
                })
            >
                <CompanyField/>
                <input type="hidden" name="was_name" value=move || was.with(|(name, _)| name.clone())/>
                <NameField form value=typed.unwrap_or(name)/>
                <input type="hidden" name="was_email" value=move || was.with(|(_, email)| email.clone())/>
                <EmailField form autocomplete="off" value=email hint/>
                <div class="actions"><SubmitButton text=account_texts::SAVE busy/></div>
            </form>
            {pending
                .map(|pending| {
                    let words = email_texts::pending(&pending.new, pending.counts_from.as_deref());
                    view! { <PendingEmail words action=format!("/company/users/{user}/cancel-email")/> }
                })}
        </section>
    }
}
