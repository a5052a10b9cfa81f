//! What one company may ask of the server that others need, too (F10): mails to addresses that somebody has typed, batches
//! that are carried out, drafts that are kept; and that companies take turns.

use std::process::{Command, Output};
use std::time::Duration;

use rekey::server::clock::Clock;
use rekey_domain::batch::Pace;
use rekey_domain::limit::ADay;
use tempfile::TempDir;

use crate::support::people::{ADA, IVY, MAX, QUINN, UMA};
use crate::support::{Builder, Client, HOUR, PASSWORD, Page, SECOND, TestApp};

const DAY: Duration = Duration::from_hours(24);
const IMPORT: &str = "/company/users/import";
const CREATE: &str = "Create user and send link";
const MANY: &str = "/company/resets/new";
const INVITED: &str = "SELECT count(*) FROM users WHERE email LIKE '%@new.example'";

fn with_invitations(a_day: u32) -> Builder {
    TestApp::with().settings(move |settings| settings.limits.invitations_per_company = ADay::of(a_day))
}

async fn create(actor: &Client, name: &str) -> Page {
    let form = actor.get("/company/users/new").await.expect_status(200).form(CREATE);
    let email = format!("{}@new.example", name.to_lowercase());
    actor.submit(form.fill("Name", name).fill("Email", &email)).await
}

/// New people, each on a line of its own.
fn lines(name: &str, people: usize) -> String {
    let line = |number| format!("{name} {number},{name}{number}@new.example,user\n");
    (0..people).map(line).collect()
}

/// Pastes so many new people; the page with the draft.
async fn draft(actor: &Client, name: &str, people: usize) -> Page {
    let form = actor.get(IMPORT).await.expect_status(200).form("Check lines");
    let form = form.attach("CSV file", lines(name, people));
    let answer = actor.submit(form).await.expect_status(303);
    actor.follow(&answer).await.expect_status(200)
}

async fn invite(actor: &Client, draft: &Page, people: usize) -> Page {
    let words = match people {
        1 => "Invite 1 person".to_owned(),
        n => format!("Invite {n} people"),
    };
    actor.submit(draft.form(&words)).await
}

/// A draft of links for these.
async fn chosen(actor: &Client, addresses: &str) -> Page {
    let form = actor.get(MANY).await.expect_status(200).form("Check addresses");
    let form = form.fill("Email addresses, one a line", addresses);
    let answer = actor.submit(form).await.expect_status(303);
    actor.follow(&answer).await.expect_status(200)
}

async fn carried_out(app: &TestApp) {
    app.until("the batches are carried out", async || {
        app.number("SELECT count(*) FROM batches WHERE state = 'pressed'").await == 0
    })
    .await;
}

#[track_caller]
fn refuses(page: &Page, words: &str) {
    assert_eq!(page.status, 429, "{}", page.text());
    assert!(page.says(words), "{}", page.text());
}

#[tokio::test]
async fn f10_a_company_invites_so_many_a_day_one_by_one_and_by_lists() {
    let app = with_invitations(5).start().await;
    let (max, ada, quinn) = (
        app.sign_in_as(MAX).await,
        app.sign_in_as(ADA).await,
        app.sign_in_as(QUINN).await,
    );
    create(&max, "First").await.expect_status(303);
    // All of a list, or nobody: who is left out would not be known.
    let five = draft(&max, "five", 5).await;
    let refused = invite(&max, &five, 5).await;
    // 14:32:08 and a fifth of a day, in the reader's zone.
    refuses(
        &refused,
        "Your company may send 5 invitations a day, and 4 more now. All 5 may go at 24 Nov 2026, 19:21",
    );
    let seconds: u64 = refused
        .header("retry-after")
        .and_then(|text| text.parse().ok())
        .expect("seconds");
    assert_eq!(seconds, DAY.as_secs() / 5);
    let six = draft(&max, "six", 6).await;
    let never = invite(&max, &six, 6).await;
    refuses(
        &never,
        "6 are more than it may send in a day: make several lists of this one.",
    );
    assert_eq!(never.header("retry-after"), None);
    assert_eq!(
        app.number("SELECT count(*) FROM batches WHERE state <> 'draft'").await,
        0
    );

    let four = draft(&max, "four", 4).await;
    invite(&max, &four, 4).await.expect_status(303);
    // The company's, whoever invites; and no other company's.
    let refused = create(&ada, "Second").await;
    refuses(&refused, "and 0 more now. The next one may go at 24 Nov 2026, 19:21");
    create(&quinn, "Third").await.expect_status(303);
    carried_out(&app).await;
    assert_eq!(app.number(INVITED).await, 1 + 4 + 1);

    app.advance(DAY / 5);
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    create(&ada, "Fourth").await.expect_status(303);
    create(&max, "Fifth").await.expect_status(429);
}

