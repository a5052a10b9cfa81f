//! A new email of an account: entering, confirming, stopping, counting.

pub mod cancel_email;
pub mod confirm_email;
pub mod enter_email;
pub mod free_email;
pub mod look_at_email_change;
pub mod pending_email;
pub mod settle_email;
pub mod stop_email;
