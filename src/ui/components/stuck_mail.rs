//! A note that mail does not get away.

use leptos::prelude::*;

use crate::texts::pages as shared;
use crate::texts::resets_list as texts;
use crate::wire::resets_list::StuckMail as View;

/// The note; nothing while mail gets away.
#[component]
pub fn StuckMail(#[prop(optional_no_strip)] stuck: Option<View>) -> impl IntoView {
    stuck.map(|stuck| {
        let words = texts::stuck(stuck.waiting, &stuck.since.text, stuck.why);
        view! { <section class="box note" aria-label=shared::NOTE><p>{words}</p></section> }
    })
}
