//! The connections for statements that only read, outside a transaction of their own. It knows no query.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement, metric,
};

use super::postgres;
use super::sqlite_readers::Readers;

/// A server that has fallen silent is not waited for longer. Above what the database itself lets a statement take.
const PATIENCE: Duration = Duration::from_secs(40);

/// Reads by statements, each for itself. Clones share the same connections.
#[derive(Clone)]
pub struct Reader(Source);

#[derive(Clone)]
enum Source {
    Sqlite(Readers),
    Postgres(DatabaseConnection),
    /// Through a pooler two messages of one statement may reach two different servers unless they are in a transaction, so each
    /// statement gets one.
    Pooler(DatabaseConnection),
}

impl Reader {
    /// Of a file.
    pub(super) fn of_sqlite(readers: Readers) -> Self {
        Self(Source::Sqlite(readers))
    }

    /// Of a server, over the same connections that write.
    pub(super) fn of_postgres(pool: DatabaseConnection, through_pooler: bool) -> Self {
        Self(if through_pooler {
            Source::Pooler(pool)
        } else {
            Source::Postgres(pool)
        })
    }

    /// Calls this after every statement.
    pub(super) fn set_callback(&mut self, callback: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        match &mut self.0 {
            Source::Sqlite(readers) => readers.set_callback(Arc::new(callback)),
            Source::Postgres(pool) | Source::Pooler(pool) => pool.set_metric_callback(callback),
        }
    }

    pub(super) async fn close(&self) -> Result<(), DbErr> {
        match &self.0 {
            Source::Sqlite(readers) => readers.close().await,
            Source::Postgres(pool) | Source::Pooler(pool) => pool.close_by_ref().await,
        }
    }
}

async fn patiently<T>(work: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    let silent = |_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
    tokio::time::timeout(PATIENCE, work).await.map_err(silent)?
}

/// The statement alone in a transaction.
async fn alone<T>(
    pool: &DatabaseConnection,
    run: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
) -> Result<T, DbErr> {
    let transaction = postgres::begin_through_pooler(pool).await?;
    let done = run(&transaction).await?;
    transaction.commit().await.map(|()| done)
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Source::Sqlite(_) => DbBackend::Sqlite,
            Source::Postgres(_) | Source::Pooler(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        patiently(async {
            match &self.0 {
                Source::Sqlite(readers) => readers.execute(&statement).await,
                Source::Postgres(pool) => pool.execute_raw(statement).await,
                Source::Pooler(pool) => alone(pool, async |on| on.execute_raw(statement).await).await,
            }
        })
        .await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        patiently(async {
            match &self.0 {
                Source::Sqlite(readers) => readers.execute_unprepared(sql).await,
                // One message: a pooler can't divide it.
                Source::Postgres(pool) | Source::Pooler(pool) => pool.execute_unprepared(sql).await,
            }
        })
        .await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        patiently(async {
            match &self.0 {
                Source::Sqlite(readers) => readers.query_one(&statement).await,
                Source::Postgres(pool) => pool.query_one_raw(statement).await,
                Source::Pooler(pool) => alone(pool, async |on| on.query_one_raw(statement).await).await,
            }
        })
        .await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        patiently(async {
            match &self.0 {
                Source::Sqlite(readers) => readers.query_all(&statement).await,
                Source::Postgres(pool) => pool.query_all_raw(statement).await,
                Source::Pooler(pool) => alone(pool, async |on| on.query_all_raw(statement).await).await,
            }
        })
        .await
    }
}
