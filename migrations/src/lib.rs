//! The database schema of Rekey, step by step, for `SQLite` and `PostgreSQL` 15 alike.
//!
//! The schema refuses what must not be: every rule that a row, or two rows together, can break is a foreign key,
//! a check or a unique index here, whatever the code above does. A rule that needs the clock or the role table is
//! not here.
//!
//! Conventions in every table: ids are UUIDs, points in time are whole milliseconds since 1970 in UTC, hashes are
//! bytes, closed sets of words are text with a check. Steps only go forward; a published step is never edited.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod m0001_companies_and_users;
mod m0002_sessions;
mod m0003_resets_and_links;
mod m0004_outgoing_mail;
mod m0005_activity;
mod m0006_truth_about_resets;
mod m0007_people;
mod m0008_shown_links;
mod m0009_companies;
mod m0010_activity_search;
mod m0011_linked_companies;
mod m0012_batches;
mod m0013_ever_had_a_password;
mod m0014_settled_mails;
mod m0015_invitations_a_day;
mod m0016_repeated_entries;
mod m0017_large_companies;
mod m0018_what_became;
mod parts;

/// All steps in their order. Applying them twice changes nothing.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_companies_and_users::Migration),
            Box::new(m0002_sessions::Migration),
            Box::new(m0003_resets_and_links::Migration),
            Box::new(m0004_outgoing_mail::Migration),
            Box::new(m0005_activity::Migration),
            Box::new(m0006_truth_about_resets::Migration),
            Box::new(m0007_people::Migration),
            Box::new(m0008_shown_links::Migration),
            Box::new(m0009_companies::Migration),
            Box::new(m0010_activity_search::Migration),
            Box::new(m0011_linked_companies::Migration),
            Box::new(m0012_batches::Migration),
            Box::new(m0013_ever_had_a_password::Migration),
            Box::new(m0014_settled_mails::Migration),
            Box::new(m0015_invitations_a_day::Migration),
            Box::new(m0016_repeated_entries::Migration),
            Box::new(m0017_large_companies::Migration),
            Box::new(m0018_what_became::Migration),
        ]
    }
}
