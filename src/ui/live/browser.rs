//! What islands do to the page around them: where it leads, where the focus is, what is said. It runs in event handlers and
//! effects only, and so in a browser only.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::texts::pages as texts;
use crate::wire::paths;

/// The one polite live region of a page. Only changes of state and counts go there, never clocks.
pub const ANNOUNCER: &str = "announcer";
/// Where a page says what the press before it did.
pub const OUTCOME: &str = "outcome";

/// The part that tells of a press, and then of what became of it where the page follows that.
pub const RESULT: &str = "result";
/// The part that says that a mail waits to be sent, until that mail is in trouble.
pub const WAITING: &str = "waiting";
/// The part that says that a new address is asked to confirm itself, until its mail is refused.
pub const CONFIRMING: &str = "confirming";

/// What stands on top of a page with forms: what to correct, or the failure that is nobody's typing.
pub const FORM_TOP: &str = "form-top";

/// The event that a press on this page was answered and the page stays: whoever follows looks at once.
pub const PRESSED: &str = "rekey-pressed";

/// The event that a list shows others than before: it is that of another address now.
pub const SEARCHED: &str = "rekey-searched";

/// Tells the other islands of a page what has happened on it, with an address that belongs to it.
pub fn tell_islands(event: &str, address: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&address.into());
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(event, &init) {
        // Refused only while the same event is under way.
        let _ = window().dispatch_event(&event);
    }
}

/// The address in such an event.
pub fn heard(event: web_sys::Event) -> String {
    let event = event.dyn_into::<web_sys::CustomEvent>().ok();
    event.and_then(|event| event.detail().as_string()).unwrap_or_default()
}

/// The company that the page shows.
pub fn company() -> String {
    let field = document()
        .query_selector("main input[type=hidden][name=company]")
        .ok()
        .flatten();
    let field = field.and_then(|field| field.get_attribute("value"));
    field.unwrap_or_default()
}

/// A form's fields as they stand in an address or a body, by the names that `called` gives them. Nothing where one is a file.
pub fn fields(form: &web_sys::HtmlFormElement, called: impl Fn(&str) -> String) -> Option<Vec<String>> {
    let fields = web_sys::FormData::new_with_form(form).ok()?;
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let mut pairs = Vec::new();
    for pair in js_sys::try_iter(&fields).ok()?? {
        let pair: js_sys::Array = pair.ok()?.dyn_into().ok()?;
        let (name, value) = (pair.get(0).as_string()?, pair.get(1).as_string()?);
        pairs.push(format!("{}={}", called(&encode(&name)), encode(&value)));
    }
    Some(pairs)
}

/// Loads a page.
pub fn load(path: &str) {
    // Refused only for addresses that are none.
    let _ = window().location().assign(path);
}

/// Loads this page anew.
pub fn load_again() {
    load(&here());
}

/// Leads to the sign-in page and back here afterwards.
pub fn sign_in_again() {
    load(&format!(
        "{}?next={}",
        paths::LOGIN,
        js_sys::encode_uri_component(&here())
    ));
}

/// The session ended for want of activity: to the sign-in page, which says so, and back here afterwards.
pub fn session_ended() {
    load(&format!(
        "{}?done=idle&next={}",
        paths::LOGIN,
        js_sys::encode_uri_component(&here())
    ));
}

fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Replaces the address shown without loading anything (F4).
pub fn show_address(path: &str) {
    if let Ok(history) = window().history() {
        // Refused only for another origin.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path));
    }
}

/// Says a sentence once, to whoever listens to the page.
pub fn announce(sentence: &str) {
    if let Some(region) = document().get_element_by_id(ANNOUNCER) {
        region.set_text_content(Some(sentence));
    }
}

/// Tells on top of the page what was done.
pub fn tell_done(sentence: &str) {
    tell(OUTCOME, "box done", texts::DONE, Some(RESULT), sentence);
}

/// Tells above the forms what went wrong.
pub fn tell_problem(sentence: &str) {
    tell(FORM_TOP, "box problem", texts::PROBLEM, None, sentence);
}

/// Takes away what the page tells of an earlier press.
pub fn tell_nothing() {
    for place in [OUTCOME, FORM_TOP] {
        if let Some(place) = document().get_element_by_id(place) {
            place.set_text_content(None);
        }
    }
}

/// `part`: what whoever follows knows it by.
fn tell(place: &str, class: &str, name: &str, part: Option<&str>, sentence: &str) {
    tell_nothing();
    let Some(place) = document().get_element_by_id(place) else {
        return;
    };
    if let (Ok(section), Ok(words)) = (document().create_element("section"), document().create_element("p")) {
        words.set_text_content(Some(sentence));
        section.set_class_name(class);
        // These are names of attributes, and both are elements: nothing is refused.
        let _ = section.set_attribute("aria-label", name);
        if let Some(part) = part {
            let _ = section.set_attribute("data-live", part);
        }
        let _ = section.append_child(&words);
        let _ = place.append_child(&section);
    }
}

/// Gives the element the focus, if it can take it.
pub fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that can't take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// Whether something stands in a field that did not when the page came.
pub fn has_typed() -> bool {
    let Some(body) = document().body() else { return false };
    let lines = all::<web_sys::HtmlInputElement>(
        &body,
        "form[method=post] input:not([type=hidden], [type=checkbox], [type=radio])",
    );
    let texts = all::<web_sys::HtmlTextAreaElement>(&body, "form[method=post] textarea");
    lines.iter().any(|line| line.value() != line.default_value())
        || texts
            .iter()
            .any(|text| text.default_value().is_ok_and(|before| before != text.value()))
}

/// All elements of `selector` below `root` that are of this kind.
pub fn all<E: JsCast>(root: &web_sys::Element, selector: &str) -> Vec<E> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|place| found.item(place));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}
