//! Tabs: links without script; hydrated, the keys of the ARIA pattern with manual activation, since each panel comes from
//! the server. Arrows, Home and End move the focus, Enter and Space open.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::boundary;
use crate::ui::layout::focus;

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its element's id.
    pub id: &'static str,
    /// The id of its panel, which is there while it is open.
    pub panel: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Its words.
    pub words: String,
}

/// The tabs, named by the element `labelled_by`; `open` is the number of the open one.
#[component]
pub fn Tabs(tabs: Vec<Tab>, open: usize, labelled_by: &'static str) -> impl IntoView {
    let ids: Vec<_> = tabs.iter().map(|tab| tab.id).collect();
    let is_live = boundary::is_live();
    // Which one the Tab key reaches.
    let current = RwSignal::new(open);
    let move_focus = move |event: KeyboardEvent| {
        let last = ids.len().saturating_sub(1);
        let at = current.get_untracked();
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
            " " => {
                // A link opens by Enter alone, a tab by Space too.
                event.prevent_default();
                if let Some(tab) = event
                    .target()
                    .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok())
                {
                    tab.click();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        current.set(to);
        if let Some(tab) = document().get_element_by_id(ids[to]) {
            focus(&tab);
        }
    };
    view! {
        <div role="tablist" aria-labelledby=labelled_by class="tabs" on:keydown=move_focus>
            {tabs
                .into_iter()
                .enumerate()
                .map(|(number, tab)| {
                    let is_open = number == open;
                    view! {
                        <a
                            role="tab"
                            id=tab.id
                            href=tab.href
                            aria-selected=if is_open { "true" } else { "false" }
                            aria-controls=is_open.then_some(tab.panel)
                            tabindex=move || {
                                let reached = current.get() == number;
                                is_live.get().then_some(if reached { "0" } else { "-1" })
                            }
                            on:focus=move |_| current.set(number)
                        >
                            <bdi>{tab.words}</bdi>
                        </a>
                    }
                })
                .collect_view()}
        </div>
    }
}

fn is_mirrored() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("dir")).as_deref() == Some("rtl")
}
