//! Importing people: what a list would do, and what it does once it is pressed. Cases C5, C6, D1, D2, D3, D6 and G4.

use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join;
use rekey::server::store::entity::activity;
use rekey_domain::limit::Rate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::people::{ADA, AGNES, MAX, QUINN, UMA};
use crate::support::{Client, HOUR, PASSWORD, Page, SECOND, TestApp, link_of, password};

const ANA: &str = "ana@blueheron.example";
const HERE: &str = "/company/users/import";
const CHECK: &str = "Check lines";
const FILE: &str = "CSV file";
const LINES: &str = "Or paste lines: name, email, role";

/// Pastes lines and has them checked.
async fn paste(who: &Client, lines: &str) -> Page {
    let form = who.get(HERE).await.expect_status(200).form(CHECK);
    who.submit(form.fill(LINES, lines)).await
}

/// Chooses a file and has it checked.
async fn upload(who: &Client, file: impl Into<Vec<u8>>) -> Page {
    let form = who.get(HERE).await.expect_status(200).form(CHECK);
    who.submit(form.attach(FILE, file)).await
}

/// The page of what would come of the lines.
async fn checked(who: &Client, lines: &str) -> Page {
    let answer = paste(who, lines).await.expect_status(303);
    who.follow(&answer).await.expect_status(200)
}

/// What the row of this line says, column by column.
fn cells(page: &Page, line: &str) -> Vec<String> {
    let row = page
        .row(line)
        .unwrap_or_else(|| panic!("no line {line} in: {}", page.text()));
    row.into_iter().skip(1).map(|(_, cell)| cell).collect()
}

/// Why nobody comes of a line.
fn why(page: &Page, line: &str) -> String {
    cells(page, line).pop().unwrap_or_default()
}

async fn people(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM users").await
}

/// Rows of everything that an import makes, drafts aside.
async fn made(app: &TestApp) -> [i64; 4] {
    [
        people(app).await,
        app.number("SELECT count(*) FROM resets").await,
        app.number("SELECT count(*) FROM mails").await,
        app.number("SELECT count(*) FROM activity WHERE outcome = 'granted' AND action <> 'signed_in'")
            .await,
    ]
}

/// Waits until every pressed batch is carried out.
async fn carried_out(app: &TestApp) {
    app.until("the batches are carried out", async || {
        app.number("SELECT count(*) FROM batches WHERE state = 'pressed'").await == 0
    })
    .await;
}

/// Details of the entries of this action and outcome.
async fn details(app: &TestApp, action: &str, outcome: &str) -> Vec<Option<String>> {
    let found = activity::Entity::find()
        .filter(activity::Column::Action.eq(action))
        .filter(activity::Column::Outcome.eq(outcome))
        .all(app.services().db.reader());
    let found = found.await.expect("the database answers");
    let each = |entry: activity::Model| vec![entry.detail; usize::try_from(entry.times).unwrap_or_default()];
    found.into_iter().flat_map(each).collect()
}

