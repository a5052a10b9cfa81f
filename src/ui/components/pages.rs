//! `1–50 of 312`, and the ways to the pages beside.

use leptos::prelude::*;

use crate::texts::pages::company as texts;

/// Below a list.
#[component]
pub fn Pages(
    /// Which rows are shown.
    range: String,
    /// The address of the page before, if there is one.
    #[prop(optional_no_strip)]
    previous: Option<String>,
    /// The address of the page after, if there is one.
    #[prop(optional_no_strip)]
    next: Option<String>,
) -> impl IntoView {
    view! {
        <div class="paging">
            <span>{range}</span>
            <nav aria-label=texts::PAGES>
                {previous.map(|to| view! { <a href=to>{texts::PREVIOUS}</a> })}
                {next.map(|to| view! { <a href=to>{texts::NEXT}</a> })}
            </nav>
        </div>
    }
}
