//! What the mail server said lately is found by its time. A mail that is settled stays so: only while the mail server is out
//! of order may one that it has refused wait again, since the refusal was meant for our sender (K6).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// An index on `tries`, and a rule on `mails`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_index(
                Index::create()
                    .name("tries_verdict_ended_at_idx")
                    .table("tries")
                    .col("verdict")
                    .col("ended_at")
                    .take(),
            )
            .await?;
        let on = manager.get_connection();
        for statement in refuse_revival(manager.get_database_backend()) {
            on.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The schema builder has no triggers, and the two databases don't share their syntax.
fn refuse_revival(backend: DbBackend) -> &'static [&'static str] {
    if backend == DbBackend::Postgres {
        &[
            "CREATE FUNCTION mails_refuse_revival() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
               IF OLD.state = 'refused' AND NEW.state = 'deferred'
                  AND EXISTS (SELECT 1 FROM outages WHERE ended_at IS NULL) THEN RETURN NEW; END IF;
               RAISE EXCEPTION 'a settled mail stays settled';
             END $$",
            "CREATE TRIGGER mails_settled_stay BEFORE UPDATE OF state ON mails FOR EACH ROW
             WHEN (OLD.state IN ('accepted', 'refused', 'dropped') AND NEW.state IN ('queued', 'sending', 'deferred'))
             EXECUTE FUNCTION mails_refuse_revival()",
        ]
    } else {
        &[
            "CREATE TRIGGER mails_settled_stay BEFORE UPDATE OF state ON mails FOR EACH ROW
           WHEN OLD.state IN ('accepted', 'refused', 'dropped') AND NEW.state IN ('queued', 'sending', 'deferred')
             AND NOT (OLD.state = 'refused' AND NEW.state = 'deferred'
                      AND EXISTS (SELECT 1 FROM outages WHERE ended_at IS NULL))
           BEGIN SELECT RAISE(ABORT, 'a settled mail stays settled'); END",
        ]
    }
}
