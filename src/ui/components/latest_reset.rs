//! A reset in words: its badge, what happened, the mail server's reply.

use leptos::prelude::*;

use crate::texts::pages::user as texts;
use crate::texts::resets;
use crate::ui::components::time::Time;
use crate::wire::views::LatestReset as View;

/// The reset.
#[component]
pub fn LatestReset(reset: View) -> impl IntoView {
    view! {
        <p>
            <span class="badge" data-state=reset.headline.as_str()>{resets::badge(reset.headline)}</span>
            " "
            {reset.sentence}
        </p>
        {reset
            .server_reply
            .map(|reply| {
                view! { <details><summary>{texts::SERVER_REPLY}</summary><p dir="ltr"><code>{reply}</code></p></details> }
            })}
        <dl class="facts row">
            <div><dt>{texts::ASKED}</dt><dd><Time moment=reset.asked/></dd></div>
            <div><dt>{texts::VALID_UNTIL}</dt><dd><Time moment=reset.valid_until/></dd></div>
            <div><dt>{texts::REFERENCE}</dt><dd><code>{reset.reference}</code></dd></div>
        </dl>
    }
}
