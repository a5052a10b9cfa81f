//! Chains of acts, each of which is allowed, at whose end a manager would have the account of their equal or their better
//! (D8). What is refused at the first step is in `people`.

use rekey::server::mail::recorder::Behaviour;
use rekey::server::service::people::change_administrator::{grant_administrator, revoke_administrator};
use rekey_domain::email::Email;
use rekey_domain::role::Role;

use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, HOUR, PASSWORD, Page, TestApp, link_of, password};

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
    // The day begins when the old address is told.
    app.mail_is_out().await;
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
    app.whole_tick().await;
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

/// Somebody's page, whoever has its address now.
async fn page_at(reader: &Client, path: &str) -> Page {
    reader.get(path).await.expect_status(200)
}

/// Opens a page that asks, presses its button, and goes where that leads.
async fn asked(actor: &Client, path: &str, button: &str, email: Option<&str>) -> Page {
    let mut form = actor.get(path).await.expect_status(200).form(button);
    if let Some(email) = email {
        form = form.fill("Email", email);
    }
    let answer = actor.submit(form).await.expect_status(303);
    actor.follow(&answer).await.expect_status(200)
}

/// The link in the newest mail about a new address.
async fn about_email(app: &TestApp, to: &str, root: &str) -> String {
    let is_it = |link: &&String| link.contains(root);
    app.until(&format!("{to} has a link {root}"), async || {
        app.mails_to(to, 1)
            .await
            .iter()
            .any(|mail| mail.links.iter().any(|link| is_it(&link)))
    })
    .await;
    let all = app.mails_to(to, 1).await;
    let found = all.iter().rev().find_map(|mail| mail.links.iter().find(is_it));
    found.expect("a link").clone()
}

async fn press(app: &TestApp, link: &str, button: &str) -> Page {
    asked(&app.client(), link, button, None).await
}

/// Whether a link to set a password went to this address.
async fn got_a_link(app: &TestApp, to: &str) -> bool {
    let sent = format!("SELECT count(*) FROM mails WHERE kind = 'reset' AND recipient = '{to}'");
    app.number(&sent).await > 0
}

#[tokio::test]
async fn f5_who_was_deleted_and_restored_is_not_had_by_correcting_the_address() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let uma = app.page_of(UMA).await;
    asked(&max, &format!("{uma}/delete"), "Delete user", None).await;
    asked(&max, &format!("{uma}/restore"), "Restore user", None).await;
    let own = app.mail_to(UMA).await;
    assert!(own.subject.ends_with("your account is back"), "{}", own.subject);

    let page = page_at(&max, &uma).await;
    assert!(
        page.says("at the earliest 24 hours after the old one was told"),
        "{}",
        page.text()
    );
    let form = page.form("Save details").fill("Email", MINE);
    let answer = max.submit(form).await.expect_status(303);
    let page = max.follow(&answer).await;
    assert!(
        page.says("New email max@elsewhere.example, not confirmed yet"),
        "{}",
        page.text()
    );
    assert_eq!(page.value_of("Email"), UMA, "it does not count yet");
    let told = about_email(&app, UMA, "/stop-email/").await;
    press(
        &app,
        &about_email(&app, MINE, "/confirm-email/").await,
        "Confirm this address",
    )
    .await;
    app.ask(MINE).await;
    app.trigger(&max, UMA).await;
    app.whole_tick().await;
    assert!(!got_a_link(&app, MINE).await);
    // Her own link still works, and is the end of it.
    app.client().get(&told).await.expect_status(200);
    let links: Vec<_> = app.mails_to(UMA, 3).await;
    let newest = links
        .iter()
        .rev()
        .find(|mail| mail.links.iter().any(|link| link.contains("/reset-password/")));
    app.redeem(&link_of(newest.expect("a link")), &password(1))
        .await
        .expect_status(303);
    assert!(!a_day_later(&app).await);
    assert!(!got_a_link(&app, MINE).await);
    assert!(app.signs_in(UMA, &password(1)).await);
}

