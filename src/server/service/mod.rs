//! Use cases, one a file, named by their verb. Each is one transaction: what matters is in it, since a request can end
//! at any moment. No lock is held over hashing or SMTP.

pub mod act_on_person;
pub mod ask_reset;
pub mod begin_session;
pub mod change_password;
pub mod create_company;
pub mod disavow_change;
pub mod error;
pub mod invite_administrator;
pub mod limit_asks;
pub mod limit_resets;
pub mod limit_sign_in;
pub mod look_at_link;
pub mod look_at_not_me;
pub mod new_password;
pub mod not_me_said;
pub mod operator_reset;
pub mod own_account;
pub mod password_changed;
pub mod redeem_reset;
pub mod reset_view;
pub mod resolve_asks;
pub mod resolve_session;
pub mod revoke_resets;
pub mod show_account;
pub mod show_company;
pub mod show_dashboard;
pub mod show_user;
pub mod sign_in;
pub mod sign_out;
pub mod start_reset;
pub mod trigger_reset;
pub mod withdraw_link;
