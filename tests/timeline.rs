//! A reset's life step by step, on the person's page and on one's own account.

use rekey::server::mail::recorder::Behaviour;
use scraper::Selector;

use crate::support::people::{MAX, UMA};
use crate::support::{Page, SECOND, TestApp, link_of, password};

const DELAYED: &str = "person02@blueheron.example";
const REPLACED: &str = "person08@blueheron.example";

/// The steps, as text, without their times.
fn steps(page: &Page) -> Vec<String> {
    let step = Selector::parse("ol.steps > li").expect("a selector");
    let time = Selector::parse("time").expect("a selector");
    let steps = page.html();
    let steps = steps.select(&step).map(|step| {
        let at = step.select(&time).next().map(|time| time.text().collect::<String>());
        let words = step.text().collect::<Vec<_>>().concat();
        let words = words.trim_start().trim_start_matches(&at.unwrap_or_default());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    steps.collect()
}

#[tokio::test]
async fn from_the_asking_to_the_new_password() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of(UMA).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.page_says(&max, &page, "Mail accepted").await;
    app.redeem(&link, &password(1)).await.expect_status(303);
    let said = steps(&app.page_says(&max, &page, "Password changed").await);
    assert_eq!(said[0], "Asked for by Max Manager.");
    assert!(
        said.iter()
            .any(|step| step.starts_with("Try 1: the mail server took the mail.")),
        "{said:?}"
    );
    assert_eq!(said.last().map(String::as_str), Some("Uma User set a new password."));
    // As on the own account, which asks from somewhere.
    let uma = app.client();
    let form = uma.get("/login").await.form("Sign in");
    let form = form.fill("Email", UMA).fill("Password", &password(1));
    uma.submit(form).await.expect_status(303);
    assert_eq!(steps(&uma.get("/account").await), said);
    app.ask(UMA).await;
    app.mails_to(UMA, 3).await;
    let own = app.page_says(&uma, "/account", "Mail accepted").await;
    assert_eq!(
        steps(&own)[0],
        "Asked for by Uma User, with Firefox on Linux from 127.0.0.1."
    );
    let row = own.html();
    let earlier = Selector::parse("table[aria-labelledby=earlier] tbody tr").expect("a selector");
    let earlier: Vec<_> = row.select(&earlier).map(|row| row.text().collect::<String>()).collect();
    assert_eq!(earlier.len(), 1);
    assert!(
        earlier[0].contains("Max Manager") && earlier[0].contains("Password changed"),
        "{earlier:?}"
    );
}

#[tokio::test]
async fn what_was_put_off_interrupted_or_refused_says_why_and_the_servers_words() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let delayed = max.get(&app.page_of(DELAYED).await).await.expect_status(200);
    let said = steps(&delayed);
    assert_eq!(said[1], "Try 1: interrupted before an answer was kept.");
    assert!(
        said[2].starts_with("Try 2: put off, mailbox full. Next try planned for "),
        "{said:?}"
    );
    assert!(said[2].ends_with("Server reply452 4.2.2 mailbox full"), "{said:?}");
    let refused = max.get(&app.page_of("person03@blueheron.example").await).await;
    assert!(
        steps(&refused)[1].starts_with("Try 1: refused, no such mailbox."),
        "{}",
        refused.text()
    );
    // Words of a mail server are text, and not without end.
    let long = format!("5.1.1 <b>{}", "xyz ".repeat(500));
    app.execute(&format!(
        "UPDATE tries SET reply_text = '{long}' WHERE verdict = 'refused'"
    ))
    .await;
    let refused = max.get(&app.page_of("person03@blueheron.example").await).await;
    let cut: String = long.chars().take(500).collect();
    assert!(refused.says(cut.trim_end()), "{}", refused.text());
    assert!(!refused.says(&long[..510]) && !refused.body.contains("<b>x"));
    let earlier = max.get(&app.page_of(REPLACED).await).await;
    assert!(earlier.says("Earlier"), "{}", earlier.text());
    assert!(earlier.says("Replaced"));
}

#[tokio::test]
async fn an_outage_is_told_as_a_delay_and_as_a_step() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of(UMA).await;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, UMA).await;
    app.page_says(&max, &page, "Mail delayed").await;
    let now = app.services().clock.now().as_millis();
    let outage = |ended: &str| {
        format!(
            "INSERT INTO outages (id, began_at, ended_at, next_probe_at, reply_stage, reply_code, reply_text) \
             VALUES ({}, {}, {ended}, {}, 'connect', NULL, 'connection refused')",
            app.literal("01980000-0000-7000-8000-0000000000aa"),
            now - 1,
            now + 30_000,
        )
    };
    app.execute(&outage("NULL")).await;
    // Nobody has tried it yet.
    app.execute("UPDATE mails SET state = 'queued' WHERE state = 'deferred' AND attempts = 1")
        .await;
    let said = max.get(&page).await;
    assert!(
        said.says("Mail delayed") && said.says("our mail server does not answer"),
        "{}",
        said.text()
    );
    let open = steps(&said);
    assert!(
        open.iter()
            .any(|step| step.starts_with("The mail server did not answer since ")),
        "{open:?}"
    );
    let list = max.get("/company?tab=resets").await.expect_status(200);
    assert!(list.says("We keep trying."), "{}", list.text());
    let row = list.row("Uma User").expect("a row");
    assert!(
        row.contains(&("State".to_owned(), "Mail delayed".to_owned())),
        "{row:?}"
    );
    let users = max.get("/company?q=uma").await;
    assert!(users.says("Mail delayed"), "{}", users.text());

    app.execute("DELETE FROM outages").await;
    app.execute(&outage(&(now + 1).to_string())).await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    let said = app.page_says(&max, &page, "Mail accepted").await;
    let closed = steps(&said);
    assert!(
        closed
            .iter()
            .any(|step| step.starts_with("The mail server did not answer from ") && step.contains(" to ")),
        "{closed:?}"
    );
}