#[tokio::test]
async fn f10_an_address_that_nobody_has_shown_to_be_theirs_counts_at_every_door() {
    let app = with_invitations(3).start().await;
    let (max, ada, uma) = (
        app.sign_in_as(MAX).await,
        app.sign_in_as(ADA).await,
        app.sign_in_as(UMA).await,
    );
    // Somebody with a password shows it by having set one.
    app.trigger(&max, "rob@blueheron.example").await.expect_status(200);
    let both = chosen(&max, &format!("{IVY}\n{UMA}")).await;
    max.submit(both.form("Send 2 links")).await.expect_status(303);
    carried_out(&app).await;
    app.mail_to(IVY).await;
    // That was one. A corrected address of somebody invited is the second.
    let page = ada.get(&app.page_of(IVY).await).await;
    let form = page.form("Save details").fill("Email", "corrected@new.example");
    ada.submit(form).await.expect_status(303);
    // One's own new address, which is to be confirmed from there, is the third.
    let own = async |email: &str| {
        let form = uma_form(&uma).await.fill("Email", email);
        uma.submit(form.fill("Current password", PASSWORD)).await
    };
    own("uma1@new.example").await.expect_status(303);
    let entered = "SELECT count(*) FROM email_changes";
    let before = app.number(entered).await;
    let refused = own("uma2@new.example").await;
    refuses(&refused, "Your company may send 3 invitations a day, and 0 more now.");
    assert_eq!(app.number(entered).await, before);
    app.advance(HOUR);
    let max = app.sign_in_as(MAX).await;
    let refused = max.submit(
        max.get(&app.page_of("corrected@new.example").await)
            .await
            .form("Resend invitation"),
    );
    assert_eq!(refused.await.status, 429);
    // Nor by a batch.
    let again = chosen(&max, "corrected@new.example").await;
    refuses(&max.submit(again.form("Send 1 link")).await, "and 0 more now");
}

async fn uma_form(uma: &Client) -> crate::support::Form {
    uma.get("/account").await.expect_status(200).form("Save details")
}

