//! The page of a mailed link: once it is live, its secret leaves the address bar (F4).

use leptos::prelude::*;

use crate::ui::live::browser::show_address;

/// Shows another address of the same page.
#[island]
pub fn HiddenAddress(
    /// The one to show.
    shown: String,
) -> impl IntoView {
    Effect::new(move |_| show_address(&shown));
}
