//! Two things that pages could not say: what became of the mail that asks a new address to confirm itself, and which of three
//! things cancelled a reset.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::parts::hyphenated;

/// One more column in `email_changes`, and one in `resets`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        let (id, id_as_text) = if manager.get_database_backend() == DbBackend::Postgres {
            ("uuid", "email_changes.id::text".to_owned())
        } else {
            ("uuid_text", hyphenated("email_changes.id"))
        };
        for statement in [
            // Of those that were cancelled before it is not known.
            "ALTER TABLE resets ADD COLUMN cancelled_for text CONSTRAINT resets_cancelled_for_check \
             CHECK (cancelled_for IS NULL OR (ended_as IS NOT NULL AND ended_as = 'cancelled' \
             AND cancelled_for IN ('account-deleted', 'email-changed', 'password-changed')))"
                .to_owned(),
            // No foreign key: a mail may be forgotten before the change that it asked about.
            format!("ALTER TABLE email_changes ADD COLUMN confirming_id {id}"),
            // Only an open change is shown; of those that have ended nobody asks.
            format!(
                "UPDATE email_changes SET confirming_id = (SELECT mails.id FROM mails WHERE mails.kind = 'confirm_email' \
                 AND mails.user_id = email_changes.user_id \
                 AND mails.facts = '{{\"change\":\"' || {id_as_text} || '\"}}' LIMIT 1) WHERE ended_at IS NULL"
            ),
        ] {
            on.execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
