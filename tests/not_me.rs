//! "This was not me", from a mail with a link and from the notice of a change, and who hears of it: cases A5, A11, A13,
//! A14 and E2 for these links.

use std::time::Duration;

use rekey::server::mail::recorded::ReadMail;
use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::entity::activity;
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::people::{ADA, MAX, ROB, UMA};
use crate::support::{Client, HOUR, PASSWORD, SECOND, TestApp, link_of, not_me_of, password};

const NOT_ASKED: &str = "I did not ask for this";
const NOT_NEEDED: &str = "I do not need it any more";
const TICK: &str = "Yes, this was not me";
const DISAVOWALS: &str = "SELECT count(*) FROM disavowals";
const WITHDRAWN_NOTICES: &str = "SELECT count(*) FROM mails WHERE kind = 'link_withdrawn'";
const TO_ADMINISTRATORS: &str = "SELECT count(*) FROM mails WHERE kind = 'not_me'";

/// A server on which the manager has triggered a reset for Uma, and the mail server has taken the mail.
struct Sent {
    app: TestApp,
    max: Client,
    /// Uma's page.
    page: String,
    mail: ReadMail,
}

impl Sent {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        app.trigger(&max, UMA).await;
        let mail = app.mail_to(UMA).await;
        let page = app.page_of(UMA).await;
        app.page_says(&max, &page, "Mail accepted").await;
        Self { app, max, page, mail }
    }

    fn not_me(&self) -> String {
        not_me_of(&self.mail)
    }

    /// Opens the page, chooses, presses, and goes where that leads.
    async fn withdraw(&self, link: &str, answer: &str) -> crate::support::Page {
        let client = self.app.client();
        let form = client.get(link).await.expect_status(200).form("Withdraw link");
        let done = client.submit(form.choose(answer)).await.expect_status(303);
        client.follow(&done).await.expect_status(200)
    }
}

/// The same, further on: Uma has set a password by her link, signed in twice, and got the notice.
struct Changed {
    sent: Sent,
    browsers: [Client; 2],
    notice: ReadMail,
}

impl Changed {
    async fn new() -> Self {
        let sent = Sent::new().await;
        let app = &sent.app;
        app.redeem(&link_of(&sent.mail), &password(1)).await.expect_status(303);
        let notice = app.mails_to(UMA, 2).await.remove(1);
        let browsers = [app.client(), app.client()];
        for browser in &browsers {
            let fields = [("email", UMA.to_owned()), ("password", password(1))];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            browser.post("/login", &fields).await.expect_status(303);
        }
        Self { sent, browsers, notice }
    }

    fn link(&self) -> String {
        not_me_of(&self.notice)
    }
}

/// What the newest mail to Ada, about somebody who said "this was not me", says; after it was looked that nobody else of
/// the company got one.
async fn told_administrator(app: &TestApp) -> ReadMail {
    let mail = app.mail_to(ADA).await;
    assert_eq!(
        mail.subject, "Blue Heron Logistics: Uma User said \"this was not me\"",
        "{}",
        mail.text
    );
    assert_eq!(app.number(TO_ADMINISTRATORS).await, 1, "one for each administrator");
    mail
}

