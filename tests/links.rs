//! The life of a link: cases A1 to A16, and E2.

use std::time::Duration;

use futures::future::join_all;
use rekey::server::mail::recorder::Behaviour;
use rekey_domain::reset::Lifetime;
use reqwest::Method;

use crate::support::people::{MAX, UMA};
use crate::support::{Client, HOUR, PASSWORD, Page, SECOND, TestApp, link_of, password};

/// A server on which the manager has triggered a reset for Uma, and the mail server has taken the mail.
struct Sent {
    app: TestApp,
    max: Client,
    /// Uma's page.
    page: String,
    /// Uma's link.
    link: String,
}

impl Sent {
    async fn new() -> Self {
        Self::on(TestApp::start().await).await
    }

    async fn on(app: TestApp) -> Self {
        let max = app.sign_in_as(MAX).await;
        app.trigger(&max, UMA).await;
        let link = link_of(&app.mail_to(UMA).await);
        let page = app.page_of(UMA).await;
        app.page_says(&max, &page, "Mail accepted").await;
        Self { app, max, page, link }
    }

    fn token(&self) -> &str {
        self.link.rsplit('/').next().unwrap_or_default()
    }

    /// Whether the link's page has the form.
    async fn is_living(&self, link: &str) -> bool {
        self.app.client().get(link).await.status == 200
    }

    /// Opens the form, lets time pass, and sends it.
    async fn redeem_after(&self, wait: Duration) -> Page {
        let client = self.app.client();
        let form = client.get(&self.link).await.form("Set new password");
        self.app.advance(wait);
        client.submit(form.fill("New password", &password(1))).await
    }
}

#[tokio::test]
async fn a1_a_link_works_until_24_hours_after_the_asking() {
    for age in [23 * HOUR + 3590 * SECOND, 23 * HOUR + 3599 * SECOND] {
        let sent = Sent::new().await;
        sent.redeem_after(age).await.expect_status(303);
        assert!(sent.app.signs_in(UMA, &password(1)).await);
    }
}

#[tokio::test]
async fn a1_a_link_does_not_work_at_24_hours_nor_later() {
    for after_its_end in [Duration::ZERO, SECOND] {
        let sent = Sent::new().await;
        let page = sent.redeem_after(24 * HOUR + after_its_end).await.expect_status(410);
        assert_eq!(page.heading(), "This link does not work");
        assert!(page.has_button("Send link"));
        let page = sent.app.client().get(&sent.link).await.expect_status(410);
        assert_eq!(page.heading(), "This link does not work");
        assert!(sent.app.signs_in(UMA, PASSWORD).await, "the password is unchanged");
        assert!(!sent.app.signs_in(UMA, &password(1)).await);
    }
}

#[tokio::test]
async fn a2_a_shorter_lifetime_holds_and_every_text_follows() {
    let two_hours = Lifetime::hours(2).expect("allowed");
    let app = TestApp::with()
        .settings(move |settings| settings.lifetime = two_hours)
        .start()
        .await;
    let browser = app.client();
    let page = browser.get("/reset-password").await;
    assert!(
        page.says("We will send a link that works for 2 hours."),
        "{}",
        page.text()
    );
    let page = browser.submit(page.form("Send link").fill("Email", UMA)).await;
    let page = browser.follow(&page).await;
    assert!(page.says("It works once, for 2 hours."), "{}", page.text());

    let mail = app.mail_to(UMA).await;
    let deadline = "Valid for 2 hours, until Tuesday 24 November 2026, 16:32 (Europe/Berlin, UTC+1).";
    assert!(
        mail.text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(deadline),
        "{}",
        mail.text
    );
    let page = browser.get(&link_of(&mail)).await;
    assert!(page.says(deadline), "{}", page.text());
    app.advance(HOUR + 3599 * SECOND);
    browser.get(&link_of(&mail)).await.expect_status(200);
    app.advance(SECOND);
    browser.get(&link_of(&mail)).await.expect_status(410);
}

