//! The parts of a page that are written anew by the server while it stands: elements that say by `data-live` which part they are.

use leptos::prelude::document;

use crate::ui::live::browser::{all, focus};
use crate::ui::live::morph::morph;

/// Puts the parts in place of those that are shown, as far as they are `wanted`. Where what had the focus goes away, the way to the
/// same person gets it, whose row may stand elsewhere now (`data-of`), or else the first element of `place`.
pub fn put(html: &str, place: &str, wanted: impl Fn(&str) -> bool) {
    let Ok(fresh) = document().create_element("div") else {
        return;
    };
    // It was rendered by the server, from texts that are escaped.
    fresh.set_inner_html(html);
    let had_focus = document().active_element();
    let of = had_focus
        .as_ref()
        .and_then(|element| element.closest("[data-of]").ok()?);
    let of = of.and_then(|row| row.get_attribute("data-of"));
    for part in all::<web_sys::Element>(&fresh, "[data-live]") {
        let name = part.get_attribute("data-live").unwrap_or_default();
        if !wanted(&name) {
            continue;
        }
        if let Ok(Some(shown)) = document().query_selector(&format!("[data-live='{name}']")) {
            morph(&shown, &part);
        }
    }
    let Some(had_focus) = had_focus else { return };
    if had_focus.is_connected() {
        // What was moved has lost it.
        if document().active_element().as_ref() != Some(&had_focus) {
            focus(&had_focus);
        }
        return;
    }
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let same = of.and_then(|of| find(&format!("[data-of='{of}'] a")));
    if let Some(element) = same.or_else(|| find(place)) {
        focus(&element);
    }
}
