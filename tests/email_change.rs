//! A new address for an account with a password: entered, confirmed, stopped. Cases D8, A4, A9, A11, A14 and E8.

use rekey::server::mail::recorded::ReadMail;
use rekey::server::mail::recorder::Behaviour;
use rekey_domain::token::{Token, TokenKind};

use crate::support::people::{ADA, MAX, QUINN, UMA};
use crate::support::{Client, HOUR, PASSWORD, Page, SECOND, TestApp, link_of, password};

const NEW: &str = "uma@new.example";
const CONFIRM: &str = "Confirm this address";
const STOP: &str = "Stop this change";

/// The link about a new address in a mail.
fn link_in(mail: &ReadMail) -> String {
    let found: Vec<_> = mail.links.iter().filter(|link| link.contains("-email/")).collect();
    let [link] = found[..] else {
        panic!("{} such links in: {}", found.len(), mail.text)
    };
    link.clone()
}

async fn page_of(app: &TestApp, reader: &Client, email: &str) -> Page {
    reader.get(&app.page_of(email).await).await.expect_status(200)
}

/// Somebody else enters a new address.
async fn enter(app: &TestApp, actor: &Client, email: &str, new: &str) -> Page {
    let form = page_of(app, actor, email).await.form("Save details");
    let answer = actor.submit(form.fill("Email", new)).await;
    // A day and three days begin when the old one is told.
    app.mail_is_out().await;
    answer
}

/// Somebody enters a new address of their own.
async fn enter_own(actor: &Client, new: &str, password: &str) -> Page {
    let form = actor.get("/account").await.expect_status(200).form("Save details");
    let form = form.fill("Email", new).fill("Current password", password);
    actor.submit(form).await
}

/// Opens a link in a fresh browser and presses its button.
async fn press(app: &TestApp, link: &str, button: &str) -> Page {
    let browser = app.client();
    let form = browser.get(link).await.expect_status(200).form(button);
    let answer = browser.submit(form).await.expect_status(303);
    browser.follow(&answer).await.expect_status(200)
}

#[tokio::test]
async fn d8_what_somebody_else_entered_counts_a_day_later_and_links_go_to_the_old_one_until_then() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let answer = enter(&app, &max, UMA, NEW).await.expect_status(303);
    let page = max.follow(&answer).await;
    assert!(
        page.says("New email uma@new.example, not confirmed yet"),
        "{}",
        page.text()
    );
    assert_eq!(page.value_of("Email"), UMA, "it does not count yet");

    // A second press is the first one.
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    assert_eq!(app.number("SELECT count(*) FROM email_changes").await, 1);

    let (to_new, to_old) = (app.mail_to(NEW).await, app.mail_to(UMA).await);
    assert_eq!(to_new.subject, "Blue Heron Logistics: confirm your new email");
    assert_eq!(to_old.subject, "Blue Heron Logistics: your email is about to change");
    for mail in [&to_new, &to_old] {
        let text = mail.text.replace('\n', " ");
        for words in [
            "Max Manager, manager at Blue Heron Logistics,",
            UMA,
            NEW,
            "25 Nov 2026, 14:32",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    assert!(to_new.text.contains("24 hours") && to_old.text.contains("72 hours"));

    let confirm = link_in(&to_new);
    let shown = app.client().get(&confirm).await.expect_status(200);
    assert_eq!(shown.heading(), "Confirm your new email");
    assert!(
        shown.says("Entered by Max Manager") && shown.says(UMA) && shown.says(NEW),
        "{}",
        shown.text()
    );
    let done = press(&app, &confirm, CONFIRM).await;
    assert!(
        done.says("It counts 24 hours after the old one was told."),
        "{}",
        done.text()
    );
    app.client().get(&confirm).await.expect_status(410);
    let page = page_of(&app, &max, UMA).await;
    assert!(
        page.says("New email uma@new.example, counts from Wed 25 Nov, 14:32"),
        "{}",
        page.text()
    );

    // Until then nothing has changed.
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mails_to(UMA, 2).await[1]);
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    app.ask(NEW).await;
    assert!(app.signs_in(UMA, PASSWORD).await && !app.signs_in(NEW, PASSWORD).await);
    app.advance(HOUR * 23);
    assert!(app.signs_in(UMA, PASSWORD).await);
    assert_eq!(app.mails_to(NEW, 1).await.len(), 1, "no link went to the new address");

    app.advance(HOUR);
    app.until("the new address counts", async || app.signs_in(NEW, PASSWORD).await)
        .await;
    assert!(!app.signs_in(UMA, PASSWORD).await);
    // What was mailed to the old one opens nothing any more (A9).
    app.client().get(&link).await.expect_status(410);
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, NEW).await;
    assert!(app.mails_to(NEW, 2).await[1].subject.contains("set a new password"));
    assert!(
        max.get("/company?tab=users&q=uma%40new").await.says("1 person"),
        "the search follows"
    );
}