#[tokio::test]
async fn a5_a_link_works_once() {
    let sent = Sent::new().await;
    let (first, second) = (sent.app.client(), sent.app.client());
    let stale = second.get(&sent.link).await.form("Set new password");
    let form = first.get(&sent.link).await.form("Set new password");
    first
        .submit(form.fill("New password", &password(1)))
        .await
        .expect_status(303);

    for page in [
        second.submit(stale.fill("New password", &password(2))).await,
        second.get(&sent.link).await,
    ] {
        let page = page.expect_status(410);
        assert_eq!(page.heading(), "This link was used");
        let words = "The password was changed on 24 Nov 2026, 14:32. Not you? Ask for a new link at once.";
        assert!(page.says(words), "{}", page.text());
        assert_eq!(page.link("Forgot password?"), "/reset-password");
        assert!(!page.has_button("Set new password"));
    }
    assert!(sent.app.signs_in(UMA, &password(1)).await);
    assert!(!sent.app.signs_in(UMA, &password(2)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a6_of_16_concurrent_redemptions_exactly_one_wins() {
    let sent = Sent::new().await;
    let mut ready = Vec::new();
    for number in 0..16 {
        let client = sent.app.client();
        let form = client.get(&sent.link).await.form("Set new password");
        ready.push((client, form.fill("New password", &password(number))));
    }
    let answers = join_all(ready.iter().map(|(client, form)| client.submit(form.clone()))).await;
    let winners: Vec<_> = (0..16).filter(|number| answers[*number].status == 303).collect();
    assert_eq!(winners.len(), 1, "{winners:?}");
    for (number, answer) in answers.into_iter().enumerate() {
        if !winners.contains(&number) {
            assert_eq!(answer.expect_status(410).heading(), "This link was used");
        }
        assert_eq!(
            sent.app.signs_in(UMA, &password(number)).await,
            winners.contains(&number),
            "{number}"
        );
    }
    assert!(!sent.app.signs_in(UMA, PASSWORD).await);
    let notices = "SELECT count(*) FROM mails WHERE kind = 'password_changed'";
    assert_eq!(sent.app.number(notices).await, 1);
}

#[tokio::test]
async fn a7_a_newer_link_ends_the_older_one_when_its_mail_is_accepted_and_not_before() {
    let sent = Sent::new().await;
    let app = &sent.app;
    app.advance(HOUR);
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Defer);
    let page = app.trigger(&max, UMA).await;
    assert!(
        page.says("A link from 24 Nov 2026, 14:32 still works, until a new mail is accepted."),
        "{}",
        page.text()
    );
    app.page_says(&max, &sent.page, "Mail delayed").await;
    assert!(sent.is_living(&sent.link).await, "the newer one still waits");

    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    let newer = link_of(&app.mails_to(UMA, 2).await[1]);
    // Also the older one's row says "Mail accepted", from before.
    app.page_says(&max, &sent.page, "Replaced").await;
    let page = app.client().get(&sent.link).await.expect_status(410);
    assert_eq!(page.heading(), "A newer link was sent");
    assert!(
        page.says("Sent on 24 Nov 2026, 15:32. Open the newest mail."),
        "{}",
        page.text()
    );
    assert_eq!(page.link("Forgot password?"), "/reset-password");

    let fields = [("new_password", password(1))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let page = app.client().post(&sent.link, &fields).await.expect_status(410);
    assert_eq!(page.heading(), "A newer link was sent");
    app.redeem(&newer, &password(2)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(2)).await);
}

#[tokio::test]
async fn a7_g8_the_older_link_is_used_while_the_newer_mail_waits_and_that_is_never_sent() {
    let sent = Sent::new().await;
    let app = &sent.app;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&sent.max, UMA).await;
    app.page_says(&sent.max, &sent.page, "Mail delayed").await;
    app.redeem(&sent.link, &password(1)).await.expect_status(303);
    app.page_says(&sent.max, &sent.page, "Cancelled").await;
    let under_way = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending')";
    app.until("the notice was tried", async || app.number(under_way).await == 0)
        .await;

    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR);
    let mails = app.mails_to(UMA, 2).await;
    assert_eq!(mails[1].subject, "Blue Heron Logistics: your password was changed");
    app.until("nothing is under way", async || app.number(under_way).await == 0)
        .await;
    assert_eq!(app.mails_to(UMA, 2).await.len(), 2, "no second link");
}