fn unwrapped(mail: &ReadMail) -> String {
    mail.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn entry(app: &TestApp, action: &str) -> activity::Model {
    let found = activity::Entity::find()
        .filter(activity::Column::Action.eq(action))
        .all(app.services().db.reader());
    let mut found = found.await.expect("the database answers");
    assert_eq!(found.len(), 1, "{action}");
    found.remove(0)
}

#[tokio::test]
async fn a_link_that_was_not_asked_for_is_withdrawn_and_the_administrators_are_told() {
    let sent = Sent::new().await;
    let app = &sent.app;
    let uma = app.sign_in_as(UMA).await;
    // From the page of the link, as somebody who opened it first.
    let client = app.client();
    let page = client.get(&link_of(&sent.mail)).await.expect_status(200);
    let page = client.get(&page.link("I did not expect this")).await.expect_status(200);
    assert_eq!(page.heading(), "Was this not you?");
    let about = "For Uma User at Blue Heron Logistics. Asked for by Max Manager, manager, on 24 Nov 2026.";
    assert!(page.says(about), "{}", page.text());
    let done = client
        .submit(page.form("Withdraw link").choose(NOT_ASKED))
        .await
        .expect_status(303);
    let done = client.follow(&done).await.expect_status(200);
    assert_eq!(done.heading(), "Done.");
    for said in [
        "No link that we sent you works any more. Your password is unchanged. All your devices are signed out.",
        "Blue Heron Logistics's administrators have been told.",
    ] {
        assert!(done.says(said), "{said} in {}", done.text());
    }
    assert_eq!(done.link("Sign in"), "/login");

    let dead = app.client().get(&link_of(&sent.mail)).await.expect_status(410);
    assert_eq!(dead.heading(), "This link was withdrawn");
    let fields = [("new_password", password(1))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    app.client()
        .post(&link_of(&sent.mail), &fields)
        .await
        .expect_status(410);
    let page = sent.max.get(&sent.page).await;
    assert!(
        page.says("Withdrawn by the recipient: not expected."),
        "{}",
        page.text()
    );
    assert!(page.has_button("Send again") && !page.has_button("Revoke"));

    let told = told_administrator(app).await;
    let words = unwrapped(&told);
    for said in [
        "Uma User said \"this was not me\" about a link to set a password.",
        "We withdrew all links and ended all sessions. The password is unchanged.",
        "Account: uma@blueheron.example Reported: 24 Nov 2026, 14:32 (Europe/Berlin)",
        "Asked by: Max Manager Asked: 24 Nov 2026, 14:32 (Europe/Berlin)",
        "Devices: 1 signed out",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    assert_eq!(told.links.len(), 1);
    assert!(told.links[0].ends_with(&sent.page), "{:?}", told.links);

    let entry = entry(app, "said_not_me").await;
    assert_eq!(
        (entry.actor_kind.as_str(), entry.actor_name.as_str()),
        ("recipient", "Uma User")
    );
    assert_eq!(entry.actor_id, entry.target_id);
    assert_eq!(app.number(DISAVOWALS).await, 1);
    assert_eq!(app.number(WITHDRAWN_NOTICES).await, 0, "they know it");
    uma.get("/dashboard").await.expect_status(303);
    assert!(app.signs_in(UMA, PASSWORD).await, "the password is unchanged");
}

#[tokio::test]
async fn a_link_that_is_not_needed_is_withdrawn_and_nobody_is_told() {
    let sent = Sent::new().await;
    let app = &sent.app;
    let done = sent.withdraw(&sent.not_me(), NOT_NEEDED).await;
    assert_eq!(done.heading(), "Done.");
    assert!(!done.says("administrators"), "{}", done.text());
    let page = sent.max.get(&sent.page).await;
    assert!(
        page.says("Withdrawn by the recipient: not needed any more."),
        "{}",
        page.text()
    );
    app.client().get(&link_of(&sent.mail)).await.expect_status(410);
    assert_eq!(app.number("SELECT count(*) FROM mails WHERE kind <> 'reset'").await, 0);
    assert_eq!(app.number(DISAVOWALS).await, 0);
    entry(app, "link_withdrawn").await;
}

#[tokio::test]
async fn a5_a_link_is_withdrawn_once() {
    let sent = Sent::new().await;
    let (app, link) = (&sent.app, sent.not_me());
    let stale = app.client().get(&link).await.form("Withdraw link").choose(NOT_ASKED);
    sent.withdraw(&link, NOT_ASKED).await;
    for page in [
        app.client().get(&link).await,
        app.client().submit(stale).await,
        app.client().post(&link, &[]).await,
    ] {
        let page = page.expect_status(410);
        assert_eq!(page.heading(), "This link was withdrawn");
        assert!(!page.has_button("Withdraw link"));
    }
    told_administrator(app).await;
    assert_eq!(app.number(DISAVOWALS).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a5_of_many_at_once_one_is_heard() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    app.trigger(&changed.sent.max, ROB).await;
    let withdraw = not_me_of(&app.mail_to(ROB).await);
    for (link, fields) in [
        (withdraw, [("what_happened", "not-asked")]),
        (changed.link(), [("not_me", "yes")]),
    ] {
        let clients: Vec<_> = (0..8).map(|_| app.client()).collect();
        let answers = clients.iter().map(|client| client.post(&link, &fields));
        let mut answers: Vec<_> = futures::future::join_all(answers)
            .await
            .into_iter()
            .map(|page| page.status)
            .collect();
        answers.sort_unstable();
        assert_eq!(answers, [303, 410, 410, 410, 410, 410, 410, 410]);
    }
    assert_eq!(app.number(DISAVOWALS).await, 2);
    assert_eq!(app.number(TO_ADMINISTRATORS).await, 2);
}

#[tokio::test]
async fn a_replaced_link_withdraws_the_newer_one_once() {
    let sent = Sent::new().await;
    let app = &sent.app;
    app.trigger(&sent.max, UMA).await;
    let newer = app.mails_to(UMA, 2).await.remove(1);
    app.until("the older one is replaced", async || {
        app.client().get(&link_of(&sent.mail)).await.status == 410
    })
    .await;
    sent.withdraw(&sent.not_me(), NOT_NEEDED).await;
    let dead = app.client().get(&link_of(&newer)).await.expect_status(410);
    assert_eq!(dead.heading(), "This link was withdrawn");
    for link in [sent.not_me(), not_me_of(&newer)] {
        let page = app.client().get(&link).await.expect_status(410);
        assert_eq!(page.heading(), "This link was withdrawn");
    }
}

#[tokio::test]
async fn what_waits_to_be_sent_is_not_sent_after_it() {
    let sent = Sent::new().await;
    let app = &sent.app;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&sent.max, UMA).await;
    app.page_says(&sent.max, &sent.page, "Mail delayed").await;
    sent.withdraw(&sent.not_me(), NOT_NEEDED).await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR);
    app.trigger(&app.sign_in_as(MAX).await, UMA).await;
    let mails = app.mails_to(UMA, 2).await;
    assert_eq!(mails.len(), 2, "the one that waited was dropped");
    app.client().get(&link_of(&mails[1])).await.expect_status(200);
}

#[tokio::test]
async fn dead_links_say_so_before_anything_is_chosen() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    for page in [
        app.client().get(&changed.sent.not_me()).await,
        app.client()
            .post(&changed.sent.not_me(), &[("what_happened", "not-asked")])
            .await,
    ] {
        assert_eq!(page.expect_status(410).heading(), "This link was used");
    }
    assert_eq!(app.number(DISAVOWALS).await, 0);

    let sent = Sent::new().await;
    let form = sent.max.get(&sent.page).await.form("Revoke");
    sent.max.submit(form).await.expect_status(303);
    let page = sent.app.client().get(&sent.not_me()).await.expect_status(410);
    assert_eq!(page.heading(), "This link was withdrawn");

    let sent = Sent::new().await;
    sent.app.advance(23 * HOUR + 3599 * SECOND);
    let page = sent.app.client().get(&sent.not_me()).await.expect_status(200);
    sent.app.advance(SECOND);
    let late = sent
        .app
        .client()
        .submit(page.form("Withdraw link").choose(NOT_ASKED))
        .await;
    assert_eq!(late.expect_status(410).heading(), "This link does not work");
    assert_eq!(sent.app.number(DISAVOWALS).await, 0);
}

#[tokio::test]
async fn a_changed_password_is_disavowed_everything_ends_and_the_administrators_are_told() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    app.trigger(&changed.sent.max, UMA).await;
    let living = link_of(&app.mails_to(UMA, 3).await[2]);
    let client = app.client();
    let page = client.get(&changed.link()).await.expect_status(200);
    assert_eq!(page.heading(), "Was this not you?");
    let about = "The password of uma@blueheron.example at Blue Heron Logistics was changed on 24 Nov 2026, 14:32.";
    assert!(page.says(about), "{}", page.text());
    let form = page.form("Sign out all my devices").choose(TICK);
    let done = client.submit(form).await.expect_status(303);
    let done = client.follow(&done).await.expect_status(200);
    assert_eq!(done.heading(), "Done.");
    for said in [
        "All your devices are signed out.",
        "Blue Heron Logistics's administrators have been told.",
    ] {
        assert!(done.says(said), "{said} in {}", done.text());
    }
    assert_eq!(done.link("Forgot password?"), "/reset-password");

    for browser in &changed.browsers {
        assert_eq!(browser.get("/dashboard").await.location(), "/login?next=%2Fdashboard");
    }
    let dead = app.client().get(&living).await.expect_status(410);
    assert_eq!(dead.heading(), "This link was withdrawn");
    let page = changed.sent.max.get(&changed.sent.page).await;
    assert!(
        page.says("Withdrawn by the recipient: not expected."),
        "{}",
        page.text()
    );
    let words = unwrapped(&told_administrator(app).await);
    for said in [
        "Uma User said \"this was not me\" about a new password.",
        "We withdrew all links and ended all sessions. The password that was set does not work any more.",
        "Password set: 24 Nov 2026, 14:32 (Europe/Berlin)",
        "Devices: 2 signed out",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    entry(app, "said_not_me").await;
    assert_eq!(app.number(DISAVOWALS).await, 1);
    changed.sent.max.get("/dashboard").await.expect_status(200);
    assert!(!app.signs_in(UMA, &password(1)).await, "whoever set it knows it (F7)");

    // Once, and the second time says so.
    for page in [
        app.client().get(&changed.link()).await,
        app.client().post(&changed.link(), &[("not_me", "yes")]).await,
    ] {
        let page = page.expect_status(410);
        assert_eq!(page.heading(), "This link was used");
        let said = "You said on 24 Nov 2026, 14:32 that this was not you.";
        assert!(page.says(said), "{}", page.text());
    }
    assert_eq!(app.number(TO_ADMINISTRATORS).await, 1);
}

#[tokio::test]
async fn a_change_can_be_disavowed_for_seven_days() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    app.advance(167 * HOUR + 3599 * SECOND);
    let page = app.client().get(&changed.link()).await.expect_status(200);
    app.advance(SECOND);
    let unknown = app.client().get("/not-me/nonsense").await.expect_status(410);
    let late = app
        .client()
        .submit(page.form("Sign out all my devices").choose(TICK))
        .await
        .expect_status(410);
    assert_eq!(late.without(""), unknown.without(""));
    assert_eq!(app.number(DISAVOWALS).await, 0);
}

