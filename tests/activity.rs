//! The tab `Activity` and its downloads: what stands in it, for whose eyes, what can be asked of it, and what it costs.

use rekey::server::store::entity::activity;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::support::people::{ADA, MAX, QUINN, ROB, UMA};
use crate::support::{Client, HOUR, Page, SECOND, TestApp};

async fn shown(browser: &Client, query: &str) -> Page {
    let page = browser.get(&format!("/company?tab=activity{query}")).await;
    page.expect_status(200)
}

/// The sentences, in order.
fn sentences(page: &Page) -> Vec<String> {
    let cell = scraper::Selector::parse("tbody td[data-label=What]").expect("a selector");
    let html = page.html();
    html.select(&cell).map(|cell| cell.text().collect()).collect()
}

/// Adds entries to Blue Heron's activity: number, action and what else is to be changed, an hour apart, the first the oldest.
async fn add(app: &TestApp, entries: impl IntoIterator<Item = (u128, activity::Model)>) {
    let on = app.services().db.begin_write().await.expect("a transaction");
    let rows: Vec<_> = entries
        .into_iter()
        .map(|(number, row)| {
            let id = Uuid::from_u128(0x0100_0000_0000_7000_8000_0000_0000_0000 + number);
            activity::Model { id, ..row }.into_active_model().reset_all()
        })
        .collect();
    for rows in rows.chunks(500) {
        let added = activity::Entity::insert_many(rows.to_vec()).exec_without_returning(&on);
        added.await.expect("they are stored");
    }
    on.commit().await.expect("it commits");
}

async fn entry(app: &TestApp) -> activity::Model {
    let ada = app.user_id(ADA).await.as_uuid();
    let user = rekey::server::store::entity::user::Entity::find_by_id(ada);
    let user = user
        .one(app.services().db.reader())
        .await
        .expect("the database answers");
    activity::Model {
        id: Uuid::nil(),
        company_id: Some(user.expect("Ada").company_id),
        at: 1_795_000_000_000,
        actor_kind: "user".to_owned(),
        actor_id: Some(ada),
        actor_name: "Ada Admin".to_owned(),
        action: "user_renamed".to_owned(),
        outcome: "granted".to_owned(),
        target_id: Some(Uuid::from_u128(7)),
        target_name: Some("Gone Person".to_owned()),
        detail: Some("Went Away".to_owned()),
        search_key: "ada admin gone person went away".to_owned(),
        client_address: Some("203.0.113.7".to_owned()),
        times: 1,
        repeat_key: None,
    }
}

#[tokio::test]
async fn d7_what_is_done_and_what_is_refused_stands_there_in_sentences() {
    let app = TestApp::start().await;
    let (ada, max) = (app.sign_in_as(ADA).await, app.sign_in_as(MAX).await);
    app.trigger(&max, UMA).await;
    app.advance(SECOND);
    let form = ada.get("/company/edit").await.form("Save company details");
    ada.submit(form.fill("Banner", "Hello")).await.expect_status(303);
    app.advance(SECOND);
    // A manager can't sign an administrator out.
    let ada_page = app.page_of(ADA).await;
    let company = max.get("/company/edit").await.form("Save company details");
    let company = company.fields().find(|(name, _)| *name == "company");
    let company = company.map(|(_, id)| id.to_owned()).expect("a company");
    let fields = [("company", company.as_str())];
    max.post(&format!("{ada_page}/sign-out"), &fields)
        .await
        .expect_status(403);
    let page = shown(&ada, "").await;
    assert_eq!(page.heading(), "Blue Heron Logistics");
    let expected = [
        "Max Manager tried to sign Ada Admin out everywhere: refused",
        "Ada Admin changed the details of the company",
        "Max Manager asked for a reset link for Uma User",
    ];
    assert_eq!(sentences(&page)[..3], expected);
    assert!(
        page.says("from 127.0.0.1") && page.says("Times are in Europe/Berlin"),
        "{}",
        page.text()
    );

    // Names are kept as they were: people who are gone still stand there; whoever runs the server is named as such.
    let row = entry(&app).await;
    let operators = activity::Model {
        actor_kind: "operator".to_owned(),
        actor_id: None,
        action: "user_deleted".to_owned(),
        detail: None,
        ..row.clone()
    };
    add(&app, [(1, row.clone()), (2, operators)]).await;
    let page = shown(&ada, "&q=gone+PERSON").await;
    let expected = [
        "The operator of this server deleted the account of Gone Person",
        "Ada Admin renamed Gone Person to Went Away",
    ];
    assert_eq!(sentences(&page), expected);
    assert!(page.says("2 entries"));

    // By what is said, not by who.
    let page = shown(&ada, "&q=asked+for+a+reset").await;
    assert_eq!(sentences(&page)[0], "Max Manager asked for a reset link for Uma User");
    assert!(shown(&ada, "&q=no+such+thing").await.says("No activity matches."));
    // The day of it, in the reader's zone: 18 November, 12:06 in Berlin.
    for (days, count) in [
        ("&from=2026-11-18&to=2026-11-18", 2),
        ("&to=2026-11-17", 0),
        ("&to=2026-11-18&from=yesterday", 2),
    ] {
        assert_eq!(sentences(&shown(&ada, days).await).len(), count, "{days}");
    }
    assert_eq!(shown(&ada, "&to=2026-11-18").await.value_of("To"), "2026-11-18");
    // The database refuses changes.
    let on = app.services().db.begin_write().await.expect("a transaction");
    let changed = sea_orm::ConnectionTrait::execute_unprepared(&on, "UPDATE activity SET actor_name = 'Nobody'").await;
    assert!(
        changed
            .expect_err("refused")
            .to_string()
            .contains("activity is never changed")
    );
}