/// So many different people, one a line.
fn many(people: usize) -> String {
    let line = |number| format!("New Person {number},new{number}@import.example");
    (1..=people).map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[tokio::test]
async fn a_list_is_shown_first_and_then_invited() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let page = ada.get(HERE).await.expect_status(200);
    assert_eq!(page.heading(), "Invite people from a list");
    for words in [
        "The columns are name, email and role. Other columns are left alone.",
        "The role is manager, user or read-only. Without one it is user.",
        "With a first line that names them, lists of Google, Microsoft and most HR programs work as they are.",
    ] {
        assert!(page.says(words), "{words} in: {}", page.text());
    }
    let before = made(&app).await;

    let lines = format!(
        "Name;E-Mail;Role\n\nAna Lima;{ANA};Manager\nUma;{UMA};user\nBo;bo at heron;user\nCy;cy@new.example;Read only\n"
    );
    let page = checked(&ada, &lines).await;
    assert_eq!(page.heading(), "Invite 2 people?");
    // Counts first, and each leads to its table.
    for (words, table) in [
        ("2 will be invited", "#ready"),
        ("1 is already here", "#here"),
        ("1 cannot be imported", "#refused"),
    ] {
        assert_eq!(page.link(words), table);
    }
    for words in ["Will be invited (2)", "Already here (1)", "Cannot be imported (1)"] {
        assert!(page.says(words), "{words} in: {}", page.text());
    }
    assert_eq!(cells(&page, "3"), ["Ana Lima", ANA, "Manager"]);
    assert_eq!(cells(&page, "4"), ["Uma", UMA, "User"]);
    assert_eq!(page.link("Uma"), app.page_of(UMA).await);
    assert_eq!(
        cells(&page, "5"),
        ["Bo", "bo at heron", "User", "The email is not like name@example.com."]
    );
    assert_eq!(cells(&page, "6"), ["Cy", "cy@new.example", "Read-only"]);
    assert_eq!(page.link("Start again"), HERE);
    // The same lines once more, to be changed: whoever else asks for them gets nothing.
    let change = page.link("Change lines");
    let again = ada.get(&change).await.expect_status(200);
    assert_eq!(
        again.value_of("Lines: name, email, role").lines().collect::<Vec<_>>(),
        [
            format!("Ana Lima,{ANA},manager"),
            format!("Uma,{UMA},user"),
            "Bo,bo at heron,user".to_owned(),
            "Cy,cy@new.example,read-only".to_owned(),
        ]
    );
    for other in [app.sign_in_as(MAX).await, app.sign_in_as(QUINN).await] {
        other.get(&change).await.expect_status(404);
    }
    assert_eq!(made(&app).await, before, "nothing is done before the press");

    let answer = ada.submit(page.form("Invite 2 people")).await.expect_status(303);
    assert!(
        answer.location().starts_with("/company/resets/batches/"),
        "{}",
        answer.location()
    );
    carried_out(&app).await;
    let live = ada.follow(&answer).await.expect_status(200);
    assert_eq!(live.heading(), "Invitations for 2 people");
    assert!(live.says("Asked for by Ada Admin on "), "{}", live.text());
    // Who was there already and who can't be imported stay on the report.
    assert_eq!(
        live.link("No link (2)"),
        format!("{}?state=left-out", answer.location())
    );
    assert_eq!(people(&app).await, before[0] + 2);
    let mail = app.mail_to(ANA).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: set up your account");
    assert!(
        mail.text.contains("Ada Admin, administrator at Blue Heron Logistics"),
        "{}",
        mail.text
    );
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(ANA, &password(1)).await);
    let anas = app.client();
    let form = anas
        .get("/login")
        .await
        .form("Sign in")
        .fill("Email", ANA)
        .fill("Password", &password(1));
    anas.submit(form).await.expect_status(303);
    anas.get(HERE).await.expect_status(200);
    assert_eq!(
        details(&app, "people_imported", "granted").await,
        [Some("2".to_owned())]
    );
    let mut roles = details(&app, "user_created", "granted").await;
    roles.sort();
    assert_eq!(roles, [Some("manager".to_owned()), Some("read-only".to_owned())]);

    let told = app.sign_in_as(ADA).await.get("/company?tab=activity&q=imported").await;
    assert!(told.says("Ada Admin imported 2 people"), "{}", told.text());
    let batch = answer.location();
    let draft = format!("{HERE}?draft={}", batch.rsplit('/').next().unwrap_or_default());
    let again = ada.get(&draft).await.expect_status(200);
    assert!(again.says("This list was confirmed."), "{}", again.text());
    assert_eq!(again.link("See what comes of it"), answer.location());
}

#[tokio::test]
async fn the_three_ways_to_invite_lead_to_each_other() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let (lines, file) = (format!("{HERE}?from=lines"), format!("{HERE}?from=file"));
    for (page, heading, has) in [
        ("/company/users/new", "Invite people", "Create user and send link"),
        (HERE, "Invite people from a list", CHECK),
        (&lines, "Invite people: paste lines", CHECK),
        (&file, "Invite people: CSV file", CHECK),
    ] {
        let page = max.get(page).await.expect_status(200);
        assert_eq!(page.heading(), heading);
        assert!(page.title().starts_with(heading), "{}", page.title());
        assert!(page.has_button(has));
        assert_eq!(page.link("One person"), "/company/users/new");
        assert_eq!(page.link("Paste lines"), lines);
        assert_eq!(page.link("CSV file"), file);
    }
    // Three people, four presses: the way, the lines, the check, the invitation.
    let page = max.get(&lines).await;
    let form = page.form(CHECK);
    assert_eq!(form.names(), ["company", "lines"]);
    let three = "A,a@new.example\nB,b@new.example\nC,c@new.example";
    let answer = max
        .submit(form.fill("Lines: name, email, role", three))
        .await
        .expect_status(303);
    let page = max.follow(&answer).await;
    max.submit(page.form("Invite 3 people")).await.expect_status(303);
    // What is refused stays on the same way.
    let form = max.get(&file).await.form(CHECK);
    assert_eq!(form.names(), ["company", "file"]);
    let page = max
        .submit(form.attach(FILE, "\"A,a@new.example"))
        .await
        .expect_status(422);
    assert_eq!(page.heading(), "Invite people: CSV file");
    assert!(
        page.reason_at(FILE)
            .is_some_and(|reason| reason.starts_with("Line 1 opens"))
    );
}

