//! What is over is kept for a while and then removed (H6), by the server itself while it runs.

use std::time::Duration;

use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::mails::{self, MailKind, NewMail};
use rekey::server::store::users;
use rekey_domain::id::MailId;
use rekey_domain::keeping::KeptFor;
use sea_orm::ConnectionTrait;

use crate::support::people::{MAX, ROB, UMA};
use crate::support::{HOUR, TestApp, link_of, password};

const DAY: Duration = Duration::from_hours(24);
const RESETS: &str = "SELECT count(*) FROM resets";
const ACTIVITY: &str = "SELECT count(*) FROM activity";
/// Everything that hangs on resets and mails.
const HANGING: &str = "SELECT (SELECT count(*) FROM mails) + (SELECT count(*) FROM links) + (SELECT count(*) FROM tries) \
                       + (SELECT count(*) FROM notice_links) + (SELECT count(*) FROM disavowals)";

async fn is_gone(app: &TestApp, what: &str) {
    app.until(&format!("{what} is 0"), async || app.number(what).await == 0)
        .await;
}

#[tokio::test]
async fn h6_resets_go_90_days_after_their_end_and_the_activity_after_a_year() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(1)).await.expect_status(303);
    // Uma's notice.
    app.mails_to(UMA, 2).await;
    // This one is put off until it is too late.
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, ROB).await;
    app.page_says(&max, &app.page_of(ROB).await, "Mail delayed").await;
    app.recorder.set_behaviour(Behaviour::Accept);

    app.advance(89 * DAY + 23 * HOUR);
    let of_two = "SELECT count(*) FROM resets JOIN users ON users.id = resets.user_id \
                  WHERE users.email IN ('uma@blueheron.example', 'rob@blueheron.example')";
    // A sign that the look is over: sessions last 30 days.
    is_gone(&app, "SELECT count(*) FROM sessions").await;
    assert_eq!(app.number(of_two).await, 2);
    let before = app.number(ACTIVITY).await;

    app.advance(DAY);
    is_gone(&app, &format!("{of_two} AND resets.ended_as = 'used'")).await;
    let max = app.sign_in_as(MAX).await;
    let page = max.get(&app.page_of(UMA).await).await.expect_status(200);
    assert!(page.has_button("Reset password"), "{}", page.text());
    // One that expires counts from then: an invitation of the demo is the last.
    app.advance(8 * DAY);
    is_gone(&app, RESETS).await;
    is_gone(&app, HANGING).await;
    assert!(app.number(ACTIVITY).await >= before, "the activity stays");
    let ada = app.sign_in_as("ada@blueheron.example").await;
    for page in [
        "/dashboard",
        "/company?tab=users",
        "/company?tab=resets",
        "/company?tab=activity",
    ] {
        ada.get(page).await.expect_status(200);
    }

    app.advance(366 * DAY);
    is_gone(&app, ACTIVITY).await;
    is_gone(&app, "SELECT count(*) FROM sessions").await;
    assert!(app.number("SELECT count(*) FROM users").await > 0);
}

#[tokio::test]
async fn f16_a_batch_that_was_withdrawn_goes_like_one_that_was_carried_out() {
    let app = TestApp::with()
        .settings(|settings| settings.keeping.resets = KeptFor::days(31).expect("enough"))
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let form = max.get("/company/resets/new").await.form("Check addresses");
    let checked = max.submit(form.fill("Email addresses, one a line", UMA)).await;
    let draft = max.follow(&checked).await;
    let batch = max.submit(draft.form("Send 1 link")).await.location();
    app.page_says(&max, &batch, "1 of 1 accepted.").await;
    let form = max.get(&format!("{batch}/revoke")).await.form("Revoke 1 link");
    max.submit(form).await.expect_status(303);
    let withdrawn = "SELECT count(*) FROM batches WHERE state = 'revoked'";
    app.until("it is withdrawn", async || app.number(withdrawn).await == 1)
        .await;
    app.advance(30 * DAY + HOUR);
    is_gone(&app, "SELECT count(*) FROM sessions").await;
    assert_eq!(app.number(withdrawn).await, 1, "it is kept as long as others");
    app.advance(3 * DAY);
    is_gone(
        &app,
        "SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM batch_lines)",
    )
    .await;
}

#[tokio::test]
async fn h6_a_batch_goes_with_its_resets_and_more_than_one_round_can_take() {
    let app = TestApp::with()
        .settings(|settings| settings.keeping.resets = KeptFor::days(31).expect("enough"))
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let form = max.get("/company/resets/new").await.form("Check addresses");
    let checked = max.submit(form.fill("Email addresses, one a line", UMA)).await;
    let draft = max.follow(&checked).await;
    max.submit(draft.form("Send 1 link")).await.expect_status(303);
    app.mail_to(UMA).await;
    // Notices of long ago, more than one round removes.
    let services = app.services();
    let tx = services.db.begin_write().await.expect("the database takes it");
    let uma = users::find(&tx, app.user_id(UMA).await)
        .await
        .expect("the database answers")
        .expect("she is there");
    for number in 0..450_u32 {
        let [a, b, c, d] = number.to_be_bytes();
        let now = services.clock.now();
        let id = MailId::mint(now, [0, 0, 0, 0, 0, 0, a, b, c, d]);
        let notice = NewMail::notice(id, MailKind::PasswordChanged, &uma, String::new(), now);
        mails::insert(&tx, notice).await.expect("it is taken");
    }
    // Before a sender can see them.
    tx.execute_unprepared("UPDATE mails SET state = 'dropped', settled_at = created_at WHERE reset_id IS NULL")
        .await
        .expect("they are settled");
    tx.commit().await.expect("it is kept");
    app.advance(30 * DAY + HOUR);
    is_gone(&app, "SELECT count(*) FROM sessions").await;
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 1);
    app.advance(3 * DAY);
    is_gone(&app, "SELECT count(*) FROM mails WHERE reset_id IS NULL").await;
    is_gone(
        &app,
        "SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM batch_lines)",
    )
    .await;
}
