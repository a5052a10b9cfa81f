//! One's own account: details, sessions, password, a link for oneself. Cases A9, E4, E7 and E8.

use std::time::Duration;

use reqwest::header::USER_AGENT;

use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, PASSWORD, Page, SECOND, TestApp, link_of, password};

const COOKIE: &str = "rekey";
const MINUTE: Duration = Duration::from_mins(1);

async fn is_signed_in(browser: &Client) -> bool {
    browser.get("/dashboard").await.status == 200
}

/// A second browser, which calls itself this.
async fn sign_in_with(app: &TestApp, email: &str, user_agent: &str) -> Client {
    let browser = app.client();
    let request = browser
        .request(reqwest::Method::POST, "/login")
        .header(USER_AGENT, user_agent)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("email={email}&password={PASSWORD}"));
    browser.send(request).await.expect_status(303);
    browser
}

async fn account(browser: &Client) -> Page {
    browser.get("/account").await.expect_status(200)
}

/// Fills in the form of `/account/password`.
async fn change_password(browser: &Client, current: &str, new: &str) -> Page {
    let page = browser.get("/account/password").await.expect_status(200);
    assert_eq!(page.heading(), "Change password");
    let form = page.form("Change password");
    browser
        .submit(form.fill("Current password", current).fill("New password", new))
        .await
}

#[tokio::test]
async fn the_way_there() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let settings = uma.get("/settings").await.expect_status(200);
    assert_eq!(settings.heading(), "Settings");
    let company = uma.get(&settings.link("My company profile")).await;
    assert_eq!(company.heading(), "Blue Heron Logistics");
    let page = uma.get(&settings.link("My account settings")).await.expect_status(200);
    assert_eq!(page.heading(), "My account");
    assert_eq!(page.value_of("Name"), "Uma User");
    assert_eq!(page.value_of("Email"), UMA);
    assert_eq!(page.link("Change password"), "/account/password");
    let own = uma.get(&app.page_of(UMA).await).await;
    assert_eq!(own.link("Change password"), "/account/password");

    for (path, next) in [
        ("/settings", "%2Fsettings"),
        ("/account", "%2Faccount"),
        ("/account/password", "%2Faccount%2Fpassword"),
    ] {
        let page = app.client().get(path).await.expect_status(303);
        assert_eq!(page.location(), format!("/login?next={next}"));
    }
    let stranger = app.client();
    for browser in [&uma, &stranger] {
        let page = browser.get("/.well-known/change-password").await.expect_status(302);
        assert_eq!(page.location(), "/account/password");
        browser.get("/.well-known/nothing").await.expect_status(404);
    }
    for path in ["/account", "/account/reset", "/account/sessions/end-others"] {
        let page = stranger.post(path, &[]).await.expect_status(303);
        assert_eq!(page.location(), "/login?next=%2Faccount", "{path}");
    }
    let page = stranger.post("/account/password", &[]).await;
    assert_eq!(page.location(), "/login?next=%2Faccount%2Fpassword");
}

#[tokio::test]
async fn details_are_saved_and_times_follow_the_zone() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let before = account(&uma).await;
    assert!(before.says("14:32"), "{}", before.text());
    assert!(before.says("The company's (Europe/Berlin)"));
    let form = before.form("Save details");
    let form = form.fill("Name", "  Uma   Żóć ").fill("Time zone", "Asia/Tokyo");
    let answer = uma.submit(form).await.expect_status(303);
    let page = uma.follow(&answer).await;
    assert_eq!(page.region("Done").as_deref(), Some("Your details are saved."));
    assert_eq!(page.value_of("Name"), "Uma Żóć");
    assert!(page.says("22:32") && !page.says("14:32"), "{}", page.text());
    assert!(page.body.contains("Asia/Tokyo"));
    let max = app.sign_in_as(MAX).await;
    let list = max.get("/company?tab=users&q=zoc").await;
    assert!(list.says("1 person"), "the search follows: {}", list.text());
    assert!(max.get(&app.page_of(UMA).await).await.heading().contains("Uma Żóć"));

    // Back to the company's.
    let form = page.form("Save details").fill("Time zone", "");
    uma.submit(form).await.expect_status(303);
    assert!(account(&uma).await.says("14:32"));
}