#[tokio::test]
async fn an_address_that_nobody_confirms_never_counts() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    let confirm = link_in(&app.mail_to(NEW).await);
    app.advance(HOUR * 24);
    app.client().get(&confirm).await.expect_status(410);
    app.client().post(&confirm, &[]).await.expect_status(410);
    let max = app.sign_in_as(MAX).await;
    let page = page_of(&app, &max, UMA).await;
    assert!(
        !page.says(NEW) && !page.has_button("Cancel new email"),
        "{}",
        page.text()
    );
    app.advance(HOUR * 48);
    assert!(app.signs_in(UMA, PASSWORD).await);
    // Another try takes its place.
    let max = app.sign_in_as(MAX).await;
    enter(&app, &max, UMA, NEW).await.expect_status(303);
}

#[tokio::test]
async fn e8_ones_own_address_needs_the_password_and_counts_when_confirmed() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    for (typed, reason) in [
        ("", "Enter your password"),
        ("a-wrong-password", "Current password is wrong."),
    ] {
        let page = enter_own(&uma, NEW, typed).await.expect_status(422);
        assert_eq!(page.reason_at("Current password").as_deref(), Some(reason));
        assert_eq!(
            (page.value_of("Email"), page.value_of("Current password")),
            (NEW.to_owned(), String::new())
        );
        assert!(typed.is_empty() || !page.body.contains(typed));
    }
    for (new, reason) in [
        ("uma", "Enter an email like name@example.com"),
        (QUINN, "This email cannot be used. Ask support."),
        (MAX, "Someone at Blue Heron Logistics uses this email: Max Manager"),
    ] {
        let page = enter_own(&uma, new, PASSWORD).await.expect_status(422);
        assert_eq!(page.reason_at("Email").as_deref(), Some(reason));
    }
    let answer = enter_own(&uma, NEW, PASSWORD).await.expect_status(303);
    let page = uma.follow(&answer).await;
    assert!(
        page.says("Waiting for confirmation from uma@new.example."),
        "{}",
        page.text()
    );
    let to_old = app.mail_to(UMA).await;
    assert!(to_old.text.contains("someone with your password"), "{}", to_old.text);

    let done = press(&app, &link_in(&app.mail_to(NEW).await), CONFIRM).await;
    assert!(done.says("Your new email counts now."), "{}", done.text());
    assert!(app.signs_in(NEW, PASSWORD).await && !app.signs_in(UMA, PASSWORD).await);
    assert_eq!(uma.get("/account").await.value_of("Email"), NEW, "she stays signed in");
    app.mail_is_out().await;
    // Nobody else gets the old one as long as it can be wanted back.
    let max = app.sign_in_as(MAX).await;
    let form = max.get("/company/users/new").await.form("Create user and send link");
    let page = max
        .submit(form.fill("Name", "Uma Other").fill("Email", UMA))
        .await
        .expect_status(422);
    assert!(
        page.says("Someone at Blue Heron Logistics uses this email: Uma User"),
        "{}",
        page.text()
    );
    app.advance(HOUR * 72);
    let max = app.sign_in_as(MAX).await;
    let form = max.get("/company/users/new").await.form("Create user and send link");
    max.submit(form.fill("Name", "Uma Other").fill("Email", UMA))
        .await
        .expect_status(303);
}

#[tokio::test]
async fn d8_the_old_address_stops_a_change_before_it_counts() {
    let app = TestApp::start().await;
    let (max, uma) = (app.sign_in_as(MAX).await, app.sign_in_as(UMA).await);
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    let (confirm, stop) = (link_in(&app.mail_to(NEW).await), link_in(&app.mail_to(UMA).await));
    press(&app, &confirm, CONFIRM).await;
    let shown = app.client().get(&stop).await.expect_status(200);
    assert_eq!(shown.heading(), "Stop this change?");
    assert!(
        shown.says("Entered by Max Manager on 24 Nov 2026, 14:32"),
        "{}",
        shown.text()
    );
    let done = press(&app, &stop, STOP).await;
    assert!(
        done.says("The change is stopped. Your email stays as it is."),
        "{}",
        done.text()
    );
    for link in [&confirm, &stop] {
        app.client().get(link).await.expect_status(410);
        app.client().post(link, &[]).await.expect_status(410);
    }
    assert_eq!(uma.get("/dashboard").await.status, 200);
    app.advance(HOUR * 25);
    assert!(app.signs_in(UMA, PASSWORD).await && !app.signs_in(NEW, PASSWORD).await);
}

