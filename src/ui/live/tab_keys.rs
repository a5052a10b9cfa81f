//! The keys of the ARIA pattern of tabs with manual activation, since each panel comes from the server: arrows, Home and End
//! move the focus, Enter and Space open. Without it the tabs are links.

use leptos::ev;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::live::browser::{all, focus};

/// Of the tab list of this page, which it makes one stop of the Tab key.
#[island]
pub fn TabKeys() -> impl IntoView {
    Effect::new(|_| {
        let tabs = tabs();
        let open = tabs
            .iter()
            .position(|tab| tab.get_attribute("aria-selected").as_deref() == Some("true"));
        reach(&tabs, open.unwrap_or_default());
        window_event_listener(ev::keydown, |event| press(&event));
        window_event_listener(ev::focusin, |event| {
            let tabs = self::tabs();
            if let Some(at) = place_of(&tabs, event.target()) {
                reach(&tabs, at);
            }
        });
    });
}

fn tabs() -> Vec<web_sys::HtmlElement> {
    let body = document().body();
    body.map(|body| all(&body, "[role=tablist] [role=tab]"))
        .unwrap_or_default()
}

fn place_of(tabs: &[web_sys::HtmlElement], target: Option<web_sys::EventTarget>) -> Option<usize> {
    let target = target?.dyn_into::<web_sys::Element>().ok()?;
    let tab = target.closest("[role=tab]").ok()??;
    tabs.iter().position(|known| known.is_same_node(Some(&tab)))
}

/// Only this one is reached by the Tab key.
fn reach(tabs: &[web_sys::HtmlElement], reached: usize) {
    for (number, tab) in tabs.iter().enumerate() {
        tab.set_tab_index(if number == reached { 0 } else { -1 });
    }
}

fn press(event: &KeyboardEvent) {
    let tabs = tabs();
    let Some(at) = place_of(&tabs, event.target()) else {
        return;
    };
    let last = tabs.len().saturating_sub(1);
    let (back, on) = if is_mirrored() {
        ("ArrowRight", "ArrowLeft")
    } else {
        ("ArrowLeft", "ArrowRight")
    };
    let to = match event.key().as_str() {
        key if key == back => at.checked_sub(1).unwrap_or(last),
        key if key == on => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        "Home" => 0,
        "End" => last,
        // A link opens by Enter alone, a tab by Space too.
        " " => {
            event.prevent_default();
            return tabs[at].click();
        }
        _ => return,
    };
    event.prevent_default();
    focus(&tabs[to]);
}

fn is_mirrored() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("dir")).as_deref() == Some("rtl")
}
