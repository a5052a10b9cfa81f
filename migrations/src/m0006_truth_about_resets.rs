//! What became of every try to hand a mail over, when the mail server was out of order, "This was not me", and what
//! the limits count. Two more kinds of mail; who withdrew a reset without being signed in, and why.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary_len, integer, integer_null, text, text_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::m0004_outgoing_mail::{index_mails, mails};
use crate::parts::{bytewise_text, one_of, reference, user_of_company};

const MAIL_KINDS: [&str; 4] = ["reset", "password_changed", "link_withdrawn", "not_me"];
const STAGES: [&str; 6] = ["connect", "tls", "login", "sender", "recipient", "body"];

/// Tables `tries`, `outages`, `notice_links`, `disavowals` and `limits`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            on.execute_unprepared("ALTER TABLE mails DROP CONSTRAINT mails_kind_check")
                .await?;
            on.execute_unprepared(
                "ALTER TABLE mails ADD CONSTRAINT mails_kind_check \
                 CHECK (kind IN ('reset', 'password_changed', 'link_withdrawn', 'not_me'))",
            )
            .await?;
        } else {
            // SQLite changes no check in place. Nothing points to the old table yet.
            manager.create_table(mails("mails_anew", &MAIL_KINDS)).await?;
            on.execute_unprepared("INSERT INTO mails_anew SELECT * FROM mails")
                .await?;
            on.execute_unprepared("DROP TABLE mails").await?;
            on.execute_unprepared("ALTER TABLE mails_anew RENAME TO mails").await?;
            index_mails(manager).await?;
        }
        // Why, where the recipient withdrew it by the mail's own link, not signed in.
        on.execute_unprepared(
            "ALTER TABLE resets ADD COLUMN recipient_said text CONSTRAINT resets_recipient_said_check CHECK \
             (recipient_said IS NULL OR (recipient_said IN ('not-asked', 'not-needed') \
              AND ended_as IS NOT NULL AND ended_as = 'revoked' AND ended_by IS NULL))",
        )
        .await?;
        manager
            .create_index(
                Index::create()
                    .name("resets_asked_by_asked_at_idx")
                    .table("resets")
                    .col("asked_by")
                    .col("asked_at")
                    .and_where(Expr::col("asked_by").is_not_null())
                    .take(),
            )
            .await?;
        index_pages(manager).await?;
        manager.create_table(tries()).await?;
        manager.create_table(outages()).await?;
        on.execute_unprepared(
            "CREATE UNIQUE INDEX outages_open_key ON outages ((ended_at IS NULL)) WHERE ended_at IS NULL",
        )
        .await?;
        manager
            .create_index(
                Index::create()
                    .name("outages_ended_at_idx")
                    .table("outages")
                    .col("ended_at")
                    .take(),
            )
            .await?;
        manager.create_table(notice_links()).await?;
        manager.create_table(disavowals()).await?;
        for (name, column) in [
            ("disavowals_reset_id_key", "reset_id"),
            ("disavowals_mail_id_key", "mail_id"),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table("disavowals")
                        .col(column)
                        .unique()
                        .take(),
                )
                .await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("disavowals_company_id_at_idx")
                    .table("disavowals")
                    .col("company_id")
                    .col("at")
                    .take(),
            )
            .await?;
        manager.create_table(limits(manager)).await?;
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

/// What pages ask: the newest reset of a person, the living ones and the waiting mail of a company, and the notice of a
/// change.
async fn index_pages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_index(
            Index::create()
                .name("resets_user_id_id_idx")
                .table("resets")
                .col("user_id")
                .col("id")
                .take(),
        )
        .await?;
    // Those of a company whose links live. It holds all that the look for open pages asks of them.
    manager
        .create_index(
            Index::create()
                .name("resets_company_id_expires_at_of_living_idx")
                .table("resets")
                .col("company_id")
                .col("expires_at")
                .col("asked_at")
                .and_where(Expr::col("ended_as").is_null())
                .take(),
        )
        .await?;
    // Both serve only a query that has their condition word for word.
    manager
        .create_index(
            Index::create()
                .name("mails_company_id_created_at_of_waiting_idx")
                .table("mails")
                .col("company_id")
                .col("created_at")
                .and_where(one_of("state", ["queued", "sending", "deferred"]))
                .take(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("mails_user_id_created_at_of_changes_idx")
                .table("mails")
                .col("user_id")
                .col("created_at")
                .and_where(Expr::col("kind").eq("password_changed"))
                .take(),
        )
        .await
}

