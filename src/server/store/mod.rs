//! The store: the database, its rows, and one file of queries an aggregate. It knows no rule, no page and no mail;
//! services hand it `now` and decide, the store finds, inserts and changes.

pub mod activity;
pub mod activity_list;
pub mod address_owners;
pub mod asks;
pub mod batch_lines;
pub mod batch_resets;
pub mod batches;
pub mod change_facts;
pub mod companies;
pub mod counted;
pub mod counted_resets;
pub mod dashboard;
pub mod db;
pub mod disavowals;
pub mod email_changes;
pub mod entity;
pub mod grants;
pub mod limits;
pub mod links;
pub mod mail_tries;
pub mod mails;
pub mod named;
pub mod named_resets;
pub mod notice_facts;
pub mod notice_links;
pub mod outages;
pub mod outbox;
pub mod over;
pub mod person_pages;
mod ranks;
pub mod refused_passwords;
pub mod reset_list;
pub mod reset_marks;
pub mod resets;
pub mod search;
pub mod sessions;
pub mod user_list;
pub mod users;

use std::str::FromStr;

use rekey_domain::time::Timestamp;
use sea_orm::DbErr;

/// A stored word as its enum. The checks of the tables let no other word in.
fn read_word<T: FromStr>(word: &str) -> Result<T, DbErr> {
    word.parse()
        .map_err(|_| DbErr::Custom("a stored word that this program does not know".to_owned()))
}

/// Stored milliseconds.
fn read_time(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

#[cfg(test)]
mod large_company_tests;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
pub(crate) mod test_rows;
