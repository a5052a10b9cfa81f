//! The island of a list's search: what is typed or chosen in its form narrows the list a moment later, without loading the page.
//! The form is one of GET, so that it does the same without script, by its button. A form says by `data-search` that it searches
//! the list of people; in a list that follows by itself, whoever follows goes on with the new question.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::api::people::search_people;
use crate::ui::live::browser::{self, SEARCHED};
use crate::ui::live::parts::put;
use crate::wire::paths;

/// So long nobody types any more before the list is asked for.
const PAUSE: Duration = Duration::from_millis(250);
/// The form around the rows, which comes back to the page that it stands on.
const CHOOSING: &str = "choosing";

/// It shows nothing itself.
#[island]
pub fn LiveSearch() -> impl IntoView {
    Effect::new(|_| {
        let search = Rc::new(Search::default());
        window_event_listener(ev::input, move |event| {
            if let Some(form) = form_of(&event) {
                search.later(form);
            }
        });
    });
}

#[derive(Default)]
struct Search {
    waiting: RefCell<Option<TimeoutHandle>>,
    /// How many questions were asked: an answer to an older one is none.
    asked: Cell<u32>,
}

impl Search {
    fn later(self: &Rc<Self>, form: web_sys::HtmlFormElement) {
        if let Some(waiting) = self.waiting.borrow_mut().take() {
            waiting.clear();
        }
        let search = Rc::clone(self);
        // Without a timer there is the button.
        *self.waiting.borrow_mut() = set_timeout_with_handle(move || search.now(&form), PAUSE).ok();
    }

    fn now(self: Rc<Self>, form: &web_sys::HtmlFormElement) {
        let Some(query) = asked_by(form) else { return };
        let address = format!("{}?{query}", paths::COMPANY);
        if form.dataset().get("search").as_deref() != Some("people") {
            browser::show_address(&address);
            browser::tell_islands(SEARCHED, &address);
            return;
        }
        let number = self.asked.get().wrapping_add(1);
        self.asked.set(number);
        spawn_local(async move {
            let found = search_people(query).await;
            if self.asked.get() != number {
                return;
            }
            match found {
                Ok(found) if found.company == browser::company() => {
                    put(&found.html, "#q", |_| true);
                    if let Some(rows) = document().get_element_by_id(CHOOSING) {
                        // An attribute's name is one.
                        let _ = rows.set_attribute("action", &address);
                    }
                    browser::show_address(&address);
                    browser::tell_islands(SEARCHED, &address);
                    browser::announce(&found.said);
                }
                // Another tab has switched: nothing of that company under the name of this one.
                Ok(_) => browser::load_again(),
                Err(trouble) if trouble.is_signed_out() => browser::sign_in_again(),
                // The button says what is wrong.
                Err(_) => (),
            }
        });
    }
}

/// The form that searches, where something is typed or chosen in it.
fn form_of(event: &web_sys::Event) -> Option<web_sys::HtmlFormElement> {
    let field: web_sys::Element = event.target()?.dyn_into().ok()?;
    field.closest("form[data-search]").ok()??.dyn_into().ok()
}

/// What a form asks, as it stands in an address: its fields that say something, and the order that its button keeps.
fn asked_by(form: &web_sys::HtmlFormElement) -> Option<String> {
    let mut pairs = browser::fields(form, str::to_owned)?;
    if let Some(order) = form.query_selector("button[name=sort]").ok().flatten() {
        pairs.push(format!("sort={}", order.get_attribute("value").unwrap_or_default()));
    }
    pairs.retain(|pair| !pair.ends_with('='));
    Some(pairs.join("&"))
}