#[tokio::test]
async fn each_attempt_to_send_a_notice_has_a_link_of_its_own_and_it_is_said_once() {
    let app = TestApp::with().smtp_limit(SECOND).start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.recorder.set_behaviour(Behaviour::Slow(HOUR));
    app.redeem(&link, &password(1)).await.expect_status(303);
    app.mails_to(UMA, 2).await;
    let tried = "SELECT count(*) FROM mails WHERE kind = 'password_changed' AND state = 'deferred'";
    app.until("the notice was put off", async || app.number(tried).await == 1)
        .await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(20 * SECOND);
    let mails = app.mails_to(UMA, 3).await;
    let (first, second) = (not_me_of(&mails[1]), not_me_of(&mails[2]));
    assert_ne!(first, second);
    app.client().get(&second).await.expect_status(200);
    app.client().post(&first, &[("not_me", "yes")]).await.expect_status(303);
    let page = app
        .client()
        .post(&second, &[("not_me", "yes")])
        .await
        .expect_status(410);
    assert_eq!(page.heading(), "This link was used");
}

#[tokio::test]
async fn nothing_is_done_until_something_is_chosen() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    app.trigger(&changed.sent.max, ROB).await;
    let withdraw = not_me_of(&app.mail_to(ROB).await);
    let client = app.client();

    let page = client.get(&withdraw).await.expect_status(200);
    assert_eq!(page.reason_under("What happened?"), None);
    let refused = client.submit(page.form("Withdraw link")).await.expect_status(422);
    assert_eq!(
        refused.reason_under("What happened?").as_deref(),
        Some("Choose what happened")
    );
    assert!(
        refused.title().starts_with("Error: Was this not you?"),
        "{}",
        refused.title()
    );
    for fields in [
        &[("what_happened", "")][..],
        &[("what_happened", "NOT-ASKED")],
        &[("what_happened", "not-asked"), ("what_happened", "not-asked")],
        &[("what_happened", "not-asked"), ("user", "x")],
        &[("not_me", "yes")],
    ] {
        client.post(&withdraw, fields).await.expect_status(422);
    }

    let page = client.get(&changed.link()).await.expect_status(200);
    let refused = client
        .submit(page.form("Sign out all my devices"))
        .await
        .expect_status(422);
    assert_eq!(
        refused.reason_at(TICK).as_deref(),
        Some("Tick the box if this was not you")
    );
    for fields in [
        &[("what_happened", "not-asked")][..],
        &[("not_me", "yes"), ("not_me", "yes")],
        &[("not_me", "yes"), ("user", "x")],
    ] {
        client.post(&changed.link(), fields).await.expect_status(422);
    }
    assert_eq!(app.number(DISAVOWALS).await, 0);
    assert_eq!(
        app.number("SELECT count(*) FROM resets WHERE recipient_said IS NOT NULL")
            .await,
        0
    );
    for browser in &changed.browsers {
        browser.get("/dashboard").await.expect_status(200);
    }
}

