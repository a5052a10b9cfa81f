//! What an entry of the activity is found by: the names, the detail and the address, folded as all that is searched. Entries
//! are never changed, so those that are there are given it before the database begins to refuse changes again.

use rekey_domain::fold;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

/// One more column in the table `activity`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Entries that are given theirs at a time.
const BATCH: usize = 500;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let (column, stop, go_on) = if is_postgres {
            (
                r#"ALTER TABLE activity ADD COLUMN search_key text COLLATE "C" NOT NULL DEFAULT ''"#,
                "ALTER TABLE activity DISABLE TRIGGER activity_is_never_changed",
                "ALTER TABLE activity ENABLE TRIGGER activity_is_never_changed",
            )
        } else {
            (
                "ALTER TABLE activity ADD COLUMN search_key text NOT NULL DEFAULT ''",
                "DROP TRIGGER activity_is_never_changed",
                "CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
                 BEGIN SELECT RAISE(ABORT, 'activity is never changed'); END",
            )
        };
        on.execute_unprepared(column).await?;
        on.execute_unprepared(stop).await?;
        fold_all(on).await?;
        on.execute_unprepared(go_on).await.map(|_| ())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn fold_all(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    let backend = on.get_database_backend();
    // `SQLite` keeps ids as bytes; its own number of a row can be written as text.
    let (id, is_it) = if backend == DbBackend::Postgres {
        ("CAST(id AS text)", "$1 WHERE id = CAST($2 AS uuid)")
    } else {
        ("CAST(rowid AS text)", "? WHERE rowid = CAST(? AS integer)")
    };
    let select = format!(
        "SELECT {id}, actor_name, coalesce(target_name, ''), coalesce(detail, ''), coalesce(client_address, '') \
         FROM activity WHERE search_key = '' LIMIT {BATCH}"
    );
    let update = format!("UPDATE activity SET search_key = {is_it}");
    loop {
        let rows = on.query_all_raw(Statement::from_string(backend, &select)).await?;
        for row in &rows {
            let values = [search_key(row)?.into(), row.try_get_by_index::<String>(0)?.into()];
            on.execute_raw(Statement::from_sql_and_values(backend, &update, values))
                .await?;
        }
        if rows.len() < BATCH {
            return Ok(());
        }
    }
}

/// Never empty: those that are empty still wait for theirs.
fn search_key(row: &QueryResult) -> Result<String, DbErr> {
    let parts = (1..5).map(|column| row.try_get_by_index::<String>(column));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let key = fold::search_key(&parts.join(" "));
    Ok(if key.is_empty() { " ".to_owned() } else { key })
}
