//! Creating, editing, deleting and restoring people: cases A9, D2, D3, D6, D7, D8, E3 and G8.

use std::time::Duration;

use futures::future::join_all;
use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::entity::activity;
use rekey_domain::limit::Rate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::people::{ADA, DEL, IVY, MAX, QUINN, ROB, UMA};
use crate::support::{Client, HOUR, PASSWORD, Page, TestApp, link_of, password};

const ANA: &str = "ana@blueheron.example";
const NEW: &str = "/company/users/new";
const CREATE: &str = "Create user and send link";
const CANNOT_BE_USED: &str = "This email cannot be used. Ask support.";
const CHANGED: &str = "Somebody changed this meanwhile";

/// Fills in the form of `/company/users/new`, as far as it goes.
async fn create(actor: &Client, name: &str, email: &str) -> Page {
    let form = actor.get(NEW).await.expect_status(200).form(CREATE);
    actor.submit(form.fill("Name", name).fill("Email", email)).await
}

/// Creates Ana and goes to her page.
async fn ana(actor: &Client) -> Page {
    let answer = create(actor, "Ana Lima", ANA).await.expect_status(303);
    actor.follow(&answer).await.expect_status(200)
}

/// The page of somebody, for a reader.
async fn page_of(app: &TestApp, reader: &Client, email: &str) -> Page {
    reader.get(&app.page_of(email).await).await.expect_status(200)
}

/// Presses a button of somebody's page of its own, and goes where that leads.
async fn confirm(app: &TestApp, actor: &Client, email: &str, link: &str) -> Page {
    let page = page_of(app, actor, email).await;
    let asks = actor.get(&page.link(link)).await.expect_status(200);
    let answer = actor.submit(asks.form(link)).await.expect_status(303);
    actor.follow(&answer).await.expect_status(200)
}

async fn people(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM users").await
}

/// Details of the entries of this action and outcome, oldest first.
async fn details(app: &TestApp, action: &str, outcome: &str) -> Vec<Option<String>> {
    let found = activity::Entity::find()
        .filter(activity::Column::Action.eq(action))
        .filter(activity::Column::Outcome.eq(outcome))
        .all(app.services().db.reader());
    let found = found.await.expect("the database answers");
    let each = |entry: activity::Model| vec![entry.detail; usize::try_from(entry.times).unwrap_or_default()];
    found.into_iter().flat_map(each).collect()
}

#[tokio::test]
async fn somebody_new_gets_an_invitation_and_signs_in() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let list = max.get("/company").await;
    assert_eq!(list.link("Invite people"), NEW);
    let page = max.get(NEW).await.expect_status(200);
    assert_eq!(page.heading(), "Invite people");
    let form = page.form(CREATE);
    assert_eq!(form.choices(), (vec!["User", "Read-only"], Some("User")));

    let page = ana(&max).await;
    assert_eq!(page.heading(), "Ana Lima");
    let done = "Ana Lima is created. The invitation is waiting to be sent.";
    assert_eq!(page.region("Done").as_deref(), Some(done));
    assert!(page.says("Invited"), "{}", page.text());
    assert!(page.has_button("Resend invitation"));

    let mail = app.mail_to(ANA).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: set up your account");
    assert!(
        mail.text.contains("Max Manager, manager at Blue Heron Logistics"),
        "{}",
        mail.text
    );
    assert!(mail.text.contains("72 hours"), "{}", mail.text);
    app.page_says(&max, &app.page_of(ANA).await, "Mail accepted").await;
    app.advance(HOUR * 71);
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(ANA, &password(1)).await);

    assert_eq!(
        details(&app, "user_created", "granted").await,
        [Some("user".to_owned())]
    );
    let max = app.sign_in_as(MAX).await;
    let found = max.get("/company?tab=users&q=ana+lima").await;
    assert!(found.says("1 person"), "the search finds her: {}", found.text());
}

