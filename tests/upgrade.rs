//! Databases of earlier versions go on working. `migrations/kept` holds the demo's data as an earlier version wrote it, for
//! both databases, named by the last step of its schema: `STEP.sqlite.sql` and `STEP.postgres.sql`. They are written once
//! and never changed, and say themselves how many rows are in them, since the demo's people change.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rekey::server::store::db::Db;
use sea_orm::{ConnectionTrait, Statement};

use crate::support::people::{MAX, UMA};
use crate::support::{Database, HOUR, SECOND, START, TestApp, link_of, password};

/// In front of a table and its number of rows, in the first lines of a kept dump.
const EXPECTED: &str = "-- expected: ";
/// What no step may lose a row of.
const TABLES: [&str; 7] = ["companies", "users", "grants", "resets", "links", "mails", "tries"];

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/kept")
}

fn ending(database: &Database) -> &'static str {
    if matches!(database, Database::File(_)) {
        "sqlite.sql"
    } else {
        "postgres.sql"
    }
}

/// The tables that a kept dump counts, and how many rows it says that each has.
fn expected(dump: &str) -> Vec<(&str, i64)> {
    let counted = dump.lines().map_while(|line| line.strip_prefix(EXPECTED));
    let counted = counted.map(|line| {
        let (table, rows) = line.split_once(' ').expect("a table and a number");
        (table, rows.parse().expect("a number"))
    });
    counted.collect()
}

#[tokio::test]
async fn every_kept_database_goes_on_working() {
    let unmade = Database::new().await;
    let files = fs::read_dir(kept()).expect("the folder");
    let files = files.map(|file| file.expect("a file").path());
    let mut tried = 0;
    for file in files.filter(|file| file.to_string_lossy().ends_with(ending(&unmade))) {
        tried += 1;
        let dump = fs::read_to_string(&file).expect("a dump");
        let app = TestApp::with().on(Database::of(&dump).await).start().await;
        let expected = expected(&dump);
        assert!(!expected.is_empty(), "{} counts nothing", file.display());
        for (table, rows) in expected {
            let found = app.number(&format!("SELECT count(*) FROM {table}")).await;
            assert_eq!(found, rows, "{table} of {}", file.display());
        }
        let max = app.sign_in_as(MAX).await;
        max.get("/company?tab=users").await.expect_status(200);
        app.trigger(&max, UMA).await.expect_status(200);
        let link = link_of(&app.mail_to(UMA).await);
        app.redeem(&link, &password(1)).await.expect_status(303);
        assert!(app.signs_in(UMA, &password(1)).await, "{}", file.display());
    }
    assert!(tried > 1, "{tried} databases are kept");
}

#[tokio::test]
#[ignore = "before the schema changes: run it alone, once with SQLite and once with REKEY_TEST_POSTGRES_URL"]
async fn keep_this_schema() {
    let database = Database::new().await;
    let db = Db::connect(&database.url()).await.expect("the database opens");
    let first = async |sql: &str| {
        let reader = db.reader();
        let row = reader.query_one_raw(Statement::from_string(reader.get_database_backend(), sql));
        row.await.expect("the statement works").expect("one row")
    };
    let mut head = String::new();
    for table in TABLES {
        let row = first(&format!("SELECT count(*) FROM {table}")).await;
        let rows: i64 = row.try_get_by_index(0).expect("a number");
        writeln!(head, "{EXPECTED}{table} {rows}").expect("memory takes it");
    }
    let row = first("SELECT version FROM seaql_migrations ORDER BY version DESC LIMIT 1").await;
    let step: String = row.try_get_by_index(0).expect("a name");
    db.close().await.expect("the connections close");
    let file = kept().join(format!("{step}.{}", ending(&database)));
    assert!(!file.exists(), "{} is kept already", file.display());
    fs::write(file, head + &database.dump()).expect("it is written");
}

