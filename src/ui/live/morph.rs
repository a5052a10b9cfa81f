//! Brings an element that is shown to what the server has written anew, and leaves alone whatever is the same: what has the
//! focus, is selected or was opened by hand stays so. It must not know what is shown.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Elements that say this are the same as long as they say the same; others are, at the same place, by their name.
const KEY: &str = "data-key";
/// What people set by themselves: a `details` stays open.
const THEIRS: [&str; 1] = ["open"];

/// Makes `old` like `new`, from which it takes what it has not got.
pub fn morph(old: &Element, new: &Element) {
    if old.is_equal_node(Some(new)) {
        return;
    }
    take_attributes(old, new);
    remove_unwanted(old, new);
    let mut place = old.first_child();
    let mut next = new.first_child();
    while let Some(wanted) = next {
        next = wanted.next_sibling();
        let Some(found) = find(place.clone(), &wanted) else {
            // An element of this page can stand anywhere in it.
            let _ = old.insert_before(&wanted, place.as_ref());
            continue;
        };
        // What has no key and stands before it is the same as nothing: it goes, since what moves loses the focus.
        while let Some(stale) = place.clone().filter(|node| *node != found && key(node).is_none()) {
            place = stale.next_sibling();
            let _ = old.remove_child(&stale);
        }
        if place.as_ref() == Some(&found) {
            place = found.next_sibling();
        } else {
            let _ = old.insert_before(&found, place.as_ref());
        }
        match (found.dyn_ref::<Element>(), wanted.dyn_ref::<Element>()) {
            (Some(found), Some(wanted)) => morph(found, wanted),
            _ if found.node_value() != wanted.node_value() => found.set_node_value(wanted.node_value().as_deref()),
            _ => {}
        }
    }
    while let Some(left) = place {
        place = left.next_sibling();
        let _ = old.remove_child(&left);
    }
}

fn take_attributes(old: &Element, new: &Element) {
    let names = |element: &Element| {
        let names = element.get_attribute_names();
        names.iter().filter_map(|name| name.as_string()).collect::<Vec<_>>()
    };
    for name in names(new) {
        let value = new.get_attribute(&name);
        if value != old.get_attribute(&name) {
            // It is the name of an attribute.
            let _ = old.set_attribute(&name, value.as_deref().unwrap_or_default());
        }
    }
    for name in names(old) {
        if !new.has_attribute(&name) && !THEIRS.contains(&name.as_str()) {
            let _ = old.remove_attribute(&name);
        }
    }
}

/// Takes away the elements with keys that are gone, so that those after them need not move: what moves loses the focus.
fn remove_unwanted(old: &Element, new: &Element) {
    let mut next = old.first_element_child();
    while let Some(child) = next {
        next = child.next_element_sibling();
        if key(&child).is_some() && find(new.first_child(), &child).is_none() {
            child.remove();
        }
    }
}

/// The node that is the same as this one, among `from` and those after it.
fn find(from: Option<Node>, wanted: &Node) -> Option<Node> {
    let wanted_key = key(wanted);
    let is_same = |node: &Node| node.node_name() == wanted.node_name() && key(node) == wanted_key;
    if wanted_key.is_none() {
        return from.filter(is_same);
    }
    let mut next = from;
    while let Some(node) = next {
        if is_same(&node) {
            return Some(node);
        }
        next = node.next_sibling();
    }
    None
}

fn key(node: &Node) -> Option<String> {
    node.dyn_ref::<Element>()?.get_attribute(KEY)
}
