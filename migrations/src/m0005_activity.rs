//! The activity of a company (D7). A row is written once and never changed; only the purge deletes it. It points
//! to its company alone and names people as text: it must say who acted also after the person is gone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, text_null, uuid, uuid_null};
use sea_orm_migration::sea_orm::DbBackend;

use crate::parts::{one_of, reference};

/// Table `activity`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(activity()).await?;
        manager
            .create_index(
                Index::create()
                    .name("activity_company_id_at_id_idx")
                    .table("activity")
                    .col("company_id")
                    .col("at")
                    .col("id")
                    .take(),
            )
            .await?;
        let connection = manager.get_connection();
        for statement in refuse_updates(manager.get_database_backend()) {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn activity() -> TableCreateStatement {
    Table::create()
        .table("activity")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(big_integer("at"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(text("actor_name"))
        .col(text("action"))
        .col(text("outcome"))
        .col(uuid_null("target_id"))
        .col(text_null("target_name"))
        .col(text_null("detail"))
        .col(text_null("client_address"))
        .foreign_key(&mut reference("activity", "company_id", "companies"))
        .check((
            "activity_actor_kind_check",
            one_of("actor_kind", ["user", "operator", "recipient", "system"]),
        ))
        .check(("activity_outcome_check", one_of("outcome", ["granted", "refused"])))
        .take()
}

/// The schema builder has no triggers, and the two databases don't share their syntax.
fn refuse_updates(backend: DbBackend) -> &'static [&'static str] {
    if backend == DbBackend::Postgres {
        &[
            "CREATE FUNCTION activity_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'activity is never changed'; END $$",
            "CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
             FOR EACH ROW EXECUTE FUNCTION activity_refuse_update()",
        ]
    } else {
        &["CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
           BEGIN SELECT RAISE(ABORT, 'activity is never changed'); END"]
    }
}
