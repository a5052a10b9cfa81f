//! Outgoing mail: what is to be sent, is being sent, or was. A mail that is being sent is leased, and only such a
//! mail is. A mail holds no link and no text; the worker makes both for each attempt (A4).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, text, text_null, uuid, uuid_null,
};

use crate::parts::{one_of, reference, user_of_company};

/// Table `mails`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(mails("mails", &["reset", "password_changed"]))
            .await?;
        index_mails(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The indexes of the table `mails`.
pub(crate) async fn index_mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_index(
            Index::create()
                .name("mails_reset_id_key")
                .table("mails")
                .col("reset_id")
                .unique()
                .take(),
        )
        .await?;
    // The two questions of the worker: what is due, and whose lease ran out. The first index serves only a query
    // that has its condition word for word: a bound value proves nothing to the planner.
    manager
        .create_index(
            Index::create()
                .name("mails_next_try_at_of_waiting_idx")
                .table("mails")
                .col("next_try_at")
                .and_where(one_of("state", ["queued", "deferred"]))
                .take(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("mails_leased_until_of_leased_idx")
                .table("mails")
                .col("leased_until")
                .and_where(Expr::col("leased_until").is_not_null())
                .take(),
        )
        .await
}

/// The table, under this name, for mails of these kinds.
pub(crate) fn mails(name: &'static str, kinds: &[&'static str]) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(uuid("id").primary_key())
        .col(text("kind"))
        .col(uuid("company_id"))
        .col(uuid("user_id"))
        .col(uuid_null("reset_id"))
        .col(text("recipient"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(big_integer("created_at"))
        .col(big_integer("next_try_at"))
        .col(big_integer_null("deadline"))
        // By the machine's clock, which no test or demo moves: a lease holds against other processes.
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("settled_at"))
        .col(text_null("reply_stage"))
        .col(integer_null("reply_code"))
        .col(text_null("reply_text"))
        .col(text_null("facts"))
        .foreign_key(&mut reference("mails", "company_id", "companies"))
        .foreign_key(&mut user_of_company("mails"))
        .foreign_key(reference("mails", "reset_id", "resets").on_delete(ForeignKeyAction::Cascade))
        .check(("mails_kind_check", Expr::col("kind").is_in(kinds.iter().copied())))
        .check((
            "mails_state_check",
            one_of(
                "state",
                ["queued", "sending", "accepted", "deferred", "refused", "dropped"],
            ),
        ))
        .check(("mails_attempts_check", Expr::cust("attempts >= 0")))
        .check((
            "mails_lease_check",
            Expr::cust("(state = 'sending') = (leased_until IS NOT NULL)"),
        ))
        .check((
            "mails_settled_check",
            Expr::cust("(state IN ('accepted', 'refused', 'dropped')) = (settled_at IS NOT NULL)"),
        ))
        .check((
            "mails_reply_stage_check",
            one_of(
                "reply_stage",
                ["connect", "tls", "login", "sender", "recipient", "body"],
            ),
        ))
        .check((
            "mails_reset_check",
            Expr::cust("(kind = 'reset') = (reset_id IS NOT NULL)"),
        ))
        .take()
}
