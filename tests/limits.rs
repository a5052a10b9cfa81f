//! How often things may be done: cases C1, C2, C3, C4, C5 and, as far as rows go, C8.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Duration;

use futures::future::join_all;
use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::entity::user;
use rekey_domain::limit::{Limits, Rate};
use rekey_domain::outage::PROBE_EVERY;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::people::{ADA, MAX, ROB, UMA};
use crate::support::{Builder, Client, HOUR, PASSWORD, Page, SECOND, TestApp, link_of, password};

const UNKNOWN: &str = "nobody@nowhere.example";

const WRONG: &str = "a-wrong-password";

/// The demo's, with the limits on clients.
fn with_client_limits() -> Builder {
    TestApp::with()
        .trusted_proxies("127.0.0.0/8")
        .settings(|settings| settings.limits = Limits::default())
}

/// Posts as somebody whom the proxy saw at this address.
async fn post_from(app: &TestApp, address: &str, path: &str, body: String) -> Page {
    let client = app.client();
    let request = client
        .request(Method::POST, path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", address);
    client.send(request.body(body)).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Page {
    let client = app.client();
    let form = client.get("/login").await.form("Sign in");
    client
        .submit(form.fill("Email", email).fill("Password", password))
        .await
}

async fn ask_now(app: &TestApp, email: &str) -> Page {
    app.client().post("/reset-password", &[("email", email)]).await
}

fn retry_after(page: &Page) -> Option<u64> {
    page.header("retry-after").map(|text| text.parse().expect("seconds"))
}

/// What waits for the mail server or for being looked at.
async fn all_settled(app: &TestApp) {
    app.until("all asks are resolved and all mails settled", async || {
        app.number(
            "SELECT (SELECT count(*) FROM asks) + (SELECT count(*) FROM mails WHERE state IN ('queued', 'sending'))",
        )
        .await
            == 0
    })
    .await;
}

#[tokio::test]
async fn c1_three_asks_for_an_address_at_once_and_then_one_an_hour_known_or_not() {
    let app = TestApp::start().await;
    let mut refusals = Vec::new();
    for email in [UMA, UNKNOWN] {
        for _ in 0..3 {
            ask_now(&app, email).await.expect_status(303);
        }
        // However the address is written.
        let refused = ask_now(&app, &email.to_uppercase()).await.expect_status(429);
        assert_eq!(retry_after(&refused), Some(3600));
        let words = "Too many requests for this address. Try again in 1 hour.";
        assert_eq!(refused.region("Problem").as_deref(), Some(words));
        assert_eq!(refused.value_of("Email"), email.to_uppercase(), "what was typed stays");
        refusals.push(refused.without(&email.to_uppercase()));
    }
    assert_eq!(refusals[0], refusals[1], "B1: known and unknown alike");
    assert_eq!(app.number("SELECT count(*) FROM limits").await, 2);

    // Nobody signed out has a zone that we know: how long it takes is said, in whole minutes and never too few.
    for (seconds, words) in [(1801, "Try again in 30 minutes."), (1798, "Try again in 1 minute.")] {
        app.advance(Duration::from_secs(seconds));
        let refused = ask_now(&app, UMA).await.expect_status(429);
        let said = refused.region("Problem").unwrap_or_default();
        assert!(said.ends_with(words), "{said}");
    }
    let refused = ask_now(&app, UMA).await.expect_status(429);
    assert_eq!(retry_after(&refused), Some(1), "a refused try takes no place");
    app.advance(SECOND);
    for email in [UMA, UNKNOWN] {
        ask_now(&app, email).await.expect_status(303);
        ask_now(&app, email).await.expect_status(429);
    }
}

#[tokio::test]
async fn c1_links_asked_for_while_signed_in_count_too() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    for count in 1..=3 {
        let form = uma.get("/account").await.form("Email me a reset link");
        uma.submit(form.clone()).await.expect_status(303);
        // While one waits it answers the press, which costs nothing.
        app.mails_to(UMA, count).await;
        all_settled(&app).await;
    }
    let form = uma.get("/account").await.form("Email me a reset link");
    let refused = uma.submit(form).await.expect_status(429);
    assert_eq!(retry_after(&refused), Some(3600));
    // In Uma's own zone.
    assert!(
        refused.says("Too many requests for this address. Try again at 15:33."),
        "{}",
        refused.text()
    );
    assert_eq!(refused.heading(), "Too many requests");
    ask_now(&app, UMA).await.expect_status(429);
}

#[tokio::test]
async fn c1_a_mail_that_was_refused_or_never_sent_gives_its_place_back() {
    let app = TestApp::start().await;
    app.recorder.set_behaviour(Behaviour::Refuse);
    for _ in 0..5 {
        app.ask(UMA).await.expect_status(303);
        all_settled(&app).await;
    }
    assert_eq!(
        app.number("SELECT count(*) FROM mails WHERE state = 'refused' AND recipient = 'uma@blueheron.example'")
            .await,
        5
    );

    // Withdrawn before it was sent, before and after the outage was noticed.
    app.recorder.set_behaviour(Behaviour::Down);
    let max = app.sign_in_as(MAX).await;
    let waiting = "SELECT count(*) FROM mails WHERE recipient = 'uma@blueheron.example' AND state IN ('queued', 'sending', 'deferred')";
    for _ in 0..5 {
        app.ask(UMA).await.expect_status(303);
        app.until("the ask is resolved", async || {
            app.number("SELECT count(*) FROM asks").await == 0
        })
        .await;
        let page = max.get(&app.page_of(UMA).await).await;
        max.submit(page.form("Revoke")).await.expect_status(303);
        // On a connection from before, a mail may be tried once more.
        app.until("no mail of hers waits", async || app.number(waiting).await == 0)
            .await;
    }
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(PROBE_EVERY);
    for count in 1..=3 {
        app.ask(UMA).await.expect_status(303);
        app.mails_to(UMA, count).await;
        all_settled(&app).await;
    }
    ask_now(&app, UMA).await.expect_status(429);
}

#[tokio::test]
async fn c1_twenty_from_one_network_and_then_one_a_minute() {
    let app = with_client_limits().start().await;
    let ask = |number: usize, address: &'static str| {
        let app = &app;
        async move {
            post_from(
                app,
                address,
                "/reset-password",
                format!("email=p{number}@nowhere.example"),
            )
            .await
        }
    };
    for number in 0..20 {
        // C4: the same /64 each time.
        let address = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2"][number % 2];
        ask(number, address).await.expect_status(303);
    }
    let refused = ask(20, "2001:db8:1:2:3::4").await.expect_status(429);
    assert_eq!(retry_after(&refused), Some(60));
    let words = "Too many requests from your network. Try again in 1 minute.";
    assert_eq!(refused.region("Problem").as_deref(), Some(words));
    ask(21, "2001:db8:1:3::1").await.expect_status(303);
    ask(22, "203.0.113.7").await.expect_status(303);
    app.advance(Duration::from_mins(1));
    ask(23, "2001:db8:1:2::1").await.expect_status(303);
    ask(24, "2001:db8:1:2::1").await.expect_status(429);
}

