//! What is left of attacks (F14): an entry of each, counted where it repeats, in the trail of the person's company as far as
//! the person is known; a line of the log; and a list on the person's page.

use rekey::server::store::entity::{activity, user};
use sea_orm::{EntityTrait, QueryOrder};

use crate::support::people::{ADA, DEL, IVY, MAX, QUINN, ROB, UMA};
use crate::support::{Builder, Client, HOUR, Page, SECOND, TestApp, log};

const WRONG: &str = "a-wrong-password";

/// Behind a proxy, so that each test comes from a network of its own.
fn behind_a_proxy() -> Builder {
    TestApp::with().trusted_proxies("127.0.0.0/8")
}

/// Posts as somebody whom the proxy saw at this address.
async fn post_from(app: &TestApp, address: &str, path: &str, fields: &[(&str, &str)]) -> Page {
    let client = app.client();
    let request = client.posting(path, fields).header("x-forwarded-for", address);
    client.send(request).await
}

async fn sign_in_from(app: &TestApp, address: &str, email: &str) -> Page {
    post_from(app, address, "/login", &[("email", email), ("password", WRONG)]).await
}

/// Ten wrong passwords within a minute, each as soon as it is looked at.
async fn ten_wrong(app: &TestApp, address: &str, email: &str) {
    for seconds in [0, 0, 0, 1, 3, 5, 10, 10, 10, 10] {
        app.advance(SECOND * seconds);
        sign_in_from(app, address, email).await.expect_status(422);
    }
}

/// The entries of what may be an attack, by time.
async fn entries(app: &TestApp) -> Vec<activity::Model> {
    let all = activity::Entity::find()
        .order_by_asc(activity::Column::At)
        .order_by_asc(activity::Column::Id)
        .all(app.services().db.reader());
    let all = all.await.expect("the database answers").into_iter();
    let is_told = |entry: &activity::Model| match entry.action.as_str() {
        "signed_in" => entry.outcome == "refused",
        action => [
            "current_password",
            "limit_reached",
            "list_downloaded",
            "signed_out",
            "more_refused",
        ]
        .contains(&action),
    };
    all.filter(is_told).collect()
}

/// Waits until so many refusals are told, in however many rows.
async fn told(app: &TestApp, times: i64) {
    let sum = "SELECT CAST(coalesce(sum(times), 0) AS bigint) FROM activity WHERE outcome = 'refused'";
    app.until(&format!("{times} refusals are told"), async || {
        app.number(sum).await == times
    })
    .await;
}

/// Who, what, the detail, on whom, how often.
type Told<'a> = (&'a str, &'a str, Option<&'a str>, Option<&'a str>, i32);

fn as_told(entry: &activity::Model) -> Told<'_> {
    (
        &entry.actor_name,
        &entry.action,
        entry.detail.as_deref(),
        entry.target_name.as_deref(),
        entry.times,
    )
}

/// The lines of the log about this network.
fn logged(network: &str) -> Vec<String> {
    let of_network = format!("client.network=\"{network}\"");
    let lines = log::security().into_iter();
    lines.filter(|line| line.contains(&of_network)).collect()
}