#[tokio::test]
async fn d8_the_old_address_takes_back_what_counts_and_what_came_after_it() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    let stop = link_in(&app.mail_to(UMA).await);
    press(&app, &link_in(&app.mail_to(NEW).await), CONFIRM).await;
    app.advance(HOUR * 24);
    app.until("the new address counts", async || app.signs_in(NEW, PASSWORD).await)
        .await;
    // Whoever has the new address has a link sent there, sets a password, and moves on.
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, NEW).await;
    let link = link_of(&app.mails_to(NEW, 2).await[1]);
    app.redeem(&link, &password(1)).await.expect_status(303);
    let thief = app.client();
    let known = password(1);
    thief
        .post("/login", &[("email", NEW), ("password", &known)])
        .await
        .expect_status(303);
    let further = "thief@evil.example";
    enter_own(&thief, further, &known).await.expect_status(303);
    let theirs = app
        .mails_to(NEW, 4)
        .await
        .iter()
        .find(|mail| mail.subject.contains("about to change"))
        .map(link_in);
    press(&app, &link_in(&app.mail_to(further).await), CONFIRM).await;
    assert!(app.signs_in(further, &known).await);
    app.trigger(&max, further).await;
    let late = link_of(&app.mails_to(further, 2).await[1]);

    let done = press(&app, &stop, STOP).await;
    assert!(done.says("Your old email is back."), "{}", done.text());
    assert_eq!(done.link("Forgot password?"), "/reset-password");
    thief.get("/dashboard").await.expect_status(303);
    app.client().get(&late).await.expect_status(410);
    assert!(!app.signs_in(further, &known).await && !app.signs_in(NEW, &known).await);
    app.client()
        .get(&theirs.expect("the mail to the address between"))
        .await
        .expect_status(410);
    app.ask(UMA).await;
    let own = app.mails_to(UMA, 2).await.pop().expect("a link");
    app.redeem(&link_of(&own), &password(2)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(2)).await && !app.signs_in(UMA, &known).await);
}

#[tokio::test]
async fn stopping_works_for_three_days() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    enter_own(&uma, NEW, PASSWORD).await.expect_status(303);
    let stop = link_in(&app.mail_to(UMA).await);
    press(&app, &link_in(&app.mail_to(NEW).await), CONFIRM).await;
    app.mail_is_out().await;
    app.advance(HOUR * 71);
    app.client().get(&stop).await.expect_status(200);
    app.advance(HOUR);
    app.client().get(&stop).await.expect_status(410);
    app.client().post(&stop, &[]).await.expect_status(410);
    assert!(app.signs_in(NEW, PASSWORD).await);
}

#[tokio::test]
async fn a_new_address_is_cancelled() {
    let app = TestApp::start().await;
    let (max, uma) = (app.sign_in_as(MAX).await, app.sign_in_as(UMA).await);
    for is_own in [false, true] {
        if is_own {
            enter_own(&uma, NEW, PASSWORD).await.expect_status(303);
        } else {
            enter(&app, &max, UMA, NEW).await.expect_status(303);
        }
        let confirm = link_in(&app.mails_to(NEW, 1 + usize::from(is_own)).await[usize::from(is_own)]);
        let (browser, page) = if is_own {
            (&uma, uma.get("/account").await)
        } else {
            (&max, page_of(&app, &max, UMA).await)
        };
        let form = page.form("Cancel new email");
        let answer = browser.submit(form.clone()).await.expect_status(303);
        let page = browser.follow(&answer).await;
        assert_eq!(page.region("Done").as_deref(), Some("The new email is cancelled."));
        assert!(!page.says(NEW), "{}", page.text());
        browser.submit(form).await.expect_status(303);
        app.client().get(&confirm).await.expect_status(410);
        app.client().post(&confirm, &[]).await.expect_status(410);
        app.advance(SECOND);
    }
    assert_eq!(
        app.number("SELECT count(*) FROM activity WHERE action = 'email_cancelled'")
            .await,
        2
    );
    assert!(app.signs_in(UMA, PASSWORD).await);
}