#[tokio::test]
async fn d1_only_administrators_see_it_and_only_their_own() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let paths = [
        "/company?tab=activity",
        "/company/activity.csv",
        "/company/activity.jsonl",
    ];
    assert_eq!(ada.get("/company").await.link("Activity"), paths[0]);
    app.trigger(&ada, UMA).await;
    for email in [MAX, UMA, ROB] {
        let browser = app.sign_in_as(email).await;
        assert!(
            !browser.get("/company").await.html().html().contains("tab=activity"),
            "{email}"
        );
        for path in paths {
            let page = browser.get(path).await.expect_status(403);
            assert_eq!(page.heading(), "You cannot open this page", "{email} {path}");
            assert!(!page.text().contains("asked for a reset link"));
        }
    }
    let quinn = app.sign_in_as(QUINN).await;
    assert!(!shown(&quinn, "").await.says("Uma User"));
    for path in &paths[1..] {
        assert!(!quinn.get(path).await.expect_status(200).body.contains("Uma User"));
        assert!(ada.get(path).await.body.contains("Uma User"));
        let answer = app.client().get(path).await.expect_status(303);
        assert!(answer.location().starts_with("/login?next="), "{}", answer.location());
    }
}

#[tokio::test]
async fn downloads_have_every_entry_once_in_one_line_and_no_formula() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let row = entry(&app).await;
    let formula = activity::Model {
        target_name: Some("=HYPERLINK(\"https://evil.example\")".to_owned()),
        detail: Some("two\r\nlines, and \"more\"".to_owned()),
        ..row.clone()
    };
    add(&app, [(1, formula)]).await;
    let query = "?from=2026-11-18&to=2026-11-18";
    let csv = ada
        .get(&format!("/company/activity.csv{query}"))
        .await
        .expect_status(200);
    for (name, value) in [
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"activity.csv\""),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(csv.header(name), Some(value));
    }
    let mut reader = csv::Reader::from_reader(csv.body.as_bytes());
    let heads = reader.headers().expect("a first line").clone();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 1, "{}", csv.body);
    let at = |name: &str| {
        let place = heads.iter().position(|head| head == name).expect("a column");
        rows[0][place].to_owned()
    };
    assert_eq!(at("at"), "2026-11-18T11:06:40Z");
    assert_eq!(at("company"), "Blue Heron Logistics");
    assert_eq!(
        (at("who"), at("outcome"), at("client_address")),
        ("Ada Admin".into(), "granted".into(), "203.0.113.7".into())
    );
    assert_eq!(at("whom"), "'=HYPERLINK(\"https://evil.example\")");
    let lines = ada
        .get(&format!("/company/activity.jsonl{query}"))
        .await
        .expect_status(200);
    assert_eq!(
        lines.header("content-disposition"),
        Some("attachment; filename=\"activity.jsonl\"")
    );
    assert_eq!(lines.body.lines().count(), 1, "{}", lines.body);
    let line: serde_json::Value = serde_json::from_str(&lines.body).expect("JSON");
    assert_eq!(line["whom"], "=HYPERLINK(\"https://evil.example\")");
    assert_eq!(line["detail"], "two\r\nlines, and \"more\"");
}

#[tokio::test]
async fn ten_thousand_entries_page_by_page_in_few_statements() {
    let mut app = TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        .start()
        .await;
    let ada = app.sign_in_as(ADA).await;
    let row = entry(&app).await;
    // Several at the same moment, so that the id decides too.
    let rows = (0..10_000_u128).map(|number| {
        let entry = activity::Model {
            at: row.at + i64::try_from(number / 3).unwrap_or_default(),
            detail: Some(format!("number {number}.")),
            ..row.clone()
        };
        (number, entry)
    });
    add(&app, rows).await;
    let query = "&q=gone+person";
    let first = shown(&ada, query).await;
    assert!(
        first.says("10000 entries") && first.says("1–50 of 10000"),
        "{}",
        first.text()
    );
    let (mut page, mut seen) = (first.clone(), sentences(&first));
    for number in 1..4 {
        page = ada.get(&page.link("Next page")).await.expect_status(200);
        assert!(
            page.says(&format!("{}–{} of 10000", number * 50 + 1, number * 50 + 50)),
            "{}",
            page.text()
        );
        seen.extend(sentences(&page));
    }
    let expected: Vec<_> = (0..200)
        .map(|n| format!("Ada Admin renamed Gone Person to number {}.", 9_999 - n))
        .collect();
    assert_eq!(seen, expected);
    page = ada.get(&page.link("Previous page")).await.expect_status(200);
    assert_eq!(sentences(&page), expected[100..150]);
    app.rest().await;
    for query in [
        "",
        query,
        "&from=2026-11-18",
        "&q=renamed",
        "&q=gone&from=2026-11-18&to=2026-11-18",
    ] {
        let cost = app.cost(shown(&ada, query)).await;
        assert!(cost <= 6, "{cost} for {query}");
    }
    // Whole, each once, newest first.
    let lines = ada
        .get("/company/activity.jsonl?q=gone+person")
        .await
        .expect_status(200);
    let numbers: Vec<_> = lines
        .body
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            line["detail"].as_str().expect("words").to_owned()
        })
        .collect();
    let expected: Vec<_> = (0..10_000).map(|n| format!("number {}.", 9_999 - n)).collect();
    assert_eq!(numbers, expected);
}