#[tokio::test]
async fn several_people_are_created_one_after_the_other() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let another = "Create another after this one";
    let mut page = max.get(NEW).await;
    for (name, email) in [("Ana Lima", ANA), ("Bo Chen", "bo@new.example")] {
        let form = page.form(CREATE).fill("Name", name).fill("Email", email);
        let form = if name == "Ana Lima" { form.choose(another) } else { form };
        let answer = max.submit(form).await.expect_status(303);
        assert!(answer.location().starts_with(NEW), "{}", answer.location());
        assert!(!answer.location().contains("Ana"), "no name in an address");
        page = max.follow(&answer).await.expect_status(200);
        let done = format!("{name} is created. The invitation is waiting to be sent.");
        assert_eq!(page.region("Done").as_deref(), Some(done.as_str()));
        assert_eq!(
            (page.value_of("Name"), page.value_of("Email")),
            (String::new(), String::new())
        );
    }
    // Somebody of another company is not named.
    let quinn = app.user_id(QUINN).await;
    let page = max
        .get(&format!("{NEW}?done=user-created&of={quinn}"))
        .await
        .expect_status(200);
    assert_eq!(page.region("Done"), None);
}

#[tokio::test]
async fn d1_a_role_is_given_below_ones_own_only() {
    let app = TestApp::start().await;
    let (ada, max, uma) = (
        app.sign_in_as(ADA).await,
        app.sign_in_as(MAX).await,
        app.sign_in_as(UMA).await,
    );
    let form = ada.get(NEW).await.form(CREATE);
    assert_eq!(form.choices(), (vec!["Manager", "User", "Read-only"], Some("User")));
    let form = form.fill("Name", "Mo Manager").fill("Email", ANA).choose("Manager");
    let answer = ada.submit(form).await.expect_status(303);
    let page = ada.follow(&answer).await;
    assert!(page.says("Manager"), "{}", page.text());

    let company = max.get(NEW).await.form(CREATE);
    let company = company
        .fields()
        .find(|(name, _)| *name == "company")
        .map(|(_, id)| id.to_owned());
    let company = company.expect("the form carries the company");
    let before = people(&app).await;
    for (browser, role) in [(&max, "manager"), (&max, "administrator"), (&ada, "administrator")] {
        let fields = [
            ("company", company.as_str()),
            ("name", "X"),
            ("email", "x@x.example"),
            ("role", role),
        ];
        browser.post(NEW, &fields).await.expect_status(403);
    }
    let page = uma.get(NEW).await.expect_status(403);
    assert!(
        page.says("It needs the role manager or administrator."),
        "{}",
        page.text()
    );
    assert!(!uma.get("/company").await.says("Invite people"));
    // Whatever else is wrong.
    uma.post(NEW, &[("company", &company)]).await.expect_status(403);
    assert_eq!(people(&app).await, before);
    assert_eq!(details(&app, "user_created", "refused").await.len(), 4);
}

#[tokio::test]
async fn what_is_refused_stands_where_it_was_typed() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let before = people(&app).await;
    for (name, email, label, reason) in [
        ("", ANA, "Name", "Enter a name"),
        ("Ana\u{202e}Lima", ANA, "Name", "Use letters, digits and symbols only"),
        ("Ana Lima", "", "Email", "Enter an email"),
        (
            "Ana Lima",
            "ana at example",
            "Email",
            "Enter an email like name@example.com",
        ),
        ("Ana Lima", QUINN, "Email", CANNOT_BE_USED),
        (
            "Ana Lima",
            " UMA@blueheron.example",
            "Email",
            "Someone at Blue Heron Logistics uses this email: Uma User",
        ),
    ] {
        let form = max.get(NEW).await.form(CREATE).fill("Name", name).fill("Email", email);
        let page = max.submit(form.choose("Read-only")).await.expect_status(422);
        assert_eq!(page.reason_at(label).as_deref(), Some(reason), "{name:?} {email:?}");
        assert_eq!(
            (page.value_of("Name"), page.value_of("Email")),
            // A sign that turns the text round is shown as one that can't be shown.
            (name.replace('\u{202e}', "\u{fffd}"), email.trim().to_owned())
        );
        assert_eq!(page.form(CREATE).choices().1, Some("Read-only"), "it stays chosen");
        assert!(page.title().starts_with("Error: Invite people"), "{}", page.title());
        if email.contains("UMA") {
            assert_eq!(page.link("Uma User"), app.page_of(UMA).await);
        }
        if email == QUINN {
            assert!(!page.says("Quarry"), "not a word on where: {}", page.text());
        }
    }
    let form = max.get(NEW).await.form(CREATE);
    let company = form
        .fields()
        .find(|(name, _)| *name == "company")
        .map(|(_, id)| id.to_owned());
    let company = company.expect("the form carries the company");
    let fields = [("company", company.as_str()), ("name", "Ana Lima"), ("email", ANA)];
    let page = max.post(NEW, &fields).await.expect_status(422);
    assert_eq!(page.reason_under("Role").as_deref(), Some("Choose a role"));
    for (field, value) in [("role", "user"), ("status", "active"), ("company_id", "x")] {
        let mut fields = fields.to_vec();
        fields.extend([("role", "user"), (field, value)]);
        max.post(NEW, &fields).await.expect_status(422);
    }
    assert_eq!(people(&app).await, before);
    assert!(app.recorder.mails().is_empty());
}

