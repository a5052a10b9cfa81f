//! What people see: the frame, one file a page, and the parts that pages share.
//!
//! Both halves render the same first view (style trap 7.11): no clock, no randomness, no locale, no `cfg!` in a
//! component; what only a browser can do stands in Effects and in [`boundary`]. It may use `api`, `wire`, `texts` and
//! the rules in `rekey_domain`; never `server`.

#![expect(
    missing_docs,
    reason = "`#[component]` makes a struct of the documented arguments, without their docs"
)]

pub mod boundary;
pub mod components;
pub mod layout;
pub mod pages;
