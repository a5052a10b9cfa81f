//! What lets the list of people cost the same in a company of 200 000 as in one of 10 000: a column and an index for each of its
//! orders and filters, and an index of what is searched.
//!
//! What is searched is found by its trigrams. In `users.search_words` two blanks stand before each word, so that "a word begins
//! with `an`" is a trigram, too. `SQLite` has FTS5 for it, without the text itself; `PostgreSQL` a GIN index over the trigrams as
//! an array, which needs no extension. The database keeps all of it, whoever writes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Six more columns in `users`, their indexes, and the index of what is searched.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// People that are put into the index at a time: memory does not grow with the company.
const BATCH: i64 = 10_000;

/// Signs that a word can begin behind, besides the blank.
const SIGNS: [&str; 5] = [".", "-", "@", "_", "+"];

/// The columns that come of others: name, type, and of what.
fn derived() -> [(&'static str, &'static str, String); 5] {
    let mut words = "replace(search_key, ' ', '  ')".to_owned();
    for sign in SIGNS {
        words = format!("replace({words}, '{sign}', '{sign}  ')");
    }
    [
        (
            "role_rank",
            "integer",
            "CASE role WHEN 'administrator' THEN 0 WHEN 'manager' THEN 1 WHEN 'user' THEN 2 ELSE 3 END".to_owned(),
        ),
        (
            "status_rank",
            "integer",
            "CASE WHEN deleted_at IS NOT NULL THEN 2 WHEN password_hash IS NULL THEN 1 ELSE 0 END".to_owned(),
        ),
        (
            "is_deleted",
            "integer",
            "CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END".to_owned(),
        ),
        ("signed_in_rank", "bigint", "COALESCE(last_sign_in_at, 0)".to_owned()),
        ("search_words", "text", format!("'  ' || {words}")),
    ]
}

