//! Many at once: choosing people, the draft, the press, what becomes of it, and what can be done then. Cases C5, C6, D2, D3, D6
//! and H1.

use std::time::Duration;

use rekey::server::mail::recorder::Behaviour;

use crate::support::people::{ADA, DEL, IVY, MAX, QUINN, ROB, UMA};
use crate::support::{Client, HOUR, Page, TestApp, link_of};

async fn town() -> TestApp {
    TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        .start()
        .await
}

/// Pastes addresses; the draft, or the refusal.
async fn paste(browser: &Client, addresses: &str) -> Page {
    let form = browser.get("/company/resets/new").await.form("Check addresses");
    let page = browser
        .submit(form.fill("Email addresses, one a line", addresses))
        .await;
    if page.status == 303 {
        browser.follow(&page).await
    } else {
        page
    }
}

/// Presses the button under a draft; the page of the batch.
async fn send(browser: &Client, draft: &Page, button: &str) -> (String, Page) {
    let pressed = browser.submit(draft.form(button)).await.expect_status(303);
    (pressed.location(), browser.follow(&pressed).await)
}

/// Waits until nothing of any batch is left to do.
async fn carried_out(app: &TestApp) {
    app.until("the batches are carried out", async || {
        app.number("SELECT count(*) FROM batches WHERE state IN ('pressed', 'revoking')")
            .await
            == 0
    })
    .await;
}

/// The same, and lets the time pass that its mails are apart.
async fn sent(app: &TestApp, mails: u32) {
    carried_out(app).await;
    app.advance(Duration::from_millis(100) * mails);
}

/// Everybody's reason, by what the row begins with.
fn why(page: &Page, name: &str) -> String {
    let row = page
        .row(name)
        .unwrap_or_else(|| panic!("no row {name:?} in: {}", page.text()));
    let cell = row.into_iter().find(|(column, _)| column == "Why not");
    cell.map(|(_, why)| why).unwrap_or_default()
}

#[tokio::test]
async fn people_ticked_in_the_list_get_their_links_and_the_page_tells() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let list = max.get("/company?tab=users&q=user&size=50").await;
    let form = list.form("Send reset links to selected").choose("Select Uma User");
    let chosen = max.submit(form).await.expect_status(303);
    let draft = max.follow(&chosen).await;
    assert_eq!(draft.heading(), "Send a reset link to 1 person?");
    assert!(draft.says("Will get a link (1)"), "{}", draft.text());
    assert!(
        draft.says("Old passwords work until each person sets a new one."),
        "{}",
        draft.text()
    );
    let hint = "Managers and administrators read it on the page of these links, administrators also in Activity.";
    assert!(draft.says(hint), "{}", draft.text());
    // Nothing has happened yet.
    assert_eq!(
        app.number("SELECT count(*) FROM resets WHERE batch_id IS NOT NULL")
            .await,
        0
    );

    let form = draft
        .form("Send 1 link")
        .fill("Reason, kept in Activity (optional)", "A  lost\u{a0}laptop");
    let pressed = max.submit(form).await.expect_status(303);
    let address = pressed.location();
    link_of(&app.mail_to(UMA).await);
    let page = app.page_says(&max, &address, "1 of 1 accepted.").await;
    assert!(page.says("Reason: A lost laptop"), "{}", page.text());
    assert_eq!(page.heading(), "Reset link for 1 person");
    assert!(page.says("Asked for by Max Manager on "), "{}", page.text());
    assert!(page.row("Uma User").is_some());
    // The same reset as any other: on the person's page, in the list, with their name and Max's.
    let person = max.get(&app.page_of(UMA).await).await;
    assert!(person.says("Mail accepted"), "{}", person.text());
    let resets = max.get("/company?tab=resets&q=uma").await;
    assert!(resets.row("Uma User").is_some());
    let activity = app.sign_in_as(ADA).await.get("/company?tab=activity").await;
    assert!(
        activity.says("Max Manager asked for reset links for 1 person: A lost laptop"),
        "{}",
        activity.text()
    );
    // The draft knows that it was pressed, and a second press does nothing.
    let again = max.get(&chosen.location()).await.expect_status(200);
    assert!(again.says("These links were sent already."), "{}", again.text());
    max.submit(draft.form("Send 1 link")).await.expect_status(303);
    carried_out(&app).await;
    assert_eq!(
        app.number("SELECT count(*) FROM resets WHERE batch_id IS NOT NULL")
            .await,
        1
    );
}

