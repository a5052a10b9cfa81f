//! The few places where the two halves differ: what only the browser does, and what only a rendered answer has.

use leptos::prelude::*;

/// Sets the status of the page that is being rendered. In a browser there is none.
#[cfg(feature = "ssr")]
pub fn answer_with(status: u16) {
    use leptos_axum::ResponseOptions;

    if let (Some(response), Ok(status)) = (
        use_context::<ResponseOptions>(),
        axum::http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}

/// Sets the status of the page that is being rendered. In a browser there is none.
#[cfg(not(feature = "ssr"))]
pub fn answer_with(_status: u16) {}

/// After a panic the WebAssembly is dead but its listeners still swallow clicks. `rekeyDead`, an inline script of the
/// shell, hands links, forms and Back over to the browser again; all of them work without WebAssembly.
#[cfg(feature = "hydrate")]
pub fn give_the_page_back_on_panic() {
    use wasm_bindgen::{JsCast, JsValue};

    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if let Ok(dead) = js_sys::Reflect::get(&window(), &JsValue::from_str("rekeyDead"))
            && let Some(dead) = dead.dyn_ref::<js_sys::Function>()
        {
            // Nothing is left to do if even this fails.
            let _ = dead.call0(&JsValue::NULL);
        }
    }));
}

/// Sets `data-hydrated` on `<html>` once the page is live. For tests; no style depends on it.
pub fn mark_hydrated() {
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            // It can only fail for a name that is no attribute's.
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}

/// Loads a page anew, where the frame changes with it (sign-in, sign-out).
pub fn load(path: &str) {
    // Refused only for addresses that are none.
    let _ = window().location().assign(path);
}

/// Loads this page anew: the frame shows another company than the session acts in, since another tab has switched.
pub fn load_again() {
    let location = window().location();
    load(&(location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()));
}

/// Leads to the sign-in page and back here afterwards.
pub fn sign_in_again() {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    load(&format!("/login?next={}", js_sys::encode_uri_component(&here)));
}

/// The session ended for want of activity: to the sign-in page, which says so, and back here afterwards.
pub fn session_ended() {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    load(&format!(
        "/login?done=idle&next={}",
        js_sys::encode_uri_component(&here)
    ));
}

/// Replaces the address shown, without loading and without the router: the page stays mounted (F4).
pub fn show_address(path: &str) {
    if let Ok(history) = window().history() {
        // Refused only for another origin.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path));
    }
}

/// A signal that turns true once the page is live: for controls that need script, absent without it.
pub fn is_live() -> ReadSignal<bool> {
    let (live, set_live) = signal(false);
    Effect::new(move |_| set_live.set(true));
    live
}
