//! The rows of the database, one file a table, as they are stored and no more: words are text, ids plain UUIDs,
//! times whole milliseconds UTC. Queries turn them into domain types; nothing above the store sees a row. The
//! columns must be those of the migrations; a test reads every table.

pub mod activity;
pub mod ask;
pub mod batch;
pub mod batch_line;
pub mod company;
pub mod disavowal;
pub mod email_change;
pub mod grant;
pub mod limit;
pub mod link;
pub mod mail;
pub mod mail_try;
pub mod notice_link;
pub mod outage;
pub mod reset;
pub mod session;
pub mod user;
