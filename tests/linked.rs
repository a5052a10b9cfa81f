//! Linked companies: who of the parent may act in a child, and what they do there. Cases D1 to D3 and D6 to D8.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use rekey::server::service::acting::operator::CompanyRef;
use rekey::server::service::companies::link_companies::{link_companies, unlink_company};
use reqwest::Method;
use scraper::Selector;

use crate::support::people::{ADA, AGNES, MAX, NILS, QUINN, ROB, UMA};
use crate::support::{Client, PASSWORD, Page, TestApp, link_of, password};

const NORA: &str = "person02@heronnord.example";
const NOBODY: &str = "01980000-0000-7000-8000-000000000000";

const IN_NORD: &str = "You are acting in Heron Nord";
const MAX_THERE: &str = "Max Manager of Blue Heron Logistics";

async fn company_of(app: &TestApp, email: &str) -> String {
    let id = app.user_id(email).await;
    let person = rekey::server::store::users::find(app.services().db.reader(), id).await;
    person
        .expect("the database answers")
        .expect("somebody")
        .company
        .to_string()
}

/// Max, who acts in Heron Nord.
async fn max_in_nord(app: &TestApp) -> Client {
    let max = app.sign_in_as(MAX).await;
    switch(&max, "Heron Nord").await.expect_status(303);
    max
}

async fn switch(browser: &Client, to: &str) -> Page {
    let form = browser.get("/companies").await.form(&format!("Switch to {to}"));
    browser.submit(form).await
}

/// Whether the page shows that one acts in Heron Nord.
fn is_in_nord(page: &Page) -> bool {
    page.region(IN_NORD).is_some()
}

/// Ada gives somebody access to the only company there is to give.
async fn give(app: &TestApp, email: &str) -> Page {
    let ada = app.sign_in_as(ADA).await;
    let form = ada.get(&app.page_of(email).await).await.form("Give access");
    let answer = ada.submit(form).await;
    ada.follow(&answer).await
}

/// Who did what in whose activity, with the outcome, oldest first.
async fn activity(app: &TestApp, company: &str, action: &str) -> Vec<String> {
    let sql = format!(
        "SELECT actor_name || ': ' || outcome || ' ' || COALESCE(target_name, '-') || ' ' || COALESCE(detail, '-') \
         FROM activity JOIN companies ON companies.id = activity.company_id \
         WHERE companies.name = '{company}' AND action = '{action}' ORDER BY at, activity.id"
    );
    app.words(&sql, 0).await
}

async fn grants(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM grants").await
}

#[tokio::test]
async fn a_manager_with_a_grant_switches_acts_there_and_goes_back() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let settings = max.get("/settings").await.expect_status(200);
    let list = max.get(&settings.link("Linked companies")).await.expect_status(200);
    assert_eq!(list.heading(), "Linked companies");
    let row = list.row("Heron Nord").expect("a row");
    assert_eq!(row[1], ("Your access".to_owned(), "Since 24 Nov 2026".to_owned()));
    assert!(!is_in_nord(&list));

    let answer = max.submit(list.form("Switch to Heron Nord")).await;
    assert_eq!(answer.location(), "/dashboard");
    for path in [
        "/dashboard",
        "/settings",
        "/account",
        "/company",
        "/companies",
        "/company/users/new",
    ] {
        let page = max.get(path).await.expect_status(200);
        assert!(is_in_nord(&page), "{path}");
        assert!(page.has_button("Back to Blue Heron Logistics"), "{path}");
        assert!(page.title().ends_with("– Heron Nord – Rekey"), "{}", page.title());
    }
    assert_eq!(
        max.get("/companies").await.row("Heron Nord").expect("a row")[2].1,
        "You are here"
    );
    let company = max.get("/company").await;
    assert_eq!(company.heading(), "Heron Nord");
    assert!(company.says("Nora Fjell") && !company.says("Uma User"));

    let back = max.get("/company").await.form("Back to Blue Heron Logistics");
    max.submit(back).await.expect_status(303);
    let home = max.get("/company").await;
    assert_eq!(home.heading(), "Blue Heron Logistics");
    assert!(!is_in_nord(&home));
    assert_eq!(
        activity(&app, "Heron Nord", "company_entered").await,
        [format!("{MAX_THERE}: granted - -")]
    );
    assert_eq!(
        activity(&app, "Blue Heron Logistics", "company_entered").await,
        ["Max Manager: granted - Heron Nord"]
    );
    // Each session acts where it was switched to.
    max_in_nord(&app).await;
    assert!(!is_in_nord(&max.get("/dashboard").await));
}

