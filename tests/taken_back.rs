//! An account that is taken back, or deleted, keeps nothing alive that somebody else has begun with it: F7 and F9.

use rekey::server::mail::recorded::ReadMail;
use rekey::server::service::people::operator_delete_user::operator_delete_user;
use rekey_domain::email::Email;

use crate::support::people::{MAX, UMA};
use crate::support::{Client, HOUR, PASSWORD, Page, SECOND, TestApp, link_of, not_me_of, password};

const THIEF: &str = "thief@evil.example";
const NEW: &str = "uma@new.example";
const OPEN_CHANGES: &str = "SELECT count(*) FROM email_changes WHERE ended_at IS NULL";
const CANCELLED: &str = "SELECT count(*) FROM activity WHERE action = 'email_cancelled' AND outcome = 'granted'";

/// The newest link in the mails to somebody whose path begins so.
async fn newest(app: &TestApp, to: &str, path: &str) -> String {
    let is_it = |mail: &ReadMail| mail.links.iter().find(|link| link.contains(path)).cloned();
    app.until(&format!("{to} has a link {path}"), async || {
        app.mails_to(to, 1).await.iter().any(|mail| is_it(mail).is_some())
    })
    .await;
    let all = app.mails_to(to, 1).await;
    all.iter().rev().find_map(is_it).expect("such a link")
}

/// Somebody who knows Uma's password signs in as her and enters an address of their own.
struct Intruded {
    app: TestApp,
    thief: Client,
    confirm: String,
}

impl Intruded {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let thief = app.sign_in_as(UMA).await;
        enter_own(&thief, THIEF, PASSWORD).await;
        let confirm = newest(&app, THIEF, "/confirm-email/").await;
        app.client().get(&confirm).await.expect_status(200);
        Self { app, thief, confirm }
    }

    /// Neither the session nor the address leads into the account any more.
    async fn is_over(&self) {
        self.thief.get("/dashboard").await.expect_status(303);
        self.app.client().get(&self.confirm).await.expect_status(410);
        self.app.client().post(&self.confirm, &[]).await.expect_status(410);
        assert_eq!(self.app.number(OPEN_CHANGES).await, 0);
        self.app.whole_tick().await;
        assert_eq!(emails_of_uma(&self.app).await, [UMA]);
    }
}

async fn enter_own(browser: &Client, new: &str, password: &str) {
    let form = browser.get("/account").await.expect_status(200).form("Save details");
    let form = form.fill("Email", new).fill("Current password", password);
    browser.submit(form).await.expect_status(303);
}

/// Max enters a new address for Uma, and it is confirmed there.
async fn enter_and_confirm(app: &TestApp) {
    let max = app.sign_in_as(MAX).await;
    let form = max.get(&app.page_of(UMA).await).await.form("Save details");
    max.submit(form.fill("Email", NEW)).await.expect_status(303);
    let confirm = newest(app, NEW, "/confirm-email/").await;
    press(app, &confirm, "Confirm this address").await;
    app.mail_is_out().await;
}

/// Opens a link in a fresh browser, presses its button, and goes where that leads.
async fn press(app: &TestApp, link: &str, button: &str) -> Page {
    let browser = app.client();
    let form = browser.get(link).await.expect_status(200).form(button);
    let answer = browser.submit(form).await.expect_status(303);
    browser.follow(&answer).await.expect_status(200)
}

async fn set_own_password(browser: &Client, current: &str, new: &str) {
    let form = browser.get("/account/password").await.form("Change password");
    let form = form.fill("Current password", current).fill("New password", new);
    browser.submit(form).await.expect_status(303);
}

async fn emails_of_uma(app: &TestApp) -> Vec<String> {
    app.words("SELECT email FROM users WHERE name = 'Uma User'", 0).await
}

