//! What was asked on the login page, resets, and the hashes of their links. Carries A4 (only hashes are stored),
//! A8 (every attempt to mail keeps its own working link) and the ends of a reset: an end has a time, and only a
//! replaced reset names the one that replaced it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary_len, integer, text, text_null, uuid, uuid_null};

use crate::parts::{bytewise_text, one_of, reference, user_of_company};

/// Tables `asks`, `resets` and `links`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(asks(manager)).await?;
        manager
            .create_index(
                Index::create()
                    .name("asks_asked_at_idx")
                    .table("asks")
                    .col("asked_at")
                    .take(),
            )
            .await?;
        manager.create_table(resets()).await?;
        for (name, column) in [
            ("resets_user_id_asked_at_id_idx", "user_id"),
            ("resets_company_id_asked_at_id_idx", "company_id"),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table("resets")
                        .col(column)
                        .col("asked_at")
                        .col("id")
                        .take(),
                )
                .await?;
        }
        // Without it, the purge would read the whole table for each row that it deletes.
        manager
            .create_index(
                Index::create()
                    .name("resets_replaced_by_idx")
                    .table("resets")
                    .col("replaced_by")
                    .and_where(Expr::col("replaced_by").is_not_null())
                    .take(),
            )
            .await?;
        manager.create_table(links()).await?;
        manager
            .create_index(
                Index::create()
                    .name("links_reset_id_attempt_key")
                    .table("links")
                    .col("reset_id")
                    .col("attempt")
                    .unique()
                    .take(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An ask is kept whether the address is known or not (B1, B3), so it points to nobody.
fn asks(manager: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("asks")
        .col(uuid("id").primary_key())
        .col(bytewise_text(manager, "email_key"))
        .col(big_integer("asked_at"))
        .col(text("client_address"))
        .col(text("user_agent"))
        .take()
}

fn resets() -> TableCreateStatement {
    Table::create()
        .table("resets")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(uuid("user_id"))
        .col(text("kind"))
        .col(uuid_null("asked_by"))
        .col(big_integer("asked_at"))
        .col(big_integer("expires_at"))
        .col(text("reference"))
        .col(text_null("client_address"))
        .col(text_null("user_agent"))
        .col(text_null("ended_as"))
        .col(big_integer_null("ended_at"))
        .col(uuid_null("ended_by"))
        .col(uuid_null("replaced_by"))
        .foreign_key(&mut reference("resets", "company_id", "companies"))
        .foreign_key(&mut user_of_company("resets"))
        .foreign_key(&mut reference("resets", "asked_by", "users"))
        .foreign_key(&mut reference("resets", "ended_by", "users"))
        .foreign_key(&mut reference("resets", "replaced_by", "resets"))
        .check((
            "resets_kind_check",
            one_of("kind", ["manager", "oneself", "invitation", "restore"]),
        ))
        .check(("resets_expires_later_check", Expr::cust("expires_at > asked_at")))
        .check((
            "resets_ended_as_check",
            one_of("ended_as", ["used", "replaced", "revoked", "cancelled"]),
        ))
        .check((
            "resets_end_has_time_check",
            Expr::cust("(ended_as IS NULL) = (ended_at IS NULL)"),
        ))
        .check((
            "resets_ended_by_check",
            Expr::cust("ended_by IS NULL OR ended_as IS NOT NULL"),
        ))
        .check((
            // A comparison with null would be null, and a check lets null pass.
            "resets_replaced_by_check",
            Expr::cust("(replaced_by IS NOT NULL) = (ended_as IS NOT NULL AND ended_as = 'replaced')"),
        ))
        .check(("resets_not_replaced_by_itself_check", Expr::cust("replaced_by <> id")))
        .take()
}

/// A link is a part of its reset and goes with it.
fn links() -> TableCreateStatement {
    Table::create()
        .table("links")
        .col(binary_len("hash", 32).primary_key())
        .col(uuid("reset_id"))
        .col(integer("attempt"))
        .col(big_integer("minted_at"))
        .foreign_key(reference("links", "reset_id", "resets").on_delete(ForeignKeyAction::Cascade))
        .check(("links_hash_check", Expr::cust("length(hash) = 32")))
        .check(("links_attempt_check", Expr::cust("attempt > 0")))
        .take()
}