/// A page of several statements, opened again and again while the lines are carried out: whoever opens it without script sees
/// that one page until they load it again.
#[tokio::test]
async fn the_page_counts_everybody_at_every_moment_while_it_is_carried_out() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    for addresses in [format!("{UMA}\n{ROB}"), IVY.to_owned()] {
        let people = addresses.lines().count();
        let draft = paste(&max, &addresses).await;
        let button = if people == 1 { "Send 1 link" } else { "Send 2 links" };
        let (address, mut page) = send(&max, &draft, button).await;
        let accepted = format!("{people} of {people} accepted.");
        let heading = if people == 1 {
            "Reset link for 1 person"
        } else {
            "Reset links for 2 people"
        };
        while !page.says(&accepted) {
            assert_eq!(page.heading(), heading, "{}", page.text());
            assert!(page.says(&format!("All ({people})")), "{}", page.text());
            app.advance(Duration::from_millis(100));
            page = max.get(&address).await.expect_status(200);
        }
    }
}

#[tokio::test]
async fn a_page_and_everybody_are_chosen_by_what_the_page_showed() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let list = max.get("/company?tab=users").await;
    // The whole page: without script its people come along.
    let form = list
        .form("Send reset links to selected")
        .choose("Select all on this page");
    let draft = max.submit(form).await.expect_status(303);
    let draft = max.follow(&draft).await;
    let ready = app.number("SELECT count(*) FROM batch_lines").await;
    assert_eq!(ready, 25, "{}", draft.text());
    // Everybody: the filter, no ids; whoever a hand-written form adds is not looked at.
    let list = max.get("/company?tab=users&role=user&q=person").await;
    let total = app
        .number("SELECT count(*) FROM users WHERE role = 'user' AND deleted_at IS NULL AND search_key LIKE '%person%' AND email LIKE '%@blueheron.example'")
        .await;
    assert!(total > 25, "{total}");
    let form = list.form(&format!("Select all {total}"));
    let fields: Vec<_> = form.fields().chain([("everyone", "yes")]).collect();
    max.post(form.action(), &fields).await.expect_status(303);
    let lines = app.number("SELECT count(*) FROM batch_lines").await - ready;
    assert_eq!(lines, total);
}

#[tokio::test]
async fn each_who_gets_none_hears_why() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, ROB).await;
    let draft = paste(
        &max,
        &format!(
            "{UMA}\n{ROB}; {DEL}, {MAX}\n\n {QUINN}\nnobody@blueheron.example\nno address\nUMA@blueheron.example\n{IVY}"
        ),
    )
    .await
    .expect_status(200);
    assert_eq!(draft.heading(), "Send reset links to 2 people?");
    for words in [
        "2 get a link",
        "5 do not",
        "Will get a link (2)",
        "Will not get a link (5)",
    ] {
        assert!(draft.says(words), "{words} in: {}", draft.text());
    }
    assert_eq!(draft.link("2 are not in Blue Heron Logistics"), "#unknown");
    assert_eq!(why(&draft, "Rob Reader"), "already waiting");
    assert_eq!(why(&draft, "Del Deleted"), "deleted");
    assert_eq!(why(&draft, "Max Manager"), "you");
    // Another company's person is as nobody (D2).
    assert!(draft.says("Not in Blue Heron Logistics (2)"), "{}", draft.text());
    for nobody in [QUINN, "nobody@blueheron.example"] {
        assert!(draft.row(nobody).is_some(), "{nobody} in: {}", draft.text());
        assert_eq!(why(&draft, nobody), "");
    }
    assert_eq!(why(&draft, "no address"), "not an email address");
    assert!(draft.says("the same as line 1"), "{}", draft.text());
    app.recorder.set_behaviour(Behaviour::Accept);
    let (address, _) = send(&max, &draft, "Send 2 links").await;
    sent(&app, 2).await;
    // Who is invited gets the invitation again.
    let mail = app.mail_to(IVY).await;
    assert!(mail.subject.contains("set up your account"), "{}", mail.subject);
    let page = app.page_says(&max, &address, "2 of 2 accepted.").await;
    let left_out = max.get(&page.link("No link (7)")).await;
    assert_eq!(why(&left_out, "Del Deleted"), "deleted");
    assert_eq!(why(&left_out, QUINN), "not in Blue Heron Logistics");
    // The report has them all, formulas harmless.
    let csv = max.get(&page.link("Download CSV")).await.expect_status(200);
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<_> = csv.body.lines().collect();
    assert_eq!(lines.len(), 10, "{}", csv.body);
    assert_eq!(lines[0], "line,name,email,role,outcome,reason,asked,valid_until");
    assert!(
        lines[1].starts_with("1,Uma User,uma@blueheron.example,User,Mail accepted,,2026-"),
        "{}",
        lines[1]
    );
    assert!(
        lines[3].starts_with("3,Del Deleted,del@blueheron.example,User,deleted,,"),
        "{}",
        lines[3]
    );
}