fn words(mail: &ReadMail) -> String {
    mail.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn f7_a_reset_ends_the_new_address_that_somebody_with_the_password_entered() {
    let intruded = Intruded::new().await;
    let app = &intruded.app;
    app.ask(UMA).await;
    let link = newest(app, UMA, "/reset-password/").await;
    app.redeem(&link, &password(1)).await.expect_status(303);
    intruded.is_over().await;
    assert_eq!(app.number(CANCELLED).await, 1, "it is noted");
    let told = "The new email thief@evil.example, which did not count yet, is cancelled.";
    app.until("the owner is told", async || {
        app.mails_to(UMA, 1).await.iter().any(|mail| words(mail).contains(told))
    })
    .await;
    assert!(app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn f7_a_changed_password_ends_the_new_address_that_somebody_with_the_password_entered() {
    let intruded = Intruded::new().await;
    let app = &intruded.app;
    let uma = app.sign_in_as(UMA).await;
    set_own_password(&uma, PASSWORD, &password(1)).await;
    intruded.is_over().await;
    assert_eq!(app.number(CANCELLED).await, 1, "it is noted");
    assert!(!uma.get("/account").await.expect_status(200).says(THIEF));
}

#[tokio::test]
async fn f7_this_was_not_me_about_a_link_ends_what_somebody_with_the_password_has_begun() {
    let intruded = Intruded::new().await;
    let app = &intruded.app;
    app.ask(UMA).await;
    let (link, not_me) = (
        newest(app, UMA, "/reset-password/").await,
        newest(app, UMA, "/not-me").await,
    );
    let browser = app.client();
    let form = browser.get(&not_me).await.form("Withdraw link");
    let answer = browser.submit(form.choose("I did not ask for this")).await;
    browser.follow(&answer.expect_status(303)).await.expect_status(200);
    intruded.is_over().await;
    app.client().get(&link).await.expect_status(410);
    assert!(
        app.signs_in(UMA, PASSWORD).await,
        "nobody said anything of the password"
    );
}

#[tokio::test]
async fn f7_a_link_that_is_not_needed_ends_nothing_else() {
    let intruded = Intruded::new().await;
    let app = &intruded.app;
    app.ask(UMA).await;
    let not_me = newest(app, UMA, "/not-me").await;
    let form = app.client().get(&not_me).await.form("Withdraw link");
    let answer = app.client().submit(form.choose("I do not need it any more")).await;
    answer.expect_status(303);
    intruded.thief.get("/dashboard").await.expect_status(200);
    assert_eq!(app.number(OPEN_CHANGES).await, 1);
}

#[tokio::test]
async fn f7_this_was_not_me_about_a_changed_password_ends_the_password_and_all_that_was_begun() {
    let app = TestApp::start().await;
    let thief = app.sign_in_as(UMA).await;
    set_own_password(&thief, PASSWORD, &password(1)).await;
    let notice = app.mail_to(UMA).await;
    enter_own(&thief, THIEF, &password(1)).await;
    let confirm = newest(&app, THIEF, "/confirm-email/").await;
    let intruded = Intruded { app, thief, confirm };
    let app = &intruded.app;
    app.ask(UMA).await;
    let link = newest(app, UMA, "/reset-password/").await;

    let browser = app.client();
    let form = browser
        .get(&not_me_of(&notice))
        .await
        .form("Sign out all my devices")
        .choose("Yes, this was not me");
    let answer = browser.submit(form).await.expect_status(303);
    let done = browser.follow(&answer).await.expect_status(200);
    assert!(done.says("The password does not work any more."), "{}", done.text());
    intruded.is_over().await;
    app.client().get(&link).await.expect_status(410);
    for known in [PASSWORD.to_owned(), password(1)] {
        assert!(!app.signs_in(UMA, &known).await, "whoever knows it is out");
    }
    // The way back is the owner's mailbox.
    app.ask(UMA).await;
    app.until("a new link has come", async || {
        newest(app, UMA, "/reset-password/").await != link
    })
    .await;
    let link = newest(app, UMA, "/reset-password/").await;
    app.redeem(&link, &password(2)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(2)).await);
}

#[tokio::test]
async fn f7_stopping_what_somebody_with_the_password_entered_puts_them_out() {
    for counts_already in [false, true] {
        let intruded = Intruded::new().await;
        let app = &intruded.app;
        let stop = newest(app, UMA, "/stop-email/").await;
        if counts_already {
            press(app, &intruded.confirm, "Confirm this address").await;
            assert_eq!(emails_of_uma(app).await, [THIEF]);
        }
        let done = press(app, &stop, "Stop this change").await;
        assert!(done.says("All your devices are signed out."), "{}", done.text());
        assert_eq!(done.link("Forgot password?"), "/reset-password");
        intruded.is_over().await;
        for email in [UMA, THIEF] {
            assert!(!app.signs_in(email, PASSWORD).await, "{email}, {counts_already}");
        }
        app.ask(UMA).await;
        let link = newest(app, UMA, "/reset-password/").await;
        app.redeem(&link, &password(1)).await.expect_status(303);
        assert!(app.signs_in(UMA, &password(1)).await);
    }
}

#[tokio::test]
async fn f7_a_reset_ends_what_a_manager_entered_too() {
    let app = TestApp::start().await;
    enter_and_confirm(&app).await;
    app.ask(UMA).await;
    let link = newest(&app, UMA, "/reset-password/").await;
    app.redeem(&link, &password(1)).await.expect_status(303);
    app.advance(HOUR * 25);
    app.whole_tick().await;
    assert_eq!(emails_of_uma(&app).await, [UMA]);
    assert!(app.signs_in(UMA, &password(1)).await);
}

/// What is left of an account that was deleted.
async fn left_of_uma(app: &TestApp) -> Vec<i64> {
    let id = app.literal(&app.user_id(UMA).await.to_string());
    let mut left = Vec::new();
    for table in [
        "users WHERE password_hash IS NOT NULL AND id",
        "sessions WHERE user_id",
        "resets WHERE ended_at IS NULL AND user_id",
        "email_changes WHERE ended_at IS NULL AND user_id",
        "grants WHERE user_id",
        "mails WHERE kind IN ('reset', 'confirm_email') AND state IN ('queued', 'deferred') AND user_id",
    ] {
        left.push(app.number(&format!("SELECT count(*) FROM {table} = {id}")).await);
    }
    left
}

#[tokio::test]
async fn f9_whoever_deletes_an_account_no_open_change_rewrites_it_later() {
    for by_operator in [true, false] {
        let app = TestApp::start().await;
        enter_and_confirm(&app).await;
        app.sign_in_as(UMA).await;
        let max = app.sign_in_as(MAX).await;
        app.trigger(&max, UMA).await;
        if by_operator {
            let email = Email::parse(UMA).expect("an address");
            let deleted = operator_delete_user(app.services(), &email).await;
            assert_eq!(deleted.expect("it is deleted"), app.user_id(UMA).await);
        } else {
            let page = format!("{}/delete", app.page_of(UMA).await);
            let form = max.get(&page).await.form("Delete user");
            max.submit(form).await.expect_status(303);
        }
        let under_way = "SELECT count(*) FROM mails WHERE state = 'sending'";
        app.until("nothing is under way", async || app.number(under_way).await == 0)
            .await;
        assert_eq!(left_of_uma(&app).await, [0; 6], "by the operator: {by_operator}");
        app.advance(HOUR * 25);
        app.whole_tick().await;
        assert_eq!(emails_of_uma(&app).await, [UMA], "by the operator: {by_operator}");
        let ended = app.words("SELECT ended_as FROM email_changes", 0).await;
        assert_eq!(ended, ["cancelled"], "by the operator: {by_operator}");
    }
}

#[tokio::test]
async fn f9_a_change_that_was_left_open_never_touches_a_deleted_account() {
    let app = TestApp::start().await;
    enter_and_confirm(&app).await;
    // As an earlier version left it.
    app.execute(
        "UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = 'uma@blueheron.example'",
    )
    .await;
    app.advance(HOUR * 25);
    app.until("it has ended", async || app.number(OPEN_CHANGES).await == 0)
        .await;
    assert_eq!(emails_of_uma(&app).await, [UMA]);
    app.advance(SECOND);
    let max = app.sign_in_as(MAX).await;
    let form = max.get(&format!("{}/restore", app.page_of(UMA).await)).await;
    max.submit(form.form("Restore user")).await.expect_status(303);
    let link = newest(&app, UMA, "/reset-password/").await;
    assert!(link_of(&app.mail_to(UMA).await) == link);
}
