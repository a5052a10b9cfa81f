//! A new address that does not count yet, with the button to cancel it: a plain post.

use leptos::prelude::*;

use crate::texts::email_change as texts;
use crate::ui::components::company_field::CompanyField;

/// The line and the button.
#[component]
pub fn PendingEmail(
    /// What waits, in words.
    words: String,
    /// Where the button posts to.
    action: String,
) -> impl IntoView {
    view! {
        <div class="actions">
            <p>{words}</p>
            <form method="post" action=action>
                <CompanyField/>
                <button type="submit" class="secondary">{texts::CANCEL}</button>
            </form>
        </div>
    }
}