#[tokio::test]
async fn what_can_not_be_read_is_said_at_its_field_and_nothing_is_lost() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    // Nobody ticked.
    let list = max.get("/company?tab=users&q=uma").await;
    let page = max
        .submit(list.form("Send reset links to selected"))
        .await
        .expect_status(422);
    assert!(page.says("Select at least one person"), "{}", page.text());
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    assert!(page.row("Uma User").is_some(), "the filters stay");
    // Nothing pasted.
    let page = paste(&max, " \n,;").await.expect_status(422);
    assert_eq!(
        page.reason_at("Email addresses, one a line").as_deref(),
        Some("Enter at least one email address")
    );
    // Too many: what was pasted is there again.
    let many = "x@y.example\n".repeat(10_001);
    let page = paste(&max, &many).await.expect_status(422);
    assert_eq!(
        page.reason_at("Email addresses, one a line").as_deref(),
        Some("Choose at most 10000 people at once")
    );
    assert!(page.body.matches("x@y.example").count() >= 10_001);
    // A reason that is too long, or can't be seen.
    let draft = paste(&max, UMA).await;
    for reason in ["x".repeat(201), "a\u{7}b".to_owned(), "a\u{202e}b".to_owned()] {
        let form = draft
            .form("Send 1 link")
            .fill("Reason, kept in Activity (optional)", &reason);
        let page = max.submit(form).await.expect_status(422);
        assert_eq!(
            page.reason_at("Reason, kept in Activity (optional)").as_deref(),
            Some("Use at most 200 characters on one line")
        );
        assert!(page.has_button("Send 1 link"), "{}", page.text());
    }
    assert_eq!(
        app.number("SELECT count(*) FROM batches WHERE state <> 'draft'").await,
        0
    );
}

#[tokio::test]
async fn c6_a_long_list_is_taken_from_who_is_signed_in_only() {
    let app = town().await;
    let list = "someone.with.a.long.name@blueheron.example\n".repeat(9_000);
    assert!(list.len() > 300_000);
    let max = app.sign_in_as(MAX).await;
    let company = max.get("/company/resets/new").await.form("Check addresses");
    let company = company
        .fields()
        .find(|(name, _)| *name == "company")
        .map(|(_, value)| value.to_owned());
    let company = company.expect("the form names the company");
    let fields = [("company", company.as_str()), ("emails", list.as_str())];
    max.post("/company/resets/new", &fields).await.expect_status(303);
    app.client()
        .post("/company/resets/new", &fields)
        .await
        .expect_status(413);
    max.post("/company/edit", &fields).await.expect_status(413);
    let too_long = list.repeat(3);
    let fields = [("company", company.as_str()), ("emails", too_long.as_str())];
    max.post("/company/resets/new", &fields).await.expect_status(413);
}

#[tokio::test]
async fn c5_once_an_hour_by_a_batch_and_the_place_of_a_refused_mail_is_given_back() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let draft = paste(&max, &format!("{UMA}\n{ROB}")).await;
    app.recorder.set_behaviour(Behaviour::Refuse);
    let (address, _) = send(&max, &draft, "Send 2 links").await;
    sent(&app, 2).await;
    let page = app.page_says(&max, &address, "0 of 2 accepted, 2 refused.").await;
    app.recorder.set_behaviour(Behaviour::Accept);
    // Refused ones count for nothing: the button sends to both again.
    let again = max
        .submit(page.form("Send again to refused (2)"))
        .await
        .expect_status(303);
    let second = again.location();
    assert_ne!(second, address);
    sent(&app, 2).await;
    let page = app.page_says(&max, &second, "2 of 2 accepted.").await;
    assert!(!page.says("Send again to refused"), "{}", page.text());
    // Now they had theirs; single presses are another matter.
    let draft = paste(&max, &format!("{UMA}\n{ROB}")).await;
    assert_eq!(draft.heading(), "Nobody here gets a link");
    assert!(
        draft.title().starts_with("Nobody here gets a link"),
        "{}",
        draft.title()
    );
    assert!(
        draft.forms().iter().all(|form| form.action() != "/company/resets/new"),
        "no button sends nothing"
    );
    assert!(
        why(&draft, "Uma User").starts_with("limit reached, possible again at "),
        "{}",
        draft.text()
    );
    app.trigger(&max, UMA).await;
    // While it waits, nobody gets another.
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    app.advance(HOUR + Duration::from_secs(1));
    let max = app.sign_in_as(MAX).await;
    let draft = paste(&max, &format!("{UMA}\n{ROB}")).await;
    assert_eq!(draft.heading(), "Send reset links to 2 people?");
}

