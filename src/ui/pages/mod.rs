//! The pages. Most files are one page and named after its address; `link` is the page behind every mailed link, and `loaded`, `news` and
//! `trouble` are what pages share.

pub mod account;
pub mod account_password;
pub mod ask;
pub mod batch;
pub mod companies;
pub mod company;
pub mod company_edit;
pub mod create_user;
pub mod dashboard;
pub mod delete_user;
pub mod email_change;
pub mod import_users;
pub mod link;
pub mod loaded;
pub mod login;
pub mod logout;
pub mod new_batch;
pub mod news;
pub mod not_me;
pub mod notice;
pub mod restore_user;
pub mod revoke_batch;
pub mod settings;
pub mod style;
pub mod trouble;
pub mod user;
