//! What only script can do for a password's field: show what is typed, and say how much is still missing.

use std::cell::Cell;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::texts::pages::{self, link as texts};

/// How long after the last key the missing characters are told.
const SETTLES_AFTER: Duration = Duration::from_secs(1);

fn input(id: &str) -> Option<web_sys::HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The button that shows a password, and hides it again.
#[island]
pub fn ShowPassword(
    /// The id of its field.
    field: String,
    /// What it shows, in words that only screen readers need: the eye sees the field around the button.
    shows: String,
) -> impl IntoView {
    let is_live = RwSignal::new(false);
    let is_shown = RwSignal::new(false);
    Effect::new(move |before: Option<bool>| {
        let is_shown = is_shown.get();
        if before.is_some()
            && let Some(input) = input(&field)
        {
            input.set_type(if is_shown { "text" } else { "password" });
        }
        is_shown
    });
    Effect::new(move |_| {
        is_live.set(true);
        // What is shown is hidden again before it leaves the page.
        window_event_listener(ev::submit, move |_| is_shown.set(false));
    });
    let word = move || if is_shown.get() { pages::HIDE } else { pages::SHOW };
    let press = move |_| is_shown.update(|is_shown| *is_shown = !*is_shown);
    view! {
        <button type="button" class="quiet" hidden=move || !is_live.get() on:click=press>
            {word}
            <span class="visually-hidden">" "{shows}</span>
        </button>
    }
}

/// How many characters a new password still lacks, told one second after typing stops in a line of the page.
#[island]
pub fn MissingCharacters(
    /// The id of the password's field.
    field: String,
    /// The id of the line.
    id: String,
    /// Fewest characters.
    min: usize,
) -> impl IntoView {
    Effect::new(move |_| {
        let (field, id) = (field.clone(), id.clone());
        let waiting = Cell::new(None::<TimeoutHandle>);
        window_event_listener(ev::input, move |event| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            let Some(input) = input.filter(|input| input.id() == field) else {
                return;
            };
            if let Some(earlier) = waiting.take() {
                earlier.clear();
            }
            let id = id.clone();
            let tell = move || {
                let length = input.value().chars().count();
                let is_short = length > 0 && length < min;
                let words = is_short.then(|| texts::missing(min - length));
                if let Some(line) = document().get_element_by_id(&id) {
                    line.set_text_content(words.as_deref());
                }
            };
            waiting.set(set_timeout_with_handle(tell, SETTLES_AFTER).ok());
        });
    });
}