#[tokio::test]
async fn k1_addresses_with_ports_are_as_many_clients_as_there_are_addresses() {
    let app = with_client_limits().start().await;
    let ask = async |number: usize, forwarded: String| {
        let body = format!("email=p{number}@nowhere.example");
        post_from(&app, &forwarded, "/reset-password", body).await
    };
    for number in 1..=25 {
        let forwarded = format!("203.0.113.{number}:4000{number}");
        ask(number, forwarded).await.expect_status(303);
    }
    // And one address is one, whatever its port.
    for number in 1..=25 {
        let status = if number <= 20 { 303 } else { 429 };
        ask(100 + number, format!("198.51.100.7:{}", 40_000 + number))
            .await
            .expect_status(status);
    }
    for number in 1..=21 {
        let status = if number <= 20 { 303 } else { 429 };
        ask(200 + number, format!("[2001:db8::7]:{}", 40_000 + number))
            .await
            .expect_status(status);
    }
}

#[tokio::test]
async fn f12_all_networks_of_a_site_together_get_sixteen_times_as_much_as_one() {
    let app = with_client_limits()
        .settings(|settings| {
            settings.limits.asks_per_client = Rate::per_hour(2, 1);
            settings.limits.failures_per_client = Rate::per_hour(2, 1);
        })
        .start()
        .await;
    let password = format!("&password={WRONG}");
    for (path, status, rest) in [("/reset-password", 303, ""), ("/login", 422, password.as_str())] {
        let body = |number: u32| format!("email=p{number}@nowhere.example{rest}");
        for number in 0..32 {
            let address = format!("2001:db8:1:{number:x}::1");
            post_from(&app, &address, path, body(number))
                .await
                .expect_status(status);
        }
        // A network of its own does not help any more; another site is another one.
        let refused = post_from(&app, "2001:db8:1:ffff::1", path, body(100))
            .await
            .expect_status(429);
        assert_eq!(retry_after(&refused), Some(3600 / 16));
        post_from(&app, "2001:db8:2::1", path, body(101))
            .await
            .expect_status(status);
        post_from(&app, "203.0.113.7", path, body(102))
            .await
            .expect_status(status);
    }
    // What is right costs nothing, in the site neither.
    for _ in 0..5 {
        let body = format!("email={UMA}&password={PASSWORD}");
        post_from(&app, "2001:db8:2::1", "/login", body)
            .await
            .expect_status(303);
    }
    let wrong = format!("email=p1@nowhere.example&password={WRONG}");
    post_from(&app, "2001:db8:2::1", "/login", wrong.clone())
        .await
        .expect_status(422);
    post_from(&app, "2001:db8:2::1", "/login", wrong)
        .await
        .expect_status(429);
}