fn rekey(app: &TestApp, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command
        .args(arguments)
        .args(["--config", "/nonexistent/rekey.toml"])
        .env("REKEY_LIMIT_INVITATIONS_PER_COMPANY", "3")
        .env("REKEY_DATABASE_URL", app.database_url());
    command.output().expect("it runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_the_operator_is_not_limited_and_counts() {
    let app = with_invitations(3).start().await;
    // A command knows the machine's clock only.
    app.advance(Clock::system().now().since(app.services().clock.now()));
    let folder = TempDir::new().expect("a folder");
    let list = folder.path().join("list.csv");
    std::fs::write(&list, lines("imported", 5)).expect("the file is written");
    let list = list.to_str().expect("a path");
    let heron = ["--company", "Blue Heron Logistics"];
    for (arguments, left) in [
        (&["user", "create", "one@new.example", "--name", "One"][..], 2),
        (&["import", list], 0),
        (&["user", "create", "two@new.example", "--name", "Two"], 0),
    ] {
        let output = rekey(&app, &[arguments, &heron].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        // Some moments more than the last one have gone by at most.
        app.advance(Clock::system().now().since(app.services().clock.now()));
        let max = app.sign_in_as(MAX).await;
        let four = draft(&max, "four", 4).await;
        refuses(&invite(&max, &four, 4).await, &format!("and {left} more now"));
    }
    app.until("all of them are there", async || app.number(INVITED).await == 1 + 5 + 1)
        .await;
}

#[tokio::test]
async fn f10_the_place_of_a_line_that_nobody_comes_of_is_given_back() {
    let app = with_invitations(4).start().await;
    let max = app.sign_in_as(MAX).await;
    let three = draft(&max, "three", 3).await;
    // Two of them are there meanwhile.
    let quinn = app.sign_in_as(QUINN).await;
    for number in ["0", "1"] {
        let form = quinn
            .get("/company/users/new")
            .await
            .form(CREATE)
            .fill("Name", "Somebody");
        let form = form.fill("Email", &format!("three{number}@new.example"));
        quinn.submit(form).await.expect_status(303);
    }
    invite(&max, &three, 3).await.expect_status(303);
    carried_out(&app).await;
    for name in ["Second", "Third", "Fourth"] {
        create(&max, name).await.expect_status(303);
    }
    create(&max, "Fifth").await.expect_status(429);
}

#[tokio::test]
async fn f10_ten_batches_of_a_company_are_carried_out_at_a_time() {
    let mut app = TestApp::start().await;
    let (max, ada, quinn) = (
        app.sign_in_as(MAX).await,
        app.sign_in_as(ADA).await,
        app.sign_in_as(QUINN).await,
    );
    app.rest().await;
    for number in 0..10 {
        let one = draft(&max, &format!("batch{number}x"), 1).await;
        invite(&max, &one, 1).await.expect_status(303);
    }
    let words = "Your company has 10 batches under way. Wait until one of them is done, then try again.";
    let one = draft(&ada, "eleventh", 1).await;
    refuses(&invite(&ada, &one, 1).await, words);
    let one = chosen(&max, UMA).await;
    refuses(&max.submit(one.form("Send 1 link")).await, words);
    let pressed = "SELECT count(*) FROM batches WHERE state = 'pressed'";
    assert_eq!(app.number(pressed).await, 10);
    let one = draft(&quinn, "quarry", 1).await;
    invite(&quinn, &one, 1).await.expect_status(303);
    assert_eq!(app.number(pressed).await, 11);
    app.execute(
        "UPDATE batches SET state = 'done' WHERE id IN (SELECT id FROM batches WHERE state = 'pressed' LIMIT 2)",
    )
    .await;
    let one = draft(&ada, "twelfth", 1).await;
    invite(&ada, &one, 1).await.expect_status(303);
}

#[tokio::test]
async fn f10_the_newest_twenty_drafts_of_a_person_are_kept() {
    let app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    let others = chosen(&ada, UMA).await;
    let mut drafts = Vec::new();
    for number in 0..22 {
        app.advance(SECOND);
        let made = if number % 2 == 0 {
            let form = max
                .get(IMPORT)
                .await
                .form("Check lines")
                .attach("CSV file", lines("a", 3));
            max.submit(form).await
        } else {
            let form = max.get(MANY).await.form("Check addresses");
            max.submit(form.fill("Email addresses, one a line", UMA)).await
        };
        drafts.push(made.expect_status(303).location());
    }
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 20 + 1);
    assert_eq!(app.number("SELECT count(*) FROM batch_lines").await, 10 * 3 + 10 + 1);
    for (number, address) in drafts.iter().enumerate() {
        let status = if number < 2 { 404 } else { 200 };
        assert_eq!(max.get(address).await.status, status, "{number}");
    }
    ada.submit(others.form("Send 1 link")).await.expect_status(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_a_small_batch_is_not_behind_all_mails_of_another_companys_large_one() {
    let app = TestApp::with()
        .settings(|settings| settings.pace = Pace::a_minute(120).expect("a pace"))
        .start()
        .await;
    let (max, quinn) = (app.sign_in_as(MAX).await, app.sign_in_as(QUINN).await);
    let large = draft(&max, "large", 400).await;
    invite(&max, &large, 400).await.expect_status(303);
    let ready = "SELECT count(*) FROM batch_lines WHERE outcome = 'ready'";
    // What goes within a minute is given its time; the rest waits for its turn.
    app.until("a minute's mails are planned", async || {
        app.number(ready).await == 400 - 121
    })
    .await;
    let small = draft(&quinn, "small", 3).await;
    invite(&quinn, &small, 3).await.expect_status(303);
    app.advance(SECOND * 6);
    app.until("the small one is carried out", async || {
        app.number("SELECT count(*) FROM users WHERE email LIKE 'small%'").await == 3
    })
    .await;
    let waits = app.number(ready).await;
    assert!(waits >= 400 - 121 - 12, "{waits} of the large one wait");
    let later = app
        .number(
            "SELECT max(mails.next_try_at) FROM mails JOIN users ON users.id = mails.user_id \
             WHERE users.email LIKE 'small%'",
        )
        .await;
    let now = app.services().clock.now();
    assert!(later <= (now + SECOND * 61).as_millis(), "they go within a minute");
    // A minute's places are given to whoever comes first; the large one goes on until all of it has some.
    while app.number(ready).await > 0 {
        let before = app.number(ready).await;
        app.advance(SECOND * 60);
        app.until("the large one goes on", async || app.number(ready).await < before)
            .await;
    }
    carried_out(&app).await;
    assert_eq!(app.number(INVITED).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_no_door_takes_a_name_with_a_web_address() {
    let app = TestApp::start().await;
    let (max, ada, uma) = (
        app.sign_in_as(MAX).await,
        app.sign_in_as(ADA).await,
        app.sign_in_as(UMA).await,
    );
    let words = "Use a name without a web address";
    for name in ["Win at https://prize.example", "Look at www.prize.example"] {
        let page = ada.get(&app.page_of(IVY).await).await;
        let new = max.get("/company/users/new").await.form(CREATE);
        let company = || async { ada.get("/company/edit").await.form("Save company details") };
        for (who, form, field) in [
            (&max, new.fill("Email", "x@new.example"), "Name"),
            (&ada, page.form("Save details"), "Name"),
            (&uma, uma_form(&uma).await, "Name"),
            (&ada, company().await, "Company name"),
            (&ada, company().await, "Sender name of mails"),
        ] {
            let answer = who.submit(form.fill(field, name)).await.expect_status(422);
            assert_eq!(answer.reason_at(field).as_deref(), Some(words), "{name}");
        }
        let list = format!("{name},a@new.example,user\n");
        let form = max
            .get(IMPORT)
            .await
            .form("Check lines")
            .attach("CSV file", list.clone());
        let answer = max.submit(form).await.expect_status(303);
        let page = max.follow(&answer).await;
        assert!(page.says("The name has a web address in it."), "{}", page.text());

        let heron = "Blue Heron Logistics";
        for arguments in [
            &["company", "create", name][..],
            &["admin", "invite", "x@new.example", "--company", heron, "--name", name],
            &["user", "create", "x@new.example", "--company", heron, "--name", name],
            &["user", "edit", UMA, "--name", name],
        ] {
            let output = rekey(&app, arguments);
            assert_eq!(output.status.code(), Some(2), "{output:?}");
        }
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("list.csv");
        std::fs::write(&file, list).expect("the file is written");
        let output = rekey(&app, &["import", file.to_str().expect("a path"), "--company", heron]);
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("web address"),
            "{output:?}"
        );
    }
    assert_eq!(app.number(INVITED).await, 0);
    assert_eq!(
        app.number("SELECT count(*) FROM users WHERE name LIKE '%prize%'").await,
        0
    );
    assert_eq!(
        app.number("SELECT count(*) FROM companies WHERE name LIKE '%prize%'")
            .await,
        0
    );
}
