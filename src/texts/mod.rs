//! The catalogue: every word that people read, in English, in one place for pages and mails alike.
//!
//! Plain constants and functions, so that the compiler finds a missing text and unused ones cost the browser nothing
//! (why no translation library yet: `docs/decisions/0003-texts.md`). No HTML here, no rule, no date arithmetic.
//!
//! A file has the words of one subject. Where a text stands on a page of its own, look in `pages`, which has a module for each page,
//! with the hints below its fields (the password's is in `pages::link`); mails are in `mails`, refusals in `trouble`, the sentences of
//! the activity in `activity`, and the life of a reset in `resets`, `stages` and `timeline`.

pub mod account;
pub mod activity;
pub mod batches;
pub mod company_edit;
pub mod email_change;
pub mod import;
pub mod kept;
pub mod linked;
pub mod mails;
pub mod not_me;
pub mod pages;
pub mod people;
pub mod resets;
pub mod resets_list;
pub mod stages;
pub mod timeline;
pub mod totals;
pub mod trouble;
