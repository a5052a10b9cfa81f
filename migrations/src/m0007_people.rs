//! New addresses of accounts, two kinds of mail about them, and one more limit: how often somebody may enter an address
//! that is in use at another company.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary_len, integer, integer_null, text, text_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::m0004_outgoing_mail::{index_mails, mails};
use crate::parts::{bytewise_text, one_of, reference, user_of_company};

const MAIL_KINDS: [&str; 6] = [
    "reset",
    "password_changed",
    "link_withdrawn",
    "not_me",
    "confirm_email",
    "email_changing",
];

/// Table `email_changes`; more words in `mails` and `limits`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            for statement in [
                "ALTER TABLE limits DROP CONSTRAINT limits_kind_check",
                "ALTER TABLE limits ADD CONSTRAINT limits_kind_check CHECK \
                 (kind IN ('ask_email', 'ask_client', 'sign_in_email', 'sign_in_client', 'taken_email'))",
                "ALTER TABLE mails DROP CONSTRAINT mails_kind_check",
                "ALTER TABLE mails ADD CONSTRAINT mails_kind_check CHECK (kind IN ('reset', 'password_changed', \
                 'link_withdrawn', 'not_me', 'confirm_email', 'email_changing'))",
            ] {
                on.execute_unprepared(statement).await?;
            }
        } else {
            // SQLite changes no check in place.
            limits_anew(manager).await?;
            mails_anew(manager).await?;
        }
        manager.create_table(email_changes(manager)).await?;
        // One change of a person is open at a time; the other serves who looks what is due, the last one who looks
        // whether an old address may be wanted back.
        on.execute_unprepared(
            "CREATE UNIQUE INDEX email_changes_open_key ON email_changes (user_id) WHERE ended_at IS NULL",
        )
        .await?;
        on.execute_unprepared(
            "CREATE INDEX email_changes_counts_from_of_confirmed_idx ON email_changes (counts_from) \
             WHERE ended_at IS NULL AND confirmed_at IS NOT NULL",
        )
        .await?;
        for (name, column) in [
            ("email_changes_user_id_entered_at_idx", "user_id"),
            ("email_changes_entered_by_entered_at_idx", "entered_by"),
            ("email_changes_old_email_key_entered_at_idx", "old_email_key"),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table("email_changes")
                        .col(column)
                        .col("entered_at")
                        .take(),
                )
                .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The table again, with one more word. Nothing points to it.
