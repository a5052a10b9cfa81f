//! What a refused form shows at its fields. The server renders it, as in a page that it renders again
//! (`ui/components/form.rs`); here it is put into the page that stands, so that nothing of what was typed is lost.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

use crate::ui::live::browser::{FORM_TOP, all};
use crate::wire::answer::{FieldProblem, Refused};

/// Takes away what an earlier try left, in all of the page.
pub fn clear() {
    let Some(body) = document().body() else { return };
    if let Some(top) = document().get_element_by_id(FORM_TOP) {
        top.set_text_content(None);
    }
    for message in all::<web_sys::Element>(&body, ".field-problem") {
        let id = message.id();
        for described in all::<web_sys::Element>(&body, &format!("[aria-describedby~='{id}']")) {
            describe(&described, |ids| ids.retain(|known| *known != id));
        }
        message.remove();
    }
    for field in all::<web_sys::Element>(&body, "[aria-invalid]") {
        // An attribute's name is one.
        let _ = field.remove_attribute("aria-invalid");
    }
}

/// Shows the problems of a form beside its fields, and takes over the hidden fields that say something new.
pub fn show(form: &web_sys::Element, refused: &Refused) {
    for problem in &refused.problems {
        show_problem(form, problem);
    }
    for (name, value) in &refused.renewed {
        for field in all::<web_sys::HtmlInputElement>(form, &format!("input[type=hidden][name='{name}']")) {
            field.set_value(value);
        }
    }
}

fn show_problem(form: &web_sys::Element, problem: &FieldProblem) {
    let field = &problem.field;
    let find = |selector: String| form.query_selector(&selector).ok().flatten();
    let Some(input) = find(format!("[name='{field}']")) else {
        return;
    };
    let group = input.closest("fieldset").ok().flatten();
    // Below the label and its hint; in a group below the legend.
    let above = match &group {
        Some(group) => group.query_selector("legend").ok().flatten(),
        None => find(format!("[id='{field}-hint']")).or_else(|| find(format!("label[for='{field}']"))),
    };
    let Some(above) = above else { return };
    // It was rendered by the server, from texts that are escaped.
    let _ = above.insert_adjacent_html("afterend", &problem.message);
    let described = group.unwrap_or(input);
    let _ = described.set_attribute("aria-invalid", "true");
    describe(&described, |ids| ids.push(format!("{field}-problem")));
}

/// Changes the ids that describe an element.
fn describe(element: &web_sys::Element, change: impl FnOnce(&mut Vec<String>)) {
    let ids = element.get_attribute("aria-describedby").unwrap_or_default();
    let mut ids: Vec<_> = ids.split_whitespace().map(str::to_owned).collect();
    change(&mut ids);
    // Attributes' names are such.
    let _ = if ids.is_empty() {
        element.remove_attribute("aria-describedby")
    } else {
        element.set_attribute("aria-describedby", &ids.join(" "))
    };
}

/// Empties the secrets that a refusal does not leave in the page.
pub fn empty_secrets(form: &web_sys::Element) {
    for input in all::<web_sys::HtmlInputElement>(form, "input[data-emptied]") {
        input.set_value("");
    }
}

/// The element as a form.
pub fn as_form(target: Option<web_sys::EventTarget>) -> Option<web_sys::HtmlFormElement> {
    target?.dyn_into().ok()
}