#[tokio::test]
async fn a7_of_two_living_links_the_first_used_ends_the_other() {
    let limit = Duration::from_secs(1);
    let sent = Sent::on(TestApp::with().smtp_limit(limit).start().await).await;
    let app = &sent.app;
    // The mail arrives, and the mail server never says so.
    app.recorder.set_behaviour(Behaviour::Slow(HOUR));
    app.trigger(&sent.max, UMA).await;
    let newer = link_of(&app.mails_to(UMA, 2).await[1]);
    app.page_says(&sent.max, &sent.page, "Mail delayed").await;
    assert!(sent.is_living(&sent.link).await && sent.is_living(&newer).await);

    app.redeem(&newer, &password(1)).await.expect_status(303);
    let page = app.client().get(&sent.link).await.expect_status(410);
    assert_eq!(page.heading(), "This link was withdrawn");
    assert!(
        page.says("Questions: Blue Heron Logistics, it@blueheronlogistics.example."),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a8_a_retry_does_not_end_the_link_that_has_arrived() {
    let app = TestApp::with().smtp_limit(Duration::from_secs(1)).start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Slow(HOUR));
    app.trigger(&max, UMA).await;
    app.mails_to(UMA, 1).await;
    let page = app.page_of(UMA).await;
    app.page_says(&max, &page, "Mail delayed").await;

    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    let mails = app.mails_to(UMA, 2).await;
    app.page_says(&max, &page, "Mail accepted").await;
    let links: Vec<_> = mails.iter().map(link_of).collect();
    assert_ne!(links[0], links[1], "each attempt has a link of its own");
    for link in &links {
        app.client().get(link).await.expect_status(200);
    }
    app.redeem(&links[0], &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
    app.client().get(&links[1]).await.expect_status(410);
}

#[tokio::test]
async fn a9_a_deleted_accounts_link_is_dead() {
    let sent = Sent::new().await;
    let form = sent.app.client().get(&sent.link).await.form("Set new password");
    // No page deletes people yet.
    sent.app
        .execute("UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = 'uma@blueheron.example'")
        .await;
    for page in [
        sent.app.client().get(&sent.link).await,
        sent.app.client().submit(form.fill("New password", &password(1))).await,
    ] {
        assert_eq!(page.expect_status(410).heading(), "This link was withdrawn");
    }
    assert!(!sent.app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn a10_a_refused_password_does_not_spend_the_link() {
    let sent = Sent::new().await;
    let client = sent.app.client();
    let before = sent.app.hash_runs();
    let mut page = client.get(&sent.link).await;
    for (typed, reason) in [
        ("", "Enter a new password"),
        ("fourteen signs", "Use at least 15 characters"),
        (
            "passwordpassword",
            "This password is on a list of common or stolen passwords. Choose another",
        ),
        ("uma@blueheron.example", "Leave out your name, your company and Rekey"),
        (&"long ".repeat(30), "Use at most 128 characters"),
    ] {
        let form = page.form("Set new password").fill("New password", typed);
        page = client.submit(form).await.expect_status(422);
        assert_eq!(page.reason_at("New password").as_deref(), Some(reason), "{typed:?}");
    }
    assert_eq!(sent.app.hash_runs(), before, "what is refused is not hashed");
    let form = page.form("Set new password").fill("New password", &password(1));
    client.submit(form).await.expect_status(303);
    assert!(sent.app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn a11_scanners_that_open_the_link_change_nothing() {
    let sent = Sent::new().await;
    let before = sent.app.writes();
    for _ in 0..5 {
        let scanner = sent.app.client();
        scanner.get(&sent.link).await.expect_status(200);
        let head = scanner.request(Method::HEAD, &sent.link);
        scanner.send(head).await.expect_status(200);
        let prefetch = scanner
            .request(Method::GET, &sent.link)
            .header("Sec-Purpose", "prefetch");
        scanner.send(prefetch).await.expect_status(200);
    }
    assert_eq!(sent.app.writes(), before);
    sent.app.redeem(&sent.link, &password(1)).await.expect_status(303);
    assert!(sent.app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn a12_the_link_opens_in_another_browser_than_the_one_that_asked() {
    let app = TestApp::start().await;
    app.ask(UMA).await.expect_status(303);
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn a13_what_is_no_link_looks_like_an_expired_one() {
    let sent = Sent::new().await;
    sent.app.advance(24 * HOUR);
    let client = sent.app.client();
    let expired = client.get(&sent.link).await.expect_status(410);
    let token = sent.token();
    let addresses = [
        "garbage".to_owned(),
        "null".to_owned(),
        "%00".to_owned(),
        "%FF%FE".to_owned(),
        "a".repeat(52),
        "a".repeat(5000),
        token[..51].to_owned(),
        format!("{token}{token}"),
        format!("{token}/"),
        format!("{token}/not-me"),
        format!("{token}%00"),
        "%E4%BD%A0%E5%A5%BD".to_owned(),
    ];
    for address in addresses {
        let address = format!("/reset-password/{address}");
        let page = client.get(&address).await;
        assert_eq!(page.without(""), expired.without(""), "GET {address}");
        let page = client.post(&address, &[("new_password", &password(1))]).await;
        assert_eq!(page.without(""), expired.without(""), "POST {address}");
    }
}

#[tokio::test]
async fn a13_the_bare_address_is_the_page_for_asking() {
    let app = TestApp::start().await;
    assert_eq!(
        app.client().get("/reset-password").await.heading(),
        "Forgot your password?"
    );
}

#[tokio::test]
async fn a13_what_mail_programs_do_to_a_link_leaves_it_a_link() {
    let sent = Sent::new().await;
    let client = sent.app.client();
    let token = sent.token();
    let spellings = [
        token.to_uppercase(),
        format!("%20{token}%20"),
        format!("%3C{token}%3E"),
        format!("{token}."),
        format!("%3C{}%3E.", token.to_uppercase()),
    ];
    for spelling in spellings {
        let page = client
            .get(&format!("/reset-password/{spelling}"))
            .await
            .expect_status(200);
        let form = page.form("Set new password").fill("New password", "too short");
        let page = client.submit(form).await.expect_status(422);
        assert_eq!(
            page.reason_at("New password").as_deref(),
            Some("Use at least 15 characters"),
            "{spelling}"
        );
    }
    let upper = format!("/reset-password/{}", token.to_uppercase());
    sent.app.redeem(&upper, &password(1)).await.expect_status(303);
}

#[tokio::test]
async fn a14_the_secret_of_a_session_is_no_link() {
    let sent = Sent::new().await;
    let cookie = sent.max.cookie("rekey").expect("signed in");
    let address = format!("/reset-password/{cookie}");
    let page = sent.app.client().get(&address).await.expect_status(410);
    assert_eq!(page.heading(), "This link does not work");
    let fields = [("new_password", password(1))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    sent.app.client().post(&address, &fields).await.expect_status(410);
    assert!(sent.app.signs_in(MAX, PASSWORD).await);

    let planter = sent.app.client();
    planter.plant_cookie("rekey", sent.token());
    assert_eq!(planter.get("/dashboard").await.status, 303, "nor is a link a session");
}

#[tokio::test]
async fn a16_asking_changes_nothing() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    app.ask(UMA).await;
    app.mail_to(UMA).await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    app.mails_to(UMA, 2).await;
    uma.get("/dashboard").await.expect_status(200);
    assert!(app.signs_in(UMA, PASSWORD).await);
}

#[tokio::test]
async fn e2_a_new_password_ends_every_session_and_signs_nobody_in() {
    let sent = Sent::new().await;
    let browsers = [sent.app.sign_in_as(UMA).await, sent.app.sign_in_as(UMA).await];
    let client = sent.app.client();
    let form = client.get(&sent.link).await.form("Set new password");
    let page = client.submit(form.fill("New password", &password(1))).await;
    let page = client.follow(&page).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Your password is changed. 2 devices were signed out. Sign in with the new one.")
    );
    assert_eq!(client.cookie("rekey"), None);
    for browser in browsers.iter().chain([&client]) {
        assert_eq!(browser.get("/dashboard").await.location(), "/login?next=%2Fdashboard");
    }
    sent.max.get("/dashboard").await.expect_status(200);
}

#[tokio::test]
async fn a_pasted_link_opens() {
    let sent = Sent::new().await;
    let client = sent.app.client();
    let page = client.get("/reset-password/open").await.expect_status(200);
    assert_eq!(page.heading(), "Open the link again");
    for pasted in [
        sent.link.clone(),
        format!("  <{}>. ", sent.link),
        sent.token().to_owned(),
        sent.token().to_uppercase(),
    ] {
        let form = page.form("Open link").fill("Link from the mail", &pasted);
        let opened = client.submit(form).await.expect_status(303);
        assert_eq!(
            opened.location(),
            format!("/reset-password/{}", sent.token()),
            "{pasted:?}"
        );
        assert_eq!(
            client.follow(&opened).await.expect_status(200).heading(),
            "Set a new password"
        );
    }
    let form = page
        .form("Open link")
        .fill("Link from the mail", &format!("{}/not-me", sent.link));
    let opened = client.submit(form).await.expect_status(303);
    assert_eq!(opened.location(), format!("/reset-password/{}/not-me", sent.token()));
    for pasted in ["", "https://rekey.example/", "garbage", "//evil.example/", "/not-me/x"] {
        let form = page.form("Open link").fill("Link from the mail", pasted);
        let refused = client.submit(form).await.expect_status(422);
        assert_eq!(
            refused.reason_at("Link from the mail").as_deref(),
            Some("Paste the whole link from the mail"),
            "{pasted:?}"
        );
    }
}
