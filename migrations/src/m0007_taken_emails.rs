//! One more limit: how often somebody may enter an address that is in use at another company.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::parts::{bytewise_text, one_of};

/// Another word in the table `limits`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            on.execute_unprepared("ALTER TABLE limits DROP CONSTRAINT limits_kind_check")
                .await?;
            on.execute_unprepared(
                "ALTER TABLE limits ADD CONSTRAINT limits_kind_check CHECK \
                 (kind IN ('ask_email', 'ask_client', 'sign_in_email', 'sign_in_client', 'taken_email'))",
            )
            .await?;
            return Ok(());
        }
        // SQLite changes no check in place. Nothing points to the table.
        manager.create_table(limits_anew(manager)).await?;
        on.execute_unprepared("INSERT INTO limits_anew SELECT * FROM limits")
            .await?;
        on.execute_unprepared("DROP TABLE limits").await?;
        on.execute_unprepared("ALTER TABLE limits_anew RENAME TO limits")
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("limits_forget_at_idx")
                    .table("limits")
                    .col("forget_at")
                    .take(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn limits_anew(manager: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("limits_anew")
        .col(text("kind"))
        .col(bytewise_text(manager, "key"))
        .col(integer("count"))
        .col(big_integer("at"))
        .col(big_integer("forget_at"))
        .primary_key(Index::create().col("kind").col("key"))
        .check((
            "limits_kind_check",
            one_of(
                "kind",
                [
                    "ask_email",
                    "ask_client",
                    "sign_in_email",
                    "sign_in_client",
                    "taken_email",
                ],
            ),
        ))
        .check(("limits_count_check", Expr::cust("count >= 0")))
        .take()
}