#[tokio::test]
async fn a11_opening_the_pages_writes_nothing() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    app.trigger(&changed.sent.max, ROB).await;
    let withdraw = not_me_of(&app.mail_to(ROB).await);
    let under_way = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending')";
    app.until("nothing is under way", async || app.number(under_way).await == 0)
        .await;
    let before = app.writes();
    for link in [&withdraw, &changed.link()] {
        for _ in 0..5 {
            let scanner = app.client();
            scanner.get(link).await.expect_status(200);
            let head = scanner.request(Method::HEAD, link);
            scanner.send(head).await.expect_status(200);
            let prefetch = scanner.request(Method::GET, link).header("Sec-Purpose", "prefetch");
            scanner.send(prefetch).await.expect_status(200);
            // One that sends the forms that it finds, without filling them in.
            scanner.post(link, &[]).await.expect_status(422);
        }
    }
    for path in ["/not-me/done?done=change-disavowed", "/not-me/open"] {
        app.client().get(path).await;
    }
    assert_eq!(app.writes(), before);
}

#[tokio::test]
async fn a13_what_is_no_link_looks_like_an_expired_one() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    let link = changed.link();
    let token = link.rsplit('/').next().unwrap_or_default();
    let client = app.client();
    let expired = client.get("/reset-password/garbage").await.expect_status(410);
    let addresses = [
        "garbage".to_owned(),
        "null".to_owned(),
        "done".to_owned(),
        "done?done=saved".to_owned(),
        "%00".to_owned(),
        "%FF%FE".to_owned(),
        "a".repeat(52),
        token[..51].to_owned(),
        format!("{token}{token}"),
        format!("{token}/"),
        format!("{token}/not-me"),
        "%E4%BD%A0%E5%A5%BD".to_owned(),
    ];
    for address in &addresses {
        let address = format!("/not-me/{address}");
        let page = client.get(&address).await;
        assert_eq!(page.without(""), expired.without(""), "GET {address}");
        let page = client.post(&address, &[("not_me", "yes")]).await;
        assert_eq!(page.without(""), expired.without(""), "POST {address}");
    }
    for address in ["garbage/not-me", "open/not-me", "a/b/not-me", "not-me/not-me"] {
        let address = format!("/reset-password/{address}");
        let page = client.get(&address).await;
        assert_eq!(page.without(""), expired.without(""), "GET {address}");
        let page = client.post(&address, &[("what_happened", "not-asked")]).await;
        assert_eq!(page.without(""), expired.without(""), "POST {address}");
    }
    // What mail programs do to a link leaves it a link.
    for spelling in [
        token.to_uppercase(),
        format!("%3C{token}%3E."),
        format!("%20{token}%20"),
    ] {
        client.get(&format!("/not-me/{spelling}")).await.expect_status(200);
    }
    let upper = format!("/not-me/{}", token.to_uppercase());
    client.post(&upper, &[("not_me", "yes")]).await.expect_status(303);
}

