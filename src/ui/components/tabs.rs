//! Tabs: links, to which an island adds the keys of the ARIA pattern.

use leptos::prelude::*;

use crate::ui::live::tab_keys::TabKeys;

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
    let tabs = tabs.into_iter().enumerate().map(|(number, tab)| {
        let is_open = number == open;
        view! {
            <a
                role="tab"
                id=tab.id
                href=tab.href
                aria-selected=if is_open { "true" } else { "false" }
                aria-controls=is_open.then_some(tab.panel)
            >
                <bdi>{tab.words}</bdi>
            </a>
        }
    });
    view! {
        <div role="tablist" aria-labelledby=labelled_by class="tabs">{tabs.collect_view()}</div>
        <TabKeys/>
    }
}
