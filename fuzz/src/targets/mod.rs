//! What is fuzzed: one file a target. A target takes any bytes and panics where a promise is broken, whatever the bytes are.
//! What is kept of each in `fuzz/corpus` is also run by the HTTP tests, which include this file (`tests/fuzz_corpus.rs`).
//!
//! A new target is a file here, a line below, and a folder of first inputs in `fuzz/corpus`.

mod addresses;
mod conversations;
mod cookies;
mod forwarded;
mod links;
mod lists;
mod mail_replies;
mod recipients;
mod ways_back;

/// What looks at an input, with the name of its folders.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const ALL: &[Target] = &[
    ("addresses", addresses::check),
    ("conversations", conversations::check),
    ("cookies", cookies::check),
    ("forwarded", forwarded::check),
    ("links", links::check),
    ("lists", lists::check),
    ("mail-replies", mail_replies::check),
    ("recipients", recipients::check),
    ("ways-back", ways_back::check),
];