#[tokio::test]
async fn a14_links_of_one_kind_are_no_links_of_another() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    app.trigger(&changed.sent.max, ROB).await;
    let to_set = link_of(&app.mail_to(ROB).await);
    let (notice, session) = (changed.link(), changed.sent.max.cookie("rekey").expect("signed in"));
    let token_of = |link: &str| link.rsplit('/').next().unwrap_or_default().to_owned();
    let client = app.client();
    let new_password = password(2);
    for (address, fields) in [
        (
            format!("/reset-password/{}", token_of(&notice)),
            [("new_password", new_password.as_str())],
        ),
        (
            format!("/reset-password/{}/not-me", token_of(&notice)),
            [("what_happened", "not-asked")],
        ),
        (
            format!("/reset-password/{session}/not-me"),
            [("what_happened", "not-asked")],
        ),
        (format!("/not-me/{}", token_of(&to_set)), [("not_me", "yes")]),
        (format!("/not-me/{session}"), [("not_me", "yes")]),
    ] {
        for page in [client.get(&address).await, client.post(&address, &fields).await] {
            assert_eq!(page.expect_status(410).heading(), "This link does not work");
        }
    }
    let planter = app.client();
    planter.plant_cookie("rekey", &token_of(&notice));
    assert_eq!(planter.get("/dashboard").await.status, 303, "nor is it a session");
    assert_eq!(app.number(DISAVOWALS).await, 0);
    client.get(&notice).await.expect_status(200);
    client.get(&to_set).await.expect_status(200);
}

