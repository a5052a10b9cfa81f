//! The connections to a `SQLite` file that only read. They stay open and are handed out as they are: a pool would ask each of
//! them three times a statement whether it still lives, which takes longer than most statements. A file does not go away like a
//! server; a connection whose statement failed, or was given up half-way, is replaced.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection, Executor};
use sea_orm::{ConnAcquireErr, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, metric};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::ACQUIRE_TIMEOUT;

/// Called after each statement.
pub(super) type Callback = Arc<dyn Fn(&metric::Info<'_>) + Send + Sync>;

/// The connections. Clones share them.
#[derive(Clone)]
pub(super) struct Readers {
    shared: Arc<Shared>,
    callback: Option<Callback>,
}

struct Shared {
    options: SqliteConnectOptions,
    idle: Mutex<Vec<SqliteConnection>>,
    /// As many permits as there may be connections.
    turns: Semaphore,
    connections: u32,
}

impl Readers {
    /// Over a file that is there. One connection is opened at once: whatever stands in the way is told now.
    pub(super) async fn open(options: SqliteConnectOptions, connections: u32) -> Result<Self, DbErr> {
        let first = options.connect().await.map_err(of_connection)?;
        let shared = Shared {
            options,
            idle: Mutex::new(vec![first]),
            turns: Semaphore::new(connections as usize),
            connections,
        };
        Ok(Self {
            shared: Arc::new(shared),
            callback: None,
        })
    }

    pub(super) fn set_callback(&mut self, callback: Callback) {
        self.callback = Some(callback);
    }

    /// Waits for whatever is under way, and closes them all. From now on every statement is refused.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        let all = self.shared.turns.acquire_many(self.shared.connections).await;
        self.shared.turns.close();
        drop(all);
        let open = std::mem::take(&mut *self.shared.idle());
        for connection in open {
            connection.close().await.map_err(of_connection)?;
        }
        Ok(())
    }

    pub(super) async fn execute(&self, statement: &Statement) -> Result<ExecResult, DbErr> {
        let mut taken = self.shared.take().await?;
        let done = self.told(statement, query(statement).execute(taken.connection())).await;
        taken.give_back(&done);
        done.map(ExecResult::from).map_err(|error| DbErr::Exec(of(error)))
    }

    pub(super) async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut taken = self.shared.take().await?;
        let done = taken.connection().execute(sqlx::AssertSqlSafe(sql.to_owned())).await;
        taken.give_back(&done);
        done.map(ExecResult::from).map_err(|error| DbErr::Exec(of(error)))
    }

    pub(super) async fn query_one(&self, statement: &Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut taken = self.shared.take().await?;
        let found = self
            .told(statement, query(statement).fetch_optional(taken.connection()))
            .await;
        taken.give_back(&found);
        found
            .map(|row| row.map(QueryResult::from))
            .map_err(|error| DbErr::Query(of(error)))
    }

    pub(super) async fn query_all(&self, statement: &Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut taken = self.shared.take().await?;
        let found = self
            .told(statement, query(statement).fetch_all(taken.connection()))
            .await;
        taken.give_back(&found);
        let rows = |rows: Vec<SqliteRow>| rows.into_iter().map(QueryResult::from).collect();
        found.map(rows).map_err(|error| DbErr::Query(of(error)))
    }

    /// Runs a statement, and tells of it whoever counts them.
    async fn told<T>(
        &self,
        statement: &Statement,
        running: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let Some(callback) = &self.callback else {
            return running.await;
        };
        let began = Instant::now();
        let done = running.await;
        callback(&metric::Info {
            elapsed: began.elapsed(),
            statement,
            failed: done.is_err(),
        });
        done
    }
}

impl Shared {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn, and takes a connection.
    async fn take(&self) -> Result<Taken<'_>, DbErr> {
        let turn = tokio::time::timeout(ACQUIRE_TIMEOUT, self.turns.acquire()).await;
        let turn = turn
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(of_connection)?,
        };
        Ok(Taken {
            shared: self,
            connection,
            _turn: turn,
        })
    }
}

/// A connection that is in use. Dropped without being given back it is closed, and the next one is opened anew.
struct Taken<'a> {
    shared: &'a Shared,
    connection: SqliteConnection,
    _turn: SemaphorePermit<'a>,
}

impl Taken<'_> {
    fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    /// Back to the others, if its statement has not failed.
    fn give_back<T>(self, done: &Result<T, sqlx::Error>) {
        if done.is_ok() {
            self.shared.idle().push(self.connection);
        }
    }
}

fn query(statement: &Statement) -> sqlx::query::Query<'_, sqlx::Sqlite, SqlxValues> {
    let values = statement.values.clone().unwrap_or_else(|| sea_orm::Values(Vec::new()));
    sqlx::query_with(sqlx::AssertSqlSafe(statement.sql.as_str()), SqlxValues(values))
}

fn of(error: sqlx::Error) -> RuntimeErr {
    RuntimeErr::SqlxError(Arc::new(error))
}

fn of_connection(error: sqlx::Error) -> DbErr {
    DbErr::Conn(of(error))
}
