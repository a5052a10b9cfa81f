//! Databases of released versions go on working. `migrations/kept` holds the demo's data as each release wrote it, for
//! both databases: `VERSION.sqlite.sql` and `VERSION.postgres.sql`. They are written once and never changed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Database, TestApp, link_of, password};

const MAX: &str = "max@blueheron.example";
const UMA: &str = "uma@blueheron.example";

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

#[tokio::test]
async fn every_released_database_goes_on_working() {
    let fresh = TestApp::start().await;
    let people = "SELECT count(*) FROM users";
    let unmade = Database::new().await;
    let files = fs::read_dir(kept()).expect("the folder");
    let files = files.map(|file| file.expect("a file").path());
    let mut tried = 0;
    for file in files.filter(|file| file.to_string_lossy().ends_with(ending(&unmade))) {
        tried += 1;
        let dump = fs::read_to_string(&file).expect("a dump");
        let app = TestApp::with().on(Database::of(&dump).await).start().await;
        assert_eq!(
            app.number(people).await,
            fresh.number(people).await,
            "{}",
            file.display()
        );
        let max = app.sign_in_as(MAX).await;
        max.get("/company?tab=users").await.expect_status(200);
        app.trigger(&max, UMA).await.expect_status(200);
        let link = link_of(&app.mail_to(UMA).await);
        app.redeem(&link, &password(1)).await.expect_status(303);
        assert!(app.signs_in(UMA, &password(1)).await, "{}", file.display());
    }
    assert!(tried > 0, "no release is kept for this database");
}

#[tokio::test]
#[ignore = "part of a release: run it alone, once with SQLite and once with REKEY_TEST_POSTGRES_URL"]
async fn keep_this_version() {
    let database = Database::new().await;
    let file = kept().join(format!("{}.{}", env!("CARGO_PKG_VERSION"), ending(&database)));
    assert!(!file.exists(), "{} is kept already", file.display());
    fs::write(file, database.dump()).expect("it is written");
}