#[tokio::test]
async fn why_mails_were_refused_is_told_once_with_what_helps_and_in_the_report() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let draft = paste(&max, &format!("{UMA}\n{ROB}\n{DEL}")).await;
    app.recorder.set_behaviour(Behaviour::Refuse);
    let (address, _) = send(&max, &draft, "Send 2 links").await;
    sent(&app, 2).await;
    let page = app.page_says(&max, &address, "0 of 2 accepted, 2 refused.").await;
    assert_eq!(page.heading(), "Reset links for 2 people");
    // One line for both of them, before the list.
    let why = page.region("Why mails were refused").expect("the reasons");
    assert!(
        why.contains("no such mailbox: 2 Correct the email on the person's page. Send again once the new one counts."),
        "{why}"
    );
    let text = page.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in: {text}"));
    assert!(place("Send again to refused (2)") < place("Uma User"), "{text}");
    // The bar says the same as its legend, and nothing of what is not there.
    assert_eq!(page.link("All (2)"), address);
    assert_eq!(page.link("Refused (2)"), format!("{address}?state=refused"));
    for none in ["Used (", "Not used yet (", "Waiting (", "Delayed (", "Ended ("] {
        assert!(!page.says(none), "{none} in: {text}");
    }
    let pieces = |page: &Page| -> Vec<String> {
        let html = page.html();
        let rect = scraper::Selector::parse(".bar rect").expect("a selector");
        let piece = |rect: scraper::ElementRef<'_>| {
            let value = |name| rect.attr(name).unwrap_or_default().to_owned();
            format!("{} {}", value("data-part"), value("width"))
        };
        html.select(&rect).map(piece).collect()
    };
    assert_eq!(pieces(&page), ["refused 1000"]);
    // Programs that read it aloud are told that nothing was handed over.
    let html = page.html();
    let progress = scraper::Selector::parse("progress").expect("a selector");
    let progress = html.select(&progress).next().expect("a progress");
    assert_eq!((progress.attr("value"), progress.attr("max")), (Some("0"), Some("2")));
    assert_eq!(progress.attr("aria-valuetext"), Some("0 of 2 accepted, 2 refused."));
    assert!(!page.body.contains("style="), "the policy forbids it");

    let csv = max.get(&page.link("Download CSV")).await.expect_status(200);
    let lines: Vec<_> = csv.body.lines().collect();
    assert!(
        lines[1].starts_with("1,Uma User,uma@blueheron.example,User,Mail refused,no such mailbox,2026-"),
        "{}",
        csv.body
    );
    assert!(
        lines[2].starts_with("2,Rob Reader,rob@blueheron.example,Read-only,Mail refused,no such mailbox,2026-"),
        "{}",
        csv.body
    );
    // Once they have newer links, nothing is left to do here.
    app.recorder.set_behaviour(Behaviour::Accept);
    let again = max
        .submit(page.form("Send again to refused (2)"))
        .await
        .expect_status(303);
    sent(&app, 2).await;
    app.page_says(&max, &again.location(), "2 of 2 accepted.").await;
    let page = max.get(&address).await;
    assert_eq!(page.region("Why mails were refused"), None);
    assert_eq!(page.link("Ended (2)"), format!("{address}?state=ended"));
    let ended = max.get(&page.link("Ended (2)")).await;
    assert_eq!(ended.rows().len(), 2, "{}", ended.text());
}