#[tokio::test]
async fn a_newer_address_takes_the_place_of_one_that_waits() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    let first = link_in(&app.mail_to(NEW).await);
    app.advance(SECOND);
    enter(&app, &max, UMA, "uma@newer.example").await.expect_status(303);
    app.client().get(&first).await.expect_status(410);
    let page = page_of(&app, &max, UMA).await;
    assert!(
        page.says("New email uma@newer.example, not confirmed yet"),
        "{}",
        page.text()
    );
    app.advance(SECOND);
    enter(&app, &max, UMA, "uma@newest.example").await.expect_status(303);
    let page = enter(&app, &max, UMA, "uma@more.example").await.expect_status(429);
    assert!(
        page.says("Too many new emails within an hour. Try again at 15:33."),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn an_address_taken_meanwhile_and_a_deleted_account_end_it() {
    let app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    let confirm = link_in(&app.mail_to(NEW).await);
    let form = ada.get("/company/users/new").await.form("Create user and send link");
    ada.submit(form.fill("Name", "Uma Other").fill("Email", NEW))
        .await
        .expect_status(303);
    press(&app, &confirm, CONFIRM).await;
    app.advance(HOUR * 24);
    let ended = "SELECT count(*) FROM email_changes WHERE ended_as = 'cancelled'";
    app.until("it has ended", async || app.number(ended).await == 1).await;
    assert!(app.signs_in(UMA, PASSWORD).await);

    let max = app.sign_in_as(MAX).await;
    enter(&app, &max, UMA, "uma@other.example").await.expect_status(303);
    let confirm = link_in(&app.mail_to("uma@other.example").await);
    let page = app.page_of(UMA).await;
    let form = max.get(&format!("{page}/delete")).await.form("Delete user");
    max.submit(form).await.expect_status(303);
    app.client().get(&confirm).await.expect_status(410);
    let form = max.get(&format!("{page}/restore")).await.form("Restore user");
    max.submit(form).await.expect_status(303);
    app.client().get(&confirm).await.expect_status(410);
}

#[tokio::test]
async fn a_mail_to_a_new_address_that_is_refused_is_told_wherever_that_address_stands() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    app.recorder.set_behaviour(Behaviour::Refuse);
    enter(&app, &ada, UMA, NEW).await.expect_status(303);
    enter_own(&max, "max@new.example", PASSWORD).await.expect_status(303);
    app.page_says(
        &ada,
        &app.page_of(UMA).await,
        "New email uma@new.example: the mail that asks to confirm it was refused",
    )
    .await;
    let told = "The mail that asks max@new.example to confirm was refused: no such mailbox.";
    app.page_says(&max, "/account", told).await;

    // A mail that is forgotten before its change is not told of.
    app.execute("UPDATE email_changes SET confirming_id = NULL").await;
    let page = page_of(&app, &ada, UMA).await;
    assert!(
        page.says("New email uma@new.example, not confirmed yet"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a11_a14_opening_writes_nothing_and_links_of_one_kind_are_none_of_another() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    enter(&app, &max, UMA, NEW).await.expect_status(303);
    let (confirm, stop) = (link_in(&app.mail_to(NEW).await), link_in(&app.mail_to(UMA).await));
    let waiting = "SELECT count(*) FROM mails WHERE recipient LIKE 'uma@%' AND settled_at IS NULL";
    app.until("both mails are settled", async || app.number(waiting).await == 0)
        .await;
    let before = app.number("SELECT count(*) FROM activity").await;
    let token = |link: &str| link.rsplit('/').next().unwrap_or_default().to_owned();
    for (link, words) in [(&confirm, CONFIRM), (&stop, STOP)] {
        for spelling in [link.clone(), format!("{link}.")] {
            let page = app.client().get(&spelling).await.expect_status(200);
            assert!(page.has_button(words));
            assert_eq!(page.header("cache-control"), Some("no-store"));
        }
    }
    for path in [
        format!("/confirm-email/{}", token(&stop)),
        format!("/stop-email/{}", token(&confirm)),
        format!("/reset-password/{}", token(&stop)),
        format!("/not-me/{}", token(&stop)),
        "/confirm-email/nonsense".to_owned(),
        "/stop-email/nonsense".to_owned(),
    ] {
        let page = app.client().get(&path).await.expect_status(410);
        assert_eq!(page.heading(), "This link does not work");
        app.client().post(&path, &[]).await.expect_status(410);
    }
    assert_eq!(app.number("SELECT count(*) FROM activity").await, before);
    let stolen = app.stolen().await;
    for (link, kind) in [(&confirm, TokenKind::ConfirmEmail), (&stop, TokenKind::StopEmail)] {
        let token = token(link);
        assert!(!stolen.windows(token.len()).any(|window| window == token.as_bytes()));
        let hash = Token::parse(&token).expect("a token").hash(kind);
        assert!(
            stolen.windows(32).any(|window| window == hash.as_bytes()),
            "only its hash (A4)"
        );
    }
}
