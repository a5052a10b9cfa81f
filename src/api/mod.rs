//! Server functions by area, for the islands and the live forms of pages: thin doors. Each states its endpoint and input,
//! obtains who asks through `server::door`, calls one service and maps the result. Plain posts run them, too (`http/write.rs`). No SQL, no rule, no status. What pages
//! show they read through services themselves.
//!
//! In the browser only the call remains; the body is dropped, so `crate::server` may be named without a `cfg`.
//! Reads are GET; whatever changes something is POST (F2).

#![expect(missing_docs, reason = "`#[server]` makes a struct of the arguments, without docs")]

pub mod account;
pub mod company;
pub mod people;
pub mod resets;
pub mod session;