#[tokio::test]
async fn addresses_that_are_nobodys_can_be_invited() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let pasted = "ana.lima@new.example\nDiaz, Cy <cy@new.example>; x@\nmo@new.example";
    let draft = paste(&max, pasted).await.expect_status(200);
    assert_eq!(draft.heading(), "Nobody here gets a link");
    assert!(draft.says("Not in Blue Heron Logistics (3)"), "{}", draft.text());
    assert_eq!(why(&draft, "x@"), "not an email address");
    let form = draft.form("Invite these 3");
    assert_eq!(form.action(), "/company/users/import");
    assert!(
        !form.fields().any(|(_, value)| value.contains("@new.example")),
        "the draft has them"
    );
    let people = app.number("SELECT count(*) FROM users").await;
    let answer = max.submit(form).await.expect_status(303);
    assert!(!answer.location().contains("new.example"), "{}", answer.location());
    let checked = max.follow(&answer).await.expect_status(200);
    assert_eq!(checked.heading(), "Invite 3 people?");
    let cells: Vec<_> = ["1", "2", "3"]
        .into_iter()
        .map(|line| {
            checked
                .row(line)
                .expect("a line")
                .into_iter()
                .skip(1)
                .take(2)
                .map(|(_, cell)| cell)
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        cells,
        [
            ["Ana Lima", "ana.lima@new.example"],
            ["Diaz, Cy", "cy@new.example"],
            ["Mo", "mo@new.example"]
        ]
    );
    assert_eq!(
        app.number("SELECT count(*) FROM users").await,
        people,
        "nothing is done before the press"
    );
    max.submit(checked.form("Invite 3 people")).await.expect_status(303);
    carried_out(&app).await;
    assert_eq!(app.number("SELECT count(*) FROM users").await, people + 3);

    // Another company's person is nobody here either, and the check tells no more than it always does (D2).
    let draft = paste(&max, QUINN).await;
    let answer = max.submit(draft.form("Invite this person")).await.expect_status(303);
    let checked = max.follow(&answer).await;
    assert_eq!(checked.heading(), "Nobody on this list can be invited");
    assert!(
        checked.says("This email cannot be used. Ask support."),
        "{}",
        checked.text()
    );
    // A draft is its maker's alone.
    let ada = app.sign_in_as(ADA).await;
    ada.submit(draft.form("Invite this person")).await.expect_status(404);
}

#[tokio::test]
async fn c5_a_batch_takes_no_place_of_a_managers_single_presses() {
    let app = TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        .settings(|settings| settings.limits.resets_per_manager = std::num::NonZeroU32::new(2))
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let people: Vec<_> = (20..30)
        .map(|number| format!("person{number}@blueheron.example"))
        .collect();
    let draft = paste(&max, &people.join("\n")).await;
    let ready = app
        .number("SELECT count(*) FROM batch_lines WHERE outcome = 'ready'")
        .await;
    assert!(ready > 3, "{}", draft.text());
    send(&max, &draft, &format!("Send {ready} links")).await;
    carried_out(&app).await;
    app.trigger(&max, UMA).await;
    app.trigger(&max, ROB).await;
}

#[tokio::test]
async fn c5_a_single_link_goes_before_many_which_keep_their_pace() {
    let app = town().await;
    many_people(&app, 60).await;
    let max = app.sign_in_as(MAX).await;
    let list = max.get("/company?tab=users&q=crowd").await;
    assert!(list.says("60 people"), "{}", list.text());
    let everybody = list.form("Select all 60");
    let fields: Vec<_> = everybody.fields().chain([("everyone", "yes")]).collect();
    let chosen = max.post(everybody.action(), &fields).await.expect_status(303);
    let draft = max.follow(&chosen).await;
    assert_eq!(draft.heading(), "Send reset links to 60 people?");
    let (address, _) = send(&max, &draft, "Send 60 links").await;
    // A single press in the middle of it.
    app.trigger(&max, UMA).await;
    link_of(&app.mail_to(UMA).await);
    carried_out(&app).await;
    let waiting = app
        .number("SELECT count(*) FROM mails WHERE is_of_batch AND state = 'queued'")
        .await;
    // The press took a second: eleven of them were due by then, where all had been started before it.
    assert!(
        waiting >= 60 - 11,
        "{waiting} still wait while the single one has arrived"
    );
    // Ten a second. In one look: those that are due go meanwhile.
    let too_close = app
        .number(
            "SELECT (count(*) - 1) * 100 - (max(next_try_at) - min(next_try_at)) FROM mails WHERE is_of_batch AND state = 'queued'",
        )
        .await;
    assert!(too_close <= 0, "{too_close} ms");
    // The deadline counts from the press, for all alike.
    let deadlines = app
        .number("SELECT count(DISTINCT expires_at) FROM resets WHERE batch_id IS NOT NULL")
        .await;
    assert_eq!(deadlines, 1);
    app.advance(Duration::from_secs(7));
    app.until("all of them are accepted", async || {
        app.number("SELECT count(*) FROM mails WHERE is_of_batch AND state <> 'accepted'")
            .await
            == 0
    })
    .await;
    let page = max.get(&address).await;
    assert!(page.says("60 of 60 accepted."), "{}", page.text());
}

