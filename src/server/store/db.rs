//! The database connection, on `SQLite` or `PostgreSQL`: how it is opened, and the one home of beginning a
//! transaction. It knows neither tables nor rules. Carries G9 (no statement and no database password in a log), H3
//! (writers of one `SQLite` file wait for each other instead of failing) and H4 (waiting has an end).
//!
//! On `SQLite` there are two pools over one file: a single connection that writes, so that writers queue fairly
//! inside the process and wait for other processes by the busy timeout, and a few that can only read. On
//! `PostgreSQL` both are the same pool, and guarded statements decide between writers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rekey_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, metric,
};

/// How long a `SQLite` statement waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one waits for a free connection: longer than the busy timeout, since the connection in front may be
/// waiting for that.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;
/// The key of the advisory lock that lets one server at a time migrate a `PostgreSQL` database ("rekey").
const MIGRATION_LOCK: i64 = 0x72_656b_6579;

/// An open database. Clones share the same connections.
#[derive(Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Db {
    /// Opens the database at `url`: `sqlite:path` (the file is created when it is missing) or `postgres://…`.
    /// Nothing is migrated.
    ///
    /// Fails when the URL is of neither kind or can't be read, when it names a database in memory, and when the
    /// database can't be reached. No error holds the URL.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Self::connect_sqlite(url).await,
            Some(("postgres" | "postgresql", _)) => Self::connect_postgres(url).await,
            _ => Err(refused("the database URL must begin with sqlite: or postgres:")),
        }
    }

    async fn connect_sqlite(url: &str) -> Result<Self, DbErr> {
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(refused("a database in memory would be another one for each connection"));
        }
        let options = url
            .parse::<SqliteConnectOptions>()
            .map_err(|_| refused("the SQLite URL can't be read"))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        // The writer first: it creates the file and switches it to WAL, which a reader may not.
        let writer = open_sqlite(options.clone(), 1).await?;
        let reader = open_sqlite(options.pragma("query_only", "ON"), SQLITE_READERS).await?;
        Ok(Self { reader, writer })
    }

    async fn connect_postgres(url: &str) -> Result<Self, DbErr> {
        let options = url
            .parse::<PgConnectOptions>()
            .map_err(|_| refused("the PostgreSQL URL can't be read"))?
            .application_name("rekey")
            .disable_statement_logging();
        let mut pool = pool_options("postgres://");
        pool.max_connections(POSTGRES_CONNECTIONS)
            .map_sqlx_postgres_opts(move |_| options.clone());
        let connection = Database::connect(pool).await?;
        Ok(Self {
            reader: connection.clone(),
            writer: connection,
        })
    }

    /// Begins a transaction that may write. It ends by `commit`; dropped without it, everything is rolled back.
    ///
    /// On `SQLite` it holds the one write lock from its first moment (`BEGIN IMMEDIATE`): what it reads can't be
    /// changed by others before it commits, and whoever begins meanwhile waits, 5 s for other processes and 10 s
    /// in this one, then fails. So hold it shortly, and never begin a second one inside. On `PostgreSQL` the
    /// isolation level is READ COMMITTED: what was read may have changed, so let guarded statements decide.
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// The connection for statements that only read, outside a transaction. On `SQLite` the database refuses
    /// any other statement on it.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Applies the missing steps of the schema, all or none. Several servers may do so at once: one works, the
    /// others wait and then find nothing to do.
    ///
    /// Fails also when the database has steps that this program does not know: it is older than its database.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        let transaction = self.begin_write().await?;
        if self.writer.get_database_backend() == DbBackend::Postgres {
            transaction
                .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                .await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await
    }

    /// Whether every step of the schema is applied. Only reads. Fails like [`Db::migrate`] on a database of a newer
    /// program.
    pub async fn is_migrated(&self) -> Result<bool, DbErr> {
        Ok(Migrator::get_pending_migrations_read_only(&self.reader)
            .await?
            .is_empty())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.reader.ping().await
    }

    /// Calls `callback` after every statement, with its text, its time and whether it failed; BEGIN and COMMIT are
    /// not among them. It is set on this handle and what is cloned from it later, so set it right after
    /// connecting. The text holds the values: count it, never log it.
    pub fn on_statement(&mut self, callback: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let callback = Arc::new(callback);
        for connection in [&mut self.reader, &mut self.writer] {
            let callback = Arc::clone(&callback);
            connection.set_metric_callback(move |info| callback(info));
        }
    }

    /// Closes all connections, those of all clones too, and waits until they are closed.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connections would print their options, the password among them.
        f.debug_tuple("Db").field(&self.writer.get_database_backend()).finish()
    }
}

async fn open_sqlite(options: SqliteConnectOptions, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut pool = pool_options("sqlite:");
    // A file does not go away like a server: connections need neither a test before each use nor an end.
    pool.max_connections(connections)
        .min_connections(1)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .map_sqlx_sqlite_opts(move |_| options.clone());
    Database::connect(pool).await
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
