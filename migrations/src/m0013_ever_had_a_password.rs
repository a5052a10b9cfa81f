//! Whether an account has ever had a password: once somebody has set one, it is somebody's, also when the password is gone,
//! and its address goes its owner's way (D8, F5). Of a new address: the mail by which the old one is told, and whether the
//! account comes back by it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::parts::hyphenated;

/// One more column in `users`, two in `email_changes`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        // In doubt it is so: only those are let off whose trail is there from the beginning and tells of no password.
        for statement in [
            "ALTER TABLE users ADD COLUMN has_had_password boolean NOT NULL DEFAULT TRUE \
             CONSTRAINT users_has_had_password_check CHECK (password_hash IS NULL OR has_had_password)",
            "UPDATE users SET has_had_password = FALSE \
             WHERE password_hash IS NULL AND last_sign_in_at IS NULL \
             AND id IN (SELECT target_id FROM activity WHERE action = 'user_created' AND outcome = 'granted' \
             AND target_id IS NOT NULL) \
             AND id NOT IN (SELECT target_id FROM activity WHERE action IN ('password_set_by_link', 'password_changed') \
             AND target_id IS NOT NULL)",
        ] {
            on.execute_unprepared(statement).await?;
        }
        let never_cleared: &[&str] = if is_postgres {
            &[
                "CREATE FUNCTION users_refuse_forgetting() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN RAISE EXCEPTION 'that there was a password is never forgotten'; END $$",
                "CREATE TRIGGER users_has_had_password_is_never_cleared BEFORE UPDATE ON users
                 FOR EACH ROW WHEN (OLD.has_had_password AND NOT NEW.has_had_password)
                 EXECUTE FUNCTION users_refuse_forgetting()",
            ]
        } else {
            &[
                "CREATE TRIGGER users_has_had_password_is_never_cleared BEFORE UPDATE ON users
               WHEN OLD.has_had_password AND NOT NEW.has_had_password
               BEGIN SELECT RAISE(ABORT, 'that there was a password is never forgotten'); END",
            ]
        };
        for statement in never_cleared {
            on.execute_unprepared(statement).await?;
        }
        let (id, id_as_text) = if is_postgres {
            ("uuid", "email_changes.id::text".to_owned())
        } else {
            ("uuid_text", hyphenated("email_changes.id"))
        };
        for statement in [
            // No foreign key: when a mail is forgotten, what it told of is long over.
            format!("ALTER TABLE email_changes ADD COLUMN notice_id {id}"),
            "ALTER TABLE email_changes ADD COLUMN restores boolean NOT NULL DEFAULT FALSE".to_owned(),
            format!(
                "UPDATE email_changes SET notice_id = (SELECT mails.id FROM mails WHERE mails.kind = 'email_changing' \
                 AND mails.user_id = email_changes.user_id \
                 AND mails.facts = '{{\"change\":\"' || {id_as_text} || '\"}}' LIMIT 1)"
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