#[tokio::test]
async fn c4_a_stranger_does_not_choose_whom_the_limit_means() {
    let app = TestApp::with()
        .settings(|settings| {
            settings.limits.asks_per_client = Rate::per_hour(2, 1);
        })
        .start()
        .await;
    let ask = |number: usize| {
        let (app, address) = (&app, format!("198.51.100.{number}"));
        async move {
            post_from(
                app,
                &address,
                "/reset-password",
                format!("email=p{number}@nowhere.example"),
            )
            .await
        }
    };
    ask(1).await.expect_status(303);
    ask(2).await.expect_status(303);
    ask(3).await.expect_status(429);
}

#[tokio::test]
async fn c2_the_fourth_try_waits_and_later_ones_longer_known_or_not() {
    let app = TestApp::start().await;
    let mut refusals = Vec::new();
    for email in [UMA, UNKNOWN] {
        for _ in 0..3 {
            sign_in(&app, email, WRONG).await.expect_status(422);
        }
        for (seconds, wait) in [
            (1, "1 second"),
            (3, "3 seconds"),
            (5, "5 seconds"),
            (10, "10 seconds"),
            (10, "10 seconds"),
        ] {
            let before = app.hash_runs();
            // The right password does not help either: else the answer would tell.
            let refused = sign_in(&app, email, PASSWORD).await.expect_status(429);
            assert_eq!(app.hash_runs(), before, "a throttled try costs no hash");
            assert_eq!(retry_after(&refused), Some(seconds));
            let words = format!("Too many tries. Wait {wait} and try again, or reset your password.");
            assert_eq!(refused.region("Problem"), Some(words));
            assert_eq!(refused.value_of("Email"), email, "what was typed stays");
            assert_eq!(refused.value_of("Password"), "", "but secrets");
            refusals.push((seconds, refused.without(email)));
            app.advance(SECOND * u32::try_from(seconds).expect("few"));
            let before = app.hash_runs();
            sign_in(&app, email, WRONG).await.expect_status(422);
            assert_eq!(app.hash_runs() - before, 1, "B4");
        }
    }
    let (known, unknown) = refusals.split_at(refusals.len() / 2);
    assert_eq!(known, unknown);
}

