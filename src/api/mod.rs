//! Server functions by area: thin doors. Each states its endpoint and input, obtains who asks through
//! `server::door`, calls one service and maps the result. No SQL, no rule, no status.
//!
//! In the browser only the call remains; the body is dropped, so `crate::server` may be named without a `cfg`.
//! Reads are GET; whatever changes something is POST (F2).

#![expect(missing_docs, reason = "`#[server]` makes a struct of the arguments, without docs")]

pub mod account;
pub mod batches;
pub mod company;
pub mod resets;
pub mod session;
pub mod users;
