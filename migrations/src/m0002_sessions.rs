//! Sessions. Only the hash of a session's secret is stored (E6); a session goes with its user.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary_len, boolean, text, uuid};

use crate::parts::reference;

/// Table `sessions`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sessions")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    // The company one acts in. It is another one than the user's own while one acts in a linked
                    // company, so that the two are not tied to each other.
                    .col(uuid("company_id"))
                    .col(binary_len("secret_hash", 32))
                    .col(big_integer("created_at"))
                    .col(big_integer("seen_at"))
                    .col(boolean("kept"))
                    .col(text("user_agent"))
                    .col(text("client_address"))
                    .foreign_key(reference("sessions", "user_id", "users").on_delete(ForeignKeyAction::Cascade))
                    .foreign_key(&mut reference("sessions", "company_id", "companies"))
                    .check(("sessions_secret_hash_check", Expr::cust("length(secret_hash) = 32")))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sessions_secret_hash_key")
                    .table("sessions")
                    .col("secret_hash")
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sessions_user_id_idx")
                    .table("sessions")
                    .col("user_id")
                    .take(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
