//! A moment on a page: machine-readable, and the text that the server formatted in the reader's zone.

use leptos::prelude::*;

use crate::texts::resets::NO_DEADLINE;
use crate::wire::views::Moment;

/// `<time datetime="…Z">24 Nov 2026, 14:32</time>`
#[component]
pub fn Time(moment: Moment) -> impl IntoView {
    view! { <time datetime=moment.iso>{moment.text}</time> }
}

/// Until when a link works, or did; a dash where it has ended otherwise.
#[component]
pub fn Deadline(until: Option<Moment>) -> impl IntoView {
    match until {
        Some(moment) => view! { <Time moment/> }.into_any(),
        None => NO_DEADLINE.into_any(),
    }
}