/// So many more people of Blue Heron, by rows.
async fn many_people(app: &TestApp, people: usize) {
    let services = app.services();
    let tx = services.db.begin_write().await.expect("the database takes it");
    let uma = rekey::server::store::users::find(&tx, app.user_id(UMA).await)
        .await
        .expect("the database answers");
    let company = uma.expect("Uma").company;
    let now = services.clock.now();
    for number in 0..people {
        let name = rekey_domain::name::PersonName::parse(&format!("Crowd {number:05}")).expect("a name");
        let email =
            rekey_domain::email::Email::parse(&format!("crowd{number:05}@blueheron.example")).expect("an address");
        let mut random = [0; 10];
        random[..8].copy_from_slice(&number.to_be_bytes());
        let new = rekey::server::store::users::NewUser {
            id: rekey_domain::id::UserId::mint(now, random),
            company,
            name: &name,
            email: &email,
            role: rekey_domain::role::Role::User,
            now,
        };
        rekey::server::store::users::insert(&tx, &new)
            .await
            .expect("somebody new");
    }
    tx.commit().await.expect("the database keeps it");
}

#[tokio::test]
async fn all_unused_are_withdrawn_and_what_waits_is_not_sent() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let draft = paste(&max, &format!("{UMA}\n{ROB}\n{IVY}")).await;
    let (address, _) = send(&max, &draft, "Send 3 links").await;
    sent(&app, 3).await;
    let page = app.page_says(&max, &address, "3 of 3 accepted.").await;
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, "correct horse battery staple 7")
        .await
        .expect_status(303);
    let ask = max.get(&page.link("Revoke all unused")).await;
    assert_eq!(ask.heading(), "Revoke 2 links?");
    let pressed = max.submit(ask.form("Revoke 2 links")).await.expect_status(303);
    assert_eq!(pressed.location(), address);
    carried_out(&app).await;
    let page = max.get(&address).await;
    for (name, state) in [
        ("Uma User", "Password changed"),
        ("Rob Reader", "Revoked"),
        ("Ivy Invited", "Revoked"),
    ] {
        let row = page.row(name).unwrap_or_else(|| panic!("no row {name}"));
        assert!(row.iter().any(|(_, cell)| cell.contains(state)), "{row:?}");
    }
    // They are told, and a second press does nothing more.
    app.mails_to(ROB, 2).await;
    max.submit(ask.form("Revoke 2 links")).await.expect_status(303);
    carried_out(&app).await;
    assert_eq!(
        app.number("SELECT count(*) FROM mails WHERE kind = 'link_withdrawn'")
            .await,
        2
    );
    assert!(
        max.get(&format!("{address}/revoke"))
            .await
            .says("No link of these can be used any more.")
    );
}

#[tokio::test]
async fn d6_h1_what_was_pressed_is_carried_out_by_whoever_may_still() {
    let app = town().await;
    let (max, uma, rob) = (app.user_id(MAX).await, app.user_id(UMA).await, app.user_id(ROB).await);
    // As a server left them that was killed after the press: one by Max, one by somebody who is no manager any more.
    for (batch, maker) in [(1, max), (2, uma)] {
        let id = app.literal(&format!("01980000-0000-7000-8000-00000000000{batch}"));
        let (maker, rob) = (app.literal(&maker.to_string()), app.literal(&rob.to_string()));
        let company = format!("(SELECT company_id FROM users WHERE id = {maker})");
        app.execute(&format!(
            "INSERT INTO batches (id, company_id, kind, state, made_by, made_at, pressed_at) \
             VALUES ({id}, {company}, 'resets', 'draft', {maker}, 1795000000000, NULL)"
        ))
        .await;
        app.execute(&format!(
            "INSERT INTO batch_lines (batch_id, line, email, user_id, outcome) VALUES ({id}, 1, 'x', {rob}, 'ready')"
        ))
        .await;
    }
    let now = app.services().clock.now().as_millis();
    app.execute(&format!("UPDATE batches SET state = 'pressed', pressed_at = {now}"))
        .await;
    carried_out(&app).await;
    let outcomes = app.words("SELECT outcome FROM batch_lines ORDER BY batch_id", 0).await;
    assert_eq!(outcomes, ["done", "not-allowed"]);
    link_of(&app.mail_to(ROB).await);
}

