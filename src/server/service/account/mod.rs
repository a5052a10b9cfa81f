//! One's own account.

pub mod change_password;
pub mod own_account;
pub mod show_account;
