//! What lives in the browser: islands in pages that the server renders, and what they share. Each is hydrated by itself, gets
//! what it shows as its arguments, and asks or tells the server by server functions. Everything here runs on both halves: the
//! server renders an island's first view.
//!
//! An island may use `api`, `wire`, `texts` and the rules; no page and no part that only pages have.

pub mod browser;
pub mod follow;
pub mod forms;
pub mod hidden_address;
pub mod idle_warning;
pub mod morph;
pub mod parts;
pub mod password;
pub mod refusal;
pub mod search;
pub mod selection;
#[cfg(feature = "hydrate")]
pub mod start;
pub mod tab_keys;