#[tokio::test]
async fn the_sample_file_is_a_list_that_can_be_imported() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let sample = ada
        .get(&ada.get(HERE).await.link("Download a sample file"))
        .await
        .expect_status(200);
    assert_eq!(sample.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        sample.header("content-disposition"),
        Some("attachment; filename=\"people.csv\"")
    );
    assert!(sample.body.starts_with("Name,Email,Role\r\n"), "{}", sample.body);
    let answer = upload(&ada, sample.body.clone()).await.expect_status(303);
    let page = ada.follow(&answer).await;
    assert_eq!(page.heading(), "Invite 3 people?");
    assert_eq!(cells(&page, "2"), ["Ana Lima", "ana.lima@example.com", "User"]);
    let address = "/company/users/sample.csv";
    app.sign_in_as(UMA).await.get(address).await.expect_status(403);
    app.client().get(address).await.expect_status(303);
}

#[tokio::test]
async fn lists_of_other_programs_are_read_as_they_are() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let lists = [
        "First name,Last name,Email\nAna,Lima,ana@new.example",
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required]\nAna,Lima,ana@new.example,x",
        "Display name,User principal name,User type\nAna Lima,ana@new.example,Member",
        "Employee ID;Last name;First name;Work email;Job title\n7;Lima;Ana;ana@new.example;Manager",
    ];
    for list in lists {
        let answer = upload(&max, list).await.expect_status(303);
        let page = max.follow(&answer).await;
        assert_eq!(cells(&page, "2"), ["Ana Lima", "ana@new.example", "User"], "{list}");
        assert!(page.has_button("Invite 1 person"), "{list}");
    }
    // What other programs call a role; never more than one may give.
    let page = checked(
        &max,
        "A,a@new.example,viewer\nB,b@new.example,Guest\nC,c@new.example,Super admin",
    )
    .await;
    assert_eq!(cells(&page, "1")[2], "Read-only");
    assert!(page.has_button("Invite 2 people"), "{}", page.text());
    assert_eq!(
        why(&page, "3"),
        "Only the operator of this server makes administrators."
    );
}

#[tokio::test]
async fn a_double_press_invites_once() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let before = people(&app).await;
    let page = checked(&max, &many(30)).await;
    let press = || max.submit(page.form("Invite 30 people"));
    let (one, other) = join(press(), press()).await;
    assert_eq!(one.expect_status(303).location(), other.expect_status(303).location());
    carried_out(&app).await;
    press().await.expect_status(303);
    carried_out(&app).await;
    assert_eq!(people(&app).await, before + 30);
    assert_eq!(
        details(&app, "people_imported", "granted").await,
        [Some("30".to_owned())]
    );
    // Their mails are paced.
    app.advance(SECOND * 10);
    app.mail_to("new30@import.example").await;
    let mails = "SELECT count(*) FROM mails WHERE recipient LIKE '%@import.example'";
    assert_eq!(app.number(mails).await, 30);
}

#[tokio::test]
async fn d1_roles_are_those_that_one_may_give() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    assert!(max.get(HERE).await.says("The role is user or read-only."));
    let lines = "A,a@new.example,manager\nB,b@new.example,administrator\nC,c@new.example,boss\nD,d@new.example,USER";
    let page = checked(&max, lines).await;
    assert_eq!(why(&page, "1"), "You can give roles below your own.");
    assert_eq!(
        why(&page, "2"),
        "Only the operator of this server makes administrators."
    );
    // Only those that one may give are named.
    assert_eq!(why(&page, "3"), "The role should be user or read-only.");
    assert!(page.has_button("Invite 1 person"));

    let uma = app.sign_in_as(UMA).await;
    let page = uma.get(HERE).await.expect_status(403);
    assert!(
        page.says("It needs the role manager or administrator."),
        "{}",
        page.text()
    );
    assert!(!uma.get("/company").await.says("Invite people"));
}