#[tokio::test]
async fn a_second_press_makes_no_second_person() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let before = people(&app).await;
    let form = max
        .get(NEW)
        .await
        .form(CREATE)
        .fill("Name", "Ana Lima")
        .fill("Email", ANA);
    let presses = join_all((0..4).map(|_| max.submit(form.clone()))).await;
    let places: Vec<_> = presses.iter().map(Page::location).collect();
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    assert_eq!(people(&app).await - before, 1);
    app.mail_to(ANA).await;
    assert_eq!(
        app.number("SELECT count(*) FROM mails WHERE recipient = 'ana@blueheron.example'")
            .await,
        1
    );
    // Later, or as somebody else, it is another one.
    let other = create(&max, "Ana Other", ANA).await.expect_status(422);
    let used = "Someone at Blue Heron Logistics uses this email: Ana Lima";
    assert_eq!(other.reason_at("Email").as_deref(), Some(used));
    app.advance(Duration::from_mins(2));
    max.submit(form).await.expect_status(422);
    assert_eq!(people(&app).await - before, 1);
}

#[tokio::test]
async fn d2_how_many_strangers_addresses_one_enters_is_limited() {
    let app = TestApp::with()
        .settings(|settings| settings.limits.taken_emails_per_manager = Rate::per_hour(3, 3))
        .start()
        .await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    for number in 0..3 {
        let page = create(&max, "Ana Lima", QUINN).await.expect_status(422);
        assert_eq!(page.reason_at("Email").as_deref(), Some(CANNOT_BE_USED), "{number}");
    }
    let mut answers = Vec::new();
    for email in [QUINN, "nobody@nowhere.example", UMA] {
        let page = create(&max, "Ana Lima", email).await.expect_status(429);
        assert_eq!(page.header("retry-after"), Some("1200"));
        let told = "Too many emails that cannot be used. Try again at 14:53.";
        assert_eq!(page.region("Problem").as_deref(), Some(told));
        assert_eq!(page.value_of("Email"), email);
        answers.push(page.text());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(details(&app, "email_entered", "refused").await.len(), 3);
    create(&ada, "Ana Lima", QUINN).await.expect_status(422);
    app.advance(Duration::from_mins(20));
    create(&max, "Ana Lima", ANA).await.expect_status(303);
}

#[tokio::test]
async fn c5_invitations_count_like_links() {
    let app = TestApp::with()
        .settings(|settings| settings.limits.resets_per_manager = std::num::NonZeroU32::new(2))
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    for email in ["a@new.example", "b@new.example"] {
        create(&max, "Ana Lima", email).await.expect_status(303);
    }
    let before = people(&app).await;
    let page = create(&max, "Ana Lima", "c@new.example").await.expect_status(429);
    assert!(
        page.says("You asked for 2 links in the last hour. Next one at 15:33."),
        "{}",
        page.text()
    );
    assert_eq!(people(&app).await, before);
}

#[tokio::test]
async fn details_and_role_are_saved() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = page_of(&app, &max, UMA).await;
    assert_eq!(page.value_of("Name"), "Uma User");
    let form = page.form("Save details").fill("Name", "  Uma   Żóć ");
    let answer = max.submit(form).await.expect_status(303);
    let page = max.follow(&answer).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("The details of Uma Żóć are saved.")
    );
    assert_eq!(page.heading(), "Uma Żóć");
    assert!(
        max.get("/company?tab=users&q=zoc").await.says("1 person"),
        "the search follows"
    );

    let form = page.form("Save role");
    assert_eq!(form.choices(), (vec!["User", "Read-only"], Some("User")));
    let answer = max.submit(form.choose("Read-only")).await.expect_status(303);
    let page = max.follow(&answer).await;
    assert_eq!(page.region("Done").as_deref(), Some("The role of Uma Żóć is saved."));
    assert_eq!(page.form("Save role").choices().1, Some("Read-only"));

    let page = max
        .submit(page.form("Save details").fill("Name", " "))
        .await
        .expect_status(422);
    assert_eq!(page.reason_at("Name").as_deref(), Some("Enter a name"));
    assert_eq!(page.heading(), "Uma Żóć");
    assert!(page.title().starts_with("Error: Uma"), "{}", page.title());
    assert_eq!(
        details(&app, "user_renamed", "granted").await,
        [Some("Uma Żóć".to_owned())]
    );
    assert_eq!(
        details(&app, "role_changed", "granted").await,
        [Some("user read-only".to_owned())]
    );
}

