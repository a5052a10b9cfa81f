//! A button that does one thing to a person: a form without fields of its own, which carries the company
//! that the page showed (D3). A second press while the first runs is ignored.

use leptos::prelude::*;

use crate::ui::components::company_field::CompanyField;
use crate::ui::components::form::submit_here;
use crate::wire::forms::{ActingIn, OnPerson};

/// The button.
#[component]
pub fn PersonButton(
    /// On whom.
    input: OnPerson,
    /// The last part of the path that a plain POST goes to.
    path: &'static str,
    /// What it does.
    #[prop(into)]
    words: String,
    /// The same while it runs.
    running: &'static str,
    /// How it looks.
    class: &'static str,
    /// Whether it runs.
    #[prop(into)]
    busy: Signal<bool>,
    /// Does it here, hydrated.
    run: Callback<OnPerson>,
    /// The id of a hint, while there is one.
    #[prop(optional, into)]
    described_by: Signal<Option<&'static str>>,
    /// The list that a plain POST comes back to, by the query of its address; else to the person's page.
    #[prop(optional, into)]
    list: Option<String>,
) -> impl IntoView {
    view! {
        <form
            method="post"
            action=format!("/company/users/{}/{path}", input.user)
            on:submit=submit_here(busy, move |acting: ActingIn| {
                run.run(OnPerson { company: acting.company, ..input });
            })
        >
            <CompanyField/>
            {list.map(|list| view! { <input type="hidden" name="list" value=list/> })}
            <button
                type="submit"
                class=class
                aria-disabled=move || busy.get().then_some("true")
                aria-describedby=move || described_by.get()
            >
                {move || if busy.get() { running.to_owned() } else { words.clone() }}
            </button>
        </form>
    }
}
