//! A moment on a page: machine-readable, and the text that the server formatted in the reader's zone.

use leptos::prelude::*;

use crate::wire::views::Moment;

/// `<time datetime="…Z">24 Nov 2026, 14:32</time>`
#[component]
pub fn Time(moment: Moment) -> impl IntoView {
    view! { <time datetime=moment.iso>{moment.text}</time> }
}