#[tokio::test]
async fn d2_d3_a_draft_is_its_makers_and_a_batch_its_companys() {
    let app = town().await;
    let (max, ada, quinn) = (
        app.sign_in_as(MAX).await,
        app.sign_in_as(ADA).await,
        app.sign_in_as(QUINN).await,
    );
    let form = max.get("/company/resets/new").await.form("Check addresses");
    let chosen = max
        .submit(form.fill("Email addresses, one a line", UMA))
        .await
        .expect_status(303);
    let draft = max.follow(&chosen).await;
    for other in [&ada, &quinn] {
        other.get(&chosen.location()).await.expect_status(404);
        let fields: Vec<_> = draft
            .form("Send 1 link")
            .fields()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = other.post("/company/resets/new", &fields).await;
        assert!(matches!(answer.status, 404 | 409), "{}", answer.status);
    }
    let (address, _) = send(&max, &draft, "Send 1 link").await;
    ada.get(&address).await.expect_status(200);
    for page in [address.clone(), format!("{address}/csv"), format!("{address}/revoke")] {
        quinn.get(&page).await.expect_status(404);
    }
    for page in [
        "/company/resets/batches/x",
        "/company/resets/batches/01980000-0000-7000-8000-000000000000",
    ] {
        max.get(page).await.expect_status(404);
    }
}

#[tokio::test]
async fn a_page_that_follows_hears_only_of_news() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let draft = paste(&max, UMA).await;
    let (address, _) = send(&max, &draft, "Send 1 link").await;
    app.page_says(&max, &address, "1 of 1 accepted.").await;
    carried_out(&app).await;
    let id = address.rsplit('/').next().unwrap_or_default();
    let page = max
        .get(&format!("/api/batch-since?id={id}&query=&stamp="))
        .await
        .expect_status(200);
    let stamp = page.news().expect("the page").stamp;
    let question = format!("/api/batch-since?id={id}&query=&stamp={stamp}");
    assert_eq!(max.get(&question).await.body, "null");
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, "correct horse battery staple 7")
        .await
        .expect_status(303);
    assert_ne!(max.get(&question).await.body, "null");
}

#[tokio::test]
async fn no_page_of_many_costs_more_than_six_statements() {
    let mut app = town().await;
    many_people(&app, 300).await;
    let max = app.sign_in_as(MAX).await;
    let list = max.get("/company?tab=users&q=crowd").await;
    let everybody = list.form("Select all 300");
    let fields: Vec<_> = everybody.fields().chain([("everyone", "yes")]).collect();
    let chosen = max.post(everybody.action(), &fields).await.expect_status(303);
    let draft = max.follow(&chosen).await;
    assert!(draft.says("The first 100 of 300 are shown."), "{}", draft.text());
    let (batch, _) = send(&max, &draft, "Send 300 links").await;
    carried_out(&app).await;
    app.rest().await;
    for page in [
        "/company/resets/new".to_owned(),
        chosen.location(),
        batch.clone(),
        format!("{batch}?state=waiting"),
        format!("{batch}?state=ended"),
        format!("{batch}?state=left-out"),
        format!("{batch}/revoke"),
    ] {
        let cost = app.cost(async { max.get(&page).await.expect_status(200) }).await;
        assert!(cost <= 6, "{cost} statements for {page}");
    }
}

#[tokio::test]
async fn drafts_are_forgotten_after_a_day() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    paste(&max, UMA).await.expect_status(200);
    let kept = paste(&max, ROB).await.expect_status(200);
    send(&max, &kept, "Send 1 link").await;
    app.advance(Duration::from_hours(24) + Duration::from_secs(1));
    app.until("the draft is forgotten", async || {
        app.number("SELECT count(*) FROM batches WHERE state = 'draft'").await == 0
    })
    .await;
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 1);
    assert_eq!(app.number("SELECT count(*) FROM batch_lines").await, 1);
}
