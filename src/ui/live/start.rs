//! The browser's entry. The page's start script calls `hydrate` once, then each island by its name, with `root` before it; at
//! the first failure it gives the page back to the browser (`server/http/shell.rs`).

use std::cell::RefCell;

use leptos::prelude::Owner;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static ROOT: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// Makes ready for islands.
#[wasm_bindgen]
pub fn hydrate() {
    give_the_page_back_on_panic();
    leptos::mount::hydrate_islands();
    ROOT.with(|root| *root.borrow_mut() = Owner::current());
}

/// Before an island that stands in no other one: nothing that an earlier island provides is in its context.
#[wasm_bindgen]
pub fn root() {
    ROOT.with(|root| {
        if let Some(owner) = &*root.borrow() {
            owner.set();
        }
    });
}

/// After a panic the WebAssembly is dead but its listeners still swallow clicks. `rekeyDead`, an inline script of the
/// page, hands links and forms over to the browser again; all of them work without WebAssembly.
fn give_the_page_back_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if let Ok(dead) = js_sys::Reflect::get(&leptos::prelude::window(), &JsValue::from_str("rekeyDead"))
            && let Some(dead) = dead.dyn_ref::<js_sys::Function>()
        {
            // Nothing is left to do if even this fails.
            let _ = dead.call0(&JsValue::NULL);
        }
    }));
}