#[tokio::test]
async fn d6_who_is_lowered_after_the_press_imports_nobody_any_more() {
    let app = TestApp::start().await;
    let (ada, agnes) = (app.sign_in_as(ADA).await, app.sign_in_as(AGNES).await);
    let lowered = |role: &str| format!("UPDATE users SET role = '{role}' WHERE email_key = '{AGNES}'");
    app.execute(&lowered("administrator")).await;
    let page = checked(&agnes, "A,a@new.example,manager\nB,b@new.example,user").await;
    let before = made(&app).await;
    // Before the press.
    app.execute(&lowered("user")).await;
    agnes.submit(page.form("Invite 2 people")).await.expect_status(403);
    assert_eq!(made(&app).await, before);
    assert_eq!(details(&app, "people_imported", "refused").await, [None]);
    app.execute("DELETE FROM batches").await;
    // After it, before anything is carried out.
    let press = "UPDATE batches SET state = 'pressed', pressed_at = made_at";
    for (role, outcomes) in [("manager", ["done", "role-not-allowed"]), ("user", ["not-allowed"; 2])] {
        let lines = format!("A,a@{role}.example,manager\nB,b@{role}.example,user");
        app.execute(&lowered("administrator")).await;
        checked(&agnes, &lines).await;
        app.execute(&lowered(role)).await;
        app.execute(press).await;
        app.services().batches.ring();
        carried_out(&app).await;
        let sql = format!("SELECT outcome FROM batch_lines WHERE email LIKE '%@{role}.example' ORDER BY outcome");
        assert_eq!(app.words(&sql, 0).await, outcomes, "{role}");
    }
    assert_eq!(people(&app).await, before[0] + 1);
    drop(ada);
}

#[tokio::test]
async fn of_an_address_that_is_taken_meanwhile_nobody_comes() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = checked(&max, "A,a@new.example\nB,b@new.example\nC,c@new.example").await;
    let ada = app.sign_in_as(ADA).await;
    let form = ada.get("/company/users/new").await.form("Create user and send link");
    let form = form.fill("Name", "Other").fill("Email", "A@new.example");
    ada.submit(form).await.expect_status(303);
    let quinn = app.sign_in_as(QUINN).await;
    let form = quinn.get("/company/users/new").await.form("Create user and send link");
    let form = form.fill("Name", "Other").fill("Email", "B@new.example");
    quinn.submit(form).await.expect_status(303);
    let before = people(&app).await;
    max.submit(page.form("Invite 3 people")).await.expect_status(303);
    carried_out(&app).await;
    let outcomes = app.words("SELECT outcome FROM batch_lines ORDER BY line", 0).await;
    assert_eq!(outcomes, ["already-here", "unusable", "done"]);
    assert_eq!(people(&app).await, before + 1);
}

#[tokio::test]
async fn d2_a_list_is_no_way_round_the_limit_on_other_companies_addresses() {
    let app = TestApp::with()
        .settings(|settings| settings.limits.taken_emails_per_manager = Rate::per_hour(2, 1))
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let (one, two) = ("person01@heronnord.example", "person02@heronnord.example");
    let lines = format!("A,a@new.example\nQ,{QUINN}\nU,{UMA}\nN,{one}\nO,{two}\nB,b@new.example\nU,{UMA}");
    let page = checked(&max, &lines).await;
    assert_eq!(cells(&page, "1"), ["A", "a@new.example", "User"]);
    for line in ["2", "4"] {
        assert_eq!(why(&page, line), "This email cannot be used. Ask support.");
    }
    // Whether there is an account or not.
    let unchecked = "Not checked: too many emails cannot be used. Import this line again at 15:33.";
    for line in ["5", "6"] {
        assert_eq!(why(&page, line), unchecked);
    }
    // Who is of the company is no secret to its manager.
    assert!(page.says("Already here (1)"), "{}", page.text());
    assert_eq!(why(&page, "7"), "The same email is on line 3.");
    assert!(!page.says("Quarry") && !page.says("Nord"), "{}", page.text());
    assert_eq!(details(&app, "email_entered", "refused").await, [Some("2".to_owned())]);

    // No place is left: not even whether the limit would have been needed is told.
    for lines in ["B,b@new.example".to_owned(), format!("N,{one}")] {
        let page = paste(&max, &lines).await.expect_status(429);
        assert!(
            page.says("Too many emails that cannot be used. Try again at 15:33."),
            "{}",
            page.text()
        );
        assert_eq!(page.value_of(LINES), lines);
        assert!(page.header("retry-after").is_some());
    }
    checked(&max, &format!("U,{UMA}")).await;
    let form = max.get("/company/users/new").await.form("Create user and send link");
    let form = form.fill("Name", "B").fill("Email", "b@new.example");
    max.submit(form).await.expect_status(429);
    app.advance(HOUR);
    let max = app.sign_in_as(MAX).await;
    let page = checked(&max, "B,b@new.example").await;
    assert!(page.has_button("Invite 1 person"));
}