#[tokio::test]
async fn f14_each_event_leaves_its_one_entry_and_its_line_in_the_log() {
    let app = behind_a_proxy().start().await;
    let from = "198.51.100.17";
    let (ada, max, uma) = (
        app.sign_in_as(ADA).await,
        app.sign_in_as(MAX).await,
        app.sign_in_as(UMA).await,
    );
    // Signing in: somebody known, and nobody.
    sign_in_from(&app, from, ROB).await.expect_status(422);
    sign_in_from(&app, from, "typed@nowhere.example")
        .await
        .expect_status(422);
    sign_in_from(&app, from, "typed no address at all")
        .await
        .expect_status(422);
    for email in [DEL, IVY] {
        sign_in_from(&app, from, email).await.expect_status(422);
    }
    told(&app, 5).await;
    // A limit that a stranger has reached.
    for status in [303, 303, 303, 429] {
        post_from(&app, from, "/reset-password", &[("email", "typed@nowhere.example")])
            .await
            .expect_status(status);
    }
    told(&app, 6).await;
    // A current password.
    let form = uma.get("/account/password").await.form("Change password");
    let new = crate::support::password(1);
    let answer = uma.submit(form.fill("Current password", WRONG).fill("New password", &new));
    answer.await.expect_status(422);
    told(&app, 7).await;
    // A limit that a manager has reached.
    let rob = app.page_of(ROB).await;
    for number in 0..4 {
        if number == 3 {
            app.mails_to(ROB, 3).await;
            app.mail_is_out().await;
        }
        app.advance(SECOND);
        let page = max.get(&rob).await;
        let status = if number == 3 { 429 } else { 303 };
        max.submit(page.form("Reset password")).await.expect_status(status);
        app.mail_is_out().await;
    }
    told(&app, 8).await;
    // Lists, and signing out.
    max.get("/company/users.csv").await.expect_status(200);
    ada.get("/company/activity.csv").await.expect_status(200);
    ada.get("/company/activity.jsonl").await.expect_status(200);
    let form = ada.get("/dashboard").await.form("Sign out");
    ada.submit(form).await.expect_status(303);

    let found = entries(&app).await;
    let mut all: Vec<_> = found.iter().map(as_told).collect();
    all.sort_unstable();
    let mut expected: [Told<'_>; 9] = [
        ("Somebody", "signed_in", Some("wrong"), Some("Rob Reader"), 1),
        // Two that nobody has, and one whose account is deleted: it may be somebody else's by now.
        ("Somebody", "signed_in", Some("wrong"), None, 3),
        ("Somebody", "signed_in", Some("wrong"), Some("Ivy Invited"), 1),
        ("Somebody", "limit_reached", Some("asks-for-address"), None, 1),
        ("Uma User", "current_password", Some("wrong"), Some("Uma User"), 1),
        ("Max Manager", "limit_reached", Some("resets-of-person"), None, 1),
        ("Max Manager", "list_downloaded", Some("users"), None, 1),
        ("Ada Admin", "list_downloaded", Some("activity"), None, 2),
        ("Ada Admin", "signed_out", None, None, 1),
    ];
    expected.sort_unstable();
    assert_eq!(all, expected);
    for entry in &found {
        let is_of_stranger = entry.actor_name == "Somebody";
        let network = if is_of_stranger { from } else { "127.0.0.1" };
        assert_eq!(entry.client_address.as_deref(), Some(network), "{entry:?}");
        let is_known = !is_of_stranger || entry.target_id.is_some();
        assert_eq!(entry.company_id.is_some(), is_known, "{entry:?}");
        // What was typed is nowhere.
        assert!(!format!("{entry:?}").contains("typed"), "{entry:?}");
    }

    let lines = logged(from);
    let of = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    assert_eq!(
        (of("sign_in.refused"), of("limit.reached"), lines.len()),
        (5, 1, 6),
        "{lines:#?}"
    );
    assert!(
        lines
            .iter()
            .all(|line| !line.contains("typed") && line.contains("WARN"))
    );
    let rob = format!("user.id={}", app.user_id(ROB).await);
    assert_eq!(of(&rob), 1, "{lines:#?}");
    let signed_in = logged("127.0.0.1");
    for (email, words) in [
        (UMA, "current_password.refused"),
        (MAX, "limit.reached"),
        (MAX, "list.downloaded"),
        (ADA, "signed_out"),
    ] {
        let user = format!("user.id={}", app.user_id(email).await);
        let is_there = |line: &String| line.contains(words) && line.contains(&user);
        assert!(signed_in.iter().any(is_there), "{words} of {email}");
    }
}

#[tokio::test]
async fn f14_ten_within_a_minute_are_one_entry_with_a_count() {
    let app = behind_a_proxy().start().await;
    let from = "198.51.100.18";
    ten_wrong(&app, from, UMA).await;
    told(&app, 10).await;
    let found = entries(&app).await;
    let wrong: Told<'_> = ("Somebody", "signed_in", Some("wrong"), Some("Uma User"), 10);
    assert_eq!(found.iter().map(as_told).collect::<Vec<_>>(), [wrong]);
    // What is not looked at any more is another refusal, and so is the same in the next minute or from elsewhere.
    for _ in 0..7 {
        sign_in_from(&app, from, UMA).await.expect_status(429);
    }
    told(&app, 17).await;
    app.advance(SECOND * 60);
    sign_in_from(&app, from, UMA).await.expect_status(422);
    told(&app, 18).await;
    app.advance(SECOND * 10);
    sign_in_from(&app, "2001:db8:9:8:7::1", UMA).await.expect_status(422);
    told(&app, 19).await;
    app.advance(SECOND * 10);
    sign_in_from(&app, "2001:db8:9:8:6::2", UMA).await.expect_status(422);
    told(&app, 20).await;
    let found = entries(&app).await;
    let counts: Vec<_> = found
        .iter()
        .map(|entry| (entry.detail.as_deref(), entry.client_address.as_deref(), entry.times))
        .collect();
    let (wrong, many) = (Some("wrong"), Some("too-many"));
    let network = Some("2001:db8:9:8::/64");
    let expected = [
        (wrong, Some(from), 10),
        (many, Some(from), 7),
        (wrong, Some(from), 1),
        (wrong, network, 2),
    ];
    assert_eq!(counts, expected);
    assert_eq!(
        app.number("SELECT count(*) FROM activity WHERE repeat_key IS NULL AND times > 1")
            .await,
        0
    );
}

