//! `/company/edit`: what managers and administrators change of their company, and what it changes.

use reqwest::Method;

use crate::support::people::{ADA, MAX, QUINN, UMA};
use crate::support::{Client, Form, Page, TestApp};

const SAVE: &str = "Save company details";

async fn form_of(browser: &Client) -> Form {
    browser.get("/company/edit").await.expect_status(200).form(SAVE)
}

/// The details in the database.
async fn details(app: &TestApp) -> String {
    let columns = [
        "name",
        "website",
        "phone",
        "contact_email",
        "banner",
        "time_zone",
        "accent",
        "sender_name",
    ];
    let columns = columns
        .map(|column| format!("coalesce({column}, '-')"))
        .join(" || '|' || ");
    let sql =
        format!("SELECT {columns} FROM companies WHERE id = (SELECT company_id FROM users WHERE email_key = '{ADA}')");
    app.words(&sql, 0).await.concat()
}

async fn noted(app: &TestApp, outcome: &str) -> i64 {
    let sql = format!(
        "SELECT coalesce(sum(times), 0) FROM activity WHERE action = 'company_changed' AND outcome = '{outcome}'"
    );
    app.number(&sql).await
}

fn accent_of(page: &Page) -> Option<String> {
    let html = page.html();
    html.root_element().attr("data-accent").map(str::to_owned)
}

#[tokio::test]
async fn an_administrator_changes_everything_and_it_shows() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let uma = app.sign_in_as(UMA).await;
    let profile = ada.get("/company").await;
    assert_eq!(profile.link("Edit company details"), "/company/edit");
    assert_eq!(profile.region("Notice from Blue Heron Logistics"), None);
    let page = ada.get("/company/edit").await;
    assert_eq!(
        (page.heading().as_str(), page.value_of("Phone").as_str()),
        ("Edit company details", "+49 30 5550 100")
    );
    let form = page.form(SAVE);
    let form = form
        .fill("Company name", "  Grey   Heron ")
        .fill("Website", "https://greyheron.example")
        .fill("Phone", "")
        .fill("Contact email", "desk@greyheron.example")
        .fill("Banner", "Closed on <Friday>")
        .fill("Time zone", "Asia/Tokyo")
        .choose("Teal")
        .fill("Sender name of mails", "Heron Desk");
    let answer = ada.submit(form).await.expect_status(303);
    assert_eq!(answer.location(), "/company?done=saved");
    let page = ada.follow(&answer).await;
    assert_eq!(page.region("Done").as_deref(), Some("The company's details are saved."));
    assert_eq!(page.heading(), "Grey Heron");
    assert!(
        page.says("https://greyheron.example") && page.says("desk@greyheron.example"),
        "{}",
        page.text()
    );
    assert_eq!(
        details(&app).await,
        "Grey Heron|https://greyheron.example|-|desk@greyheron.example|Closed on <Friday>|Asia/Tokyo|teal|Heron Desk"
    );
    assert_eq!(noted(&app, "granted").await, 1);

    // At everybody's next request.
    let page = uma.get("/dashboard").await;
    let notice = page.region("Notice from Grey Heron").expect("a banner");
    assert!(notice.contains("Closed on <Friday>"), "{notice}");
    assert_eq!(accent_of(&page).as_deref(), Some("teal"));
    assert!(page.title().ends_with("Grey Heron – Rekey"));
    assert_eq!(accent_of(&app.client().get("/login").await), None);
    app.trigger(&ada, UMA).await;
    let mail = app.mail_to(UMA).await;
    assert!(
        mail.headers.contains("From: \"Heron Desk\" <") || mail.headers.contains("From: Heron Desk <"),
        "{}",
        mail.headers
    );
    assert!(mail.headers.contains("desk@greyheron.example"), "{}", mail.headers);
    assert!(mail.subject.starts_with("Grey Heron: "), "{}", mail.subject);
    assert!(mail.text.contains("Asia/Tokyo"), "{}", mail.text);

    // Empty again: as it was before.
    let form = form_of(&ada)
        .await
        .fill("Banner", " ")
        .fill("Sender name of mails", "")
        .choose("Blue");
    ada.submit(form).await.expect_status(303);
    assert!(details(&app).await.ends_with("|-|Asia/Tokyo|blue|-"));
    let page = uma.get("/dashboard").await;
    assert_eq!(page.region("Notice from Grey Heron"), None);
}

