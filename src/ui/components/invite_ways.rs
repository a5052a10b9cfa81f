//! The ways to invite people, as links: each page of them leads to the others.

use leptos::prelude::*;

use crate::texts::import as texts;
use crate::wire::import::Way;

/// The links; the page that is shown is marked.
#[component]
pub fn InviteWays(
    /// Which one is shown; none where a list may come either way.
    current: Option<Way>,
) -> impl IntoView {
    let link = |way: Way, words: &'static str| {
        let is_current = (current == Some(way)).then_some("page");
        view! { <a href=way.address() aria-current=is_current>{words}</a> }
    };
    view! {
        <nav class="filters" aria-label=texts::WAYS>
            {link(Way::One, texts::ONE_PERSON)}
            {link(Way::Lines, texts::PASTE_LINES)}
            {link(Way::File, texts::FILE)}
        </nav>
    }
}