#[tokio::test]
async fn f5_who_has_had_a_password_is_known_after_the_upgrade_and_in_doubt_it_is_so() {
    let database = Database::new().await;
    let dump = kept().join(format!("m0012_batches.{}", ending(&database)));
    let database = Database::of(&fs::read_to_string(dump).expect("a dump")).await;
    // Nobody has a password, and of each it is known how far their trail goes.
    let people = [
        ("person20", false, "NULL", &["user_created"][..], false),
        ("person21", true, "NULL", &["user_created"], false),
        (
            "person22",
            true,
            "NULL",
            &["user_created", "password_set_by_link"],
            true,
        ),
        ("person23", false, "NULL", &["user_created", "password_changed"], true),
        ("person24", false, "1795000000000", &["user_created"], true),
        ("person25", false, "NULL", &["user_restored"], true),
        ("person26", true, "NULL", &[], true),
    ];
    let mut statements = Vec::new();
    let mut ids = 0_u32;
    let mut id = || {
        ids += 1;
        database.literal(&format!("{ids:032x}"))
    };
    for (name, is_deleted, last_sign_in_at, trail, _) in people {
        let whose = format!("WHERE email_key = '{name}@blueheron.example'");
        let deleted_at = if is_deleted { "1795000000000" } else { "NULL" };
        statements.push(format!(
            "UPDATE users SET password_hash = NULL, deleted_at = {deleted_at}, last_sign_in_at = {last_sign_in_at} {whose}"
        ));
        for word in trail {
            statements.push(format!(
                "INSERT INTO activity (id, company_id, at, actor_kind, actor_name, action, outcome, target_id) \
                 SELECT {}, company_id, 1795000000000, 'operator', '', '{word}', 'granted', id FROM users {whose}",
                id()
            ));
        }
    }
    // A new address that Max has entered for Uma, confirmed, and told a minute less than a day ago.
    let (entered_at, told_at) = (START - HOUR * 25, START - HOUR * 24 + SECOND * 60);
    let (change, max) = (
        format!("{:032x}", 0xfeed),
        "(SELECT id FROM users WHERE email_key = 'max@blueheron.example')",
    );
    let hyphenated = "00000000-0000-0000-0000-00000000feed";
    statements.push(format!(
        "INSERT INTO email_changes (id, company_id, user_id, old_email, old_email_key, new_email, entered_by, entered_at, \
         counts_from, confirmed_at) SELECT {}, company_id, id, email, email_key, 'uma@new.example', {max}, {}, {}, {} \
         FROM users WHERE email_key = '{UMA}'",
        database.literal(&change),
        entered_at.as_millis(),
        (entered_at + HOUR * 24).as_millis(),
        entered_at.as_millis(),
    ));
    statements.push(format!(
        "INSERT INTO mails (id, kind, company_id, user_id, recipient, state, attempts, created_at, next_try_at, settled_at, \
         facts) SELECT {}, 'email_changing', company_id, id, email, 'accepted', 1, {entered}, {entered}, {told}, \
         '{{\"change\":\"{hyphenated}\"}}' FROM users WHERE email_key = '{UMA}'",
        id(),
        entered = entered_at.as_millis(),
        told = told_at.as_millis(),
    ));
    database.execute(&statements).await;

    let app = TestApp::with().on(database).start().await;
    for (name, .., expected) in people {
        let sql =
            format!("SELECT count(*) FROM users WHERE email_key = '{name}@blueheron.example' AND has_had_password");
        assert_eq!(app.number(&sql).await == 1, expected, "{name}");
    }
    let with_one = "SELECT count(*) FROM users WHERE password_hash IS NOT NULL AND NOT has_had_password";
    assert_eq!(app.number(with_one).await, 0);
    app.whole_tick().await;
    let new = "SELECT count(*) FROM users WHERE email_key = 'uma@new.example'";
    assert_eq!(app.number(new).await, 0, "her day is not over");
    app.advance(SECOND * 60);
    app.until("the new address counts", async || app.number(new).await == 1)
        .await;
}
