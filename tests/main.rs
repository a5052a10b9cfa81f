//! The integration tests: one binary, so that it is linked once. Every test talks to a real server over HTTP, reads
//! pages as a person would, and gets its mail over real SMTP. How: `support`.
//!
//! A test is named after its case in the list of security cases, where it has one. Time is moved, never slept.

mod accents;
mod account;
mod activity;
mod batches;
mod big_company;
mod browser_surface;
mod command_line;
mod company_edit;
mod conversations;
mod crashes;
mod email_change;
mod forms;
mod forward_auth;
mod import;
mod import_command;
mod keeping;
mod limits;
mod linked;
mod links;
mod lists;
mod mail;
mod main_job;
mod news;
mod no_oracle;
mod not_me;
mod outage;
mod passwords;
mod people;
mod resets_list;
mod revoke_and_follow;
mod roles;
mod secrets;
mod sessions;
mod several_servers;
mod support;
mod takeovers;
mod timeline;
mod upgrade;
mod users_download;
mod users_list;
