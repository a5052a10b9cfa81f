//! Who of a parent company may act in a child. The database refuses a grant for a company that is not a child of the
//! person's own (D1), and the end of a link while somebody has a grant by it: whoever ends the link ends the grants.
//!
//! Where a session acts stands in `sessions.company_id` since the second step.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, uuid};

use crate::parts::user_of_company;

/// Table `grants`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What grants point to: a child and its parent together.
        manager
            .create_index(
                Index::create()
                    .name("companies_parent_id_id_key")
                    .table("companies")
                    .col("parent_id")
                    .col("id")
                    .unique()
                    .take(),
            )
            .await?;
        manager.create_table(grants()).await?;
        // For who looks whether a link may end.
        manager
            .create_index(
                Index::create()
                    .name("grants_child_id_idx")
                    .table("grants")
                    .col("child_id")
                    .take(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn grants() -> TableCreateStatement {
    Table::create()
        .table("grants")
        .col(uuid("user_id"))
        .col(uuid("company_id"))
        .col(uuid("child_id"))
        .col(big_integer("given_at"))
        .primary_key(Index::create().col("user_id").col("child_id"))
        .foreign_key(&mut user_of_company("grants"))
        .foreign_key(
            ForeignKey::create()
                .name("grants_child_of_company_fkey")
                .from("grants", ("company_id", "child_id"))
                .to("companies", ("parent_id", "id")),
        )
        .take()
}
