//! The connections for statements that only read, outside a transaction of their own. It knows no query.

use std::time::Duration;

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement,
};

use super::postgres;

/// A server that has fallen silent is not waited for longer. Above what the database itself lets a statement take.
const PATIENCE: Duration = Duration::from_secs(40);

/// Reads by statements, each for itself. Clones share the same connections.
#[derive(Clone)]
pub struct Reader {
    pool: DatabaseConnection,
    through_pooler: bool,
}

impl Reader {
    /// Over these connections. Through a pooler two messages of one statement may reach two different servers unless they
    /// are in a transaction, so each statement gets one.
    pub(super) fn new(pool: DatabaseConnection, through_pooler: bool) -> Self {
        Self { pool, through_pooler }
    }

    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    pub(super) fn pool_mut(&mut self) -> &mut DatabaseConnection {
        &mut self.pool
    }

    pub(super) async fn begin_if_needed(&self) -> Result<Option<DatabaseTransaction>, DbErr> {
        if self.through_pooler {
            postgres::begin_through_pooler(&self.pool).await.map(Some)
        } else {
            Ok(None)
        }
    }
}

async fn patiently<T>(work: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    let silent = |_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
    tokio::time::timeout(PATIENCE, work).await.map_err(silent)?
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        patiently(async {
            let Some(transaction) = self.begin_if_needed().await? else {
                return self.pool.execute_raw(statement).await;
            };
            let done = transaction.execute_raw(statement).await?;
            transaction.commit().await.map(|()| done)
        })
        .await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        // One message: a pooler can't divide it.
        patiently(self.pool.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        patiently(async {
            let Some(transaction) = self.begin_if_needed().await? else {
                return self.pool.query_one_raw(statement).await;
            };
            let found = transaction.query_one_raw(statement).await?;
            transaction.commit().await.map(|()| found)
        })
        .await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        patiently(async {
            let Some(transaction) = self.begin_if_needed().await? else {
                return self.pool.query_all_raw(statement).await;
            };
            let found = transaction.query_all_raw(statement).await?;
            transaction.commit().await.map(|()| found)
        })
        .await
    }
}