#[tokio::test]
async fn refused_details_stand_where_they_were_typed() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let long = "x".repeat(101);
    for (name, zone, label, reason) in [
        ("", "Asia/Tokyo", "Name", "Enter a name"),
        (" \t ", "", "Name", "Enter a name"),
        (long.as_str(), "Asia/Tokyo", "Name", "Use at most 100 characters"),
        ("Uma\u{202e}User", "", "Name", "Use letters, digits and symbols only"),
        (
            "Uma Typed",
            "Mars/Olympus",
            "Time zone",
            "Choose a time zone from the list",
        ),
        (
            "Uma Typed",
            "asia/tokyo",
            "Time zone",
            "Choose a time zone from the list",
        ),
        (
            "Uma Typed",
            "../etc/passwd",
            "Time zone",
            "Choose a time zone from the list",
        ),
    ] {
        let page = uma.post("/account", &[("name", name), ("time_zone", zone)]).await;
        let page = page.expect_status(422);
        assert_eq!(page.reason_at(label).as_deref(), Some(reason), "{name:?} {zone:?}");
        // A sign that turns the text round is shown as one that can't be shown.
        assert_eq!(page.value_of("Name"), name.trim().replace('\u{202e}', "\u{fffd}"));
        if zone == "Asia/Tokyo" {
            let form = page.form("Save details");
            assert!(
                form.fields().any(|field| field == ("time_zone", zone)),
                "it stays chosen"
            );
        }
        assert!(page.title().starts_with("Error"), "{}", page.title());
        assert!(page.region("Please correct this form").is_some());
    }
    let both = uma.post("/account", &[("name", ""), ("time_zone", "x")]).await;
    assert!(both.reason_at("Name").is_some() && both.reason_at("Time zone").is_some());
    for unknown in ["role", "email", "company"] {
        let fields = [("name", "Uma Typed"), ("time_zone", ""), (unknown, "x")];
        uma.post("/account", &fields).await.expect_status(422);
    }
    assert_eq!(account(&uma).await.value_of("Name"), "Uma User");
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let app = TestApp::start().await;
    let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 \
                  Safari/537.36 Edg/131.0.0.0";
    let uma = app.sign_in_as(UMA).await;
    let alone = account(&uma).await;
    assert!(!alone.has_button("Sign out everywhere else"));
    assert!(!alone.says("Sign out "), "{}", alone.text());
    let edge = sign_in_with(&app, UMA, chrome).await;
    let curl = sign_in_with(&app, UMA, "<b>curl</b>").await;
    let max = app.sign_in_as(MAX).await;

    let page = account(&uma).await;
    let this = page.row("Firefox on Linux").expect("this one");
    assert!(this.iter().any(|(_, cell)| cell == "This device"), "{this:?}");
    assert!(this.iter().any(|cell| *cell == ("Address".into(), "127.0.0.1".into())));
    assert!(page.row("Edge on Windows").is_some() && page.row("Unknown device").is_some());
    assert!(!page.body.contains("<b>curl"));
    let answer = uma.submit(page.form("Sign out Edge on Windows")).await;
    let page = uma.follow(&answer).await;
    assert_eq!(page.region("Done").as_deref(), Some("That device is signed out."));
    assert!(page.row("Edge on Windows").is_none());
    assert!(!is_signed_in(&edge).await);
    assert!(is_signed_in(&curl).await && is_signed_in(&uma).await);

    // Somebody else's session is nowhere.
    sign_in_with(&app, MAX, chrome).await;
    let maxs = account(&max).await.form("Sign out Edge on Windows");
    let before = app.number("SELECT count(*) FROM sessions").await;
    uma.post(maxs.action(), &[]).await.expect_status(404);
    assert_eq!(app.number("SELECT count(*) FROM sessions").await, before);

    let answer = uma.submit(page.form("Sign out everywhere else")).await;
    let page = uma.follow(&answer).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("All your other devices are signed out.")
    );
    assert!(!is_signed_in(&curl).await);
    assert!(is_signed_in(&uma).await && is_signed_in(&max).await);

    // What has ended by time is not listed.
    app.sign_in_as(UMA).await;
    app.advance(29 * MINUTE);
    assert!(is_signed_in(&uma).await);
    app.until("it is seen", async || {
        app.number("SELECT count(DISTINCT seen_at) FROM sessions").await > 1
    })
    .await;
    app.advance(2 * MINUTE);
    assert!(!account(&uma).await.has_button("Sign out Firefox on Linux"));
}