#[tokio::test]
async fn d6_another_role_counts_at_the_next_request() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    let form = max.get(NEW).await.form(CREATE).fill("Name", "Ana").fill("Email", ANA);
    let role = page_of(&app, &ada, MAX).await.form("Save role");
    assert_eq!(role.choices(), (vec!["Manager", "User", "Read-only"], Some("Manager")));
    ada.submit(role.choose("User")).await.expect_status(303);
    max.submit(form).await.expect_status(403);
    assert!(!page_of(&app, &max, UMA).await.has_button("Reset password"));
}

#[tokio::test]
async fn d8_nobody_edits_their_equals_their_betters_or_themselves() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    // A manager like Max.
    let peer = "person01@blueheron.example";
    let uma = page_of(&app, &max, UMA).await;
    for email in [ADA, peer, MAX] {
        let page = page_of(&app, &max, email).await;
        assert!(page.says("You can edit people below your own role."), "{}", page.text());
        for button in ["Save details", "Save role", "Sign out everywhere"] {
            assert!(!page.has_button(button), "{button} of {email}");
        }
        assert!(!page.says("Delete user"));
        let path = app.page_of(email).await;
        let before = app
            .words("SELECT name || email || role FROM users ORDER BY id", 0)
            .await;
        for button in ["Save details", "Save role"] {
            let form = uma.form(button);
            let fields: Vec<_> = form.fields().collect();
            max.post(&path, &fields).await.expect_status(403);
        }
        let company = uma.form("Sign out everywhere");
        let fields: Vec<_> = company.fields().collect();
        for rest in ["sign-out", "delete", "restore"] {
            max.post(&format!("{path}/{rest}"), &fields).await.expect_status(403);
        }
        max.get(&format!("{path}/delete")).await.expect_status(403);
        let after = app
            .words("SELECT name || email || role FROM users ORDER BY id", 0)
            .await;
        assert_eq!(after, before);
        // Nor is their address had by inviting it.
        create(&max, "Ada Admin", email).await.expect_status(422);
    }
    let all = app
        .number("SELECT sum(times) FROM activity WHERE outcome = 'refused'")
        .await;
    assert_eq!(all, 15, "each press is an entry");
    assert!(max.get("/dashboard").await.status == 200, "and Max is signed in");
    // Readers who edit nobody see nothing of it.
    let rob = app.sign_in_as(ROB).await;
    for email in [UMA, ROB] {
        let page = page_of(&app, &rob, email).await;
        assert!(
            !page.says("Save") && !page.says("below your own role"),
            "{}",
            page.text()
        );
    }
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_is_told() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    let (first, second) = (page_of(&app, &ada, UMA).await, page_of(&app, &max, UMA).await);
    ada.submit(first.form("Save details").fill("Name", "Uma One"))
        .await
        .expect_status(303);
    ada.submit(first.form("Save role").choose("Manager"))
        .await
        .expect_status(303);
    // She is no longer below Max.
    max.submit(second.form("Save role").choose("Read-only"))
        .await
        .expect_status(403);
    let role = page_of(&app, &ada, UMA).await.form("Save role");
    ada.submit(role.clone().choose("User")).await.expect_status(303);

    let late = ada.submit(role.choose("Read-only")).await.expect_status(409);
    assert!(late.says(CHANGED) && late.says("the role user"), "{}", late.text());
    assert_eq!(late.form("Save role").choices().1, Some("Read-only"), "it stays chosen");

    let page = max
        .submit(second.form("Save details").fill("Name", "Uma Two"))
        .await
        .expect_status(409);
    let told = page.region("Problem").unwrap_or_default();
    assert!(told.contains(CHANGED) && told.contains("Uma One"), "{told}");
    assert_eq!(page.value_of("Name"), "Uma Two", "what was typed stays");
    assert_eq!(page.heading(), "Uma One");
    // The page has told, so that the next press is meant.
    max.submit(page.form("Save details")).await.expect_status(303);
    assert_eq!(page_of(&app, &max, UMA).await.heading(), "Uma Two");
    // The same once more changes nothing, and is no trouble.
    max.submit(second.form("Save details").fill("Name", "Uma Two"))
        .await
        .expect_status(303);

    let company = first.form("Sign out everywhere");
    let company = company
        .fields()
        .next()
        .map(|(_, id)| id.to_owned())
        .expect("the company");
    let function = [
        ("input[user]", app.user_id(UMA).await.to_string()),
        ("input[company]", company),
        ("input[name]", "Uma Three".to_owned()),
        ("input[was_name]", "Uma One".to_owned()),
    ];
    let function = function.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = max.post("/api/edit-user", &function).await.expect_status(409);
    assert!(answer.body.contains("Uma Two"), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_save_at_the_same_moment_one_is_told() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    for round in 0..10 {
        let [by_ada, by_max] = [format!("Uma Ada {round}"), format!("Uma Max {round}")];
        let form = page_of(&app, &max, UMA).await.form("Save details");
        let (first, second) = tokio::join!(
            ada.submit(form.clone().fill("Name", &by_ada)),
            max.submit(form.fill("Name", &by_max)),
        );
        let saved = match (first.status, second.status) {
            (303, 409) => by_ada,
            (409, 303) => by_max,
            other => panic!("{other:?} in round {round}"),
        };
        assert_eq!(
            page_of(&app, &max, UMA).await.heading(),
            saved,
            "nothing is overwritten"
        );
    }
}

