//! The title of a page, said by the page itself and put into the document's head when the page is there.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use crate::texts::pages as texts;

/// Where a page says its title. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct TitleOfPage(Arc<Mutex<String>>);

impl TitleOfPage {
    /// As the head has it: the page, the company acted in, the product.
    pub fn in_full(&self, company: Option<&str>) -> String {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match company {
            Some(company) => format!("{page} – {company} – {}", texts::PRODUCT),
            None => format!("{page} – {}", texts::PRODUCT),
        }
    }
}

/// Says the title of the page; the last one said is its title.
#[component]
pub fn Title(#[prop(into)] text: String) -> impl IntoView {
    if let Some(title) = use_context::<TitleOfPage>() {
        *title.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }
}
