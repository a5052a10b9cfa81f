//! Neither passwords nor the secrets of links and sessions are kept or logged: cases A4 and G9.
//!
//! What is logged is searched in every test, at its end; here are the ways on which the most is said.

use rekey::server::mail::recorder::Behaviour;
use rekey_domain::outage::PROBE_EVERY;
use rekey_domain::token::{Token, TokenKind};

use crate::support::people::{MAX, UMA};
use crate::support::{PASSWORD, SECOND, TestApp, link_of, log, not_me_of, password};

/// Whether the bytes stand in the file, in lower, upper or their own case.
fn has(file: &[u8], text: &str) -> bool {
    let spellings = [text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    spellings
        .iter()
        .any(|text| file.windows(text.len()).any(|window| window == text.as_bytes()))
}

/// Whether the hash of this secret is stored: else the search would prove nothing.
fn has_hash(file: &[u8], secret: &str, kind: TokenKind) -> bool {
    let hash = Token::parse(secret).expect("a secret").hash(kind);
    file.windows(32).any(|window| window == hash.as_bytes())
}

fn token_of(link: &str) -> String {
    link.rsplit('/').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a4_the_database_and_its_log_hold_hashes_only() {
    let app = TestApp::with().smtp_limit(SECOND).start().await;
    let max = app.sign_in_as(MAX).await;
    // While mail waits: it has arrived, and the server does not know.
    app.recorder.set_behaviour(Behaviour::Slow(60 * SECOND));
    app.trigger(&max, UMA).await;
    let waiting = token_of(&link_of(&app.mail_to(UMA).await));
    let page = app.page_of(UMA).await;
    app.page_says(&max, &page, "Mail delayed").await;
    let session = max.cookie("rekey").expect("signed in");
    let stolen = app.stolen().await;
    for (secret, kind) in [(&waiting, TokenKind::SetPassword), (&session, TokenKind::Session)] {
        assert!(!has(&stolen, secret));
        assert!(has_hash(&stolen, secret, kind));
    }
    assert!(!has(&stolen, PASSWORD));

    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    let sent = link_of(&app.mails_to(UMA, 2).await[1]);
    app.redeem(&sent, &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
    let notice = token_of(&not_me_of(&app.mails_to(UMA, 3).await[2]));
    let stolen = app.stolen().await;
    assert!(has_hash(&stolen, &notice, TokenKind::NotMe));
    for secret in [
        waiting,
        token_of(&sent),
        notice,
        session,
        PASSWORD.to_owned(),
        password(1),
    ] {
        assert!(!has(&stolen, &secret));
    }
    assert!(has(&stolen, "$argon2id$v=19$m=19456,t=2,p=1$"));
}

#[tokio::test]
async fn g9_failures_log_no_secret() {
    // More presses in a moment than a manager has.
    let app = TestApp::with()
        .settings(|settings| settings.limits.resets_per_person = None)
        .start()
        .await;
    let before = log::lines();
    let max = app.sign_in_as(MAX).await;
    for behaviour in [
        Behaviour::Defer,
        Behaviour::Busy,
        Behaviour::CutInData,
        Behaviour::RefuseAfterData,
    ] {
        app.recorder.set_behaviour(behaviour);
        app.trigger(&max, UMA).await;
        app.until("the mail was tried, or the server's trouble was found", async || {
            app.number(
                "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending') AND NOT EXISTS (SELECT * FROM outages \
                 WHERE ended_at IS NULL)",
            )
            .await
                == 0
        })
        .await;
        app.advance(PROBE_EVERY);
        app.execute("UPDATE resets SET ended_as = 'revoked', ended_at = 1795527128000 WHERE ended_as IS NULL")
            .await;
    }
    app.recorder.set_behaviour(Behaviour::Accept);
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);

    let client = app.client();
    let secret = password(7);
    // Wrong, doubled, unknown and missing fields, in forms and in server functions.
    for fields in [
        &[("email", UMA), ("password", secret.as_str())][..],
        &[("email", UMA), ("password", &secret), ("password", &secret)],
        &[("email", UMA), ("password", &secret), ("role", "administrator")],
        &[("password", &secret)],
    ] {
        client.post("/login", fields).await.expect_status(422);
    }
    for fields in [
        &[("new_password", secret.as_str()), ("new_password", &secret)][..],
        &[("new_password", &secret), ("user", UMA)],
        &[("password", &secret)],
    ] {
        client.post(&link, fields).await.expect_status(422);
    }
    let not_me = format!("{link}/not-me");
    for fields in [
        &[][..],
        &[("what_happened", secret.as_str())],
        &[("what_happened", &link), ("what_happened", &link)],
        &[("what_happened", "not-asked"), ("user", UMA)],
    ] {
        client.post(&not_me, fields).await.expect_status(422);
    }
    client.get(&not_me).await.expect_status(200);
    client
        .post("/reset-password/open", &[("link", &link), ("link", &link)])
        .await
        .expect_status(422);
    client.get(&format!("{link}?next={secret}")).await.expect_status(200);
    let token = token_of(&link);
    let redeem = [("input[token]", token.as_str()), ("input[new_password]", "too short")];
    client.post("/api/redeem-link", &redeem).await.expect_status(422);
    let redeem = [
        ("input[token]", token.as_str()),
        ("input[new_password]", secret.as_str()),
    ];
    client.post("/api/redeem-link", &redeem).await.expect_status(200);
    client.post("/api/redeem-link", &redeem).await.expect_status(410);
    let notice = not_me_of(&app.mails_to(UMA, 2).await[1]);
    client.get(&notice).await.expect_status(200);
    client.post(&notice, &[("token", &secret)]).await.expect_status(422);
    client.post(&notice, &[("not_me", "yes")]).await.expect_status(303);
    client.post(&notice, &[("not_me", "yes")]).await.expect_status(410);
    client
        .post("/api/sign-in", &[("input[email]", UMA), ("password", &secret)])
        .await;
    assert!(!app.signs_in(UMA, &secret).await, "it was disavowed");

    assert!(log::lines() > before + 100, "the log is written at all");
    assert_eq!(log::leaks(), Vec::<String>::new());
}

#[test]
fn g9_the_search_of_the_log_finds_secrets() {
    let token = Token::from_random([7; 32]);
    assert!(log::has_secret(&format!("GET /reset-password/{} 200", token.expose())));
    assert!(log::has_secret(&format!(
        "cookie: rekey={}",
        token.expose().to_uppercase()
    )));
    assert!(log::has_secret(&format!("typed {}", password(3))));
    for place in 0..120 {
        let (before, after) = ("-".repeat(place), "-".repeat(120 - place));
        let line = |length: usize| format!("{before}{}{after}", "Q".repeat(length));
        assert!(log::has_secret(&line(52)) && !log::has_secret(&line(51)), "{place}");
    }
    assert!(log::has_secret(&"a7".repeat(26)));
    assert!(log::has_secret(PASSWORD));
    assert!(!log::has_secret(
        "request http.route=/reset-password/{*token} http.status=200"
    ));
}
