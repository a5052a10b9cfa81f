//! The operator's command line, as a process of its own beside a running server.

use std::process::{Command, Output};

use rekey::server::clock::Clock;
use rekey::server::mail::recorded::ReadMail;
use rekey::server::mail::recorder::Behaviour;
use rekey::server::service::people::change_administrator::revoke_administrator;
use rekey_domain::email::Email;
use rekey_domain::role::Role;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::people::{ADA, IVY, MAX, ROB, UMA};
use crate::support::{Client, TestApp, link_of, not_me_of, password};

/// Runs `rekey` on the server's database.
fn rekey(app: &TestApp, arguments: &[&str]) -> Output {
    command(app, arguments).output().expect("it runs")
}

/// The same, not yet run.
fn command(app: &TestApp, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command
        .args(arguments)
        .args(["--config", "/nonexistent/rekey.toml"])
        .env("REKEY_DATABASE_URL", app.database_url());
    command
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

#[test]
fn k3_a_cookie_domain_of_which_no_browser_keeps_a_cookie_is_refused_at_start() {
    let folder = TempDir::new().expect("a folder");
    for (public_url, domain) in [
        ("https://auth-me.duckdns.org", "duckdns.org"),
        ("https://accounts.co.uk", "co.uk"),
        ("https://rekey.github.io", "github.io"),
        ("https://accounts.localhost", "localhost"),
        ("https://192.0.2.1", "192.0.2.1"),
        ("https://accounts.example.com", "example.org"),
        ("https://accounts.example.com", "login.accounts.example.com"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_rekey"))
            .arg("serve")
            .current_dir(folder.path())
            .env("REKEY_PUBLIC_URL", public_url)
            .env("REKEY_COOKIE_DOMAIN", domain)
            .env("REKEY_SMTP_URL", "smtp://127.0.0.1:1")
            .env("REKEY_MAIL_FROM", "accounts@rekey.example")
            // A server that took the domain would fail at this.
            .env("REKEY_DATABASE_URL", "sqlite:/nowhere/at/all.db")
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{domain}: {output:?}");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains("REKEY_COOKIE_DOMAIN"), "{words}");
    }
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

/// Has the command show a link, on the machine's clock, which is the only one that it knows.
fn show_link(app: &TestApp, email: &str) -> (String, Value) {
    let output = command(app, &["user", "reset", email, "--show-link", "--json"])
        .env("REKEY_PUBLIC_URL", app.url().as_str())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = json_of(&output);
    (said["link"].as_str().expect("a link").to_owned(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_shown_while_the_mail_is_broken_and_the_owner_told_later() {
    let app = TestApp::with().without_mail_server().start().await;
    // The command knows the machine's clock only, and comes last.
    let minute = crate::support::HOUR / 60;
    let behind = Clock::system().now().since(app.services().clock.now());
    app.advance(behind.saturating_sub(minute));
    let max = app.sign_in_as(MAX).await;
    // One waits for the mail server.
    app.trigger(&max, UMA).await;
    let (link, said) = show_link(&app, UMA);
    app.advance(2 * minute);
    assert!(link.starts_with(app.url().as_str()), "the operator's own address");
    assert_eq!(said["email"], UMA);
    assert_eq!(
        noted(&app, "Blue Heron Logistics").await,
        ["link_shown Uma User manager"]
    );
    let stolen = app.stolen().await;
    let token = link.rsplit('/').next().expect("a token");
    assert!(
        !stolen.windows(token.len()).any(|window| window == token.as_bytes()),
        "A4"
    );

    let umas = app.page_of(UMA).await;
    let page = max.get(&umas).await;
    assert!(page.says("Link handed over"), "{}", page.text());
    assert!(page.says("The operator made this link on"), "{}", page.text());
    assert!(page.says("Link made by the operator, to be handed over outside mail."));
    let list = max.get("/company?tab=resets&state=handed-over").await;
    assert!(
        list.says("Uma User") && list.says("Link handed over"),
        "{}",
        list.text()
    );
    let list = max.get("/company?tab=resets&state=waiting").await;
    assert!(!list.says("Uma User"), "{}", list.text());

    // Used before the mail could tell.
    app.redeem(&link, &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
    app.client().get(&link).await.expect_status(410);
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(crate::support::HOUR);
    let mails = app.mails_to(UMA, 2).await;
    let told = mails
        .iter()
        .find(|mail| mail.subject.ends_with("a password link was made for you"));
    let told = told.expect("told all the same");
    assert_eq!(told.subject, "Blue Heron Logistics: a password link was made for you");
    let words = |mail: &ReadMail| mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = words(told);
    assert!(said.contains("The operator of this server made a link"), "{said}");
    assert!(said.contains("handed over to you in another way"), "{said}");
    assert_eq!(told.links.len(), 1, "no link to set a password: {:?}", told.links);
    let changed = mails
        .iter()
        .find(|mail| mail.subject.ends_with("your password was changed"));
    let changed = words(changed.expect("the notice of the change"));
    assert!(
        changed.contains("a link that the operator of this server made"),
        "{changed}"
    );
    let dropped = format!("SELECT count(*) FROM mails WHERE state = 'dropped' AND recipient = '{UMA}'");
    assert_eq!(app.number(&dropped).await, 1, "the one that waited");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shown_link_is_withdrawn_by_its_owner_and_by_a_manager_and_replaced() {
    let app = TestApp::start().await;
    app.advance(Clock::system().now().since(app.services().clock.now()));
    let (link, _) = show_link(&app, UMA);
    app.advance(crate::support::HOUR / 60);
    let notice = app.mail_to(UMA).await;
    let not_me = not_me_of(&notice);
    let form = app.client().get(&not_me).await.form("Withdraw link");
    let chosen = form.choose("I did not ask for this");
    app.client().submit(chosen).await.expect_status(303);
    let page = app.client().get(&link).await.expect_status(410);
    assert_eq!(page.heading(), "This link was withdrawn");
    app.mail_to(ADA).await;

    // A second one replaces the first at once; the manager withdraws it, and the owner is told.
    let (first, _) = show_link(&app, UMA);
    app.advance(crate::support::SECOND);
    let (second, _) = show_link(&app, UMA);
    let page = app.client().get(&first).await.expect_status(410);
    assert_eq!(page.heading(), "A newer link was sent");
    app.client().get(&second).await.expect_status(200);
    app.advance(crate::support::HOUR / 60);
    let max = app.sign_in_as(MAX).await;
    let umas = app.page_of(UMA).await;
    let form = max.get(&umas).await.form("Revoke");
    max.submit(form).await.expect_status(303);
    app.client().get(&second).await.expect_status(410);
    let mails = app.mails_to(UMA, 4).await;
    assert!(
        mails
            .iter()
            .any(|mail| mail.subject.ends_with("your password link was withdrawn"))
    );

    // A press mails a link of its own, whatever was shown.
    let (shown, _) = show_link(&app, ROB);
    app.trigger(&max, ROB).await;
    let mails = app.mails_to(ROB, 2).await;
    let mailed = mails
        .iter()
        .find(|mail| mail.subject.ends_with(": set a new password"))
        .expect("a link");
    app.page_says(&max, &app.page_of(ROB).await, "Mail accepted").await;
    app.client().get(&shown).await.expect_status(410);
    app.redeem(&link_of(mailed), &password(2)).await.expect_status(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_shown_to_invited_people_for_their_time_and_never_for_deleted_ones() {
    let app = TestApp::start().await;
    app.advance(Clock::system().now().since(app.services().clock.now()));
    let (link, said) = show_link(&app, IVY);
    let days = "SELECT (expires_at - asked_at) / 86400000 FROM resets WHERE is_shown";
    assert_eq!(app.number(days).await, 3);
    assert!(said["valid_until"].as_str().expect("a time").ends_with('Z'));
    app.redeem(&link, &password(3)).await.expect_status(303);
    assert!(app.signs_in(IVY, &password(3)).await);
    let with_url = |email: &str| {
        let mut command = command(&app, &["user", "reset", email, "--show-link"]);
        command
            .env("REKEY_PUBLIC_URL", app.url().as_str())
            .output()
            .expect("it runs")
    };
    for email in ["del@blueheron.example", "nobody@blueheron.example"] {
        assert_eq!(with_url(email).status.code(), Some(1), "{email}");
    }
    // Without the address that the link begins with there is none.
    let output = rekey(&app, &["user", "reset", UMA, "--show-link"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("REKEY_PUBLIC_URL is missing"),
        "{output:?}"
    );
    assert_eq!(app.number("SELECT count(*) FROM resets WHERE is_shown").await, 1);
    // People read the link alone on the first line.
    let output = with_url(UMA);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let link = said.lines().next().expect("a line");
    app.client().get(link).await.expect_status(200);
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

#[tokio::test(flavor = "multi_thread")]
async fn people_are_created_renamed_and_deleted_and_the_last_administrator_stays() {
    const NEW: &str = "nia.new@blueheron.example";
    let app = TestApp::start().await;
    app.advance(Clock::system().now().since(app.services().clock.now()));
    let create = [
        "user",
        "create",
        NEW,
        "--name",
        "Nia New",
        "--company",
        "Blue Heron Logistics",
    ];
    let created = done(&app, &[&create[..], &["--role", "administrator"]].concat());
    assert_eq!(created, json!({"email": NEW, "role": "administrator", "again": false}));
    // Ada is the only administrator who can sign in.
    assert_eq!(refused(&app, &["user", "delete", ADA]), "last-administrator");
    assert_eq!(refused(&app, &create), "address-taken", "with another role");
    let again = done(&app, &[&create[..], &["--role", "administrator"]].concat());
    assert_eq!(again["again"], true);
    assert_eq!(
        refused(
            &app,
            &["user", "create", UMA, "--name", "Uma", "--company", "Quarry Foods"]
        ),
        "address-taken"
    );
    app.advance(crate::support::HOUR / 60);
    let mail = app.mail_to(NEW).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: set up your account");
    app.redeem(&link_of(&mail), &password(4)).await.expect_status(303);
    assert!(app.signs_in(NEW, &password(4)).await);

    assert_eq!(
        done(&app, &["user", "edit", NEW, "--name", " Nia  Newer "])["name"],
        "Nia Newer"
    );
    assert_eq!(
        done(&app, &["user", "edit", NEW, "--name", "Nia Newer"])["changed"],
        false
    );
    let ada = app.sign_in_as(ADA).await;
    assert_eq!(ada.get(&app.page_of(NEW).await).await.heading(), "Nia Newer");
    assert!(
        ada.get("/company?tab=users&q=newer").await.says("Nia Newer"),
        "found by it"
    );

    let deleted = done(&app, &["user", "delete", ADA]);
    assert_eq!(deleted["id"], app.user_id(ADA).await.to_string());
    ada.get("/auth/verify").await.expect_status(401);
    assert!(!app.signs_in(ADA, crate::support::PASSWORD).await);
    assert_eq!(refused(&app, &["user", "delete", ADA]), "no-such-account");
    assert_eq!(refused(&app, &["user", "delete", NEW]), "last-administrator");
    let mut all = noted(&app, "Blue Heron Logistics").await;
    all.sort();
    let expected = [
        "reset_asked Nia New invitation",
        "user_created Nia New administrator",
        "user_deleted Ada Admin ",
        "user_renamed Nia New Nia Newer",
    ];
    assert_eq!(all, expected);
    for (arguments, words) in [
        (
            &[
                "user",
                "create",
                "x@blueheron.example",
                "--company",
                "Blue Heron Logistics",
            ][..],
            "--name",
        ),
        (
            &[
                "user",
                "create",
                "x@blueheron.example",
                "--name",
                "X",
                "--company",
                "Blue Heron Logistics",
                "--role",
                "owner",
            ],
            "read-only",
        ),
        (&["user", "edit", NEW], "--name"),
        (&["user", "edit", NEW, "--name", " "], "empty"),
    ] {
        let output = rekey(&app, arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{output:?}");
    }
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