#[tokio::test]
async fn a_manager_posts_a_notice_alone_and_nobody_below() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = max.get("/company").await;
    assert_eq!(page.link("Post a notice"), "/company/notice");
    let notice = async |words: &str| {
        let form = max
            .get("/company/notice")
            .await
            .form("Save notice")
            .fill("Notice", words);
        max.submit(form).await
    };
    let before = details(&app).await;
    assert_eq!(
        notice("Closed on Friday").await.expect_status(303).location(),
        "/company?done=saved"
    );
    assert_eq!(
        details(&app).await,
        before.replacen("|-|Europe", "|Closed on Friday|Europe", 1)
    );
    let uma = app.sign_in_as(UMA).await;
    let shown = uma.get("/dashboard").await.region("Notice from Blue Heron Logistics");
    assert!(shown.is_some_and(|shown| shown.contains("Closed on Friday")));

    // Refused in place, with what was typed.
    let refused = notice(&"x".repeat(1_000)).await.expect_status(422);
    assert!(refused.html().html().contains(&"x".repeat(1_000)));
    assert_eq!(
        details(&app).await,
        before.replacen("|-|Europe", "|Closed on Friday|Europe", 1)
    );
    notice(" ").await.expect_status(303);
    assert_eq!(details(&app).await, before);

    let page = uma.get("/company").await;
    assert!(!page.says("Post a notice"));
    uma.get("/company/notice").await.expect_status(403);
}

#[tokio::test]
async fn d1_a_manager_changes_contact_and_banner_and_nobody_below_anything() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let form = form_of(&max).await;
    let names: Vec<_> = form.fields().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(
        names,
        ["company", "version", "website", "phone", "contact_email", "banner"]
    );
    let before = details(&app).await;
    max.submit(form.clone().fill("Banner", "Hello"))
        .await
        .expect_status(303);
    assert_eq!(details(&app).await, before.replacen("|-|Europe", "|Hello|Europe", 1));
    let before = details(&app).await;

    // What is not in the form is no way around it (D3).
    let form = form_of(&max).await;
    for (name, value) in [
        ("name", "Mine"),
        ("accent", "red"),
        ("sender_name", "Boss"),
        ("time_zone", "UTC"),
    ] {
        let mut fields: Vec<_> = form.fields().collect();
        fields.push((name, value));
        max.post("/company/edit", &fields).await.expect_status(403);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (format!("input[{name}]"), *value))
            .collect();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        max.post("/api/save-company", &fields).await.expect_status(403);
    }
    assert_eq!((details(&app).await, noted(&app, "refused").await), (before.clone(), 8));

    let uma = app.sign_in_as(UMA).await;
    let page = uma.get("/company/edit").await.expect_status(403);
    assert_eq!(page.heading(), "You cannot open this page");
    assert!(!uma.get("/company").await.says("Edit company details"));
    let fields: Vec<_> = form.fields().collect();
    uma.post("/company/edit", &fields).await.expect_status(403);
    // Another company's administrator with this company's form (D3).
    let quinn = app.sign_in_as(QUINN).await;
    quinn.post("/company/edit", &fields).await.expect_status(409);
    let answer = app.client().post("/company/edit", &fields).await;
    assert_eq!(answer.location(), "/login?next=%2Fcompany%2Fedit");
    assert_eq!(details(&app).await, before);
}

