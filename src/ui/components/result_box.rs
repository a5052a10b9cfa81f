//! The box before a page's heading that tells what the previous press did. It stays until the next page: no vanishing
//! toasts (WCAG 2.2.1).

use leptos::prelude::*;

use crate::texts::pages as texts;

/// A success.
#[component]
pub fn DoneBox(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! { <section class="box done" aria-label=texts::DONE><p>{text}</p></section> }
        })
    }
}

/// A trouble that is not the form's fault.
#[component]
pub fn ProblemBox(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! { <section class="box problem" aria-label=texts::PROBLEM><p>{text}</p></section> }
        })
    }
}
