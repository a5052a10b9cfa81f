//! Opening a `SQLite` file. A single connection writes, so that writers queue fairly inside the
//! process and wait for other processes by the busy timeout; a few others can only read.
//!
//! The writing connection outlives a disk that was full and a file that could not be written (H4, K11): one that such
//! trouble has left in the middle of a transaction, or that was opened while the file could only be read, is replaced.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection};
use sea_orm::{
    Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use super::sqlite_readers::Readers;
use super::trouble::{code, code_of, sqlite_code};
use super::{LOCK_TIMEOUT, files, pool_options, refused};

const READERS: u32 = 4;
/// How long it is believed that writing works after it did, and that it does not.
const BELIEVED: (Duration, Duration) = (Duration::from_secs(1), Duration::from_millis(200));
/// Whoever asks whether writing works does not wait longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The connection that writes, and what is known of its file. Clones are the same.
#[derive(Clone)]
pub(super) struct Writer {
    pool: DatabaseConnection,
    file: Arc<Path>,
    /// Whether writing worked, and when that was found out.
    known: Arc<Mutex<Option<(Instant, bool)>>>,
}

/// The connection that writes, and those that read. The file is created when it is missing.
pub(super) async fn open(url: &str) -> Result<(Writer, Readers), DbErr> {
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
    let file = files::prepare(options.get_filename()).map_err(|sentence| refused(&sentence))?;
    // The writer first: it switches the file to WAL, which a reader may not.
    let writer = Writer {
        pool: pool(options.clone()).await?,
        file: file.into(),
        known: Arc::default(),
    };
    let readers = Readers::open(options.pragma("query_only", "ON"), READERS).await?;
    Ok((writer, readers))
}

/// A pool of the one connection that writes.
async fn pool(options: SqliteConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut pool = pool_options("sqlite:");
    // A file does not go away like a server: connections need neither a test before each use nor an end.
    pool.max_connections(1)
        .min_connections(1)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .map_sqlx_sqlite_pool_opts(|pool| {
            pool.after_release(|connection, _| {
                Box::pin(async move {
                    // Behind what is still to be rolled back.
                    connection.ping().await?;
                    // SQLite rolls back by itself when the disk is full, and the library goes on counting.
                    Ok(!connection.is_in_transaction())
                })
            })
        })
        .map_sqlx_sqlite_opts(move |_| options.clone());
    Database::connect(pool).await
}

impl Writer {
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    pub(super) fn pool_mut(&mut self) -> &mut DatabaseConnection {
        &mut self.pool
    }

    pub(super) async fn close(&self) -> Result<(), DbErr> {
        self.pool.close_by_ref().await
    }

    /// Begins a transaction that holds the one write lock from its first moment.
    ///
    /// A file that somebody has made read-only is not written any more, although the connection still could.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        if !files::may_write(&self.file) {
            return Err(refused("the database's file may not be written just now"));
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let begun = self.pool.begin_with_options(options).await;
        if let Err(error) = &begun
            && code_of(error)
                .and_then(|code| sqlite_code(&code))
                .is_some_and(is_of_connection)
        {
            self.replace().await;
        }
        begun
    }

    /// The next one that begins gets a new connection.
    async fn replace(&self) {
        if let Some(connection) = self.pool.get_sqlite_connection_pool().try_acquire()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "database.connection did not close"
            );
        }
    }

    /// Whether what is written is kept: by the file's permissions, and by a write, which is tried once in a while. Where
    /// others write at this moment, it is as it was last known.
    pub(super) async fn is_writable(&self) -> bool {
        if !files::may_write(&self.file) {
            return false;
        }
        let last = *self.known();
        let known = last.is_none_or(|(_, works)| works);
        let is_fresh = last.is_some_and(|(at, works)| at.elapsed() < if works { BELIEVED.0 } else { BELIEVED.1 });
        if is_fresh {
            return known;
        }
        let Some(mut connection) = self.pool.get_sqlite_connection_pool().try_acquire() else {
            return known;
        };
        // A number that is of no use to anybody is set to what it is.
        let tried = sqlx::raw_sql("PRAGMA user_version = 0").execute(&mut *connection);
        let works = match tokio::time::timeout(PATIENCE, tried).await {
            Ok(Ok(_)) => true,
            Ok(Err(error)) if code(&error).and_then(|code| sqlite_code(&code)).is_some_and(is_in_use) => known,
            Ok(Err(error)) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "database.write failed");
                // It may have been opened while the file could only be read.
                connection.close_on_drop();
                false
            }
            // Another process holds the lock.
            Err(_) => known,
        };
        *self.known() = Some((Instant::now(), works));
        works
    }

    fn known(&self) -> MutexGuard<'_, Option<(Instant, bool)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 8 read-only, 10 input and output, 11 damaged, 14 can't be opened, 26 no database: a new connection may see it
/// otherwise.
fn is_of_connection(code: u32) -> bool {
    matches!(code, 8 | 10 | 11 | 14 | 26)
}

/// 5 busy, 6 locked: somebody else writes, so writing works.
fn is_in_use(code: u32) -> bool {
    matches!(code, 5 | 6)
}
