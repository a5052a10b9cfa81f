//! A new address that does not count yet, with the button to cancel it: a plain post.

use leptos::prelude::*;

use crate::texts::email_change as texts;
use crate::ui::components::company_field::CompanyField;
use crate::wire::email_change::PendingEmail as Pending;

/// The line and the button.
#[component]
pub fn PendingEmail(
    /// What waits, in words.
    words: AnyView,
    /// Where the button posts to.
    action: String,
) -> impl IntoView {
    view! {
        <div class="actions">
            {words}
            <form method="post" action=action>
                <CompanyField/>
                <button type="submit" class="secondary">{texts::CANCEL}</button>
            </form>
        </div>
    }
}

/// What the new address of a person waits for, which follows by itself.
pub fn pending_words(pending: &Pending) -> impl IntoView + use<> {
    let words = texts::pending(pending);
    let said = format!("{words}.");
    view! { <p data-live="pending" data-said-of="pending" data-said=said>{words}</p> }
}