/// Uma is deleted, somebody new has her address, and Max restores her with an address of his. Her page.
async fn restored_elsewhere(app: &TestApp, max: &Client) -> String {
    let uma = app.page_of(UMA).await;
    asked(max, &format!("{uma}/delete"), "Delete user", None).await;
    let form = max.get("/company/users/new").await.form("Create user and send link");
    max.submit(form.fill("Name", "Una Other").fill("Email", UMA))
        .await
        .expect_status(303);
    let asks = page_at(max, &format!("{uma}/restore")).await;
    assert!(
        asks.says("at the earliest 24 hours after the old one was told"),
        "{}",
        asks.text()
    );
    let page = asked(max, &format!("{uma}/restore"), "Restore user", Some(MINE)).await;
    let told = "Uma User comes back once the new email is confirmed";
    assert!(
        page.region("Done").is_some_and(|done| done.contains(told)),
        "{}",
        page.text()
    );
    assert!(page.says("Deleted"), "{}", page.text());
    assert!(
        page.says("Comes back with the new email max@elsewhere.example, not confirmed yet"),
        "{}",
        page.text()
    );
    uma
}

#[tokio::test]
async fn f5_who_is_restored_with_another_address_comes_back_when_the_old_one_was_told_a_day_before() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let uma = restored_elsewhere(&app, &max).await;
    let stop = about_email(&app, UMA, "/stop-email/").await;
    app.mail_is_out().await;
    let mails = app.mails_to(UMA, 2).await;
    let notice = mails
        .iter()
        .find(|mail| mail.subject.ends_with("your email is about to change"));
    let words = notice.expect("the notice").text.replace('\n', " ");
    let said = "wants to bring your deleted account back with a new email";
    assert!(words.contains(said) && words.contains(MINE), "{words}");
    press(
        &app,
        &about_email(&app, MINE, "/confirm-email/").await,
        "Confirm this address",
    )
    .await;
    let page = page_at(&max, &uma).await;
    assert!(
        page.says("max@elsewhere.example from Wed 25 Nov, 14:3"),
        "{}",
        page.text()
    );
    app.ask(MINE).await;
    app.advance(HOUR * 23);
    app.whole_tick().await;
    assert!(!got_a_link(&app, MINE).await, "not within the day");
    app.advance(HOUR);
    app.until("she is back", async || got_a_link(&app, MINE).await).await;
    let mail = app.mails_to(MINE, 2).await.remove(1);
    assert!(mail.subject.ends_with("your account is back"), "{}", mail.subject);
    assert!(
        mail.text
            .replace('\n', " ")
            .contains("Max Manager, manager at Blue Heron Logistics,")
    );
    let max = app.sign_in_as(MAX).await;
    let page = page_at(&max, &uma).await;
    assert!(page.says("Invited") && page.says(MINE), "{}", page.text());

    // Whoever reads the old mailbox still undoes it.
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(MINE, &password(1)).await);
    let asks = page_at(&app.client(), &stop).await;
    assert!(
        asks.says("The account stays deleted, or is deleted again."),
        "{}",
        asks.text()
    );
    let done = press(&app, &stop, "Stop this change").await;
    assert!(done.says("The account stays deleted."), "{}", done.text());
    assert!(!app.signs_in(MINE, &password(1)).await);
    let page = page_at(&max, &uma).await;
    assert!(
        page.says("Deleted") && page.says(UMA) && !page.says(MINE),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn f5_restoring_with_another_address_is_stopped_and_cancelled() {
    for by_owner in [true, false] {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        let uma = restored_elsewhere(&app, &max).await;
        let confirm = about_email(&app, MINE, "/confirm-email/").await;
        if by_owner {
            let stop = about_email(&app, UMA, "/stop-email/").await;
            press(&app, &confirm, "Confirm this address").await;
            press(&app, &stop, "Stop this change").await;
        } else {
            let form = page_at(&max, &uma).await.form("Cancel new email");
            max.submit(form).await.expect_status(303);
            app.client().get(&confirm).await.expect_status(410);
        }
        app.advance(HOUR * 25);
        app.whole_tick().await;
        assert!(!got_a_link(&app, MINE).await);
        let max = app.sign_in_as(MAX).await;
        let page = page_at(&max, &uma).await;
        assert!(page.says("Deleted") && !page.says(MINE), "{}", page.text());
    }
}

#[tokio::test]
async fn f5_who_gets_the_own_address_back_needs_no_other() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let uma = restored_elsewhere(&app, &max).await;
    press(
        &app,
        &about_email(&app, MINE, "/confirm-email/").await,
        "Confirm this address",
    )
    .await;
    // The one who has it is deleted again.
    let id = app
        .words(
            "SELECT name FROM users WHERE name = 'Una Other' AND deleted_at IS NULL",
            0,
        )
        .await;
    assert_eq!(id.len(), 1);
    let list = max.get("/company?tab=users&q=una").await;
    let una = list.link("Una Other");
    let una = una.split('?').next().unwrap_or_default().to_owned();
    asked(&max, &format!("{una}/delete"), "Delete user", None).await;
    let page = asked(&max, &format!("{uma}/restore"), "Restore user", None).await;
    assert!(page.says("Uma User is restored."), "{}", page.text());
    assert!(!a_day_later(&app).await);
    assert!(!got_a_link(&app, MINE).await);
}

