//! A new address that does not count yet, with the button to cancel it: a plain post.

use leptos::prelude::*;
use rekey_domain::id::CompanyId;

use crate::texts::email_change as texts;

/// The line and the button.
#[component]
pub fn PendingEmail(
    /// What waits, in words.
    words: String,
    /// Where the button posts to.
    action: String,
    /// The company that the page shows, where it is about somebody else (D3).
    #[prop(optional)]
    company: Option<CompanyId>,
) -> impl IntoView {
    view! {
        <div class="actions">
            <p>{words}</p>
            <form method="post" action=action>
                {company.map(|company| view! { <input type="hidden" name="company" value=company.to_string()/> })}
                <button type="submit" class="secondary">{texts::CANCEL}</button>
            </form>
        </div>
    }
}
