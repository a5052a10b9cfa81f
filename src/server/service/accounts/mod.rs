//! What happens to an account, whoever does it: page, command line, batch or recipient. Each in the transaction of the caller.

pub mod address;
pub mod delete_account;
pub mod open_change;
pub mod password_changed;
pub mod person_fields;
pub mod take_back;
