//! What a company decides for its people: banner, accent, the name that its mails come from, who may start resets; a number
//! that every change of its details makes greater. One more kind of mail: whom to ask for a new password.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Five more columns in `companies`, one more word in `mails`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The word after which the new one stands, and the new one.
const LAST_KIND: &str = "'email_changing'";
const NEW_KIND: &str = "'ask_manager'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        for statement in [
            "ALTER TABLE companies ADD COLUMN banner text",
            "ALTER TABLE companies ADD COLUMN accent text NOT NULL DEFAULT 'blue' \
             CONSTRAINT companies_accent_check CHECK \
             (accent IN ('blue', 'teal', 'green', 'purple', 'pink', 'red', 'brown', 'slate'))",
            "ALTER TABLE companies ADD COLUMN sender_name text",
            "ALTER TABLE companies ADD COLUMN only_managers boolean NOT NULL DEFAULT FALSE",
            "ALTER TABLE companies ADD COLUMN version bigint NOT NULL DEFAULT 0",
        ] {
            on.execute_unprepared(statement).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            for statement in [
                "ALTER TABLE mails DROP CONSTRAINT mails_kind_check",
                "ALTER TABLE mails ADD CONSTRAINT mails_kind_check CHECK (kind IN ('reset', 'password_changed', \
                 'link_withdrawn', 'not_me', 'confirm_email', 'email_changing', 'ask_manager'))",
            ] {
                on.execute_unprepared(statement).await?;
            }
            Ok(())
        } else {
            mails_anew(on).await
        }
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// `SQLite` changes no check in place: the table again, and those that point to it, since dropping it while they do would
/// empty them. Each is made out of its own words, so that everything else of it stays.
async fn mails_anew(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    let pointing = ["tries", "notice_links", "disavowals"];
    let mut indexes = indexes_of(on, "mails").await?;
    let mails = table(on, "mails").await?;
    let mails = exchanged(&mails, r#"CREATE TABLE "mails""#, r#"CREATE TABLE "mails_anew""#)?;
    let mails = exchanged(&mails, LAST_KIND, &format!("{LAST_KIND}, {NEW_KIND}"))?;
    on.execute_unprepared(&mails).await?;
    on.execute_unprepared("INSERT INTO mails_anew SELECT * FROM mails")
        .await?;
    for name in pointing {
        indexes.extend(indexes_of(on, name).await?);
        let anew = table(on, name).await?;
        let (here, there) = (
            format!(r#"CREATE TABLE "{name}""#),
            format!(r#"CREATE TABLE "{name}_anew""#),
        );
        let anew = exchanged(&anew, &here, &there)?;
        let anew = exchanged(&anew, r#"REFERENCES "mails""#, r#"REFERENCES "mails_anew""#)?;
        for statement in [
            anew,
            format!("INSERT INTO {name}_anew SELECT * FROM {name}"),
            format!("DROP TABLE {name}"),
            format!("ALTER TABLE {name}_anew RENAME TO {name}"),
        ] {
            on.execute_unprepared(&statement).await?;
        }
    }
    on.execute_unprepared("DROP TABLE mails").await?;
    // What points to it follows the name.
    on.execute_unprepared("ALTER TABLE mails_anew RENAME TO mails").await?;
    for index in indexes {
        on.execute_unprepared(&index).await?;
    }
    Ok(())
}

/// The statement that made a table, as `SQLite` keeps it.
async fn table(on: &impl ConnectionTrait, name: &str) -> Result<String, DbErr> {
    let made = words(
        on,
        format!("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{name}'"),
    );
    let made = made.await?.pop();
    made.ok_or_else(|| DbErr::Custom(format!("there is no table {name}")))
}

/// The statements that made its indexes, those of its constraints aside.
async fn indexes_of(on: &impl ConnectionTrait, name: &str) -> Result<Vec<String>, DbErr> {
    let sql = format!("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{name}' AND sql IS NOT NULL");
    words(on, sql).await
}

async fn words(on: &impl ConnectionTrait, sql: String) -> Result<Vec<String>, DbErr> {
    let rows = on.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// The text with `there` instead of `here`, which stands in it exactly once.
fn exchanged(text: &str, here: &str, there: &str) -> Result<String, DbErr> {
    if text.matches(here).count() == 1 {
        Ok(text.replacen(here, there, 1))
    } else {
        Err(DbErr::Custom(format!("{here} does not stand once in: {text}")))
    }
}
