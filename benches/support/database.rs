//! The database that is measured on: a `SQLite` file of its own, or an empty `PostgreSQL` database that the caller names.

use std::path::Path;
use std::time::{Duration, Instant};

use rekey::server::store::db::Db;
use rekey::server::store::entity::{ask, mail};
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, Statement};

use super::Outcome;

/// How long the queue of mails may take to empty.
const LIMIT: Duration = Duration::from_mins(5);
/// Between two looks at the queue.
const PAUSE: Duration = Duration::from_millis(50);

/// An open database, beside the server's own connections.
pub struct Database {
    /// How it is opened; the server gets the same.
    pub url: String,
    /// Open.
    pub db: Db,
    /// What it is, without its address.
    pub words: String,
    /// Whether it is a file of its own.
    pub is_sqlite: bool,
}

impl Database {
    /// Opens the one at `url`, or makes a file in `folder`. Anything in it already is an error: it would be measured too.
    pub async fn open(url: Option<&str>, folder: &Path) -> Outcome<Self> {
        let file = || format!("sqlite:{}", folder.join("rekey.db").display());
        let url = url.map_or_else(file, str::to_owned);
        let db = Db::connect(&url).await?;
        let reader = db.reader();
        let is_sqlite = reader.get_database_backend() == DbBackend::Sqlite;
        let (version, tables) = if is_sqlite {
            ("SELECT sqlite_version()", "SELECT name FROM sqlite_master LIMIT 1")
        } else {
            (
                "SELECT current_setting('server_version')",
                "SELECT table_name::text FROM information_schema.tables \
                 WHERE table_schema NOT IN ('pg_catalog', 'information_schema') LIMIT 1",
            )
        };
        if first_text(reader, tables).await?.is_some() {
            return Err("the database is not empty: name one without any table".into());
        }
        let version = first_text(reader, version).await?.unwrap_or_default();
        let words = if is_sqlite {
            format!("SQLite {version}, WAL, synchronous=FULL, on this file system")
        } else {
            let synced = first_text(reader, "SELECT current_setting('synchronous_commit')").await?;
            let synced = synced.unwrap_or_default();
            format!("PostgreSQL {version}, synchronous_commit={synced}")
        };
        Ok(Self {
            url,
            db,
            words,
            is_sqlite,
        })
    }

    /// Lets `PostgreSQL` count what was put in at once. People who come one by one are counted by its autovacuum; `SQLite`
    /// is left as the server leaves it.
    pub async fn settle(&self) -> Outcome<()> {
        if !self.is_sqlite {
            self.db.reader().execute_unprepared("ANALYZE").await?;
        }
        Ok(())
    }

    /// Waits until no mail waits or is being sent, so that nothing goes on behind the next measurement. A mail that was
    /// put off or refused is an error: the mail server takes everything.
    pub async fn until_quiet(&self) -> Outcome<()> {
        let began = Instant::now();
        while self.count(&[MailState::Queued, MailState::Sending]).await? > 0 {
            if began.elapsed() > LIMIT {
                return Err(format!("mail is still under way after {LIMIT:?}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        match self.count(&[MailState::Deferred, MailState::Refused]).await? {
            0 => Ok(()),
            failed => Err(format!("{failed} mails were put off or refused").into()),
        }
    }

    /// What still waits is not resolved and not sent any more: it would be among what is measured next. No server may run.
    pub async fn forget_waiting(&self, now: Timestamp) -> Outcome<()> {
        let tx = self.db.begin_write().await?;
        ask::Entity::delete_many().exec(&tx).await?;
        mail::Entity::update_many()
            .col_expr(mail::Column::State, Expr::value(MailState::Dropped.as_str()))
            .col_expr(mail::Column::SettledAt, Expr::value(now.as_millis()))
            .col_expr(mail::Column::LeasedUntil, Expr::value(None::<i64>))
            .filter(mail::Column::SettledAt.is_null())
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn count(&self, states: &[MailState]) -> Outcome<u64> {
        let states = states.iter().map(|state| state.as_str());
        let mails = mail::Entity::find().filter(mail::Column::State.is_in(states));
        Ok(mails.count(self.db.reader()).await?)
    }
}

async fn first_text(on: &impl ConnectionTrait, sql: &str) -> Outcome<Option<String>> {
    let row = on
        .query_one_raw(Statement::from_string(on.get_database_backend(), sql))
        .await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}
