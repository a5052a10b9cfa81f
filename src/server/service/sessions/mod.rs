//! Signing in and out.

pub mod begin_session;
pub mod operator_sign_out;
pub mod sign_in;
pub mod sign_out;
pub mod sign_out_user;
