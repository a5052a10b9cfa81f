//! Chains of acts, each of which is allowed, at whose end a manager would have the account of their equal or their better
//! (D8). What is refused at the first step is in `people`.

use rekey::server::service::change_administrator::{grant_administrator, revoke_administrator};
use rekey_domain::email::Email;
use rekey_domain::role::Role;

use crate::support::{Client, HOUR, PASSWORD, Page, TestApp, link_of};

const ADA: &str = "ada@blueheron.example";
const MAX: &str = "max@blueheron.example";
const UMA: &str = "uma@blueheron.example";
const MINE: &str = "max@elsewhere.example";

fn address(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

async fn page_of(app: &TestApp, reader: &Client, email: &str) -> Page {
    reader.get(&app.page_of(email).await).await.expect_status(200)
}

/// A manager enters an address of their own for somebody below, and confirms it there.
async fn enter_mine(app: &TestApp, max: &Client, email: &str) {
    let form = page_of(app, max, email).await.form("Save details").fill("Email", MINE);
    max.submit(form).await.expect_status(303);
    let mail = app.mail_to(MINE).await;
    let link = mail.links.iter().find(|link| link.contains("/confirm-email/"));
    let link = link.expect("the link to confirm it");
    let form = app.client().get(link).await.form("Confirm this address");
    app.client().submit(form).await.expect_status(303);
}

/// Ada gives somebody a role.
async fn give(app: &TestApp, email: &str, role: &str) {
    let ada = app.sign_in_as(ADA).await;
    let form = page_of(app, &ada, email).await.form("Save role").choose(role);
    ada.submit(form).await.expect_status(303);
}

async fn cancelled(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM activity WHERE action = 'email_cancelled' AND outcome = 'granted'")
        .await
}

/// A day later: whose address it is.
async fn a_day_later(app: &TestApp) -> bool {
    app.advance(HOUR * 25);
    // A tick that would settle it has been, once somebody else's ask is resolved.
    app.ask("nobody@nowhere.example").await;
    app.until("the ask is resolved", async || {
        app.number("SELECT count(*) FROM asks").await == 0
    })
    .await;
    app.signs_in(MINE, PASSWORD).await
}

#[tokio::test]
async fn d8_an_address_entered_for_somebody_below_is_not_that_of_the_administrator_they_become() {
    for by_operator in [true, false] {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        enter_mine(&app, &max, UMA).await;
        if by_operator {
            let granted = grant_administrator(app.services(), &address(UMA)).await;
            assert_eq!(granted.expect("it is granted").role, Role::Administrator);
        } else {
            give(&app, UMA, "Manager").await;
        }
        assert_eq!(cancelled(&app).await, 1, "it is noted");
        let page = page_of(&app, &app.sign_in_as(ADA).await, UMA).await;
        assert!(!page.says(MINE), "{}", page.text());
        assert!(!a_day_later(&app).await, "by the operator: {by_operator}");
        assert!(app.signs_in(UMA, PASSWORD).await);
        // The reset that a manager may trigger goes to the owner.
        let max = app.sign_in_as(MAX).await;
        app.trigger(&max, UMA).await;
        app.mails_to(UMA, 2).await;
        assert_eq!(app.mails_to(MINE, 1).await.len(), 1, "the one to confirm it");
    }
}

#[tokio::test]
async fn ones_own_new_address_and_one_of_somebody_lowered_go_on() {
    let app = TestApp::start().await;
    // Entered by Ada, for a manager who is lowered: she is above both.
    let ada = app.sign_in_as(ADA).await;
    enter_mine(&app, &ada, MAX).await;
    give(&app, MAX, "User").await;
    assert!(a_day_later(&app).await);
    // One's own waits for nobody's rise.
    let uma = app.sign_in_as(UMA).await;
    let form = uma.get("/account").await.form("Save details");
    let form = form.fill("Email", "uma@new.example").fill("Current password", PASSWORD);
    uma.submit(form).await.expect_status(303);
    give(&app, UMA, "Manager").await;
    assert_eq!(cancelled(&app).await, 0);
    let mail = app.mail_to("uma@new.example").await;
    let link = mail.links.iter().find(|link| link.contains("/confirm-email/"));
    let form = app
        .client()
        .get(link.expect("a link"))
        .await
        .form("Confirm this address");
    app.client().submit(form).await.expect_status(303);
    assert!(app.signs_in("uma@new.example", PASSWORD).await);
}

#[tokio::test]
async fn d8_a_deleted_administrator_is_restored_by_no_manager_and_their_address_brings_nothing_back() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let ada_page = app.page_of(ADA).await;
    let company = page_of(&app, &max, UMA).await.form("Sign out everywhere");
    let company = company
        .fields()
        .next()
        .map(|(_, id)| id.to_owned())
        .expect("the company");
    app.execute(&format!(
        "UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = '{ADA}'"
    ))
    .await;
    max.get(&format!("{ada_page}/restore")).await.expect_status(403);
    for email in [None, Some(ADA), Some(MINE)] {
        let mut fields = vec![("company", company.as_str())];
        fields.extend(email.map(|email| ("email", email)));
        max.post(&format!("{ada_page}/restore"), &fields)
            .await
            .expect_status(403);
    }
    let fields = [
        ("company", company.as_str()),
        ("role", "user"),
        ("was_role", "administrator"),
    ];
    max.post(&ada_page, &fields).await.expect_status(403);
    // Her address is free: whoever gets it is somebody new.
    let form = max.get("/company/users/new").await.form("Create user and send link");
    let form = form.fill("Name", "Ada Admin").fill("Email", ADA);
    max.submit(form).await.expect_status(303);
    let roles = app
        .words(
            &format!("SELECT role FROM users WHERE email_key = '{ADA}' ORDER BY created_at"),
            0,
        )
        .await;
    assert_eq!(roles, ["administrator", "user"]);
    let still =
        "SELECT count(*) FROM users WHERE role = 'administrator' AND deleted_at IS NOT NULL AND password_hash IS NULL";
    assert_eq!(app.number(still).await, 1);
}

#[tokio::test]
async fn d8_a_link_that_a_manager_asked_for_is_the_owners_whatever_the_role_becomes() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let granted = grant_administrator(app.services(), &address(UMA)).await;
    granted.expect("it is granted");
    // Max sees no link, and edits her no more, also not with a form from before.
    let page = page_of(&app, &max, UMA).await;
    assert!(!page.body.contains("/reset-password/") && !page.has_button("Save details"));
    app.client().get(&link).await.expect_status(200);
    let lowered = revoke_administrator(app.services(), &address(UMA), Role::User).await;
    assert_eq!(lowered.expect("it is taken").role, Role::User);
}
