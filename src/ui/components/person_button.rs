//! A button that does one thing to a person's resets: a form without fields of its own, which carries the company that the
//! page showed (D3). Live, it goes to a server function, and the page stays (`ui/live/forms.rs`).

use leptos::prelude::*;
use rekey_domain::id::UserId;

use crate::texts::pages::user as texts;
use crate::wire::forms::OnPerson;
use crate::wire::paths;

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// **Reset password**, **Resend invitation**.
    Reset,
    /// **Send again**: the same, from where a reset is shown.
    SendAgain,
    /// **Revoke**.
    Revoke,
}

impl Press {
    /// What its form is known by among others, the server function that a live press calls, and what the button says while it
    /// runs.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Reset | Self::SendAgain => ("reset", "trigger-reset", texts::SENDING),
            Self::Revoke => ("revoke", "revoke-resets", texts::REVOKING),
        }
    }

    /// Where a plain POST goes.
    fn address(self, user: UserId) -> String {
        match self {
            Self::Reset | Self::SendAgain => paths::person_reset(user),
            Self::Revoke => paths::person_revoke(user),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Reset => "primary",
            Self::SendAgain => "secondary",
            Self::Revoke => "quiet danger",
        }
    }
}

/// The button.
#[component]
pub fn PersonButton(
    /// On whom.
    input: OnPerson,
    /// What it does.
    press: Press,
    /// What it says.
    #[prop(into)]
    words: String,
    /// To whom, where several such buttons stand on a page: it is heard, and seen beside the button.
    #[prop(optional_no_strip)]
    of: Option<String>,
    /// The id of a hint.
    #[prop(optional_no_strip)]
    described_by: Option<&'static str>,
    /// The list that a plain POST comes back to, by the query of its address; else to the person's page.
    #[prop(optional_no_strip)]
    list: Option<String>,
) -> impl IntoView {
    let (key, door, running) = press.names();
    view! {
        <form
            method="post"
            action=press.address(input.user)
            data-door=door
            data-with=format!("input[user]={}", input.user)
            data-key=key
        >
            <input type="hidden" name="company" value=input.company.to_string()/>
            {list.map(|list| view! { <input type="hidden" name="list" value=list/> })}
            <button
                type="submit"
                class=press.class()
                data-running=running
                aria-describedby=described_by
            >
                {words}
                {of.map(|of| view! { <span class="visually-hidden">{of}</span> })}
            </button>
        </form>
    }
}
