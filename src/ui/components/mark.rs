//! The product's mark: the bitting of a key as four bars, one for each stage of a reset.

use leptos::prelude::*;

/// The drawing, which the pages outside of the application include too (`templates/plain.html`).
const DRAWING: &str = include_str!("../../../templates/mark.svg");

/// The mark in the accent colour, hidden from screen readers: the words stand beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <span class="brand-mark" inner_html=DRAWING></span> }
}