#[tokio::test]
async fn an_address_that_may_be_wanted_back_is_nobody_elses() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let form = uma.get("/account").await.form("Save details");
    let form = form.fill("Email", "uma@new.example").fill("Current password", PASSWORD);
    uma.submit(form).await.expect_status(303);
    let mail = app.mail_to("uma@new.example").await;
    let link = mail.links.iter().find(|link| link.contains("/confirm-email/"));
    let form = uma.get(link.expect("a link")).await.form("Confirm this address");
    uma.submit(form).await.expect_status(303);
    let lines = format!("U,{UMA}\nV,uma@new.example");
    let (ada, quinn) = (app.sign_in_as(ADA).await, app.sign_in_as(QUINN).await);
    assert!(checked(&ada, &lines).await.says("Already here (2)"));
    assert!(checked(&quinn, &lines).await.says("Cannot be imported (2)"));
    // For three days.
    app.advance(HOUR * 73);
    let quinn = app.sign_in_as(QUINN).await;
    let page = checked(&quinn, &lines).await;
    assert!(
        page.says("Cannot be imported (1)") && page.has_button("Invite 1 person"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn c8_shapes_that_no_list_has_cost_nothing_either() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for blank in [",".repeat(1_000_000), "\n".repeat(1_000_000)] {
        upload(&max, blank).await.expect_status(422);
    }
    for (shape, line) in [
        ("a,".repeat(500_000), "1"),
        ("x".repeat(1_000_000), "1"),
        ("\"\";".repeat(300_000), "1"),
        (format!("{}a@b", "\n".repeat(1_000)), "1001"),
    ] {
        let answer = upload(&max, shape).await.expect_status(303);
        let page = max.follow(&answer).await.expect_status(200);
        assert!(page.heading() == "Nobody on this list can be invited", "{line}");
        assert_eq!(
            why(&page, line),
            "The line should have a name, an email and a role, and nothing else."
        );
        assert!(page.body.len() < 20_000, "no more is shown than one reads");
    }
}

#[tokio::test]
async fn d2_a_draft_is_its_makers_alone() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let answer = paste(&max, "A,a@new.example").await.expect_status(303);
    let page = max.follow(&answer).await;
    let draft = answer.location();
    for email in [ADA, AGNES, QUINN] {
        let other = app.sign_in_as(email).await;
        let found = other.get(&draft).await.expect_status(404);
        assert!(!found.body.contains("a@new.example"));
        let company = other.get(HERE).await.form(CHECK);
        let company = company
            .fields()
            .find(|(name, _)| *name == "company")
            .map(|(_, id)| id.to_owned());
        let id = draft.rsplit('=').next().unwrap_or_default();
        let fields = [("company", company.as_deref().unwrap_or_default()), ("draft", id)];
        other
            .post("/company/users/import/invite", &fields)
            .await
            .expect_status(404);
    }
    for draft in ["x", "", "01980000-0000-7000-8000-000000000000"] {
        max.get(&format!("{HERE}?draft={draft}")).await.expect_status(404);
    }
    max.submit(page.form("Invite 1 person")).await.expect_status(303);
}

#[tokio::test]
async fn d3_a_form_with_a_file_carries_its_company_too() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let form = max.get(HERE).await.form(CHECK).attach(FILE, "A,a@new.example");
    let draft = checked(&max, "A,a@new.example").await.form("Invite 1 person");
    let switch = max.get("/companies").await.form("Switch to Heron Nord");
    max.submit(switch).await.expect_status(303);
    let page = max.submit(form).await.expect_status(409);
    assert!(
        page.says("You now act in Heron Nord. Nothing was done."),
        "{}",
        page.text()
    );
    max.submit(draft).await.expect_status(409);
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 1);
    // What is imported there is of there.
    let page = checked(&max, "A,a@new.example").await;
    max.submit(page.form("Invite 1 person")).await.expect_status(303);
    carried_out(&app).await;
    let of = "SELECT companies.name FROM users JOIN companies ON companies.id = users.company_id WHERE email_key = 'a@new.example'";
    assert_eq!(app.words(of, 0).await, ["Heron Nord"]);
}

