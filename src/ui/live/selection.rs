//! Who is ticked in the list of people. The form works without script, for the page that is shown; with it the choice
//! survives turning pages, kept in this tab's storage under the company, and how many are chosen is told.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlFormElement, HtmlInputElement, Storage};
use wasm_bindgen::JsCast;

use crate::texts::batches as texts;
use crate::ui::live::browser::{SEARCHED, all, announce};

/// The ticks of the rows, and the one for all of them.
const TICKS: &str = "input[type=checkbox][name=person]";
const WHOLE_PAGE: &str = "input[type=checkbox][name=whole_page]";

/// Beside the buttons of the form around it: how many are chosen, and those who stand on other pages of the list.
#[island]
pub fn Selection() -> impl IntoView {
    let people = RwSignal::new(Vec::new());
    let on_page = StoredValue::new(Vec::new());
    let place = NodeRef::<html::Span>::new();
    let form =
        move || -> Option<HtmlFormElement> { place.get_untracked()?.closest("form").ok().flatten()?.dyn_into().ok() };
    Effect::new(move |_| {
        let Some(form) = form() else { return };
        // One name for each company, in the storage of this tab.
        let key = format!("rekey.chosen.{}", hidden(&form, "company"));
        on_page.set_value(words(&hidden(&form, "on_page")));
        people.set(meet(&form, &key));
        let submit_key = key.clone();
        let (changing, change_key) = (form.clone(), key.clone());
        window_event_listener(ev::change, move |event| {
            if is_tick_of(&changing, &event) {
                people.set(change(&changing, &event, people.get_untracked()));
                keep(&change_key, &people.get_untracked());
                announce(&texts::selected(people.with_untracked(Vec::len)));
            }
        });
        // Others are listed: those who are chosen stay so.
        let (searching, search_key) = (form.clone(), key.clone());
        window_event_listener_untyped(SEARCHED, move |_| {
            on_page.set_value(words(&hidden(&searching, "on_page")));
            for whole in all::<HtmlInputElement>(&searching, WHOLE_PAGE) {
                whole.set_checked(false);
            }
            people.set(meet(&searching, &search_key));
        });
        // Those who are sent are chosen no longer.
        window_event_listener(ev::submit, move |event| {
            if event.target().as_ref() == Some(form.as_ref()) {
                keep(&submit_key, &[]);
            }
        });
    });
    let elsewhere = move || {
        people.with(|people| {
            let on_page = on_page.get_value();
            let elsewhere = people.iter().filter(|person| !on_page.contains(person));
            elsewhere.cloned().collect::<Vec<_>>().join(" ")
        })
    };
    // A field without a name is not sent.
    let name = move || (!elsewhere().is_empty()).then_some("elsewhere");
    let chosen = move || match people.with(Vec::len) {
        0 => String::new(),
        chosen => texts::selected(chosen),
    };
    view! {
        <span node_ref=place class="muted">{chosen}</span>
        <input type="hidden" name=name value=elsewhere/>
    }
}

/// Who is chosen when the page is there: those of other pages, and those that were ticked on this one before it was live. A
/// page that one comes back to shows who is chosen.
fn meet(form: &HtmlFormElement, key: &str) -> Vec<String> {
    let mut people = kept(key);
    let whole_page = all::<HtmlInputElement>(form, WHOLE_PAGE)
        .iter()
        .any(HtmlInputElement::checked);
    for tick in all::<HtmlInputElement>(form, TICKS) {
        let person = tick.value();
        let is_chosen = people.contains(&person);
        tick.set_checked(is_chosen || tick.checked() || whole_page);
        if tick.checked() && !is_chosen {
            people.push(person);
        }
    }
    keep(key, &people);
    people
}

fn is_tick_of(form: &HtmlFormElement, event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        form.contains(Some(&target)) && (target.matches(TICKS) == Ok(true) || target.matches(WHOLE_PAGE) == Ok(true))
    })
}

/// What a tick makes of the choice. One for the whole page ticks all of it; one less is not the whole page.
fn change(form: &HtmlFormElement, event: &Event, mut people: Vec<String>) -> Vec<String> {
    let tick = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(tick) = tick else { return people };
    let is_whole_page = tick.name() == "whole_page";
    for other in all::<HtmlInputElement>(form, TICKS) {
        if is_whole_page {
            other.set_checked(tick.checked());
        }
        let person = other.value();
        people.retain(|chosen| *chosen != person);
        if other.checked() {
            people.push(person);
        }
    }
    if !is_whole_page && !tick.checked() {
        for whole in all::<HtmlInputElement>(form, WHOLE_PAGE) {
            whole.set_checked(false);
        }
    }
    people
}

/// Where there is none, the choice is that of one page.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn kept(key: &str) -> Vec<String> {
    let text = storage().and_then(|storage| storage.get_item(key).ok().flatten());
    words(&text.unwrap_or_default())
}

/// Ids with a blank between them.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The value of a hidden field.
fn hidden(form: &HtmlFormElement, name: &str) -> String {
    let field = all::<HtmlInputElement>(form, &format!("input[type=hidden][name={name}]"));
    field.first().map(HtmlInputElement::value).unwrap_or_default()
}

fn keep(key: &str, people: &[String]) {
    if let Some(storage) = storage() {
        // It is full, or forbidden: the choice is that of one page.
        let _ = storage.set_item(key, &people.join(" "));
    }
}
