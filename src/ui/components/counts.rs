//! What a list comes to, first of all: how many of each kind there are, as links to their tables below.

use leptos::prelude::*;

/// The links, in a line; kinds that are not there have none.
#[component]
pub fn Counts(
    /// The id of each table, the words, and how many there are.
    counts: Vec<(&'static str, String, u64)>,
) -> impl IntoView {
    let links = counts
        .into_iter()
        .filter(|(_, _, count)| *count > 0)
        .map(|(id, words, _)| view! { <a href=format!("#{id}")>{words}</a> });
    view! { <p class="filters">{links.collect_view()}</p> }
}
