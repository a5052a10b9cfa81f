//! `1–50 of 312`, and the ways to the pages beside.

use leptos::prelude::*;

use crate::texts::pages::company as texts;

/// Below a list.
#[component]
pub fn Pages(
    /// Which rows are shown.
    #[prop(into)]
    range: Signal<String>,
    /// The address of the page before, if there is one.
    #[prop(into)]
    previous: Signal<Option<String>>,
    /// The address of the page after, if there is one.
    #[prop(into)]
    next: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="paging">
            <span>{move || range.get()}</span>
            <nav aria-label=texts::PAGES>
                {move || previous.get().map(|to| view! { <a href=to>{texts::PREVIOUS}</a> })}
                {move || next.get().map(|to| view! { <a href=to>{texts::NEXT}</a> })}
            </nav>
        </div>
    }
}
