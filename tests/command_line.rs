//! The operator's command line, as a process of its own beside a running server.

use std::process::{Command, Output};

use rekey::server::clock::Clock;
use rekey::server::service::change_administrator::revoke_administrator;
use rekey_domain::email::Email;
use rekey_domain::role::Role;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Client, TestApp, link_of, password};

const ADA: &str = "ada@blueheron.example";
const MAX: &str = "max@blueheron.example";
const UMA: &str = "uma@blueheron.example";

/// Runs `rekey` on the server's database.
fn rekey(app: &TestApp, arguments: &[&str]) -> Output {
    // No `rekey.toml` lies about there.
    let folder = TempDir::new().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_rekey"))
        .args(arguments)
        .current_dir(folder.path())
        .env("REKEY_DATABASE_URL", app.database_url())
        .output()
        .expect("it runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_from_the_command_line_is_mailed_and_shown_like_every_other() {
    let app = TestApp::start().await;
    // The command knows the machine's clock only.
    let now = Clock::system().now();
    app.advance(now.since(app.services().clock.now()));
    let output = rekey(&app, &["user", "reset", "Uma@BlueHeron.example"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("the running server sends it"));
    app.advance(crate::support::HOUR / 60);
    let max = app.sign_in_as(MAX).await;
    let page = app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    assert!(page.says("the operator"), "{}", page.text());
    let mail = app.mail_to(UMA).await;
    assert!(
        mail.text
            .contains("Blue Heron Logistics asked us to send you this link."),
        "{}",
        mail.text
    );
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    let noted = "SELECT count(*) FROM activity WHERE actor_kind = 'operator' AND action = 'reset_asked' AND target_name = \
                 'Uma User'";
    assert_eq!(app.number(noted).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_says_what_is_wrong_by_its_exit_code_and_in_words() {
    let app = TestApp::start().await;
    for (arguments, code, words) in [
        (&["user", "reset", "nobody@blueheron.example"][..], 1, "no account uses"),
        (&["user", "reset", "del@blueheron.example"], 1, "no account uses"),
        (&["user", "reset", "uma"], 2, "is no email address"),
        (&["user", "reset"], 2, "EMAIL"),
        (&["user", "sign-out", "nobody@blueheron.example"], 1, "no account uses"),
        (&["admin", "grant", "del@blueheron.example"], 1, "no account uses"),
        (
            &["admin", "revoke", "max@blueheron.example", "--role", "administrator"],
            2,
            "read-only",
        ),
        (
            &["user", "list", "--company", "Blue Herring"],
            1,
            "no company is called",
        ),
        (&["user", "list"], 2, "--company"),
        (&["company", "link", "Quarry Foods"], 2, "--parent"),
        (
            &["company", "link", "Quarry Foods", "--parent", "quarry foods"],
            1,
            "own parent",
        ),
        (&["company", "create", "Quarry Foods"], 1, "of this name already"),
        (&["company", "create", " "], 2, "NAME"),
        (&["nonsense"], 2, "nonsense"),
    ] {
        let output = rekey(&app, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let asked = "SELECT count(*) FROM activity WHERE actor_kind = 'operator'";
    assert_eq!(app.number(asked).await, 0);
    // What they mean is told where one looks for it.
    for arguments in [
        &["--help"][..],
        &["company", "--help"],
        &["admin", "--help"],
        &["user", "--help"],
    ] {
        let help = rekey(&app, arguments);
        let help = String::from_utf8_lossy(&help.stdout)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            help.contains("0 done, or it was so already. 1 refused or failed"),
            "{help}"
        );
    }
    // A database that is not there is a failure, no usage.
    let folder = TempDir::new().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_rekey"))
        .args(["company", "list", "--json"])
        .current_dir(folder.path())
        .env("REKEY_DATABASE_URL", "sqlite:/nowhere/at/all.db")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(json_of(&output)["error"], "failed");
}

/// The one JSON value of an answer.
fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// Runs a command that works.
fn done(app: &TestApp, arguments: &[&str]) -> Value {
    let output = rekey(app, &[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
    // People are told the same by the same exit code.
    json_of(&output)
}

/// Runs a command that is refused; the word for it.
fn refused(app: &TestApp, arguments: &[&str]) -> String {
    let output = rekey(app, &[&["--json"], arguments].concat());
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    let said = json_of(&output);
    let words = said["message"].as_str().expect("words");
    assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{output:?}");
    said["error"].as_str().expect("a word").to_owned()
}

/// What the operator did, by the activity of a company.
async fn noted(app: &TestApp, company: &str) -> Vec<String> {
    let sql = format!(
        "SELECT action || ' ' || coalesce(target_name, '') || ' ' || coalesce(detail, '') FROM activity JOIN companies ON \
         companies.id = activity.company_id WHERE actor_kind = 'operator' AND companies.name = '{company}' ORDER BY at, \
         activity.id"
    );
    app.words(&sql, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn companies_are_listed_linked_and_unlinked() {
    let app = TestApp::start().await;
    let listed = done(&app, &["company", "list"]);
    let names: Vec<_> = listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|company| company["name"].clone())
        .collect();
    assert_eq!(names, ["Blue Heron Logistics", "Heron Nord", "Quarry Foods"]);
    assert_eq!(listed[1]["parent"]["name"], "Blue Heron Logistics");
    assert_eq!(listed[2]["parent"], Value::Null);
    assert_eq!(
        (&listed[2]["people"], &listed[2]["administrators"]),
        (&json!(6), &json!(1))
    );
    let table = rekey(&app, &["company", "list"]);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.starts_with("Name                  Parent"), "{table}");
    assert_eq!(table.lines().count(), 4);

    let quarry = listed[2]["id"].as_str().expect("an id");
    // By id or by name, however it is written.
    let linked = done(&app, &["company", "link", quarry, "--parent", "HERON nord"]);
    assert_eq!(
        (&linked["changed"], &linked["parent"]["name"]),
        (&json!(true), &json!("Heron Nord"))
    );
    assert_eq!(
        done(&app, &["company", "link", quarry, "--parent", "Heron Nord"])["changed"],
        false
    );
    assert_eq!(done(&app, &["company", "list"])[2]["parent"]["name"], "Heron Nord");
    for (child, parent, word) in [
        ("Quarry Foods", "Blue Heron Logistics", "has-parent"),
        ("Blue Heron Logistics", "Quarry Foods", "circle"),
        ("Blue Heron Logistics", "Heron Nord", "circle"),
        ("Blue Heron Logistics", "Blue Heron Logistics", "own-parent"),
        ("Blue Heron Logistics", "Blue Herring", "no-such-company"),
        ("01980000-0000-7000-8000-000000000000", "Heron Nord", "no-such-company"),
    ] {
        assert_eq!(
            refused(&app, &["company", "link", child, "--parent", parent]),
            word,
            "{child} below {parent}"
        );
    }
    assert_eq!(done(&app, &["company", "unlink", "Quarry Foods"])["changed"], true);
    assert_eq!(done(&app, &["company", "unlink", "Quarry Foods"])["changed"], false);
    assert_eq!(
        noted(&app, "Quarry Foods").await,
        ["company_linked  Heron Nord", "company_unlinked  Heron Nord"]
    );
    assert_eq!(
        noted(&app, "Heron Nord").await,
        ["child_linked  Quarry Foods", "child_unlinked  Quarry Foods"]
    );
    assert_eq!(noted(&app, "Blue Heron Logistics").await, [""; 0]);

    // Two of the same name: only an id tells them apart.
    app.execute("UPDATE companies SET name = 'Quarry Foods', search_key = 'quarry foods' WHERE name = 'Heron Nord'")
        .await;
    assert_eq!(
        refused(&app, &["user", "list", "--company", "Quarry Foods"]),
        "several-companies"
    );
    assert_eq!(
        done(&app, &["user", "list", "--company", quarry])
            .as_array()
            .map(Vec::len),
        Some(6)
    );
    let created = done(&app, &["company", "create", "Acme"]);
    assert_eq!(created["name"], "Acme");
    assert_eq!(noted(&app, "Acme").await, ["company_created  "]);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_a_company_is_listed() {
    let app = TestApp::start().await;
    app.sign_in_as(UMA).await;
    let listed = done(&app, &["user", "list", "--company", "Blue Heron Logistics"]);
    let people = listed.as_array().expect("a list");
    assert_eq!(people.len(), 46);
    let uma = people.iter().find(|person| person["email"] == UMA).expect("Uma");
    assert_eq!((&uma["role"], &uma["status"]), (&json!("user"), &json!("active")));
    assert_eq!(uma["id"], app.user_id(UMA).await.to_string());
    assert!(
        uma["last_sign_in"]
            .as_str()
            .expect("a time")
            .starts_with("2026-11-24T13:32")
    );
    for (email, status) in [
        ("del@blueheron.example", "deleted"),
        ("ivy@blueheron.example", "invited"),
    ] {
        assert!(
            people
                .iter()
                .any(|person| person["email"] == email && person["status"] == status)
        );
    }
    assert!(!people.iter().any(|person| person["email"] == "quinn@quarry.example"));
    assert!(!listed.to_string().contains("argon2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn e3_somebody_is_signed_out_everywhere() {
    let app = TestApp::start().await;
    // The command knows the machine's clock only.
    app.advance(Clock::system().now().since(app.services().clock.now()));
    let (first, second, max) = (
        app.sign_in_as(UMA).await,
        app.sign_in_as(UMA).await,
        app.sign_in_as(MAX).await,
    );
    assert_eq!(
        done(&app, &["user", "sign-out", "UMA@blueheron.example"])["sessions"],
        2
    );
    for browser in [&first, &second] {
        browser.get("/auth/verify").await.expect_status(401);
    }
    max.get("/auth/verify").await.expect_status(200);
    assert_eq!(done(&app, &["user", "sign-out", UMA])["sessions"], 0);
    assert_eq!(
        noted(&app, "Blue Heron Logistics").await,
        ["user_signed_out Uma User "; 2]
    );
    assert!(app.signs_in(UMA, crate::support::PASSWORD).await, "the password stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_are_made_and_lowered_and_the_last_one_stays() {
    let app = TestApp::start().await;
    let role_of = async |email: &str| {
        let sql = format!("SELECT role FROM users WHERE email_key = '{email}'");
        app.words(&sql, 0).await.concat()
    };
    let max = app.sign_in_as(MAX).await;
    assert_eq!(refused(&app, &["admin", "revoke", ADA]), "last-administrator");
    // An invited one can't sign in yet.
    assert_eq!(
        done(&app, &["admin", "grant", "ivy@blueheron.example"])["role"],
        "administrator"
    );
    assert_eq!(refused(&app, &["admin", "revoke", ADA]), "last-administrator");
    assert_eq!(
        done(
            &app,
            &["admin", "revoke", "ivy@blueheron.example", "--role", "read-only"]
        )["role"],
        "read-only"
    );

    assert_eq!(
        done(&app, &["admin", "grant", MAX]),
        json!({"email": MAX, "role": "administrator", "changed": true})
    );
    assert_eq!(done(&app, &["admin", "grant", MAX])["changed"], false);
    assert_eq!(identity_role(&max).await, "administrator", "at the next request");
    assert_eq!(done(&app, &["admin", "revoke", ADA])["role"], "user");
    assert_eq!(done(&app, &["admin", "revoke", ADA])["changed"], false);
    assert_eq!(refused(&app, &["admin", "revoke", MAX]), "last-administrator");
    assert_eq!(
        (role_of(ADA).await, role_of(MAX).await),
        ("user".to_owned(), "administrator".to_owned())
    );
    assert_eq!(
        noted(&app, "Blue Heron Logistics").await,
        [
            "role_changed Ivy Invited administrator",
            "role_changed Ivy Invited read-only",
            "role_changed Max Manager administrator",
            "role_changed Ada Admin user",
        ]
    );
}

async fn identity_role(browser: &Client) -> String {
    let answer = browser.get("/auth/verify").await.expect_status(200);
    answer.header("remote-role").expect("a role").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_are_never_lowered_at_once() {
    let app = TestApp::start().await;
    for _ in 0..5 {
        done(&app, &["admin", "grant", ADA]);
        done(&app, &["admin", "grant", MAX]);
        let lower = async |email: &str| {
            let email = Email::parse(email).expect("an address");
            revoke_administrator(app.services(), &email, Role::User).await.is_ok()
        };
        let (ada, max) = tokio::join!(lower(ADA), lower(MAX));
        assert_ne!(ada, max, "one of them stays");
    }
}
