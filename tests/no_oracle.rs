//! No answer tells which accounts there are: cases B1, B2, B4, and the part of B3 that holds by construction.

use crate::support::{PASSWORD, Page, TestApp};

const KNOWN: &str = "uma@blueheron.example";
const INVITED: &str = "ivy@blueheron.example";
const DELETED: &str = "del@blueheron.example";
const UNKNOWN: &str = "nobody@nowhere.example";
const ALL: [&str; 4] = [KNOWN, INVITED, DELETED, UNKNOWN];

type Bare = (u16, Vec<String>, String);

/// The answer to asking and the page after it, without the nonce and the address.
async fn asked(app: &TestApp, email: &str) -> [Bare; 2] {
    let client = app.client();
    let form = client.get("/reset-password").await.form("Send link");
    let answer = client.submit(form.fill("Email", email)).await;
    let page = client.follow(&answer).await.expect_status(200);
    let words = format!("If an account uses {email}, a link is on its way. It works once, for 24 hours.");
    assert!(page.says(&words), "{}", page.text());
    [answer.without(email), page.without(email)]
}

#[tokio::test]
async fn b1_asking_answers_the_same_for_every_address() {
    let app = TestApp::start().await;
    let known = asked(&app, KNOWN).await;
    for email in ALL {
        assert_eq!(asked(&app, email).await, known, "{email}");
    }
    app.mail_to(KNOWN).await;
    app.mail_to(INVITED).await;
    app.until("all asks are resolved and all mails sent", async || {
        app.number(
            "SELECT (SELECT count(*) FROM asks) + (SELECT count(*) FROM mails WHERE state IN ('queued', 'sending'))",
        )
        .await
            == 0
    })
    .await;
    let mut recipients: Vec<_> = app.recorder.mails().into_iter().flat_map(|mail| mail.to).collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!(recipients, [INVITED, KNOWN]);
}

#[tokio::test]
async fn b2_asking_answers_the_same_while_the_mail_server_is_down() {
    let up = TestApp::start().await;
    let down = TestApp::with().without_mail_server().start().await;
    let expected = asked(&up, KNOWN).await;
    for email in ALL {
        // Twice: the second time a mail of the first one has failed already.
        for _ in 0..2 {
            assert_eq!(asked(&down, email).await, expected, "{email}");
        }
    }
}

#[tokio::test]
async fn b3_asking_is_the_same_work_for_every_address() {
    let hour = std::time::Duration::from_hours(1);
    let app = TestApp::with()
        .settings(move |settings| settings.ask_tick = hour)
        .start()
        .await;
    for email in ALL {
        let before = app.writes();
        app.ask(email).await.expect_status(303);
        // Its place in the limit, which is a row made or locked and then changed, and the row in the queue.
        assert_eq!(app.writes() - before, 3, "{email}");
    }
    assert_eq!(app.number("SELECT count(*) FROM asks").await, 4);
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Page {
    let client = app.client();
    let form = client.get("/login").await.form("Sign in");
    client
        .submit(form.fill("Email", email).fill("Password", password))
        .await
}

#[tokio::test]
async fn b4_every_sign_in_costs_one_hash_and_gets_one_answer() {
    let app = TestApp::start().await;
    let before = app.hash_runs();
    sign_in(&app, KNOWN, PASSWORD).await.expect_status(303);
    assert_eq!(app.hash_runs() - before, 1, "the right password");

    let expected = sign_in(&app, KNOWN, "a-wrong-password").await.expect_status(422);
    assert_eq!(
        expected.reason_at("Email").as_deref(),
        Some("Email or password is wrong.")
    );
    assert_eq!(expected.value_of("Email"), KNOWN, "what was typed stays");
    assert_eq!(expected.value_of("Password"), "", "but secrets");
    for (email, password) in [
        (KNOWN, "another-wrong-one"),
        (UNKNOWN, PASSWORD),
        (DELETED, PASSWORD),
        (INVITED, PASSWORD),
        ("no address at all", PASSWORD),
    ] {
        let before = app.hash_runs();
        let answer = sign_in(&app, email, password).await;
        assert_eq!(app.hash_runs() - before, 1, "{email}");
        assert_eq!(answer.without(email), expected.without(KNOWN), "{email}");
    }
}

#[tokio::test]
async fn b4_an_empty_form_costs_no_hash() {
    let app = TestApp::start().await;
    let before = app.hash_runs();
    let page = sign_in(&app, "", "").await.expect_status(422);
    assert_eq!(page.reason_at("Email").as_deref(), Some("Enter your email"));
    assert_eq!(page.reason_at("Password").as_deref(), Some("Enter your password"));
    assert_eq!(app.hash_runs(), before);
}
