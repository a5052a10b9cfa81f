//! Use cases, one a file, named by their verb. Each is one transaction: what matters is in it, since a request can end
//! at any moment. No lock is held over hashing or SMTP.

pub mod account;
pub mod accounts;
pub mod acting;
pub mod activity;
pub mod batches;
pub mod companies;
pub mod emails;
pub mod keeping;
pub mod limits;
pub mod overview;
pub mod passwords;
pub mod people;
pub mod resets;
pub mod sessions;