#[tokio::test]
async fn a_list_that_is_none_is_refused_where_it_came_from_and_kept() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let nobody = "Choose a CSV file, or paste lines";
    let page = paste(&max, " \n ").await.expect_status(422);
    assert_eq!(page.reason_at(FILE).as_deref(), Some(nobody));
    assert!(
        page.title().starts_with("Error: Invite people from a list"),
        "{}",
        page.title()
    );
    for (file, reason) in [
        (
            b"J\xfcrgen,j@new.example".as_slice(),
            "The list is not UTF-8 text. Save it as \"CSV UTF-8\" and try again",
        ),
        (
            b"\xff\xfeA\0,\0",
            "The list is not UTF-8 text. Save it as \"CSV UTF-8\" and try again",
        ),
        (
            b"A,a@new.example\n\"B,b@new.example\nC,c@new.example",
            "Line 2 opens a quote that is never closed. Close it, or take it away",
        ),
        (
            b"Name,Email,Role\n\n",
            "There is nobody on the list. Each line should have a name, an email and a role",
        ),
    ] {
        let page = upload(&max, file).await.expect_status(422);
        assert_eq!(page.reason_at(FILE).as_deref(), Some(reason));
    }
    let page = upload(&max, many(10_001)).await.expect_status(422);
    let too_long = "Import at most 10000 people at once. Make several lists of this one";
    assert_eq!(page.reason_at(FILE).as_deref(), Some(too_long));
    // What was pasted stays, whatever it says (G4).
    let typed = "\n</textarea><script>alert(1)</script>&amp;\n\"A,a@new.example";
    let page = paste(&max, typed).await.expect_status(422);
    assert_eq!(page.value_of(LINES), typed);
    assert!(!page.body.contains("<script>alert"));
    assert!(
        page.reason_at(LINES)
            .is_some_and(|reason| reason.starts_with("Line 3 opens"))
    );
    // Both at once is not to be guessed at.
    let form = page.form(CHECK).attach(FILE, "B,b@new.example");
    let page = max.submit(form).await.expect_status(422);
    assert_eq!(
        page.reason_at(FILE).as_deref(),
        Some("Choose a CSV file or paste lines, not both")
    );
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 0);
    // What no form of ours sends is none.
    for body in ["company=x&lines=A", "lines=A,a@new.example"] {
        let request = max
            .request(reqwest::Method::POST, HERE)
            .header("content-type", "application/x-www-form-urlencoded");
        max.send(request.body(body)).await.expect_status(400);
    }
}

