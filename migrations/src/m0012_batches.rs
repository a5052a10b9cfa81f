//! Many at once: batches of resets and imports, line by line. A batch begins as a draft, which is shown; its lines say what
//! will come of each and what came of it. What a batch starts is a reset like any other, whose mail lets single ones go
//! first (C5).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, text, text_null, uuid, uuid_null};
use sea_orm_migration::sea_orm::DbBackend;

use crate::parts::{one_of, reference};

/// Tables `batches` and `batch_lines`; a column more in `resets` and in `mails`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(batches()).await?;
        // What is still to be done, and the drafts to be forgotten. Both serve only a query that has their condition word
        // for word.
        let on = manager.get_connection();
        for (name, condition) in [
            ("batches_id_of_open_idx", "state IN ('pressed', 'revoking')"),
            ("batches_id_of_drafts_idx", "state = 'draft'"),
        ] {
            on.execute_unprepared(&format!("CREATE INDEX {name} ON batches (id) WHERE {condition}"))
                .await?;
        }
        manager.create_table(lines()).await?;
        let id = if manager.get_database_backend() == DbBackend::Postgres {
            "uuid"
        } else {
            "uuid_text"
        };
        on.execute_unprepared(&format!(
            "ALTER TABLE resets ADD COLUMN batch_id {id} CONSTRAINT resets_batch_id_fkey REFERENCES batches (id)"
        ))
        .await?;
        manager
            .create_index(
                Index::create()
                    .name("resets_batch_id_asked_at_id_idx")
                    .table("resets")
                    .col("batch_id")
                    .col("asked_at")
                    .col("id")
                    .and_where(Expr::col("batch_id").is_not_null())
                    .take(),
            )
            .await?;
        on.execute_unprepared(
            "ALTER TABLE mails ADD COLUMN is_of_batch boolean NOT NULL DEFAULT FALSE \
             CONSTRAINT mails_is_of_batch_check CHECK (NOT is_of_batch OR reset_id IS NOT NULL)",
        )
        .await?;
        // What goes first, and how far ahead the mails of batches are spread.
        for (name, of_batch) in [
            ("mails_next_try_at_of_waiting_single_idx", "NOT is_of_batch"),
            ("mails_next_try_at_of_waiting_batch_idx", "is_of_batch"),
        ] {
            on.execute_unprepared(&format!(
                "CREATE INDEX {name} ON mails (next_try_at) WHERE state IN ('queued', 'deferred') AND {of_batch}"
            ))
            .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn batches() -> TableCreateStatement {
    Table::create()
        .table("batches")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(text("kind"))
        .col(text("state"))
        .col(uuid_null("made_by"))
        .col(big_integer("made_at"))
        .col(text_null("client_address"))
        .col(text_null("user_agent"))
        .col(text_null("reason"))
        .col(big_integer_null("pressed_at"))
        .col(uuid_null("revoked_by"))
        .foreign_key(&mut reference("batches", "company_id", "companies"))
        .foreign_key(&mut reference("batches", "made_by", "users"))
        .foreign_key(&mut reference("batches", "revoked_by", "users"))
        .check(("batches_kind_check", one_of("kind", ["resets", "import"])))
        .check((
            "batches_state_check",
            one_of("state", ["draft", "pressed", "done", "revoking", "revoked"]),
        ))
        .check((
            "batches_pressed_check",
            Expr::cust("(state = 'draft') = (pressed_at IS NULL)"),
        ))
        .check((
            "batches_revoked_by_check",
            Expr::cust("(state IN ('revoking', 'revoked')) = (revoked_by IS NOT NULL)"),
        ))
        .check((
            // Only the operator imports without being signed in.
            "batches_made_by_check",
            Expr::cust("made_by IS NOT NULL OR kind = 'import'"),
        ))
        .take()
}

/// A line is a part of its batch and goes with it.
fn lines() -> TableCreateStatement {
    Table::create()
        .table("batch_lines")
        .col(uuid("batch_id"))
        .col(integer("line"))
        .col(text("email"))
        .col(text_null("name"))
        .col(text_null("role"))
        .col(uuid_null("user_id"))
        .col(text("outcome"))
        .col(text_null("detail"))
        .primary_key(Index::create().col("batch_id").col("line"))
        .foreign_key(reference("batch_lines", "batch_id", "batches").on_delete(ForeignKeyAction::Cascade))
        .foreign_key(&mut reference("batch_lines", "user_id", "users"))
        .check(("batch_lines_line_check", Expr::cust("line > 0")))
        .check((
            "batch_lines_outcome_check",
            one_of(
                "outcome",
                [
                    "ready",
                    "done",
                    "revoked",
                    "not-allowed",
                    "deleted",
                    "already-waiting",
                    "limit",
                    "not-here",
                    "you",
                    "bad-email",
                    "twice",
                    "already-here",
                    "unusable",
                    "bad-name",
                    "bad-role",
                    "role-not-allowed",
                    "malformed",
                ],
            ),
        ))
        .check((
            "batch_lines_done_check",
            Expr::cust("outcome <> 'done' OR user_id IS NOT NULL"),
        ))
        .take()
}