#[tokio::test]
async fn f14_refusals_of_the_role_table_are_counted_too() {
    let app = TestApp::start().await;
    let rob = app.sign_in_as(ROB).await;
    let rob_id = app.user_id(ROB).await;
    let person = user::Entity::find_by_id(rob_id.as_uuid()).one(app.services().db.reader());
    let company = person
        .await
        .expect("the database answers")
        .expect("Rob")
        .company_id
        .to_string();
    let paths = [
        format!("{}/reset", app.page_of(UMA).await),
        format!("{}/reset", app.page_of(MAX).await),
    ];
    for _ in 0..5 {
        for path in &paths {
            rob.post(path, &[("company", &company)]).await.expect_status(403);
        }
    }
    let refused = "SELECT count(*) FROM activity WHERE outcome = 'refused' AND times = 5 AND actor_name = 'Rob Reader'";
    assert_eq!(app.number(refused).await, 2);
    assert_eq!(
        app.number("SELECT count(*) FROM activity WHERE outcome = 'refused'")
            .await,
        2
    );
}

#[tokio::test]
async fn f14_the_persons_page_shows_the_last_ones_to_who_helps() {
    let app = behind_a_proxy().start().await;
    let from = "198.51.100.19";
    ten_wrong(&app, from, UMA).await;
    told(&app, 10).await;
    // She is let in as soon as she would be looked at.
    app.advance(SECOND * 10);
    let (ada, max, uma, rob) = (
        app.sign_in_as(ADA).await,
        app.sign_in_as(MAX).await,
        app.sign_in_as(UMA).await,
        app.sign_in_as(ROB).await,
    );
    let page = app.page_of(UMA).await;
    let words = format!("from {from}: wrong password, 10 times");
    for who in [&ada, &max] {
        let shown = who.get(&page).await.expect_status(200);
        assert!(shown.says("Refused sign-ins") && shown.says(&words), "{}", shown.text());
        assert!(shown.says("24 Nov 2026, 14:32"), "{}", shown.text());
        let others = who.get(&app.page_of(ROB).await).await.expect_status(200);
        assert!(!others.says("Refused sign-ins"), "{}", others.text());
    }
    for who in [&uma, &rob] {
        let shown = who.get(&page).await.expect_status(200);
        assert!(!shown.says("Refused sign-ins") && !shown.says(from), "{}", shown.text());
    }
    // The administrators' list says it in a sentence; no other company's does, and of nobody known none.
    sign_in_from(&app, from, "typed@nowhere.example")
        .await
        .expect_status(422);
    told(&app, 11).await;
    let sentence = "Somebody who is not signed in tried to sign in as Uma User (wrong password): refused, 10 times";
    let list = ada.get("/company?tab=activity").await.expect_status(200);
    assert!(list.says(sentence), "{}", list.text());
    let csv = ada.get("/company/activity.csv").await.expect_status(200).body;
    assert!(
        csv.contains(sentence) && csv.contains(&format!("wrong,{from},10")),
        "{csv}"
    );
    assert_eq!(csv.matches(from).count(), 1, "{csv}");
    let quinn = app.sign_in_as(QUINN).await;
    assert!(!quinn.get("/company/activity.csv").await.body.contains(from));
    assert_eq!(max.get("/company/activity.csv").await.status, 403);
}

#[tokio::test]
async fn f14_a_refusal_costs_the_same_whoever_has_the_address() {
    let mut app = TestApp::start().await;
    app.rest().await;
    let mut costs = Vec::new();
    for email in [UMA, IVY, DEL, "nobody@nowhere.example"] {
        let client = app.client();
        let tries = [422, 422, 422, 429, 429];
        for status in tries {
            let statements = app
                .cost(async {
                    let fields = [("email", email), ("password", WRONG)];
                    client.post("/login", &fields).await.expect_status(status);
                })
                .await;
            costs.push((email, status, statements));
        }
    }
    for (email, status, statements) in &costs {
        let unknown = costs.iter().rfind(|(_, same, _)| same == status).expect("the last one");
        assert_eq!(*statements, unknown.2, "{email} {status}: {costs:?}");
    }
    // Nothing of it is written with the answer: not one statement more than before there was anything to tell.
    assert_eq!(
        app.number("SELECT count(*) FROM activity WHERE outcome = 'refused'")
            .await,
        0
    );
    // Three were wrong and two too many, of each: those of nobody are told together, once nobody has them.
    let waiting = app.services().refusals.take();
    assert_eq!(waiting.iter().map(|(_, seen)| seen.times).sum::<u32>(), 4 * 5);
    assert_eq!(waiting.len(), 3 + 4);
}

#[tokio::test]
async fn f14_what_waits_is_written_when_the_server_stops() {
    let mut app = TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        .start()
        .await;
    let client: Client = app.client();
    let fields = [("email", UMA), ("password", WRONG)];
    client.post("/login", &fields).await.expect_status(422);
    let refused = "SELECT count(*) FROM activity WHERE outcome = 'refused'";
    assert_eq!(app.number(refused).await, 0);
    app.rest().await;
    assert_eq!(app.number(refused).await, 1);
}