#[tokio::test]
async fn a_hostile_file_is_reported_line_by_line_and_nothing_is_half_done() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let before = made(&app).await;
    let long = "é".repeat(150);
    let file = format!(
        "\u{feff}Role;Name;Email\r\n\
         user;\"Lima; Ana \"\"A\"\"\";ana@new.example\r\n\
         \r\n\
         user;=HYPERLINK(A1);formula@new.example\r\n\
         user;{long};long@new.example\r\n\
         user;N\0ul;nul@new.example\r\n\
         user;\"Two\r\nlines\";two@new.example\r\n\
         user;Turn\u{202e}ed;turned@new.example\r\n\
         user;<b>Bold</b>;bold@new.example\r\n\
         user;Comma;a@new.example,b@new.example\r\n\
         user;More;more@new.example;cell\r\n\
         user;Less\r\n\
         user;Same;ANA@new.example\r\n"
    );
    let answer = upload(&max, file).await.expect_status(303);
    let page = max.follow(&answer).await.expect_status(200);
    for (line, cell) in [("2", "Lima; Ana \"A\""), ("4", "=HYPERLINK(A1)"), ("10", "<b>Bold</b>")] {
        assert_eq!(cells(&page, line).first().map(String::as_str), Some(cell));
    }
    let shape = "The line should have a name, an email and a role, and nothing else.";
    let signs = "The name has characters that no name has.";
    for (line, reason) in [
        ("5", "The name has more than 100 characters."),
        ("6", shape),
        ("7", signs),
        ("9", signs),
        ("11", "The email is not like name@example.com."),
        ("12", shape),
        ("13", shape),
        ("14", "The same email is on line 2."),
    ] {
        assert_eq!(why(&page, line), reason, "line {line}");
    }
    assert!(
        page.says("Will be invited (3)") && page.says("Cannot be imported (8)"),
        "{}",
        page.text()
    );
    assert_eq!(made(&app).await, before);
    max.submit(page.form("Invite 3 people")).await.expect_status(303);
    carried_out(&app).await;
    assert_eq!(people(&app).await, before[0] + 3);
    app.advance(SECOND);
    let mail = app.mail_to("bold@new.example").await;
    assert!(!mail.html.contains("<b>Bold"), "{}", mail.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_lines_are_checked_and_taken_while_others_are_answered() {
    let app = TestApp::with()
        .settings(|settings| settings.limits.invitations_per_company = None)
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let mut list = many(9_999);
    list.push_str("Wrong,wrong at example\n");
    let before = made(&app).await;
    let uma = app.sign_in_as(UMA).await;
    let is_done = AtomicBool::new(false);
    let checking = async {
        let answer = upload(&max, list).await.expect_status(303);
        is_done.store(true, Ordering::SeqCst);
        answer
    };
    let others = async {
        let mut answered = 0;
        while !is_done.load(Ordering::SeqCst) {
            uma.get("/company").await.expect_status(200);
            uma.post("/account", &[("name", "Uma User"), ("time_zone", "Asia/Tokyo")])
                .await
                .expect_status(303);
            answered += 1;
        }
        answered
    };
    let (answer, answered) = join(checking, others).await;
    assert!(answered > 1, "{answered} others were answered meanwhile");
    let page = max.follow(&answer).await.expect_status(200);
    assert!(
        page.says("Will be invited (9999)") && page.says("Cannot be imported (1)"),
        "{}",
        page.text()
    );
    assert_eq!(why(&page, "10000"), "The email is not like name@example.com.");
    assert!(page.says("And 9899 lines more."), "the page stays short");
    let saved = app
        .number("SELECT count(*) FROM activity WHERE action = 'own_details_changed'")
        .await;
    let mut expected = before;
    expected[3] += saved;
    assert_eq!(made(&app).await, expected, "nothing is done before the press");

    let press = page.form("Invite 9999 people");
    max.submit(press).await.expect_status(303);
    // A few at a time: others go on.
    for round in 0..5 {
        let form = uma.get("/account").await.expect_status(200).form("Save details");
        uma.submit(form.fill("Name", &format!("Uma {round}")))
            .await
            .expect_status(303);
    }
    app.until("some are taken", async || people(&app).await > before[0] + 100)
        .await;
}

#[tokio::test]
async fn c6_a_list_may_have_1_mib_from_whoever_is_signed_in() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let form = max.get(HERE).await.form(CHECK);
    let company = form
        .fields()
        .find(|(name, _)| *name == "company")
        .map(|(_, id)| id.to_owned());
    let company = company.expect("the form carries the company");
    let padding = |bytes: usize| format!("company={company}&lines=A,a@new.example,user{}", "+".repeat(bytes));
    let empty = padding(0).len();
    let send = async |who: &Client, path: &str, body: String| {
        let request = who
            .request(reqwest::Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded");
        who.send(request.body(body)).await.status
    };
    let exactly = 1024 * 1024 - empty;
    assert_eq!(send(&max, HERE, padding(exactly)).await, 303);
    assert_eq!(send(&max, HERE, padding(exactly + 1)).await, 413);
    assert_eq!(send(&app.client(), HERE, padding(20_000)).await, 413);
    for path in [
        "/company/users/new",
        "/company/users/import/invite",
        "/company/users/import/",
    ] {
        assert_eq!(send(&max, path, padding(20_000)).await, 413, "{path}");
    }
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 1);
}

#[tokio::test]
async fn the_pages_of_an_import_cost_six_statements_at_most() {
    let mut app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let lines = format!("{}U,{UMA}\nQ,{QUINN}\nX,x", many(300));
    let draft = paste(&max, &lines).await.location();
    app.rest().await;
    for page in [HERE, &draft] {
        let cost = app.cost(async { max.get(page).await.expect_status(200) }).await;
        assert!(cost <= 6, "{page}: {cost}");
    }
}
