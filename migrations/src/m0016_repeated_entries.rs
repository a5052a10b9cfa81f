//! The same refusal once more within a minute is one entry with a number, and a refusal of nobody who is known is an entry,
//! too, of no company (F14). Nothing else of an entry is ever changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, text_null, uuid, uuid_null};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::parts::{bytewise_text, one_of, reference};

/// Two more columns in `activity`, whose company may be missing.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Everything of an entry but its number.
const NEVER_CHANGED: &str = "id, company_id, at, actor_kind, actor_id, actor_name, action, outcome, target_id, \
                             target_name, detail, search_key, client_address, repeat_key";

const CHECKS: [(&str, &str); 2] = [
    (
        "activity_times_check",
        "times = 1 OR (times > 1 AND repeat_key IS NOT NULL)",
    ),
    (
        "activity_company_check",
        "company_id IS NOT NULL OR repeat_key IS NOT NULL",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        if is_postgres {
            for statement in [
                "DROP TRIGGER activity_is_never_changed ON activity",
                "ALTER TABLE activity ALTER COLUMN company_id DROP NOT NULL, \
                 ADD COLUMN times integer NOT NULL DEFAULT 1, ADD COLUMN repeat_key text COLLATE \"C\"",
            ] {
                on.execute_unprepared(statement).await?;
            }
            for (name, check) in CHECKS {
                on.execute_unprepared(&format!("ALTER TABLE activity ADD CONSTRAINT {name} CHECK ({check})"))
                    .await?;
            }
        } else {
            anew(manager).await?;
        }
        for statement in [
            // Only what can be repeated has a key; and who looks at a person sees the newest of these.
            "CREATE UNIQUE INDEX activity_repeat_key_key ON activity (repeat_key) WHERE repeat_key IS NOT NULL",
            "CREATE INDEX activity_target_id_at_of_refused_passwords_idx ON activity (target_id, at) \
             WHERE outcome = 'refused' AND action IN ('signed_in', 'current_password')",
        ] {
            on.execute_unprepared(statement).await?;
        }
        for statement in refuse_updates(is_postgres) {
            on.execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// `SQLite` takes no NOT NULL away in place. Nothing points to the table; its index and its trigger go with it.
async fn anew(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let on = manager.get_connection();
    let [times, company] = CHECKS;
    let table = Table::create()
        .table("activity_anew")
        .col(uuid("id").primary_key())
        .col(uuid_null("company_id"))
        .col(big_integer("at"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(text("actor_name"))
        .col(text("action"))
        .col(text("outcome"))
        .col(uuid_null("target_id"))
        .col(text_null("target_name"))
        .col(text_null("detail"))
        .col(text_null("client_address"))
        .col(bytewise_text(manager, "search_key").default(""))
        .col(ColumnDef::new("times").integer().not_null().default(1))
        .col(ColumnDef::new("repeat_key").text())
        .foreign_key(&mut reference("activity", "company_id", "companies"))
        .check((
            "activity_actor_kind_check",
            one_of("actor_kind", ["user", "operator", "recipient", "system"]),
        ))
        .check(("activity_outcome_check", one_of("outcome", ["granted", "refused"])))
        .check((times.0, Expr::cust(times.1)))
        .check((company.0, Expr::cust(company.1)))
        .take();
    manager.create_table(table).await?;
    for statement in [
        "INSERT INTO activity_anew (id, company_id, at, actor_kind, actor_id, actor_name, action, outcome, target_id, \
         target_name, detail, client_address, search_key) SELECT id, company_id, at, actor_kind, actor_id, actor_name, \
         action, outcome, target_id, target_name, detail, client_address, search_key FROM activity",
        "DROP TABLE activity",
        "ALTER TABLE activity_anew RENAME TO activity",
    ] {
        on.execute_unprepared(statement).await?;
    }
    manager
        .create_index(
            Index::create()
                .name("activity_company_id_at_id_idx")
                .table("activity")
                .col("company_id")
                .col("at")
                .col("id")
                .take(),
        )
        .await
}

/// The schema builder has no triggers, and the two databases don't share their syntax.
fn refuse_updates(is_postgres: bool) -> [String; 2] {
    let refuse = if is_postgres {
        "FOR EACH ROW {when} EXECUTE FUNCTION activity_refuse_update()"
    } else {
        "{when} BEGIN SELECT RAISE(ABORT, 'activity is never changed'); END"
    };
    let counts_down = "WHEN (OLD.repeat_key IS NULL OR NEW.times <= OLD.times)";
    [
        format!(
            "CREATE TRIGGER activity_is_never_changed BEFORE UPDATE OF {NEVER_CHANGED} ON activity {}",
            refuse.replace("{when}", "")
        ),
        format!(
            "CREATE TRIGGER activity_only_counts_up BEFORE UPDATE OF times ON activity {}",
            refuse.replace("{when}", counts_down)
        ),
    ]
}
