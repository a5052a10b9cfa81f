//! The database as others set it up: behind a pooler, with other defaults, read-only for a while, restarted. Cases K10 and
//! K11; those that only a server has are about `PostgreSQL` alone.

use std::time::Duration;

use rekey::server::store::db::{Db, in_the_way};
use url::Url;

use crate::support::people::{ADA, MAX, ROB, UMA};
use crate::support::pgbouncer::PgBouncer;
use crate::support::{Client, Database, Form, SECOND, TestApp, link_of, password};

fn is_on_postgres() -> bool {
    std::env::var_os("REKEY_TEST_POSTGRES_URL").is_some()
}

/// Waits for what takes real time: connections that are replaced, servers that come back.
async fn within_a_minute(what: &str, is_so: impl AsyncFn() -> bool) {
    let look = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let came = tokio::time::timeout(Duration::from_mins(1), look).await.is_ok();
    assert!(came, "waited in vain until {what}");
}

/// A server whose managers may press as often as they like.
async fn unlimited(database: Database, way: impl FnOnce(&str) -> String + 'static) -> TestApp {
    TestApp::with()
        .on(database)
        .reaching_it(way)
        .settings(|settings| {
            settings.limits.resets_per_manager = None;
            settings.limits.resets_per_person = None;
            settings.limits.asks_per_email = None;
        })
        .start()
        .await
}