/// The orders of the list, each with name and id behind it, so that it is total.
const ORDERS: [(&str, &str); 6] = [
    ("name", ""),
    ("email", "email_key, "),
    ("role", "role_rank, "),
    ("status", "status_rank, "),
    ("sign_in", "signed_in_rank, "),
    ("reset", "last_reset_at, "),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        for statement in columns(is_postgres) {
            on.execute_unprepared(&statement).await?;
        }
        on.execute_unprepared(
            "UPDATE users SET last_reset_at = newest.asked_at FROM \
             (SELECT user_id, MAX(asked_at) AS asked_at FROM resets GROUP BY user_id) AS newest \
             WHERE newest.user_id = users.id",
        )
        .await?;
        on.execute_unprepared("DROP INDEX users_of_company_by_name_idx").await?;
        for (order, first) in ORDERS {
            // With the search key in it SQLite reads a small company's names from the index alone; PostgreSQL limits the size
            // of an entry, and a search key may be longer.
            let last = if order == "name" && !is_postgres {
                ", search_key"
            } else {
                ""
            };
            on.execute_unprepared(&format!(
                "CREATE INDEX users_of_company_by_{order}_idx ON users (company_id, is_deleted, {first}sort_key, id{last})"
            ))
            .await?;
        }
        on.execute_unprepared(
            "CREATE INDEX users_of_company_filtered_idx ON users (company_id, status_rank, role_rank)",
        )
        .await?;
        if is_postgres {
            for statement in ON_POSTGRES {
                on.execute_unprepared(statement).await?;
            }
        } else {
            for statement in ON_SQLITE {
                on.execute_unprepared(statement).await?;
            }
            fill(on).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Those that come of others are never written, and on `SQLite` not even stored.
fn columns(is_postgres: bool) -> Vec<String> {
    let (how, bytewise) = if is_postgres {
        ("STORED", r#" COLLATE "C""#)
    } else {
        ("VIRTUAL", "")
    };
    let derived = derived().map(|(name, kind, of)| {
        let bytewise = if kind == "text" { bytewise } else { "" };
        format!("ADD COLUMN {name} {kind}{bytewise} GENERATED ALWAYS AS ({of}) {how}")
    });
    let newest = "ADD COLUMN last_reset_at bigint NOT NULL DEFAULT 0".to_owned();
    let all: Vec<_> = derived.into_iter().chain([newest]).collect();
    if is_postgres {
        // In one statement the table is written anew only once.
        return vec![format!("ALTER TABLE users {}", all.join(", "))];
    }
    all.into_iter().map(|one| format!("ALTER TABLE users {one}")).collect()
}

const ON_POSTGRES: [&str; 5] = [
    // Every three signs of a text that follow each other, each once.
    "CREATE FUNCTION trigrams_of(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS \
     $$ SELECT COALESCE(array_agg(DISTINCT substr(words, at, 3)), '{}') FROM generate_series(1, length(words) - 2) AS at $$",
    "CREATE INDEX users_search_words_idx ON users USING gin (trigrams_of(search_words))",
    "CREATE FUNCTION users_note_newest_reset() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     UPDATE users SET last_reset_at = NEW.asked_at WHERE id = NEW.user_id AND last_reset_at < NEW.asked_at; \
     RETURN NULL; END $$",
    "CREATE TRIGGER resets_note_newest AFTER INSERT ON resets FOR EACH ROW EXECUTE FUNCTION users_note_newest_reset()",
    // Without it the planner would know nothing of the new columns until it is done by itself.
    "ANALYZE users",
];

const ON_SQLITE: [&str; 6] = [
    // FTS5 knows rows by numbers of its own; those that SQLite gives the people by itself do not outlast a VACUUM.
    "CREATE TABLE user_search_rows (number INTEGER PRIMARY KEY, user_id uuid_text NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE user_search USING fts5(words, content='', tokenize='trigram case_sensitive 1')",
    "CREATE TRIGGER users_search_new AFTER INSERT ON users BEGIN \
     INSERT INTO user_search_rows (user_id) VALUES (NEW.id); \
     INSERT INTO user_search (rowid, words) SELECT number, NEW.search_words FROM user_search_rows WHERE user_id = NEW.id; END",
    "CREATE TRIGGER users_search_changed AFTER UPDATE OF search_key ON users WHEN NEW.search_key <> OLD.search_key BEGIN \
     INSERT INTO user_search (user_search, rowid, words) \
     SELECT 'delete', number, OLD.search_words FROM user_search_rows WHERE user_id = NEW.id; \
     INSERT INTO user_search (rowid, words) SELECT number, NEW.search_words FROM user_search_rows WHERE user_id = NEW.id; END",
    "CREATE TRIGGER users_search_gone AFTER DELETE ON users BEGIN \
     INSERT INTO user_search (user_search, rowid, words) \
     SELECT 'delete', number, OLD.search_words FROM user_search_rows WHERE user_id = OLD.id; \
     DELETE FROM user_search_rows WHERE user_id = OLD.id; END",
    "CREATE TRIGGER resets_note_newest AFTER INSERT ON resets BEGIN \
     UPDATE users SET last_reset_at = NEW.asked_at WHERE id = NEW.user_id AND last_reset_at < NEW.asked_at; END",
];

/// Puts those into the index who are there already.
async fn fill(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    on.execute_unprepared("INSERT INTO user_search_rows (user_id) SELECT id FROM users")
        .await?;
    let backend = on.get_database_backend();
    let last = on
        .query_one_raw(Statement::from_string(
            backend,
            "SELECT COALESCE(MAX(number), 0) FROM user_search_rows",
        ))
        .await?;
    let last: i64 = last.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let mut from = 1;
    while from <= last {
        let before = from + BATCH;
        on.execute_unprepared(&format!(
            "INSERT INTO user_search (rowid, words) SELECT number, search_words FROM user_search_rows \
             JOIN users ON users.id = user_search_rows.user_id WHERE number >= {from} AND number < {before}"
        ))
        .await?;
        from = before;
    }
    Ok(())
}
