//! Whether a password is right, and whether a new one may be taken.

pub mod new_password;
pub mod try_password;
