//! What crosses the network between the server and the browser's half: errors, form inputs, and views of rows.
//!
//! Plain data on both targets. It knows the words of `rekey_domain`, never the database's rows.

pub mod account;
pub mod activity;
pub mod answer;
pub mod batches;
pub mod company_edit;
pub mod company_query;
pub mod done;
pub mod email_change;
pub mod error;
pub mod forms;
pub mod import;
pub mod linked;
pub mod list_place;
pub mod news;
pub mod not_me;
pub mod paths;
pub mod people;
pub mod resets;
pub mod resets_list;
pub mod resets_query;
pub mod url_query;
pub mod users_query;
pub mod views;