#[tokio::test]
async fn e8_a_new_password_needs_the_current_one() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let cookie = uma.cookie(COOKIE);
    for (current, new, label, reason) in [
        (
            "not-the-current-one",
            password(1),
            "Current password",
            "Current password is wrong.",
        ),
        ("", password(1), "Current password", "Enter your password"),
        (PASSWORD, String::new(), "New password", "Enter a new password"),
        (
            PASSWORD,
            "short".to_owned(),
            "New password",
            "Use at least 15 characters",
        ),
    ] {
        let page = change_password(&uma, current, &new).await.expect_status(422);
        assert_eq!(page.reason_at(label).as_deref(), Some(reason));
        assert_eq!(page.value_of("Current password"), "", "secrets are not shown again");
        assert_eq!(page.value_of("New password"), "");
    }
    let both = change_password(&uma, "", "").await.expect_status(422);
    assert!(both.reason_at("Current password").is_some() && both.reason_at("New password").is_some());
    assert_eq!(uma.cookie(COOKIE), cookie);
    assert!(is_signed_in(&uma).await);
    assert!(app.signs_in(UMA, PASSWORD).await);
    assert!(!app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn e8_a9_a_new_password_rotates_the_session_and_ends_the_rest() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let others = [app.sign_in_as(UMA).await, app.sign_in_as(UMA).await];
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;

    let old = uma.cookie(COOKIE).expect("signed in");
    let answer = change_password(&uma, PASSWORD, &password(1)).await.expect_status(303);
    assert_ne!(uma.cookie(COOKIE), Some(old.clone()));
    let page = uma.follow(&answer).await.expect_status(200);
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Password changed. 2 other devices were signed out.")
    );
    assert!(page.says("This device") && !page.has_button("Sign out everywhere else"));
    let thief = app.client();
    thief.plant_cookie(COOKIE, &old);
    assert!(!is_signed_in(&thief).await, "the id before is dead");
    for other in &others {
        assert!(!is_signed_in(other).await);
    }
    assert!(is_signed_in(&max).await);
    let dead = app.client().get(&link).await.expect_status(410);
    assert_eq!(dead.heading(), "This link was withdrawn");
    let fields = [("new_password", password(2))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    app.client().post(&link, &fields).await.expect_status(410);

    let mails = app.mails_to(UMA, 2).await;
    let notice = mails.last().expect("two");
    assert!(
        notice.text.contains("How: While signed in, with the old password"),
        "{}",
        notice.text
    );
    assert!(notice.links.iter().all(|link| !link.contains("/reset-password/")));
    assert!(app.signs_in(UMA, &password(1)).await);
    assert!(!app.signs_in(UMA, PASSWORD).await);
}

#[tokio::test]
async fn a_link_for_oneself_while_signed_in() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    assert!(account(&uma).await.says("No resets yet."));
    app.advance(SECOND);
    let answer = uma.submit(account(&uma).await.form("Email me a reset link")).await;
    let page = uma.follow(&answer).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("A reset link is on its way to you.")
    );
    let link = link_of(&app.mail_to(UMA).await);
    let page = app.page_says(&uma, "/account", "Mail accepted").await;
    assert!(page.says("Reference"), "{}", page.text());
    assert!(!page.body.contains(&link));
    // The same person: the form (E7).
    let form = uma.get(&link).await.expect_status(200).form("Set new password");
    let answer = uma.submit(form.fill("New password", &password(1))).await;
    assert!(answer.location().starts_with("/login?"));
    assert!(app.signs_in(UMA, &password(1)).await);
}

/// A server has several threads, and what begins in one may be written out by another.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f7_what_a_page_read_first_is_shown_whichever_thread_writes_it_out() {
    let app = TestApp::start().await;
    let (uma, max) = (app.sign_in_as(UMA).await, app.sign_in_as(MAX).await);
    let answer = uma.submit(account(&uma).await.form("Email me a reset link")).await;
    uma.follow(&answer).await.expect_status(200);
    let umas = app.page_of(UMA).await;
    let pages = [
        (&uma, "/account"),
        (&max, umas.as_str()),
        (&max, "/company?tab=users"),
        (&max, "/company?tab=resets"),
    ];
    for _ in 0..10 {
        let at_once = pages.map(|(browser, page)| async move { browser.get(page).await.expect_status(200) });
        let shown = futures::future::join_all(at_once).await;
        for page in &shown[..2] {
            assert!(page.says("Reference"), "{}", page.text());
        }
    }
}

#[tokio::test]
async fn own_resets_are_shown_however_many_at_the_same_cost() {
    let mut app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    let uma = app.sign_in_as(UMA).await;
    for (number, actor) in [&max, &ada, &uma, &max].into_iter().enumerate() {
        if number == 2 {
            app.advance(SECOND);
            uma.post("/account/reset", &[]).await.expect_status(303);
        } else {
            app.trigger(actor, UMA).await;
        }
        app.mails_to(UMA, number + 1).await;
        // Until its answer is kept another press would be answered with this one.
        let waiting = "SELECT count(*) FROM mails WHERE recipient = 'uma@blueheron.example' AND state <> 'accepted'";
        app.until("the mail is accepted", async || app.number(waiting).await == 0)
            .await;
    }
    let page = account(&uma).await;
    let earlier = scraper::Selector::parse("table[aria-labelledby=earlier] tbody tr").expect("a selector");
    assert_eq!(
        page.html().select(&earlier).count(),
        3,
        "and the latest: {}",
        page.text()
    );
    app.rest().await;
    let cost = app.cost(account(&uma)).await;
    assert!(cost <= 6, "{cost}");
}

