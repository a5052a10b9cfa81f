//! The integration tests: one binary, so that it is linked once. Every test talks to a real server over HTTP, reads
//! pages as a person would, and gets its mail over real SMTP. How: `support`.
//!
//! A test is named after its case in the list of security cases, where it has one. Time is moved, never slept.

mod accents;
mod account;
mod activity;
mod allowances;
mod ask_storm;
mod batches;
mod big_company;
mod browser_surface;
mod chains;
mod command_line;
mod company_edit;
mod compression;
mod connections;
mod conversations;
mod crashes;
mod current_password;
#[cfg(unix)]
mod databases;
mod email_change;
mod failing_work;
mod fields;
#[cfg(unix)]
mod files;
mod forms;
mod forward_auth;
mod fuzz_corpus;
mod heavy_work;
mod hostile;
mod import;
mod import_command;
mod in_front;
mod keeping;
mod kept;
mod limits;
mod linked;
mod links;
mod lists;
mod mail;
mod mail_answers;
mod mail_connections;
mod main_job;
mod many_writers;
mod news;
mod no_oracle;
mod not_me;
mod outage;
mod passwords;
mod pasted;
mod people;
#[cfg(unix)]
mod pipes;
mod resets_list;
mod revoke_and_follow;
mod roles;
mod secrets;
mod sessions;
#[cfg(unix)]
mod several_servers;
mod support;
mod taken_back;
mod takeovers;
mod timeline;
mod traces;
mod upgrade;
mod users_download;
mod users_list;