/// What people do at once: 40 ask, 16 use one link, two managers reset each other `rounds` times. Nobody is answered with
/// a failure, and of the 16 one wins.
async fn crowd(app: &TestApp, rounds: usize) {
    let asks = (0..40).map(async |number| {
        let email = [UMA, ROB, ADA, "nobody@blueheron.example"][number % 4];
        app.client().post("/reset-password", &[("email", email)]).await.status
    });
    let answers = futures::future::join_all(asks).await;
    assert!(answers.iter().all(|status| *status == 303), "asking: {answers:?}");

    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await.expect_status(200);
    let waiting = "SELECT count(*) FROM mails WHERE settled_at IS NULL AND recipient = 'uma@blueheron.example'";
    app.until("all mails are out", async || {
        app.number("SELECT count(*) FROM asks").await == 0 && app.number(waiting).await == 0
    })
    .await;
    let path = Url::parse(&link_of(&app.mail_to(UMA).await))
        .expect("a link")
        .path()
        .to_owned();
    let tries = (0..16).map(|number| {
        let (client, path) = (app.client(), path.clone());
        async move { client.post(&path, &[("new_password", &password(number))]).await.status }
    });
    let answers = futures::future::join_all(tries).await;
    let count = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((count(303), count(410)), (1, 15), "{answers:?}");
    assert!(app.client().get(&path).await.says("used"), "its page");

    let ada = app.sign_in_as(ADA).await;
    let forms = (
        max.get(&app.page_of(ADA).await).await.form("Reset password"),
        ada.get(&app.page_of(MAX).await).await.form("Reset password"),
    );
    let press = async |client: &Client, form: &Form| client.submit(form.clone()).await.status;
    for round in 0..rounds {
        app.advance(SECOND);
        let answers = tokio::join!(press(&max, &forms.0), press(&ada, &forms.1));
        assert_eq!(answers, (303, 303), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_what_the_code_relies_on_is_set_by_the_code() {
    let database = Database::new().await;
    for default in [
        "default_transaction_isolation = 'serializable'",
        "default_transaction_deferrable = 'on'",
        "lock_timeout = '1ms'",
        "statement_timeout = '1ms'",
        "standard_conforming_strings = 'off'",
        "timezone = 'Asia/Kathmandu'",
        "datestyle = 'German, DMY'",
        "bytea_output = 'escape'",
    ] {
        database
            .tell_server(|name| format!("ALTER DATABASE {name} SET {default}"))
            .await;
    }
    let app = unlimited(database, str::to_owned).await;
    crowd(&app, 50).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_behind_a_pooler_everything_works() {
    if !is_on_postgres() {
        return;
    }
    let server = std::env::var("REKEY_TEST_POSTGRES_URL").expect("a URL");
    // Of the second kind is one that swallows our settings without a word.
    for lines in [
        &["pool_mode = transaction", "default_pool_size = 3"][..],
        &[
            "pool_mode = transaction",
            "default_pool_size = 6",
            "ignore_startup_parameters = options",
        ],
        &["pool_mode = session", "default_pool_size = 30"],
    ] {
        let database = Database::new().await;
        database
            .tell_server(|name| format!("ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'"))
            .await;
        let pooler = PgBouncer::start(&server, lines).await;
        let through = pooler.url(&database.url());
        let app = unlimited(database, move |_| through).await;
        assert!(app.services().db.is_through_pooler(), "{lines:?}");
        app.client().get("/health/ready").await.expect_status(200);
        let other = app.one_more().await;
        crowd(&app, 10).await;
        app.sign_in_at(&other, MAX)
            .await
            .get("/company?tab=resets")
            .await
            .expect_status(200);
        other.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_a_pooler_without_transactions_is_refused_in_one_sentence() {
    if !is_on_postgres() {
        return;
    }
    let database = Database::new().await;
    let pooler = PgBouncer::start(&database.url(), &["pool_mode = statement"]).await;
    let refused = Db::connect(&pooler.url(&database.url())).await.expect_err("refused");
    assert!(refused.to_string().contains("pool_mode=transaction"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_a_pooler_without_a_free_connection_is_refused_in_one_sentence() {
    if !is_on_postgres() {
        return;
    }
    let server = std::env::var("REKEY_TEST_POSTGRES_URL").expect("a URL");
    let database = Database::new().await;
    let pooler = PgBouncer::start(&server, &["pool_mode = session", "default_pool_size = 1"]).await;
    let through = pooler.url(&database.url());
    // The first one keeps the only connection that there is.
    let _first = Db::connect(&through).await.expect("there is one");
    let refused = Db::connect(&through).await.expect_err("there is no other").to_string();
    assert!(refused.contains("default_pool_size of 10"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_a_database_that_can_not_be_right_is_refused_in_one_sentence() {
    if !is_on_postgres() {
        return;
    }
    let database = Database::new().await;
    database
        .tell_server(|name| format!("ALTER DATABASE {name} SET search_path = nowhere"))
        .await;
    let refused = Db::connect(&database.url()).await.expect_err("refused").to_string();
    assert!(refused.contains("search_path"), "{refused}");
}

/// What stands in the way of a server that opens this database and brings it up to date.
async fn what_is_said(url: &str) -> String {
    let opened = match Db::connect(url).await {
        Ok(db) => db.migrate().await,
        Err(error) => Err(error),
    };
    let error = opened.expect_err("refused");
    in_the_way(&error).unwrap_or_else(|| panic!("no sentence for {error}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_an_account_without_rights_is_refused_in_one_sentence() {
    if !is_on_postgres() {
        return;
    }
    let database = Database::new().await;
    let changed = |change: &dyn Fn(&mut Url)| {
        let mut url = Url::parse(&database.url()).expect("a URL");
        change(&mut url);
        url.to_string()
    };
    database
        .tell_server(|name| format!("CREATE ROLE {name}_guest LOGIN"))
        .await;
    let guest = changed(&|url| {
        let name = format!("{}_guest", url.path().trim_start_matches('/'));
        url.set_username(&name).expect("a name");
    });
    // It may not make the tables, as in any database of somebody else's since PostgreSQL 15; then they are another one's.
    assert!(what_is_said(&guest).await.contains("ALTER DATABASE"));
    let owner = Db::connect(&database.url()).await.expect("opened");
    owner.migrate().await.expect("up to date");
    assert!(what_is_said(&guest).await.contains("REASSIGN OWNED BY"));
    database.tell_server(|name| format!("DROP ROLE {name}_guest")).await;
    assert!(what_is_said(&guest).await.contains("does not let the account"));
    let nowhere = changed(&|url| url.set_path("/there_is_no_such_database"));
    assert!(what_is_said(&nowhere).await.contains("there is no such database"));
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_where_nobody_answers_is_named() {
    let said = what_is_said("postgres://rekey@127.0.0.1:1/rekey").await;
    assert!(
        said.starts_with("the database at 127.0.0.1:1 can't be reached: "),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn k10_a_database_of_a_newer_program_is_refused_in_one_sentence() {
    let app = TestApp::start().await;
    app.execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_later', 1)")
        .await;
    let error = app.services().db.migrate().await.expect_err("refused");
    let said = in_the_way(&error).expect("a sentence");
    assert!(said.contains("newer version of Rekey"), "{said}");
}

#[tokio::test]
async fn k11_what_says_that_the_server_lives_asks_the_database_nothing_whoever_comes() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.execute("ALTER TABLE sessions RENAME TO out_of_reach").await;
    assert_eq!(max.get("/dashboard").await.status, 500, "nobody can say who it is");
    for address in ["/health/live", "/favicon.svg", "/robots.txt"] {
        max.get(address).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k11_a_database_that_can_only_be_read_is_passing_trouble_and_over_by_itself() {
    let app = TestApp::start().await;
    if app.is_on_sqlite() {
        return;
    }
    let max = app.sign_in_as(MAX).await;
    let form = max.get(&app.page_of(UMA).await).await.form("Reset password");
    let before = app.number("SELECT count(*) FROM mails").await;
    app.tell_server(|name| format!("ALTER DATABASE {name} SET default_transaction_read_only = on"))
        .await;
    end_connections(&app).await;

    let page = max.submit(form.clone()).await.expect_status(503);
    assert_eq!(page.heading(), "Not available right now");
    let page = app
        .client()
        .post("/reset-password", &[("email", UMA)])
        .await
        .expect_status(503);
    assert!(page.says("Nothing was changed."), "{}", page.text());
    app.client().get("/health/ready").await.expect_status(503);
    app.client().get("/health/live").await.expect_status(200);
    // What only reads goes on.
    max.get("/company").await.expect_status(200);
    assert_eq!(app.number("SELECT count(*) FROM mails").await, before);

    app.tell_server(|name| format!("ALTER DATABASE {name} RESET default_transaction_read_only"))
        .await;
    within_a_minute("a press works again", async || {
        let page = max.submit(form.clone()).await;
        assert!([303, 503].contains(&page.status), "{}", page.text());
        page.status == 303
    })
    .await;
    within_a_minute("it is ready again", async || {
        app.client().get("/health/ready").await.status == 200
    })
    .await;
    app.mail_to(UMA).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k11_a_server_that_is_restarted_costs_nobody_more_than_another_try() {
    let app = TestApp::start().await;
    if app.is_on_sqlite() {
        return;
    }
    let max = app.sign_in_as(MAX).await;
    for round in 0..10 {
        end_connections(&app).await;
        let asks = (0..8).map(async |_| {
            let ask = app.client();
            let (asked, looked) = tokio::join!(
                ask.post("/reset-password", &[("email", "nobody@blueheron.example")]),
                max.get("/company")
            );
            (asked.status, looked.status)
        });
        let (answers, ()) = tokio::join!(futures::future::join_all(asks), end_connections(&app));
        for answer in answers {
            assert!(
                [303, 503, 429].contains(&answer.0) && [200, 503].contains(&answer.1),
                "round {round}: {answer:?}"
            );
        }
    }
    within_a_minute("pages are there", async || max.get("/company").await.status == 200).await;
    within_a_minute("mails go out", async || {
        let page = app.client().post("/reset-password", &[("email", UMA)]).await;
        assert!([303, 503].contains(&page.status), "{}", page.text());
        page.status == 303
    })
    .await;
    app.mail_to(UMA).await;
    app.client().get("/health/ready").await.expect_status(200);
}

/// As when the server is restarted.
async fn end_connections(app: &TestApp) {
    app.tell_server(|name| format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        .await;
}
