//! The audit trail: what is noted behind the answers, and reading it.

pub mod list_activity;
pub mod list_taken;
pub mod note_refusals;
