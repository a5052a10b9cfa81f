//! The database connection, on `SQLite` or `PostgreSQL`: how it is opened, and the one home of beginning a
//! transaction. It knows neither tables nor rules. Carries G9 (no statement and no database password in a log), H3
//! (writers of one `SQLite` file wait for each other instead of failing), H4 (waiting has an end), K10 (behind a pooler,
//! with other defaults) and K11 (a database that can't be written for a while).
//!
//! Here and in the files below is what differs between the databases; the queries beside are the same on both. On
//! `SQLite` writers come one after the other. On `PostgreSQL` guarded statements decide between them, and what a
//! transaction decides by is locked first: a person before their resets, a reset before its mail.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rekey_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    TransactionOptions, TransactionTrait, metric,
};

mod files;
mod in_the_way;
mod postgres;
mod reader;
mod sqlite;
mod sqlite_readers;
mod trouble;

pub use in_the_way::in_the_way;
pub use reader::Reader;
pub use trouble::is_passing;

/// How long a statement waits for somebody else who writes the same: the file on `SQLite`, a row on `PostgreSQL`.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one waits for a free connection: longer than for a lock, since the connection in front may be waiting for
/// that.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// An open database. Clones share the same connections.
#[derive(Clone)]
pub struct Db {
    reader: Reader,
    writer: Writer,
}

/// The connections that may write.
#[derive(Clone)]
enum Writer {
    /// One of a file, and what is known of that.
    Sqlite(sqlite::Writer),
    /// Those of a server, which read as well.
    Postgres(DatabaseConnection),
    /// The same through a pooler, which has no sessions.
    Pooler(DatabaseConnection),
}

impl Db {
    /// Opens the database at `url`: `sqlite:path` (the file is created when it is missing) or `postgres://…`.
    /// Nothing is migrated.
    ///
    /// Fails when the URL is of neither kind or can't be read, when it names a database in memory, when the files of
    /// the database may not be used by this process, and when the database can't be reached or is not as it must be. No
    /// error holds the URL.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        match url.split_once(':') {
            Some(("sqlite", _)) => {
                let (writer, readers) = sqlite::open(url).await?;
                Ok(Self {
                    reader: Reader::of_sqlite(readers),
                    writer: Writer::Sqlite(writer),
                })
            }
            Some(("postgres" | "postgresql", _)) => {
                let (both, through_pooler) = postgres::open(url).await?;
                Ok(Self {
                    reader: Reader::of_postgres(both.clone(), through_pooler),
                    writer: if through_pooler {
                        Writer::Pooler(both)
                    } else {
                        Writer::Postgres(both)
                    },
                })
            }
            _ => Err(refused("the database URL must begin with sqlite: or postgres:")),
        }
    }

    /// Begins a transaction that may write. It ends by `commit`; dropped without it, everything is rolled back.
    ///
    /// On `SQLite` it holds the one write lock from its first moment (`BEGIN IMMEDIATE`): what it reads can't be
    /// changed by others before it commits, and whoever begins meanwhile waits, 5 s for other processes and 10 s
    /// in this one, then fails. So hold it shortly, and never begin a second one inside. On `PostgreSQL` the
    /// isolation level is READ COMMITTED, whatever the database's own default: what was read may have changed, so let
    /// guarded statements decide.
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        match &self.writer {
            Writer::Sqlite(writer) => writer.begin().await,
            Writer::Postgres(pool) => pool.begin_with_options(TransactionOptions::default()).await,
            Writer::Pooler(pool) => postgres::begin_through_pooler(pool).await,
        }
    }

    /// Until the transaction ends, nobody else goes past this point with the same number. For what is decided by rows
    /// that others may be adding just now, of which none can be locked.
    ///
    /// On `SQLite` whoever may write is alone anyway.
    pub async fn one_at_a_time(transaction: &DatabaseTransaction, number: i64) -> Result<(), DbErr> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            postgres::wait_for_the_turn(transaction, number).await?;
        }
        Ok(())
    }

    /// The same for what is decided by the rows of one person or company.
    pub async fn one_at_a_time_of(transaction: &DatabaseTransaction, id: uuid::Uuid) -> Result<(), DbErr> {
        Self::one_at_a_time(transaction, id.as_u64_pair().1.cast_signed()).await
    }

    /// The connection for statements that only read, outside a transaction. On `SQLite` the database refuses
    /// any other statement on it.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Applies the missing steps of the schema, all or none. Several servers may do so at once: one works, the
    /// others wait and then find nothing to do.
    ///
    /// Fails also when the database has steps that this program does not know: it is older than its database.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        if self.is_migrated().await? {
            // A server may start while its database can only be read.
            return Ok(());
        }
        let transaction = self.begin_write().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            postgres::wait_for_the_turn_to_migrate(&transaction).await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await
    }

    /// Whether every step of the schema is applied. Only reads. Fails like [`Db::migrate`] on a database of a newer
    /// program.
    pub async fn is_migrated(&self) -> Result<bool, DbErr> {
        let pending = Migrator::get_pending_migrations_read_only(&self.reader).await?;
        Ok(pending.is_empty())
    }

    /// Whether what is written just now is kept, as far as that can be known without writing each time (K11).
    pub async fn is_writable(&self) -> Result<bool, DbErr> {
        match &self.writer {
            Writer::Sqlite(writer) => Ok(writer.is_writable().await),
            Writer::Postgres(_) | Writer::Pooler(_) => postgres::is_writable(&self.reader).await,
        }
    }

    /// Whether it is behind a pooler that has no sessions.
    pub fn is_through_pooler(&self) -> bool {
        matches!(self.writer, Writer::Pooler(_))
    }

    /// The file of a `SQLite` database.
    pub fn file(&self) -> Option<&Path> {
        match &self.writer {
            Writer::Sqlite(writer) => Some(writer.file()),
            Writer::Postgres(_) | Writer::Pooler(_) => None,
        }
    }

    /// Calls `callback` after every statement, with its text, its time and whether it failed; BEGIN and COMMIT are
    /// not among them. It is set on this handle and what is cloned from it later, so set it right after
    /// connecting. The text holds the values: count it, never log it.
    pub fn on_statement(&mut self, callback: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let callback = Arc::new(callback);
        let writer = match &mut self.writer {
            Writer::Sqlite(writer) => writer.pool_mut(),
            Writer::Postgres(pool) | Writer::Pooler(pool) => pool,
        };
        let told = Arc::clone(&callback);
        self.reader.set_callback(move |info| told(info));
        writer.set_metric_callback(move |info| callback(info));
    }

    /// Closes all connections, those of all clones too, and waits until they are closed.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.reader.close().await?;
        match &self.writer {
            Writer::Sqlite(writer) => writer.close().await,
            Writer::Postgres(pool) | Writer::Pooler(pool) => pool.close_by_ref().await,
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connections would print their options, the password among them.
        f.debug_tuple("Db").field(&self.reader.get_database_backend()).finish()
    }
}

/// Takes only the kind of database: the parsed options, which may hold a password, go past what `SeaORM` puts
/// into its spans.
fn pool_options(kind: &str) -> ConnectOptions {
    let mut pool = ConnectOptions::new(kind);
    pool.acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    pool
}

fn refused(reason: &str) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(reason.to_owned()))
}

#[cfg(test)]
mod tests;