#[tokio::test]
async fn c2_success_and_a_new_password_begin_anew_and_a_throttled_account_can_reset() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        sign_in(&app, UMA, WRONG).await.expect_status(422);
    }
    app.advance(SECOND);
    sign_in(&app, UMA, PASSWORD).await.expect_status(303);
    for _ in 0..3 {
        sign_in(&app, UMA, WRONG).await.expect_status(422);
    }
    sign_in(&app, UMA, PASSWORD).await.expect_status(429);

    app.ask(UMA).await.expect_status(303);
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(1)).await.expect_status(303);
    sign_in(&app, UMA, &password(1)).await.expect_status(303);
}

#[tokio::test]
async fn c2_after_a_hundred_failures_only_a_new_password_helps() {
    let app = TestApp::start().await;
    // A hundred answers of argon2 would take a minute.
    for _ in 0..3 {
        sign_in(&app, UMA, WRONG).await.expect_status(422);
    }
    app.execute("UPDATE limits SET count = 99").await;
    app.advance(SECOND * 10);
    sign_in(&app, UMA, WRONG).await.expect_status(422);
    app.advance(HOUR * 24 * 365);
    let refused = sign_in(&app, UMA, PASSWORD).await.expect_status(429);
    assert_eq!(retry_after(&refused), None, "time does not help");
    let words = "Too many tries. Reset your password to sign in again.";
    assert_eq!(refused.region("Problem").as_deref(), Some(words));
    app.ask(UMA).await.expect_status(303);
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(2)).await.expect_status(303);
    sign_in(&app, UMA, &password(2)).await.expect_status(303);
}

#[tokio::test]
async fn f16_a_closed_address_that_nobody_tries_is_forgotten_after_400_days() {
    let app = TestApp::start().await;
    let day = HOUR * 24;
    for email in [UMA, ROB] {
        sign_in(&app, email, WRONG).await.expect_status(422);
    }
    app.execute("UPDATE limits SET count = 99").await;
    app.advance(SECOND * 10);
    for email in [UMA, ROB] {
        sign_in(&app, email, WRONG).await.expect_status(422);
    }
    let closed = "SELECT count(*) FROM limits WHERE kind = 'sign_in_email' AND count = 100";
    assert_eq!(app.number(closed).await, 2);
    // Whoever tries keeps it closed, at the cost of one write a day.
    app.advance(day * 399);
    for _ in 0..2 {
        sign_in(&app, UMA, PASSWORD).await.expect_status(429);
    }
    app.advance(day * 2);
    app.until("the other one is forgotten", async || app.number(closed).await == 1)
        .await;
    sign_in(&app, ROB, PASSWORD).await.expect_status(303);
    app.advance(day * 390);
    sign_in(&app, UMA, PASSWORD).await.expect_status(429);
    app.advance(day * 400);
    app.until("nobody has tried for 400 days", async || app.number(closed).await == 0)
        .await;
    sign_in(&app, UMA, PASSWORD).await.expect_status(303);
}