#[tokio::test]
async fn everything_works_there_with_ones_own_role_and_names_the_own_company() {
    let app = TestApp::start().await;
    let max = max_in_nord(&app).await;
    // A reset, seen by both sides, mailed with the name.
    let page = app.trigger(&max, NORA).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Reset link for Nora Fjell is on its way.")
    );
    let mail = app.mail_to(NORA).await;
    assert_eq!(mail.subject, "Heron Nord: set a new password (asked by Max Manager)");
    let words = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(&format!("{MAX_THERE}, manager at Heron Nord, asked us")),
        "{words}"
    );
    let link = app.client().get(&link_of(&mail)).await;
    assert!(
        link.says(&format!("Asked for by {MAX_THERE}, manager,")),
        "{}",
        link.text()
    );
    let noras = app.page_of(NORA).await;
    let nils = app.sign_in_as(NILS).await;
    for reader in [&max, &nils] {
        let page = app.page_says(reader, &noras, "Mail accepted").await;
        assert!(page.says(&format!("Asked for by {MAX_THERE}.")), "{}", page.text());
        let list = reader.get("/company?tab=resets").await;
        let row = list.row("Nora Fjell").expect("a row");
        assert_eq!(row[3], ("Asked by".to_owned(), MAX_THERE.to_owned()));
    }
    let revoke = max.get(&noras).await.form("Revoke");
    max.submit(revoke).await.expect_status(303);
    let withdrawn = app.mails_to(NORA, 2).await[1]
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(withdrawn.contains(MAX_THERE), "{withdrawn}");
    let page = nils.get(&noras).await;
    assert!(page.says(&format!("Withdrawn by {MAX_THERE}")), "{}", page.text());

    // Somebody new is Heron Nord's.
    let form = max.get("/company/users/new").await.form("Create user and send link");
    assert_eq!(form.choices().0, ["User", "Read-only"], "a manager's choices");
    let new = "ana@heronnord.example";
    let form = form.fill("Name", "Ana Lima").fill("Email", new);
    max.submit(form).await.expect_status(303);
    assert_eq!(company_of(&app, new).await, company_of(&app, NILS).await);
    let invitation = app
        .mail_to(new)
        .await
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        invitation.contains(&format!("{MAX_THERE}, manager at Heron Nord, made an account")),
        "{invitation}"
    );

    // Edited, another role, another address, deleted, restored.
    let form = max.get(&noras).await.form("Save details");
    max.submit(form.fill("Name", "Nora Berg")).await.expect_status(303);
    let form = max.get(&noras).await.form("Save role").choose("Read-only");
    max.submit(form).await.expect_status(303);
    let form = max.get(&noras).await.form("Save details");
    max.submit(form.fill("Email", "nora@new.example"))
        .await
        .expect_status(303);
    let told = app.mails_to(NORA, 3).await[2]
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(told.contains(MAX_THERE), "{told}");
    let page = max.get(&noras).await;
    let form = page.form("Sign out everywhere");
    max.submit(form).await.expect_status(303);
    let form = max.get(&format!("{noras}/delete")).await.form("Delete user");
    max.submit(form).await.expect_status(303);
    let form = max.get(&format!("{noras}/restore")).await.form("Restore user");
    max.submit(form).await.expect_status(303);
    for action in [
        "reset_asked",
        "links_revoked",
        "user_created",
        "user_renamed",
        "role_changed",
        "email_entered",
        "user_signed_out",
        "user_deleted",
        "user_restored",
    ] {
        let entries = activity(&app, "Heron Nord", action).await;
        assert!(!entries.is_empty(), "{action}");
        assert!(entries.iter().all(|entry| entry.starts_with(MAX_THERE)), "{entries:?}");
        assert!(
            activity(&app, "Blue Heron Logistics", action).await.is_empty(),
            "{action}"
        );
    }
}