#[tokio::test]
async fn every_active_administrator_of_the_company_gets_one_mail_and_nobody_else() {
    let sent = Sent::new().await;
    let app = &sent.app;
    // Nobody in a company makes administrators: the operator does.
    app.execute("UPDATE users SET role = 'administrator' WHERE email_key IN ('max@blueheron.example', 'ivy@blueheron.example', 'del@blueheron.example')")
        .await;
    sent.withdraw(&sent.not_me(), NOT_ASKED).await;
    for email in [ADA, MAX] {
        let mail = app.mail_to(email).await;
        assert_eq!(mail.subject, "Blue Heron Logistics: Uma User said \"this was not me\"");
    }
    let under_way = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending')";
    app.until("nothing is under way", async || app.number(under_way).await == 0)
        .await;
    let mut told: Vec<_> = app
        .recorder
        .mails()
        .iter()
        .map(ReadMail::of)
        .filter(|mail| mail.subject.contains("not me"))
        .map(|mail| mail.to)
        .collect();
    told.sort_unstable();
    assert_eq!(told, [ADA, MAX], "not who is invited, deleted or elsewhere");
}

#[tokio::test]
async fn where_nobody_can_be_told_the_page_does_not_say_so() {
    let sent = Sent::new().await;
    sent.app
        .execute("UPDATE users SET role = 'manager' WHERE role = 'administrator'")
        .await;
    let done = sent.withdraw(&sent.not_me(), NOT_ASKED).await;
    assert!(!done.says("administrators"), "{}", done.text());
    assert_eq!(sent.app.number(DISAVOWALS).await, 1);
}

