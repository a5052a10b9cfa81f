//! Use cases, one a file, named by their verb. Each is one transaction: what matters is in it, since a request can end
//! at any moment. No lock is held over hashing or SMTP.

pub mod act_on_person;
pub mod ask_reset;
pub mod begin_session;
pub mod change_password;
pub mod create_company;
pub mod error;
pub mod invite_administrator;
pub mod list_resets;
pub mod look_at_link;
pub mod new_password;
pub mod own_account;
pub mod password_changed;
pub mod redeem_reset;
pub mod reset_timeline;
pub mod reset_view;
pub mod resets_of_person;
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
pub mod stuck_mail;
pub mod trigger_reset;