#[tokio::test]
async fn d1_the_own_role_counts_there_and_no_more() {
    let app = TestApp::start().await;
    let max = max_in_nord(&app).await;
    // As a manager he helps the administrator in, and edits nothing of theirs.
    let nils = app.page_of(NILS).await;
    let page = max.get(&nils).await;
    assert!(page.has_button("Reset password"));
    assert!(!page.has_button("Save details") && !page.has_button("Save role"));
    let company = company_of(&app, NILS).await;
    for (path, more) in [
        ("", &[("name", "X"), ("was_name", "Nils Nord")][..]),
        ("", &[("role", "user"), ("was_role", "administrator")]),
        ("/delete", &[]),
        ("/sign-out", &[]),
    ] {
        let mut fields = vec![("company", company.as_str())];
        fields.extend(more);
        max.post(&format!("{nils}{path}"), &fields).await.expect_status(403);
    }
    // The parent's people are not of this company.
    max.get(&app.page_of(UMA).await).await.expect_status(404);
    let path = format!("{}/reset", app.page_of(UMA).await);
    max.post(&path, &[("company", &company)]).await.expect_status(404);
    assert!(app.recorder.mails().is_empty());
}

#[tokio::test]
async fn the_own_account_stays_the_own_one() {
    let app = TestApp::start().await;
    let max = max_in_nord(&app).await;
    let form = max.get("/account").await.form("Save details");
    max.submit(form.fill("Name", "Max Power")).await.expect_status(303);
    assert_eq!(
        activity(&app, "Blue Heron Logistics", "own_details_changed").await,
        ["Max Power: granted Max Power -"]
    );
    assert!(activity(&app, "Heron Nord", "own_details_changed").await.is_empty());
    let form = max.get("/account").await.form("Email me a reset link");
    max.submit(form).await.expect_status(303);
    assert!(app.mail_to(MAX).await.subject.starts_with("Blue Heron Logistics: "));
    let form = max.get("/account").await.form("Save details");
    let form = form.fill("Email", "max@new.example").fill("Current password", PASSWORD);
    max.submit(form).await.expect_status(303);
    let form = max.get("/account").await.form("Cancel new email");
    max.submit(form).await.expect_status(303);
    assert_eq!(activity(&app, "Blue Heron Logistics", "email_cancelled").await.len(), 1);
    // The session goes on where it was.
    let form = max.get("/account/password").await.form("Change password");
    let form = form
        .fill("Current password", PASSWORD)
        .fill("New password", &password(1));
    max.submit(form).await.expect_status(303);
    assert!(is_in_nord(&max.get("/account").await));
    // To an application he is who he was.
    let verified = max.get("/auth/verify").await.expect_status(200);
    assert_eq!(
        verified.header("remote-company"),
        Some(company_of(&app, MAX).await.as_str())
    );
    assert_eq!(verified.header("remote-role"), Some("manager"));
    // A new session begins at home.
    let again = app.client();
    again
        .post("/login", &[("email", MAX), ("password", &password(1))])
        .await
        .expect_status(303);
    assert!(!is_in_nord(&again.get("/dashboard").await));
}

#[tokio::test]
async fn d3_a_form_of_the_other_tab_does_nothing() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let umas = app.page_of(UMA).await;
    let forms = [
        max.get(&umas).await.form("Reset password"),
        max.get(&umas).await.form("Save details").fill("Name", "Uma Two"),
        max.get(&umas).await.form("Save role").choose("Read-only"),
        max.get(&umas).await.form("Sign out everywhere"),
        max.get(&format!("{umas}/delete")).await.form("Delete user"),
        max.get("/company/users/new")
            .await
            .form("Create user and send link")
            .fill("Name", "Ana Lima")
            .fill("Email", "ana@new.example"),
        max.get("/account").await.form("Save details").fill("Name", "Max Two"),
        max.get("/account").await.form("Email me a reset link"),
        max.get("/companies").await.form("Switch to Heron Nord"),
    ];
    switch(&max, "Heron Nord").await.expect_status(303);
    let rows = "SELECT (SELECT count(*) FROM activity) + (SELECT count(*) FROM users) + (SELECT count(*) FROM mails)";
    let before = app.number(rows).await;
    for form in forms {
        let action = form.action().to_owned();
        let answer = max.submit(form).await.expect_status(409);
        assert!(answer.says("You now act in Heron Nord"), "{action}: {}", answer.text());
    }
    // The same from here to there.
    let noras = app.page_of(NORA).await;
    let form = max.get(&noras).await.form("Reset password");
    let back = max.get(&noras).await.form("Back to Blue Heron Logistics");
    max.submit(back.clone()).await.expect_status(303);
    let answer = max.submit(form).await.expect_status(409);
    assert!(answer.says("You now act in Blue Heron Logistics"), "{}", answer.text());
    max.submit(back).await.expect_status(409);
    assert_eq!(app.number(rows).await, before);
}

