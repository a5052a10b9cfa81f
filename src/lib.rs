//! Rekey: the accounts part of a business application.
//!
//! One package, two halves: the server (feature `ssr`) renders every page, keeps the data and sends the mail; the
//! browser's half (feature `hydrate`, WebAssembly) makes the same pages live. The direction of `use` is the
//! architecture: [`ui`] → [`api`] → `server::service` → `server::store`; everyone may use [`wire`], [`texts`] and the
//! rules in `rekey_domain`.

// The types of views nest as deep as the pages do.
#![recursion_limit = "256"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` are two halves of one program: build them one at a time");

pub mod api;
pub mod app;
#[cfg(feature = "ssr")]
pub mod server;
pub mod texts;
pub mod ui;
pub mod wire;

/// The browser's entry: takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    ui::boundary::give_the_page_back_on_panic();
    leptos::mount::hydrate_body(app::App);
}
