//! How often something may be done.

pub mod limit_asks;
pub mod limit_batches;
pub mod limit_invitations;
pub mod limit_resets;
pub mod limit_sign_in;