#[tokio::test]
async fn d3_every_form_carries_the_company_and_every_changing_function_looks_at_it() {
    let app = TestApp::start().await;
    give(&app, AGNES).await;
    let posts = Selector::parse("form[method=post]").expect("a selector");
    let company = Selector::parse("input[type=hidden][name=company]").expect("a selector");
    let mut seen = BTreeSet::new();
    for (browser, acts_in) in [
        (app.sign_in_as(ADA).await, company_of(&app, ADA).await),
        (app.sign_in_as(MAX).await, company_of(&app, ADA).await),
        (max_in_nord(&app).await, company_of(&app, NILS).await),
        (app.sign_in_as(ROB).await, company_of(&app, ADA).await),
    ] {
        for page in [
            "/dashboard",
            "/settings",
            "/company",
            "/company?tab=resets",
            "/companies",
            "/account",
            "/account/password",
            "/company/users/new",
            &app.page_of(UMA).await,
            &app.page_of(MAX).await,
            &app.page_of(NORA).await,
            &app.page_of("ivy@blueheron.example").await,
            &format!("{}/delete", app.page_of(UMA).await),
            &format!("{}/restore", app.page_of("del@blueheron.example").await),
        ] {
            let html = browser.get(page).await.html();
            for form in html.select(&posts) {
                let action = form.attr("action").expect("an action").to_owned();
                // Signing out concerns no company, and must always work.
                if action == "/logout" {
                    continue;
                }
                let carried: Vec<_> = form.select(&company).filter_map(|field| field.attr("value")).collect();
                assert_eq!(carried, [acts_in.as_str()], "{action} on {page}");
                seen.insert(action);
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");

    let max = app.sign_in_as(MAX).await;
    let nord = company_of(&app, NILS).await;
    for (path, _) in server_fn_paths().filter(|(_, method)| *method == Method::POST) {
        let answer = max.post(path, &[("input[company]", &nord)]).await;
        assert_eq!(answer.status, 409, "{path}");
        assert!(
            answer.body.contains("You now act in Blue Heron Logistics"),
            "{path}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn d6_access_that_is_taken_away_counts_at_the_next_request() {
    let app = TestApp::start().await;
    let max = max_in_nord(&app).await;
    let form = max.get(&app.page_of(NORA).await).await.form("Reset password");
    let ada = app.sign_in_as(ADA).await;
    let page = ada.get(&app.page_of(MAX).await).await;
    assert!(page.says("Heron Nord, since 24 Nov 2026"), "{}", page.text());
    let answer = ada.submit(page.form("Remove access to Heron Nord")).await;
    let page = ada.follow(&answer).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("The access of Max Manager is removed. It counts at once.")
    );
    assert!(page.says("No access to a linked company yet."), "{}", page.text());

    let answer = max.submit(form).await.expect_status(409);
    assert!(answer.says("You now act in Blue Heron Logistics"), "{}", answer.text());
    let polled = max.get("/api/session-left").await.expect_status(200);
    assert!(polled.body.contains("idle"));
    let note = "You can't act in Heron Nord any more. You act in Blue Heron Logistics again.";
    let page = max.get("/company").await.expect_status(200);
    assert_eq!(page.region("Note").as_deref(), Some(note));
    assert_eq!(page.heading(), "Blue Heron Logistics");
    assert!(!is_in_nord(&page));
    // Told once.
    app.until("the session is home for good", async || {
        max.get("/settings").await.region("Note").is_none()
    })
    .await;
    // Given again, one is not taken there.
    give(&app, MAX).await;
    assert!(!is_in_nord(&max.get("/dashboard").await));
    assert_eq!(
        activity(&app, "Blue Heron Logistics", "access_removed").await,
        ["Ada Admin: granted Max Manager Heron Nord"]
    );
    assert_eq!(
        activity(&app, "Heron Nord", "access_removed").await,
        ["Ada Admin of Blue Heron Logistics: granted Max Manager of Blue Heron Logistics -"]
    );
}

#[tokio::test]
async fn d6_a_role_or_a_grant_that_is_gone_counts_at_once() {
    for how in [
        "DELETE FROM grants",
        "UPDATE users SET role = 'user' WHERE email_key = 'max@blueheron.example'",
    ] {
        let app = TestApp::start().await;
        let max = max_in_nord(&app).await;
        let form = max.get(&app.page_of(NORA).await).await.form("Reset password");
        app.execute(how).await;
        max.submit(form).await.expect_status(409);
        assert_eq!(max.get("/company").await.heading(), "Blue Heron Logistics", "{how}");
        assert!(app.recorder.mails().is_empty(), "{how}");
    }
}

#[tokio::test]
async fn d1_who_gives_access_and_to_whom() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    let [heron, nord, quarry] = [
        company_of(&app, ADA).await,
        company_of(&app, NILS).await,
        company_of(&app, QUINN).await,
    ];
    // A manager without a grant has none.
    let agnes = app.sign_in_as(AGNES).await;
    let page = agnes.get("/companies").await.expect_status(200);
    assert!(page.says("You have no access to a linked company."), "{}", page.text());
    assert!(!page.says("Heron Nord"));
    assert!(!agnes.get("/settings").await.says("Linked companies"));
    let path = format!("/companies/{nord}/switch");
    agnes.post(&path, &[("company", &heron)]).await.expect_status(404);

    let page = give(&app, AGNES).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Agnes Lindqvist has the access now.")
    );
    assert!(!page.has_button("Give access"), "nothing is left to give");
    agnes.post(&path, &[("company", &heron)]).await.expect_status(303);
    assert!(is_in_nord(&agnes.get("/dashboard").await));
    // Once more is harmless.
    let give_agnes = format!("{}/give-access", app.page_of(AGNES).await);
    let fields = [("company", heron.as_str()), ("child", nord.as_str())];
    ada.post(&give_agnes, &fields).await.expect_status(303);
    assert_eq!(grants(&app).await, 2);

    // An administrator sees all, and gives it to themselves too, in the activity of both.
    let page = ada.get("/companies").await;
    assert_eq!(page.row("Heron Nord").expect("a row")[1].1, "None");
    assert!(!page.has_button("Switch to Heron Nord"));
    give(&app, ADA).await;
    assert!(ada.get("/companies").await.has_button("Switch to Heron Nord"));
    let given = activity(&app, "Heron Nord", "access_given").await;
    for name in ["Agnes Lindqvist", "Ada Admin"] {
        let entry = format!("Ada Admin of Blue Heron Logistics: granted {name} of Blue Heron Logistics -");
        assert!(given.contains(&entry), "{given:?}");
    }

    // Not to others, not for others, not by others.
    let before = grants(&app).await;
    for email in [UMA, ROB, "ivy@blueheron.example", "del@blueheron.example"] {
        let page = app.page_of(email).await;
        assert!(!ada.get(&page).await.says("Linked companies"), "{email}");
        ada.post(&format!("{page}/give-access"), &fields)
            .await
            .expect_status(403);
    }
    for email in [QUINN, NILS] {
        let path = format!("{}/give-access", app.page_of(email).await);
        ada.post(&path, &fields).await.expect_status(404);
    }
    for child in [&quarry, &heron, NOBODY] {
        let path = format!("{}/give-access", app.page_of(MAX).await);
        let fields = [("company", heron.as_str()), ("child", child)];
        ada.post(&path, &fields).await.expect_status(404);
        ada.post(&format!("{}/remove-access", app.page_of(MAX).await), &fields)
            .await
            .expect_status(404);
    }
    for child in ["", "7", "x"] {
        let fields = [("company", heron.as_str()), ("child", child)];
        ada.post(&give_agnes, &fields).await.expect_status(400);
    }
    assert!(!max.get(&app.page_of(AGNES).await).await.says("Linked companies"));
    let path = format!("{}/remove-access", app.page_of(AGNES).await);
    max.post(&path, &fields).await.expect_status(403);
    max.post(&give_agnes, &fields).await.expect_status(403);
    assert_eq!(grants(&app).await, before);
    let refused = activity(&app, "Blue Heron Logistics", "access_given").await;
    assert!(
        refused.contains(&"Max Manager: refused Agnes Lindqvist -".to_owned()),
        "{refused:?}"
    );
}

#[tokio::test]
async fn d2_people_of_the_child_find_nothing_of_the_parent() {
    let app = TestApp::start().await;
    let nils = app.sign_in_as(NILS).await;
    let [heron, nord, quarry] = [
        company_of(&app, ADA).await,
        company_of(&app, NILS).await,
        company_of(&app, QUINN).await,
    ];
    for email in [ADA, MAX, UMA] {
        let page = app.page_of(email).await;
        nils.get(&page).await.expect_status(404);
        let path = format!("{page}/reset");
        nils.post(&path, &[("company", &nord)]).await.expect_status(404);
    }
    let page = nils.get("/companies").await.expect_status(200);
    assert!(page.says("No company is linked to yours."), "{}", page.text());
    assert!(!nils.get("/settings").await.says("Linked companies"));
    for other in [&heron, &quarry, &nord, NOBODY] {
        let path = format!("/companies/{other}/switch");
        nils.post(&path, &[("company", &nord)]).await.expect_status(404);
    }
    assert_eq!(nils.get("/company").await.heading(), "Heron Nord");
    for email in [UMA, ROB] {
        let browser = app.sign_in_as(email).await;
        browser.get("/companies").await.expect_status(403);
        let path = format!("/companies/{nord}/switch");
        browser.post(&path, &[("company", &heron)]).await.expect_status(403);
    }
    let refused = activity(&app, "Heron Nord", "company_entered").await;
    // The same within a minute is one entry.
    assert_eq!(refused, ["Nils Nord: refused - -"]);
    let times = "SELECT sum(times) FROM activity WHERE action = 'company_entered' AND actor_name = 'Nils Nord'";
    assert_eq!(app.number(times).await, 4);
    for path in ["/companies/7/switch", "/companies/%ff/switch"] {
        nils.post(path, &[("company", &nord)]).await.expect_status(404);
    }
    app.client()
        .post(&format!("/companies/{nord}/switch"), &[("company", &heron)])
        .await
        .expect_status(303);
}

#[tokio::test]
async fn d8_who_is_lowered_or_deleted_has_no_access_even_if_raised_or_restored_later() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let max = max_in_nord(&app).await;
    let maxs = app.page_of(MAX).await;
    let form = ada.get(&maxs).await.form("Save role").choose("User");
    ada.submit(form).await.expect_status(303);
    assert_eq!(grants(&app).await, 0);
    let page = max.get("/company").await;
    assert_eq!(page.heading(), "Blue Heron Logistics");
    assert!(page.region("Note").is_some());
    let form = ada.get(&maxs).await.form("Save role").choose("Manager");
    ada.submit(form).await.expect_status(303);
    assert!(!max.get("/companies").await.says("Heron Nord"));
    assert!(!is_in_nord(&max.get("/dashboard").await));

    give(&app, MAX).await;
    let form = ada.get(&format!("{maxs}/delete")).await.form("Delete user");
    ada.submit(form).await.expect_status(303);
    assert_eq!(grants(&app).await, 0);
    let form = ada.get(&format!("{maxs}/restore")).await.form("Restore user");
    ada.submit(form).await.expect_status(303);
    app.redeem(&link_of(&app.mail_to(MAX).await), &password(1))
        .await
        .expect_status(303);
    let again = app.client();
    again
        .post("/login", &[("email", MAX), ("password", &password(1))])
        .await
        .expect_status(303);
    assert!(!again.get("/companies").await.says("Heron Nord"));
    assert_eq!(
        activity(&app, "Blue Heron Logistics", "access_removed").await,
        vec!["Ada Admin: granted Max Manager Heron Nord".to_owned(); 2]
    );
    let there = format!("Ada Admin of Blue Heron Logistics: granted {MAX_THERE} -");
    assert_eq!(activity(&app, "Heron Nord", "access_removed").await, vec![there; 2]);
}

#[tokio::test]
async fn d8_the_end_of_the_link_ends_the_access_for_good() {
    let app = TestApp::start().await;
    let max = max_in_nord(&app).await;
    let [child, parent] = ["Heron Nord", "Blue Heron Logistics"].map(|name| CompanyRef::parse(name).expect("a name"));
    unlink_company(app.services(), &child).await.expect("unlinked");
    let page = max.get("/company").await;
    assert_eq!(page.heading(), "Blue Heron Logistics");
    assert!(page.region("Note").is_some());
    link_companies(app.services(), &child, &parent).await.expect("linked");
    assert!(!is_in_nord(&max.get("/dashboard").await));
    assert!(!max.get("/companies").await.says("Heron Nord"));
    assert_eq!(
        activity(&app, "Blue Heron Logistics", "access_removed").await,
        ["Operator: granted Max Manager Heron Nord"]
    );
}

#[tokio::test]
async fn the_list_is_searched() {
    let app = TestApp::start().await;
    let (heron, now) = (company_of(&app, ADA).await, 1_795_527_128_000_i64);
    for (number, name) in ["heron sud", "heron west 100%"].into_iter().enumerate() {
        let id = app.literal(&format!("0198000000007000800000000000000{number}"));
        let parent = app.literal(&heron.replace('-', ""));
        app.execute(&format!(
            "INSERT INTO companies (id, parent_id, name, search_key, sort_key, created_at) \
             VALUES ({id}, {parent}, '{name}', '{name}', '{name}', {now})"
        ))
        .await;
    }
    let ada = app.sign_in_as(ADA).await;
    let found = async |text: &str| {
        let form = ada
            .get("/companies")
            .await
            .form("Search")
            .fill("Search companies", text);
        ada.submit(form).await.expect_status(200)
    };
    let page = found("HERON").await;
    for name in ["Heron Nord", "heron sud", "heron west 100%"] {
        assert!(page.row(name).is_some(), "{name} in: {}", page.text());
    }
    let page = found("100%").await;
    assert!(page.row("heron west 100%").is_some() && page.row("heron sud").is_none());
    assert_eq!(page.value_of("Search companies"), "100%");
    assert!(found("xyz").await.says("No company matches \"xyz\"."));
    // On a person's page the others are to choose from.
    let page = ada.get(&app.page_of(MAX).await).await;
    assert!(page.has_button("Remove access to Heron Nord") && page.has_button("Give access"));
    // Managers see those that they may act in.
    let page = app.sign_in_as(MAX).await.get("/companies").await;
    assert!(page.row("Heron Nord").is_some() && page.row("heron sud").is_none());
}

#[tokio::test]
async fn no_page_costs_more_than_six_statements() {
    let mut app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, max_in_nord(&app).await);
    let (maxs, noras) = (app.page_of(MAX).await, app.page_of(NORA).await);
    // She has had a reset, in her demo.
    let agnes = app.page_of(AGNES).await;
    app.rest().await;
    for (who, browser, path, most) in [
        ("Ada", &ada, "/companies", 2),
        ("Ada", &ada, "/settings", 2),
        ("Ada", &ada, maxs.as_str(), 6),
        ("Ada", &ada, agnes.as_str(), 6),
        ("Max", &max, "/companies", 2),
        ("Max", &max, "/dashboard", 6),
        ("Max", &max, "/company", 6),
        ("Max", &max, "/company?tab=resets", 6),
        ("Max", &max, noras.as_str(), 6),
    ] {
        let cost = app.cost(async { browser.get(path).await.expect_status(200) }).await;
        assert!(cost <= most, "{cost} for {who} at {path}");
    }
}