#[tokio::test]
async fn an_invited_persons_address_is_corrected_at_once() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = ana(&max).await;
    let wrong = link_of(&app.mail_to(ANA).await);
    app.page_says(&max, &app.page_of(ANA).await, "Mail accepted").await;

    for (email, reason) in [
        ("ana", "Enter an email like name@example.com"),
        (QUINN, CANNOT_BE_USED),
        (UMA, "Someone at Blue Heron Logistics uses this email: Uma User"),
    ] {
        let page = max
            .submit(page.form("Save details").fill("Email", email))
            .await
            .expect_status(422);
        assert_eq!(page.reason_at("Email").as_deref(), Some(reason));
        assert_eq!(
            (page.value_of("Name"), page.value_of("Email")),
            ("Ana Lima".to_owned(), email.to_owned())
        );
    }
    let right = "ana.lima@blueheron.example";
    let form = page
        .form("Save details")
        .fill("Email", right)
        .fill("Name", "Ana M. Lima");
    let answer = max.submit(form).await.expect_status(303);
    let page = max.follow(&answer).await;
    let done = "The details of Ana M. Lima are saved. A new invitation is waiting to be sent.";
    assert_eq!(page.region("Done").as_deref(), Some(done));
    let dead = app.client().get(&wrong).await.expect_status(410);
    assert_eq!(dead.heading(), "This link was withdrawn");
    let mail = app.mail_to(right).await;
    assert!(
        mail.text.contains("set up") || mail.subject.ends_with("set up your account"),
        "{}",
        mail.subject
    );
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(right, &password(1)).await);
    assert!(!app.signs_in(ANA, &password(1)).await);
    let expected = format!("{ANA} {right}");
    assert_eq!(details(&app, "email_corrected", "granted").await, [Some(expected)]);
}

#[tokio::test]
async fn g8_an_invitation_to_a_wrong_address_that_waits_is_not_sent() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Down);
    let page = ana(&max).await;
    let right = "ana.lima@blueheron.example";
    max.submit(page.form("Save details").fill("Email", right))
        .await
        .expect_status(303);
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR);
    app.mail_to(right).await;
    let states = app
        .words("SELECT state FROM mails WHERE recipient = 'ana@blueheron.example'", 0)
        .await;
    assert_eq!(states, ["dropped"]);
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_the_person() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let umas = [app.sign_in_as(UMA).await, app.sign_in_as(UMA).await];
    let page = page_of(&app, &max, UMA).await;
    let answer = max.submit(page.form("Sign out everywhere")).await.expect_status(303);
    let page = max.follow(&answer).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Uma User is signed out everywhere.")
    );
    for browser in &umas {
        browser.get("/dashboard").await.expect_status(303);
    }
    assert_eq!(max.get("/dashboard").await.status, 200);
    assert!(app.signs_in(UMA, PASSWORD).await, "the password stays");
    assert!(!page_of(&app, &max, IVY).await.has_button("Sign out everywhere"));
}

