//! Links that the operator's command has shown, to be handed over outside mail. Such a reset is asked for by nobody who is
//! signed in; its mail is the notice to the owner.

use sea_orm_migration::prelude::*;

/// One more column in the table `resets`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(
                "ALTER TABLE resets ADD COLUMN is_shown boolean NOT NULL DEFAULT FALSE \
                 CONSTRAINT resets_is_shown_check CHECK (NOT is_shown OR asked_by IS NULL)",
            )
            .await
            .map(|_| ())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
