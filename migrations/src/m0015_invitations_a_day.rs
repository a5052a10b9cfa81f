//! One more limit: how many mails a day one company sends to addresses that somebody has typed (F10).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::parts::{bytewise_text, one_of};

const KINDS: [&str; 6] = [
    "ask_email",
    "ask_client",
    "sign_in_email",
    "sign_in_client",
    "taken_email",
    "invitations",
];

/// One more word in `limits`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
            on.execute_unprepared("ALTER TABLE limits DROP CONSTRAINT limits_kind_check")
                .await?;
            let check = format!("ALTER TABLE limits ADD CONSTRAINT limits_kind_check CHECK (kind IN ({kinds}))");
            return on.execute_unprepared(&check).await.map(|_| ());
        }
        // SQLite changes no check in place. Nothing points to the table.
        manager.create_table(limits_anew(manager)).await?;
        for statement in [
            "INSERT INTO limits_anew SELECT * FROM limits",
            "DROP TABLE limits",
            "ALTER TABLE limits_anew RENAME TO limits",
        ] {
            on.execute_unprepared(statement).await?;
        }
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

fn limits_anew(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("limits_anew")
        .col(text("kind"))
        .col(bytewise_text(manager, "key"))
        .col(integer("count"))
        .col(big_integer("at"))
        .col(big_integer("forget_at"))
        .primary_key(Index::create().col("kind").col("key"))
        .check(("limits_kind_check", one_of("kind", KINDS)))
        .check(("limits_count_check", Expr::cust("count >= 0")))
        .take()
}