#[tokio::test]
async fn a9_deleting_ends_sessions_links_and_what_waits() {
    let app = TestApp::start().await;
    let (max, uma) = (app.sign_in_as(MAX).await, app.sign_in_as(UMA).await);
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    app.recorder.set_behaviour(Behaviour::Down);
    app.trigger(&max, UMA).await;
    // No sender holds it any more.
    let put_off = "SELECT count(*) FROM mails, outages WHERE outages.ended_at IS NULL AND mails.settled_at IS NULL \
                   AND recipient = 'uma@blueheron.example' AND state IN ('queued', 'deferred')";
    app.until("the mail is put off", async || app.number(put_off).await == 1)
        .await;

    let page = page_of(&app, &max, UMA).await;
    let asks = max.get(&page.link("Delete user")).await.expect_status(200);
    assert_eq!(asks.heading(), "Delete Uma User?");
    assert_eq!(asks.link("Keep user"), app.page_of(UMA).await);
    assert_eq!(uma.get("/dashboard").await.status, 200, "asking did nothing");
    let form = asks.form("Delete user");
    let answer = max.submit(form.clone()).await.expect_status(303);
    let page = max.follow(&answer).await.expect_status(200);
    assert_eq!(page.region("Done").as_deref(), Some("Uma User is deleted."));
    assert!(page.says("Deleted people get no links. Restore the account first."));
    assert!(!page.has_button("Save details") && !page.has_button("Save role"));

    uma.get("/dashboard").await.expect_status(303);
    assert!(!app.signs_in(UMA, PASSWORD).await);
    app.client().get(&link).await.expect_status(410);
    let waiting = "SELECT count(*) FROM mails WHERE recipient = 'uma@blueheron.example' AND settled_at IS NULL";
    app.until("nothing waits", async || app.number(waiting).await == 0)
        .await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR / 4);
    assert!(!max.get("/company?tab=users&q=uma").await.says("Uma User"));
    assert!(
        max.get("/company?tab=users&q=uma&status=deleted")
            .await
            .says("Uma User")
    );

    // A second press, and a page that is old.
    max.submit(form).await.expect_status(303);
    max.get(asks.form("Delete user").action()).await.expect_status(403);
    assert_eq!(details(&app, "user_deleted", "granted").await.len(), 1);
    assert_eq!(app.mails_to(UMA, 1).await.len(), 1);

    // The address is free.
    create(&max, "Uma Other", UMA).await.expect_status(303);
}

#[tokio::test]
async fn a9_restoring_brings_no_password_and_no_link_back() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let old = link_of(&app.mail_to(UMA).await);
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    confirm(&app, &max, UMA, "Delete user").await;

    let page = page_of(&app, &max, UMA).await;
    let asks = max.get(&page.link("Restore user")).await.expect_status(200);
    assert_eq!(asks.heading(), "Restore Uma User?");
    let form = asks.form("Restore user");
    assert_eq!(form.fields().count(), 1, "the address is free");
    let answer = max.submit(form.clone()).await.expect_status(303);
    let page = max.follow(&answer).await;
    let done = "Uma User is restored. The mail with a link is waiting to be sent.";
    assert_eq!(page.region("Done").as_deref(), Some(done));
    assert!(
        page.says("Invited") && page.has_button("Resend invitation"),
        "{}",
        page.text()
    );
    max.submit(form).await.expect_status(303);
    let again = max
        .get(&format!("{}/restore", app.page_of(UMA).await))
        .await
        .expect_status(200);
    assert_eq!(again.heading(), "This account is not deleted");

    assert!(
        !app.signs_in(UMA, PASSWORD).await,
        "the old password does not come back"
    );
    app.client().get(&old).await.expect_status(410);
    let mail = app.mails_to(UMA, 2).await.remove(1);
    assert_eq!(mail.subject, "Blue Heron Logistics: your account is back");
    assert!(mail.text.contains("72 hours"), "{}", mail.text);
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
    assert_eq!(details(&app, "user_restored", "granted").await.len(), 1);
    assert_eq!(
        app.number("SELECT count(*) FROM resets WHERE kind = 'restore'").await,
        1
    );
}

