//! **Revoke**, **Send again**, and following a reset while one looks: cases G8, A7, E4.

use std::time::Duration;

use rekey::server::mail::recorder::Behaviour;

use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, Page, SECOND, TestApp, link_of, password};

const DROPPED: &str = "SELECT count(*) FROM mails WHERE state = 'dropped'";
const NOTED: &str = "SELECT count(*) FROM activity WHERE action = 'links_revoked' AND outcome = 'granted'";

async fn press(client: &Client, page: &str, button: &str) -> Page {
    let answer = client
        .submit(client.get(page).await.form(button))
        .await
        .expect_status(303);
    client.follow(&answer).await
}

#[tokio::test]
async fn revoke_ends_every_living_link_and_says_who() {
    let app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    let page = app.page_of(UMA).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.page_says(&ada, &page, "Mail accepted").await;
    let form = max.get(&page).await.form("Revoke");
    let said = press(&ada, &page, "Revoke").await;
    assert!(said.says("No link for Uma User works any more."), "{}", said.text());
    assert!(said.says("Withdrawn by Ada Admin on"), "{}", said.text());
    assert!(!said.has_button("Revoke") && said.has_button("Send again"));
    let dead = app.client().get(&link).await.expect_status(410);
    assert_eq!(dead.heading(), "This link was withdrawn");
    let refused = app.client().post(&link, &[("new_password", &password(1))]).await;
    assert_eq!(refused.status, 410);
    // The other page still has the button: nothing more happens.
    max.submit(form).await.expect_status(303);
    assert_eq!(app.number(NOTED).await, 1);
    assert!(max.get(&page).await.says("Withdrawn by Ada Admin"));
}

#[tokio::test]
async fn g8_what_is_revoked_while_it_waits_is_not_sent() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of(UMA).await;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, UMA).await;
    app.page_says(&max, &page, "Mail delayed").await;
    let before = app.number(DROPPED).await;
    press(&max, &page, "Revoke").await;
    assert_eq!(app.number(DROPPED).await, before + 1);
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(60 * SECOND);
    // A later one goes, and is the only one.
    press(&max, &page, "Send again").await;
    let link = link_of(&app.mail_to(UMA).await);
    assert_eq!(app.recorder.mails().iter().filter(|mail| mail.to == [UMA]).count(), 1);
    app.redeem(&link, &password(1)).await.expect_status(303);
    let said = app.page_says(&max, &page, "Password changed").await;
    assert!(!said.has_button("Send again") && !said.has_button("Revoke"));
}

#[tokio::test]
async fn g8_what_is_revoked_while_its_mail_is_on_the_wire_is_not_tried_again() {
    let app = TestApp::with().smtp_limit(SECOND).start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::HangAfterData);
    app.ask(UMA).await.expect_status(303);
    app.until("the mail is on the wire", async || {
        app.number("SELECT count(*) FROM mails WHERE state = 'sending'").await == 1
    })
    .await;
    let page = app.page_of(UMA).await;
    press(&max, &page, "Revoke").await;
    // The clock stands: what is put off would wait for its next try.
    app.until("it is dropped", async || app.number(DROPPED).await == 1)
        .await;
    app.page_says(&max, &page, "Withdrawn by Max Manager").await;
    // It took no place of her address (C1): three may be asked for at once.
    for _ in 0..3 {
        app.ask(UMA).await.expect_status(303);
    }
    app.ask(UMA).await.expect_status(429);
}

#[tokio::test]
async fn a7_send_again_replaces_once_its_own_mail_is_accepted() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of(UMA).await;
    app.trigger(&max, UMA).await;
    let first = link_of(&app.mail_to(UMA).await);
    app.page_says(&max, &page, "Mail accepted").await;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.advance(SECOND);
    press(&max, &page, "Send again").await;
    app.page_says(&max, &page, "Mail delayed").await;
    app.client().get(&first).await.expect_status(200);
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    app.page_says(&max, &page, "Replaced").await;
    let dead = app.client().get(&first).await.expect_status(410);
    assert_eq!(dead.heading(), "A newer link was sent");
}

/// What a page asks with, and what it is told: nothing, or the newest state.
async fn ask(client: &Client, id: &str, stamp: &str) -> Option<(String, String)> {
    let answer = client
        .get(&format!("/api/resets-since?id={id}&stamp={stamp}"))
        .await
        .expect_status(200);
    answer.news().map(|news| (news.stamp, news.shown.state()))
}

#[tokio::test]
async fn a_page_is_told_what_changed_and_nothing_else() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let id = app.user_id(UMA).await.to_string();
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, UMA).await;
    let page = app.page_of(UMA).await;
    app.page_says(&max, &page, "Mail delayed").await;
    let (delayed, headline) = ask(&max, &id, "").await.expect("the newest state");
    assert_eq!(headline, "delayed");
    assert_eq!(ask(&max, &id, &delayed).await, None);
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    app.page_says(&max, &page, "Mail accepted").await;
    let (accepted, headline) = ask(&max, &id, &delayed).await.expect("a change");
    assert_eq!(headline, "accepted");
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(1)).await.expect_status(303);
    let (_, headline) = ask(&max, &id, &accepted).await.expect("a change");
    assert_eq!(headline, "used");
}

#[tokio::test]
async fn a_question_costs_five_statements() {
    let mut app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let id = app.user_id(UMA).await.to_string();
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, UMA).await;
    app.page_says(&max, &app.page_of(UMA).await, "Mail delayed").await;
    let (delayed, _) = ask(&max, &id, "").await.expect("the newest state");
    app.rest().await;
    // The session, the person, the resets, and while a mail waits its tries and outages.
    let cost = app
        .cost(async { assert_eq!(ask(&max, &id, &delayed).await, None) })
        .await;
    assert!(cost <= 5, "{cost} statements");
}

#[tokio::test]
async fn e4_following_is_no_activity() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let id = app.user_id(UMA).await.to_string();
    let minutes = |count: u64| Duration::from_secs(count * 60);
    for _ in 0..2 {
        app.advance(minutes(14));
        ask(&max, &id, "").await;
    }
    app.advance(minutes(3));
    max.get(&format!("/api/resets-since?id={id}&stamp="))
        .await
        .expect_status(401);
}