#[tokio::test]
async fn two_who_edit_at_once_are_told() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    let (first, second) = (form_of(&max).await, form_of(&ada).await);
    max.submit(first.fill("Phone", "1")).await.expect_status(303);
    let after = details(&app).await;
    let page = ada.submit(second.fill("Banner", "From Ada")).await.expect_status(409);
    assert_eq!(page.heading(), "Edit company details");
    let words = "Somebody changed these details meanwhile. Nothing was saved. Save again to replace them.";
    assert_eq!(page.region("Problem").as_deref(), Some(words));
    assert_eq!(page.value_of("Banner"), "From Ada", "what was typed stays");
    assert_eq!(details(&app).await, after);
    // Now they know: again, and it is saved.
    ada.submit(page.form(SAVE)).await.expect_status(303);
    assert!(details(&app).await.contains("From Ada"));
    // A wrong field does not make an old form a new one.
    let old = form_of(&ada).await;
    max.submit(form_of(&max).await.fill("Phone", "2"))
        .await
        .expect_status(303);
    let page = ada.submit(old.fill("Website", "none")).await.expect_status(422);
    ada.submit(page.form(SAVE).fill("Website", "")).await.expect_status(409);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let before = details(&app).await;
    let form = form_of(&ada).await;
    let form = form
        .fill("Company name", " ")
        .fill("Website", "greyheron.example")
        .fill("Phone", "call me")
        .fill("Contact email", "desk")
        .fill("Banner", &"x".repeat(301))
        .fill("Time zone", "Mars/Base")
        .fill("Sender name of mails", "a\u{202e}b");
    let page = ada.submit(form).await.expect_status(422);
    assert!(page.title().starts_with("Error: Edit company details"));
    for (label, reason) in [
        ("Company name", "Enter a name"),
        ("Website", "Enter a website like https://example.com"),
        ("Phone", "Enter a phone number like +49 30 5550 100"),
        ("Contact email", "Enter an email like name@example.com"),
        ("Banner", "Use at most 300 characters"),
        ("Time zone", "Choose a time zone from the list"),
        ("Sender name of mails", "Use letters, digits and symbols only"),
    ] {
        assert_eq!(page.reason_at(label).as_deref(), Some(reason), "{label}");
    }
    assert_eq!(page.value_of("Phone"), "call me");
    let fields: Vec<_> = page
        .form(SAVE)
        .fields()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let with = |name: &str, value: &str| {
        let mut fields = fields.clone();
        fields.retain(|(found, _)| found != name);
        fields.push((name.to_owned(), value.to_owned()));
        fields
    };
    for (fields, status) in [
        (with("accent", "gold"), 422),
        (with("accent", ""), 422),
        (with("version", "x"), 422),
        (with("role", "administrator"), 422),
    ] {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        ada.post("/company/edit", &fields).await.expect_status(status);
    }
    ada.post("/company/edit", &[("website", "")]).await.expect_status(400);
    let request = ada.request(Method::POST, "/company/edit").body("x".repeat(20_000));
    ada.send(request).await.expect_status(413);
    assert_eq!(details(&app).await, before);
}

#[tokio::test]
async fn b1_where_only_managers_start_resets_others_are_told_whom_to_ask() {
    let app = TestApp::start().await;
    let (ada, uma) = (app.sign_in_as(ADA).await, app.sign_in_as(UMA).await);
    assert!(uma.get("/account").await.has_button("Email me a reset link"));
    let form = form_of(&ada).await.choose("Only managers may start resets");
    ada.submit(form).await.expect_status(303);
    let form = form_of(&ada).await;
    assert!(form.fields().any(|field| field == ("only_managers", "yes")), "it stays");

    // The same answer for all: hers, one that nobody has, an administrator's.
    let answers = [
        app.ask(UMA).await,
        app.ask("nobody@blueheron.example").await,
        app.ask(ADA).await,
    ];
    for (answer, email) in answers.iter().zip([UMA, "nobody@blueheron.example", ADA]) {
        assert_eq!(answer.without(email), answers[0].without(UMA));
    }
    let mail = app.mail_to(UMA).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: ask a manager for a new password");
    assert!(
        mail.links.is_empty() && !mail.text.contains("/reset-password/"),
        "{}",
        mail.text
    );
    let words = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Ada Admin (administrator)") && words.contains("Max Manager (manager)"),
        "{words}"
    );
    let mail = app.mail_to(ADA).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: reset your password");
    let resets =
        format!("SELECT count(*) FROM resets WHERE user_id IN (SELECT id FROM users WHERE email_key = '{UMA}')");
    assert_eq!(app.number(&resets).await, 0);
    let refused = "SELECT count(*) FROM activity WHERE action = 'reset_asked' AND outcome = 'refused'";
    assert_eq!(app.number(refused).await, 1);

    // Signed in no more than signed out; managers ask one another.
    let max = app.sign_in_as(MAX).await;
    for browser in [&uma, &max] {
        let page = browser.get("/account").await.expect_status(200);
        assert!(!page.has_button("Email me a reset link"));
        let words = "Your company does not allow own resets. Ask an administrator or manager for a link.";
        assert!(page.says(words), "{}", page.text());
        let page = browser.post("/account/reset", &[]).await.expect_status(403);
        assert!(page.says(words), "{}", page.text());
    }
    assert_eq!((app.number(&resets).await, app.number(refused).await), (0, 3));
    assert!(ada.get("/account").await.has_button("Email me a reset link"));
    // A manager starts it for her.
    app.trigger(&max, UMA).await;
    app.until("the link has come", async || app.mails_to(UMA, 2).await.len() == 2)
        .await;
    assert_eq!(app.number(&resets).await, 1);

    // Not ticked is not so.
    let mut fields: Vec<_> = form_of(&ada)
        .await
        .fields()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    fields.retain(|(name, _)| name != "only_managers");
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    ada.post("/company/edit", &fields).await.expect_status(303);
    assert!(uma.get("/account").await.has_button("Email me a reset link"));
}
