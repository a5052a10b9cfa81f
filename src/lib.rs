//! Rekey: the accounts part of a business application.
//!
//! One package, two halves: the server (feature `ssr`) renders every page, keeps the data and sends the mail; the
//! browser's half (feature `hydrate`, WebAssembly) holds the islands in them ([`ui::live`]). The direction of `use` is the
//! architecture: islands → [`api`] → `server::service` → `server::store`, pages → `server::service`; everyone may use
//! [`wire`], [`texts`] and the rules in `rekey_domain`.

// The types of views nest as deep as the pages do.
#![recursion_limit = "256"]
// They panic where the reader has closed the pipe: `server::cli::output` writes instead (K12).
#![warn(clippy::print_stdout, clippy::print_stderr)]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` are two halves of one program: build them one at a time");

pub mod api;
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod server;
pub mod texts;
pub mod ui;
pub mod wire;