#[tokio::test]
async fn c2_failures_from_one_network_are_limited_and_successes_cost_nothing() {
    let app = with_client_limits()
        .settings(|settings| settings.limits.failures_per_client = Rate::per_hour(3, 360))
        .start()
        .await;
    let try_from = |address: &'static str, email: String, password: &'static str| {
        let app = &app;
        async move { post_from(app, address, "/login", format!("email={email}&password={password}")).await }
    };
    let (here, there) = ("2001:db8:1:2::1", "203.0.113.7");
    for _ in 0..5 {
        try_from(here, UMA.to_owned(), PASSWORD).await.expect_status(303);
    }
    for number in 0..3 {
        let email = format!("p{number}@nowhere.example");
        try_from(here, email, WRONG).await.expect_status(422);
    }
    let refused = try_from("2001:db8:1:2::ffff", UMA.to_owned(), PASSWORD)
        .await
        .expect_status(429);
    assert_eq!(retry_after(&refused), Some(10));
    try_from(there, UMA.to_owned(), PASSWORD).await.expect_status(303);
    app.advance(SECOND * 10);
    try_from(here, "no address at all".to_owned(), WRONG)
        .await
        .expect_status(422);
    try_from(here, "no address at all".to_owned(), WRONG)
        .await
        .expect_status(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn c3_of_fifty_tries_at_once_only_the_free_ones_are_hashed_and_all_failures_count() {
    let app = with_client_limits().start().await;
    let before = app.hash_runs();
    let tries = (0..50).map(|_| try_now(&app, UMA));
    let answers: Vec<_> = join_all(tries).await.iter().map(|page| page.status).collect();
    let count = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((count(422), count(429)), (3, 47), "{answers:?}");
    assert_eq!(app.hash_runs() - before, 3);

    // Of as many addresses: each counts for the client.
    let emails: Vec<_> = (0..50).map(|number| format!("p{number}@nowhere.example")).collect();
    let tries = emails.iter().map(|email| try_now(&app, email));
    let answers = join_all(tries).await;
    assert!(answers.iter().all(|page| page.status == 422));
    let now = app.services().clock.now().as_millis();
    let used_until = app.number("SELECT at FROM limits WHERE kind = 'sign_in_client'").await;
    assert_eq!(used_until - now, 53 * 10_000);
    assert_eq!(
        app.number("SELECT count(*) FROM limits WHERE kind = 'sign_in_email' AND count = 1")
            .await,
        50
    );
}

async fn try_now(app: &TestApp, email: &str) -> Page {
    app.client()
        .post("/login", &[("email", email), ("password", WRONG)])
        .await
}

/// Presses the button and waits until the mail is settled.
async fn press(app: &TestApp, actor: &Client, email: &str) -> Page {
    let page = actor.get(&app.page_of(email).await).await.expect_status(200);
    let answer = actor.submit(page.form("Reset password")).await;
    all_settled(app).await;
    answer
}

#[tokio::test]
async fn c5_three_for_one_person_within_an_hour_whoever_presses() {
    let app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    // The person's own asking does not use up what managers have, nor the other way round.
    ask_now(&app, UMA).await.expect_status(303);
    all_settled(&app).await;
    press(&app, &max, UMA).await.expect_status(303);
    app.advance(Duration::from_mins(10));
    press(&app, &ada, UMA).await.expect_status(303);
    press(&app, &max, UMA).await.expect_status(303);
    let resets = app.number("SELECT count(*) FROM resets").await;
    for actor in [&max, &ada] {
        let refused = press(&app, actor, UMA).await.expect_status(429);
        assert_eq!(refused.heading(), "Too many requests");
        // The first was at 14:32:08 in their zone.
        let words = "Uma User got 3 links in the last hour. Next one at 15:33.";
        assert!(refused.says(words), "{}", refused.text());
        assert_eq!(retry_after(&refused), Some(50 * 60));
    }
    assert_eq!(
        app.number("SELECT count(*) FROM resets").await,
        resets,
        "nothing was started"
    );
    press(&app, &max, ROB).await.expect_status(303);
    ask_now(&app, UMA).await.expect_status(303);
    all_settled(&app).await;

    app.advance(Duration::from_mins(20));
    press(&app, &max, UMA).await.expect_status(429);
    app.advance(Duration::from_mins(20));
    max.get("/dashboard").await.expect_status(200);
    // It is noted behind the answer, and else the session would end for want of activity.
    app.until("the visit is noted", async || {
        let now = app.services().clock.now().as_millis();
        app.number("SELECT max(seen_at) FROM sessions").await == now
    })
    .await;
    app.advance(Duration::from_mins(10));
    press(&app, &max, UMA).await.expect_status(303);
    press(&app, &max, UMA).await.expect_status(429);
}

#[tokio::test]
async fn c5_the_server_function_says_the_same() {
    let app = TestApp::with()
        .settings(|settings| settings.limits.resets_per_person = NonZeroU32::new(1))
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    press(&app, &max, UMA).await.expect_status(303);
    let company = max.get(&app.page_of(UMA).await).await.form("Reset password");
    let company: BTreeMap<_, _> = company.fields().collect();
    let body = format!(
        "input[company]={}&input[user]={}",
        company["company"],
        app.user_id(UMA).await
    );
    let request = max
        .request(Method::POST, "/api/trigger-reset")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let refused = max.send(request.body(body)).await.expect_status(429);
    assert_eq!(retry_after(&refused), Some(3600));
    let said = "Uma User got 1 link in the last hour. Next one at 15:33.";
    assert!(refused.body.contains(said), "{}", refused.body);
}

#[tokio::test]
async fn c5_a_refused_mail_gives_its_place_back_and_a_waiting_one_answers_the_press() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Refuse);
    for _ in 0..4 {
        press(&app, &max, UMA).await.expect_status(303);
    }
    app.recorder.set_behaviour(Behaviour::Accept);
    for _ in 0..2 {
        press(&app, &max, UMA).await.expect_status(303);
    }
    app.recorder.set_behaviour(Behaviour::Down);
    // The third waits, and so does everything that presses meanwhile.
    for _ in 0..3 {
        press(&app, &max, UMA).await.expect_status(303);
    }
    let page = max.get(&app.page_of(UMA).await).await;
    max.submit(page.form("Revoke")).await.expect_status(303);
    app.recorder.set_behaviour(Behaviour::Accept);
    // A mail server that was out of order is asked again by then.
    app.advance(PROBE_EVERY);
    // It was never sent.
    press(&app, &max, UMA).await.expect_status(303);
    press(&app, &max, UMA).await.expect_status(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn c5_thirty_by_one_manager_within_an_hour_also_all_at_once() {
    let app = TestApp::start().await;
    let people = user::Entity::find()
        .filter(user::Column::Email.ends_with("@blueheron.example"))
        .filter(user::Column::PasswordHash.is_not_null())
        .filter(user::Column::Email.is_not_in([MAX, ADA]))
        .all(app.services().db.reader());
    let people = people.await.expect("the database answers");
    assert!(people.len() > 33, "{}", people.len());
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    let company = max.get(&app.page_of(UMA).await).await.form("Reset password");
    let company: BTreeMap<_, _> = company.fields().collect();
    let presses = people.iter().take(33).map(|person| {
        let path = format!("/company/users/{}/reset", person.id);
        let (max, company) = (&max, company["company"]);
        async move { max.post(&path, &[("company", company)]).await }
    });
    let answers = join_all(presses).await;
    let now = app.services().clock.now().as_millis();
    let started = format!("SELECT count(*) FROM resets WHERE asked_at = {now} AND kind = 'manager'");
    assert_eq!(app.number(&started).await, 30);
    // For somebody a reset waits since the demo's beginning, which answers the press.
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
    assert!(!refused.is_empty());
    assert!(answers.iter().all(|answer| matches!(answer.status, 303 | 429)));
    for answer in refused {
        let words = "You asked for 30 links in the last hour. Next one at 15:33.";
        assert!(answer.says(words), "{}", answer.text());
        assert_eq!(retry_after(answer), Some(3600));
    }
    all_settled(&app).await;
    press(&app, &max, ROB).await.expect_status(429);
    press(&app, &ada, ROB).await.expect_status(303);
}

#[tokio::test]
async fn c8_what_the_limits_keep_goes_by_itself() {
    let app = with_client_limits().start().await;
    ask_now(&app, UNKNOWN).await.expect_status(303);
    sign_in(&app, UNKNOWN, WRONG).await.expect_status(422);
    assert_eq!(app.number("SELECT count(*) FROM limits").await, 4);
    app.advance(HOUR);
    app.until("asks and the client's failures are forgotten", async || {
        app.number("SELECT count(*) FROM limits").await == 1
    })
    .await;
    assert_eq!(
        app.number("SELECT count(*) FROM limits WHERE kind = 'sign_in_email'")
            .await,
        1
    );
    app.advance(HOUR * 23);
    app.until("the address's failure is forgotten", async || {
        app.number("SELECT count(*) FROM limits").await == 0
    })
    .await;
}