#[tokio::test]
async fn e7_a_link_of_somebody_else_than_who_is_signed_in() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;

    let page = max.get(&link).await.expect_status(200);
    assert_eq!(page.heading(), "This link is for uma@blueheron.example");
    assert!(!page.has_button("Set new password"));
    assert_eq!(page.link("Stay signed in as Max Manager"), "/dashboard");
    let hashes = app.hash_runs();
    let new = password(1);
    for fields in [
        &[("new_password", new.as_str())][..],
        &[("new_password", "")],
        &[("x", "y")],
        &[],
    ] {
        let page = max.post(&link, fields).await.expect_status(409);
        assert_eq!(page.heading(), "This link is for uma@blueheron.example");
    }
    let token = link.rsplit('/').next().unwrap_or_default();
    let fields = [("input[token]", token), ("input[new_password]", new.as_str())];
    max.post("/api/redeem-link", &fields).await.expect_status(409);
    assert_eq!(app.hash_runs(), hashes);
    assert!(app.signs_in(UMA, PASSWORD).await && !app.signs_in(UMA, &new).await);

    let answer = max.submit(page.form("Sign out and continue")).await.expect_status(303);
    assert_eq!(answer.location(), format!("/reset-password/{token}"));
    assert_eq!(max.cookie(COOKIE), None);
    let page = max.follow(&answer).await.expect_status(200);
    let form = page.form("Set new password").fill("New password", &new);
    max.submit(form).await.expect_status(303);
    assert!(app.signs_in(UMA, &new).await && app.signs_in(MAX, PASSWORD).await);

    // A dead one is dead for everybody; and signing out leads nowhere else.
    let max = app.sign_in_as(MAX).await;
    max.get(&link).await.expect_status(410);
    let page = max.post("/logout", &[("next", "https://evil.example/")]).await;
    assert_eq!(page.location(), "/login?done=signed-out");
    // Nothing is left to ask.
    assert_eq!(max.get("/logout").await.expect_status(303).location(), "/login");
}

#[tokio::test]
async fn e4_the_idle_end_is_told() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.advance(30 * MINUTE);
    let answer = max.get("/company?tab=users&q=uma").await.expect_status(303);
    let page = max.follow(&answer).await.expect_status(200);
    assert_eq!(page.heading(), "Sign in");
    assert_eq!(
        page.region("Note").as_deref(),
        Some("You were signed out after 30 minutes without activity.")
    );
    let form = page.form("Sign in").fill("Email", MAX).fill("Password", PASSWORD);
    assert_eq!(max.submit(form).await.location(), "/company?tab=users&q=uma");
}

/// A number out of the answer of `/api/session-left`.
fn seconds(answer: &Page, name: &str) -> i64 {
    let read: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    read[name].as_i64().expect("a number")
}

#[tokio::test]
async fn e4_asking_how_long_is_no_activity_and_staying_is() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for minutes in [0, 10, 10] {
        app.advance(minutes * MINUTE);
        max.get("/api/session-left").await.expect_status(200);
    }
    let left = max.get("/api/session-left").await;
    assert_eq!(seconds(&left, "idle_seconds"), 10 * 60);
    assert_eq!(seconds(&left, "absolute_seconds"), 8 * 3600 - 20 * 60);
    let stayed = max.post("/api/stay-signed-in", &[]).await.expect_status(200);
    assert_eq!(seconds(&stayed, "idle_seconds"), 30 * 60);
    assert_eq!(seconds(&stayed, "absolute_seconds"), 8 * 3600 - 20 * 60);
    // Also when it was seen a moment ago.
    app.advance(MINUTE);
    let stayed = max.post("/api/stay-signed-in", &[]).await.expect_status(200);
    assert_eq!(seconds(&stayed, "idle_seconds"), 30 * 60);
    app.advance(29 * MINUTE);
    max.get("/api/session-left").await.expect_status(200);
    app.advance(MINUTE);
    max.get("/api/session-left").await.expect_status(401);
    max.post("/api/stay-signed-in", &[]).await.expect_status(401);
}
