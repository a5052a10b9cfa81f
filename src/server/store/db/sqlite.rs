//! Opening a `SQLite` file: two pools over it. A single connection writes, so that writers queue fairly inside the
//! process and wait for other processes by the busy timeout; a few others can only read.

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{Database, DatabaseConnection, DbErr};

use super::{LOCK_TIMEOUT, pool_options, refused};

const READERS: u32 = 4;

/// The connection that writes, and those that read. The file is created when it is missing.
pub(super) async fn open(url: &str) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(refused("a database in memory would be another one for each connection"));
    }
    let options = url
        .parse::<SqliteConnectOptions>()
        .map_err(|_| refused("the SQLite URL can't be read"))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was answered survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(LOCK_TIMEOUT)
        .disable_statement_logging();
    // The writer first: it creates the file and switches it to WAL, which a reader may not.
    let writer = pool(options.clone(), 1).await?;
    let reader = pool(options.pragma("query_only", "ON"), READERS).await?;
    Ok((writer, reader))
}

async fn pool(options: SqliteConnectOptions, connections: u32) -> Result<DatabaseConnection, DbErr> {
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