/// How each conversation about a mail ended. A try without a row was interrupted: the mail counts it, and the link
/// that was minted for it has its time.
fn tries() -> TableCreateStatement {
    Table::create()
        .table("tries")
        .col(uuid("mail_id"))
        .col(integer("attempt"))
        .col(big_integer("ended_at"))
        .col(text("verdict"))
        .col(big_integer_null("next_try_at"))
        .col(text_null("reply_stage"))
        .col(integer_null("reply_code"))
        .col(text_null("reply_text"))
        .primary_key(Index::create().col("mail_id").col("attempt"))
        .foreign_key(reference("tries", "mail_id", "mails").on_delete(ForeignKeyAction::Cascade))
        .check(("tries_attempt_check", Expr::cust("attempt > 0")))
        .check((
            "tries_verdict_check",
            one_of("verdict", ["accepted", "deferred", "refused"]),
        ))
        .check((
            "tries_next_try_check",
            Expr::cust("(verdict = 'deferred') = (next_try_at IS NOT NULL)"),
        ))
        .check(("tries_reply_stage_check", one_of("reply_stage", STAGES)))
        .take()
}

/// When the mail server itself was out of order: no mail is tried then, one process asks for all. At most one is
/// open.
fn outages() -> TableCreateStatement {
    Table::create()
        .table("outages")
        .col(uuid("id").primary_key())
        .col(big_integer("began_at"))
        .col(big_integer_null("ended_at"))
        .col(big_integer("next_probe_at"))
        .col(text("reply_stage"))
        .col(integer_null("reply_code"))
        .col(text("reply_text"))
        .check(("outages_reply_stage_check", one_of("reply_stage", STAGES)))
        .check((
            "outages_ends_later_check",
            Expr::cust("ended_at IS NULL OR ended_at >= began_at"),
        ))
        .take()
}

/// The links "This was not me" in notices: hashes only, one for each attempt, as with the links of resets.
fn notice_links() -> TableCreateStatement {
    Table::create()
        .table("notice_links")
        .col(binary_len("hash", 32).primary_key())
        .col(uuid("mail_id"))
        .col(integer("attempt"))
        .col(big_integer("minted_at"))
        .foreign_key(reference("notice_links", "mail_id", "mails").on_delete(ForeignKeyAction::Cascade))
        .check(("notice_links_hash_check", Expr::cust("length(hash) = 32")))
        .check(("notice_links_attempt_check", Expr::cust("attempt > 0")))
        .take()
}

/// That somebody said "this was not me" about a reset, or about the change that a notice told of: once each.
fn disavowals() -> TableCreateStatement {
    Table::create()
        .table("disavowals")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(uuid("user_id"))
        .col(big_integer("at"))
        .col(uuid_null("reset_id"))
        .col(uuid_null("mail_id"))
        .foreign_key(&mut reference("disavowals", "company_id", "companies"))
        .foreign_key(&mut user_of_company("disavowals"))
        .foreign_key(reference("disavowals", "reset_id", "resets").on_delete(ForeignKeyAction::Cascade))
        .foreign_key(reference("disavowals", "mail_id", "mails").on_delete(ForeignKeyAction::Cascade))
        .check((
            "disavowals_about_one_check",
            Expr::cust("(reset_id IS NULL) <> (mail_id IS NULL)"),
        ))
        .take()
}

/// What a limit knows of one key: how often, and a moment. The key may be an address that nobody has.
fn limits(manager: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("limits")
        .col(text("kind"))
        .col(bytewise_text(manager, "key"))
        .col(integer("count"))
        .col(big_integer("at"))
        .col(big_integer("forget_at"))
        .primary_key(Index::create().col("kind").col("key"))
        .check((
            "limits_kind_check",
            one_of("kind", ["ask_email", "ask_client", "sign_in_email", "sign_in_client"]),
        ))
        .check(("limits_count_check", Expr::cust("count >= 0")))
        .take()
}