#[tokio::test]
async fn restoring_asks_for_another_address_where_it_is_taken() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    // Restoring is no way to change an address that is free.
    let del = app.page_of(DEL).await;
    let asks = max.get(&format!("{del}/restore")).await;
    let mut fields: Vec<_> = asks
        .form("Restore user")
        .fields()
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect();
    fields.push(("email".to_owned(), "evil@evil.example".to_owned()));
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    max.post(&format!("{del}/restore"), &fields).await.expect_status(303);
    assert!(app.mail_to(DEL).await.subject.ends_with("your account is back"));

    let uma = app.page_of(UMA).await;
    confirm(&app, &max, UMA, "Delete user").await;
    let early = max.get(&format!("{uma}/restore")).await.form("Restore user");
    create(&max, "Uma Other", UMA).await.expect_status(303);
    // A page from before.
    let page = max.submit(early).await.expect_status(422);
    let used = "Someone at Blue Heron Logistics uses this email: Uma Other";
    assert_eq!(page.reason_at("Email").as_deref(), Some(used));
    let page = max.get(&format!("{uma}/restore")).await;
    assert!(
        page.says("is used by somebody else now. Enter another one."),
        "{}",
        page.text()
    );
    for (email, reason) in [("", "Enter an email"), (QUINN, CANNOT_BE_USED)] {
        let page = max
            .submit(page.form("Restore user").fill("Email", email))
            .await
            .expect_status(422);
        assert_eq!(page.reason_at("Email").as_deref(), Some(reason));
        assert_eq!(page.heading(), "Restore Uma User?");
    }
    // She has had a password: the new address is confirmed and told first (F5).
    let new = "uma.user@blueheron.example";
    let answer = max
        .submit(page.form("Restore user").fill("Email", new))
        .await
        .expect_status(303);
    let page = max.follow(&answer).await;
    assert!(page.says(new) && page.says("Deleted"), "{}", page.text());
    assert!(app.mail_to(new).await.subject.ends_with("confirm your new email"));
}

#[tokio::test]
async fn somebody_who_never_had_a_password_is_restored_with_another_address_at_once() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    ana(&max).await;
    let page = app.page_of(ANA).await;
    confirm(&app, &max, ANA, "Delete user").await;
    create(&max, "Ana Other", ANA).await.expect_status(303);
    let new = "ana.lima@blueheron.example";
    let form = max.get(&format!("{page}/restore")).await.form("Restore user");
    let answer = max.submit(form.fill("Email", new)).await.expect_status(303);
    let page = max.follow(&answer).await;
    assert!(page.says(new) && page.says("Invited"), "{}", page.text());
    assert!(app.mail_to(new).await.subject.ends_with("your account is back"));
}

#[tokio::test]
async fn d3_a_form_of_another_company_changes_nobody() {
    let app = TestApp::start().await;
    let (max, quinn) = (app.sign_in_as(MAX).await, app.sign_in_as(QUINN).await);
    let quarry = quinn.get(NEW).await.form(CREATE);
    let quarry = quarry
        .fields()
        .find(|(name, _)| *name == "company")
        .map(|(_, id)| id.to_owned());
    let quarry = quarry.expect("the form carries the company");
    let before = people(&app).await;
    let path = app.page_of(UMA).await;
    let fields = [
        ("company", quarry.as_str()),
        ("name", "X"),
        ("email", "x@x.example"),
        ("role", "user"),
    ];
    let page = max.post(NEW, &fields).await.expect_status(409);
    assert!(page.says("You now act in Blue Heron Logistics"), "{}", page.text());
    let fields = [("company", quarry.as_str()), ("name", "X"), ("was_name", "Uma User")];
    max.post(&path, &fields).await.expect_status(409);
    for rest in ["sign-out", "delete", "restore"] {
        max.post(&format!("{path}/{rest}"), &fields[..1])
            .await
            .expect_status(409);
    }
    assert_eq!(people(&app).await, before);
    assert!(app.signs_in(UMA, PASSWORD).await);
}
