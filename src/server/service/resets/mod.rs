//! Links to a new password: asking, following, withdrawing, using, and “this was not me”.

pub mod ask_manager;
pub mod ask_reset;
pub mod disavow_change;
pub mod list_resets;
pub mod look_at_link;
pub mod look_at_not_me;
pub mod not_me_said;
pub mod operator_reset;
pub mod redeem_reset;
pub mod reset_timeline;
pub mod reset_view;
pub mod resets_of_person;
pub mod resolve_asks;
pub mod revoke_resets;
pub mod show_link;
pub mod start_reset;
pub mod stuck_mail;
pub mod trigger_reset;
pub mod withdraw_link;
pub mod withdraw_links;