#[tokio::test]
async fn it_works_whoever_is_signed_in_and_only_for_whom_the_link_is() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    let rob = app.sign_in_as(ROB).await;
    let form = rob.get(&changed.link()).await.expect_status(200);
    let done = rob.submit(form.form("Sign out all my devices").choose(TICK)).await;
    let done = rob.follow(&done.expect_status(303)).await.expect_status(200);
    assert_eq!(done.heading(), "Done.");
    rob.get("/dashboard").await.expect_status(200);
    assert_eq!(changed.browsers[0].get("/dashboard").await.status, 303);
}

#[tokio::test]
async fn who_is_deleted_has_nothing_to_say() {
    let changed = Changed::new().await;
    let app = &changed.sent.app;
    // No page deletes people yet.
    app.execute(
        "UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = 'uma@blueheron.example'",
    )
    .await;
    for page in [
        app.client().get(&changed.link()).await,
        app.client().post(&changed.link(), &[("not_me", "yes")]).await,
    ] {
        assert_eq!(page.expect_status(410).heading(), "This link does not work");
    }
    assert_eq!(app.number(TO_ADMINISTRATORS).await, 0);
}

#[tokio::test]
async fn whoever_may_have_a_withdrawn_link_in_the_mailbox_is_told() {
    let sent = Sent::new().await;
    let app = &sent.app;
    let ada = app.sign_in_as(ADA).await;
    app.advance(Duration::from_mins(3));
    let form = ada.get(&sent.page).await.form("Revoke");
    ada.submit(form.clone()).await.expect_status(303);
    let notice = app.mails_to(UMA, 2).await.remove(1);
    assert_eq!(notice.subject, "Blue Heron Logistics: your password link was withdrawn");
    let words = unwrapped(&notice);
    for said in [
        "Ada Admin, administrator at Blue Heron Logistics, withdrew your link to set a password.",
        "Withdrawn by: Ada Admin, administrator Withdrawn: 24 Nov 2026, 14:35 (Europe/Berlin)",
        "The link in our earlier mail does not work any more. Your password is unchanged.",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    assert_eq!(notice.links, Vec::<String>::new());
    // A double press says nothing more.
    ada.submit(form).await.expect_status(303);
    assert_eq!(app.number(WITHDRAWN_NOTICES).await, 1);
}

#[tokio::test]
async fn whoever_never_got_the_link_is_not_told_that_it_was_withdrawn() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of(UMA).await;
    for (behaviour, badge) in [(Behaviour::Defer, "Mail delayed"), (Behaviour::Down, "Mail delayed")] {
        app.recorder.set_behaviour(behaviour);
        app.trigger(&max, UMA).await;
        app.page_says(&max, &page, badge).await;
        let form = max.get(&page).await.form("Revoke");
        max.submit(form).await.expect_status(303);
        app.page_says(&max, &page, "Withdrawn by Max Manager").await;
    }
    assert_eq!(app.number(WITHDRAWN_NOTICES).await, 0);
}

#[tokio::test]
async fn invitations_are_mailed_without_the_link() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, "ivy@blueheron.example").await;
    let mail = app.mail_to("ivy@blueheron.example").await;
    assert_eq!(mail.links, [link_of(&mail)]);
    let notice = app.ask(UMA).await;
    notice.expect_status(303);
    let mail = app.mail_to(UMA).await;
    assert_eq!(mail.links, [link_of(&mail), not_me_of(&mail)]);
}