#[tokio::test]
async fn f5_the_day_begins_when_the_old_address_is_told() {
    // As the mail server may have left the notice, and whether that is the end of its tries.
    for (state, tells) in [("deferred", None), ("refused", Some(true)), ("dropped", Some(false))] {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        let uma = app.page_of(UMA).await;
        let form = page_at(&max, &uma).await.form("Save details").fill("Email", MINE);
        max.submit(form).await.expect_status(303);
        let confirm = about_email(&app, MINE, "/confirm-email/").await;
        about_email(&app, UMA, "/stop-email/").await;
        app.mail_is_out().await;
        // The database lets no settled mail wait again; here one has never been settled.
        let table = if app.is_on_sqlite() { "" } else { " ON mails" };
        app.execute(&format!("DROP TRIGGER mails_settled_stay{table}")).await;
        let settled = if tells.is_some() { "settled_at" } else { "NULL" };
        let tried = (crate::support::START + HOUR * 30).as_millis();
        app.execute(&format!(
            "UPDATE mails SET state = '{state}', settled_at = {settled}, next_try_at = {tried} WHERE kind = 'email_changing'"
        ))
        .await;
        if tells == Some(false) {
            let page = page_at(&max, &uma).await;
            assert!(!page.says(MINE), "it never counts: {}", page.text());
        }
        press(&app, &confirm, "Confirm this address").await;
        let page = page_at(&max, &uma).await;
        let waits = "confirmed; it counts 24 hours after the old one was told";
        assert_eq!(page.says(waits), tells.is_none(), "{state}: {}", page.text());
        assert_eq!(a_day_later(&app).await, tells == Some(true), "{state}");
        if tells.is_some() {
            continue;
        }
        app.advance(HOUR * 5);
        app.mails_to(UMA, 2).await;
        app.mail_is_out().await;
        app.advance(HOUR * 23);
        app.whole_tick().await;
        assert!(app.signs_in(UMA, PASSWORD).await, "not a day since");
        assert!(a_day_later(&app).await);
    }
}

#[tokio::test]
async fn f5_what_is_owed_to_the_owner_is_sent_although_the_account_is_deleted() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let uma = app.page_of(UMA).await;
    app.recorder.set_behaviour(Behaviour::Down);
    let form = page_at(&max, &uma).await.form("Save details").fill("Email", MINE);
    max.submit(form).await.expect_status(303);
    asked(&max, &format!("{uma}/delete"), "Delete user", None).await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR);
    let notice = app.mail_to(UMA).await;
    assert!(
        notice.subject.ends_with("your email is about to change"),
        "{}",
        notice.subject
    );
    let under_way =
        "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending', 'deferred') AND recipient LIKE '%elsewhere%'";
    app.until("nothing waits", async || app.number(under_way).await == 0)
        .await;
    let sent = "SELECT count(*) FROM mails WHERE recipient LIKE '%elsewhere%' AND state = 'accepted'";
    assert_eq!(app.number(sent).await, 0, "the change has ended");
}

#[tokio::test]
async fn f5_an_address_that_may_be_wanted_back_is_nobody_elses_although_the_account_is_deleted() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let uma = app.page_of(UMA).await;
    enter_mine(&app, &max, UMA).await;
    let stop = about_email(&app, UMA, "/stop-email/").await;
    assert!(a_day_later(&app).await);
    let max = app.sign_in_as(MAX).await;
    asked(&max, &format!("{uma}/delete"), "Delete user", None).await;
    let form = max.get("/company/users/new").await.form("Create user and send link");
    let page = max.submit(form.fill("Name", "Una Other").fill("Email", UMA)).await;
    page.expect_status(422);
    let done = press(&app, &stop, "Stop this change").await;
    assert!(done.says("The account stays deleted."), "{}", done.text());
    asked(&max, &format!("{uma}/restore"), "Restore user", None).await;
    app.until("her link goes to her", async || got_a_link(&app, UMA).await)
        .await;
    assert!(!got_a_link(&app, MINE).await);
}