async fn limits_anew(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
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
        .take();
    manager.create_table(table).await?;
    take_the_place_of(manager, "limits").await?;
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

/// The table again, with two more words, and those that point to it: dropping it while they do would empty them.
async fn mails_anew(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager.create_table(mails("mails_anew", &MAIL_KINDS)).await?;
    manager
        .get_connection()
        .execute_unprepared("INSERT INTO mails_anew SELECT * FROM mails")
        .await?;
    for (name, table) in [
        ("tries", tries_anew()),
        ("notice_links", notice_links_anew()),
        ("disavowals", disavowals_anew()),
    ] {
        manager.create_table(table).await?;
        take_the_place_of(manager, name).await?;
    }
    let on = manager.get_connection();
    on.execute_unprepared("DROP TABLE mails").await?;
    // What points to it follows the name.
    on.execute_unprepared("ALTER TABLE mails_anew RENAME TO mails").await?;
    index_mails(manager).await?;
    index_anew(manager).await
}

/// Copies the rows of a table into the one of the same name that ends in `_anew`, which then has its name.
async fn take_the_place_of(manager: &SchemaManager<'_>, name: &str) -> Result<(), DbErr> {
    let on = manager.get_connection();
    for statement in [
        format!("INSERT INTO {name}_anew SELECT * FROM {name}"),
        format!("DROP TABLE {name}"),
        format!("ALTER TABLE {name}_anew RENAME TO {name}"),
    ] {
        on.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// A foreign key by the name that it has in the schema.
fn to_mails(from: &'static str, constraint: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(constraint)
        .from(from, "mail_id")
        .to("mails_anew", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn tries_anew() -> TableCreateStatement {
    Table::create()
        .table("tries_anew")
        .col(uuid("mail_id"))
        .col(integer("attempt"))
        .col(big_integer("ended_at"))
        .col(text("verdict"))
        .col(big_integer_null("next_try_at"))
        .col(text_null("reply_stage"))
        .col(integer_null("reply_code"))
        .col(text_null("reply_text"))
        .primary_key(Index::create().col("mail_id").col("attempt"))
        .foreign_key(&mut to_mails("tries_anew", "tries_mail_id_fkey"))
        .check(("tries_attempt_check", Expr::cust("attempt > 0")))
        .check((
            "tries_verdict_check",
            one_of("verdict", ["accepted", "deferred", "refused"]),
        ))
        .check((
            "tries_next_try_check",
            Expr::cust("(verdict = 'deferred') = (next_try_at IS NOT NULL)"),
        ))
        .check((
            "tries_reply_stage_check",
            one_of(
                "reply_stage",
                ["connect", "tls", "login", "sender", "recipient", "body"],
            ),
        ))
        .take()
}

fn notice_links_anew() -> TableCreateStatement {
    Table::create()
        .table("notice_links_anew")
        .col(binary_len("hash", 32).primary_key())
        .col(uuid("mail_id"))
        .col(integer("attempt"))
        .col(big_integer("minted_at"))
        .foreign_key(&mut to_mails("notice_links_anew", "notice_links_mail_id_fkey"))
        .check(("notice_links_hash_check", Expr::cust("length(hash) = 32")))
        .check(("notice_links_attempt_check", Expr::cust("attempt > 0")))
        .take()
}

fn disavowals_anew() -> TableCreateStatement {
    Table::create()
        .table("disavowals_anew")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(uuid("user_id"))
        .col(big_integer("at"))
        .col(uuid_null("reset_id"))
        .col(uuid_null("mail_id"))
        .foreign_key(&mut reference("disavowals_anew", "company_id", "companies"))
        .foreign_key(&mut user_of_company("disavowals_anew"))
        .foreign_key(reference("disavowals_anew", "reset_id", "resets").on_delete(ForeignKeyAction::Cascade))
        .foreign_key(&mut to_mails("disavowals_anew", "disavowals_mail_id_fkey"))
        .check((
            "disavowals_about_one_check",
            Expr::cust("(reset_id IS NULL) <> (mail_id IS NULL)"),
        ))
        .take()
}

/// The indexes of these tables that steps after the first have made.
async fn index_anew(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for statement in [
        "CREATE INDEX mails_company_id_created_at_of_waiting_idx ON mails (company_id, created_at) \
         WHERE state IN ('queued', 'sending', 'deferred')",
        "CREATE INDEX mails_user_id_created_at_of_changes_idx ON mails (user_id, created_at) \
         WHERE kind = 'password_changed'",
        "CREATE UNIQUE INDEX disavowals_reset_id_key ON disavowals (reset_id)",
        "CREATE UNIQUE INDEX disavowals_mail_id_key ON disavowals (mail_id)",
        "CREATE INDEX disavowals_company_id_at_idx ON disavowals (company_id, at)",
    ] {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// A new address that was entered for an account with a password, and what became of it.
fn email_changes(manager: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("email_changes")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(uuid("user_id"))
        .col(text("old_email"))
        .col(bytewise_text(manager, "old_email_key"))
        .col(text("new_email"))
        .col(uuid("entered_by"))
        .col(big_integer("entered_at"))
        .col(big_integer("counts_from"))
        .col(big_integer_null("confirmed_at"))
        .col(text_null("ended_as"))
        .col(big_integer_null("ended_at"))
        .foreign_key(&mut reference("email_changes", "company_id", "companies"))
        .foreign_key(&mut user_of_company("email_changes"))
        .foreign_key(&mut reference("email_changes", "entered_by", "users"))
        .check((
            "email_changes_counts_from_check",
            Expr::cust("counts_from >= entered_at"),
        ))
        .check((
            "email_changes_ended_as_check",
            one_of("ended_as", ["counted", "stopped", "cancelled"]),
        ))
        .check((
            "email_changes_end_has_time_check",
            Expr::cust("(ended_as IS NULL) = (ended_at IS NULL)"),
        ))
        .check((
            // A comparison with null would be null, and a check lets null pass.
            "email_changes_counted_is_confirmed_check",
            Expr::cust("ended_as IS NULL OR ended_as <> 'counted' OR confirmed_at IS NOT NULL"),
        ))
        .take()
}
