//! What people see. Pages are documents that the server renders, and only the server has: the frame, one file a page, and the
//! parts that pages share. What lives in the browser is an island (`live`), in both halves.
//!
//! Pages read through services; islands use `api`, `wire`, `texts` and the rules in `rekey_domain`, never
//! `server`.

#![expect(
    missing_docs,
    reason = "`#[component]` makes a struct of the documented arguments, without their docs"
)]

#[cfg(feature = "ssr")]
pub mod asked;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod layout;
pub mod live;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod title;
