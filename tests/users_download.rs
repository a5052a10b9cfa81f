//! The tab `[company] users` taken away: `Download CSV`, for whose eyes, with what was searched, and as spreadsheets read it.

use rekey::server::random;
use rekey::server::store::activity::{self, ActorIs, Entry};
use rekey::server::store::entity::user;
use rekey::server::store::users;
use rekey_domain::deed::Deed;
use rekey_domain::id::ActivityId;
use rekey_domain::name::PersonName;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::people::{ADA, MAX, QUINN, ROB, UMA};
use crate::support::{Client, Page, TestApp};

const PATH: &str = "/company/users.csv";

/// The rows, below the line of names.
fn rows(file: &Page) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    let heads: Vec<_> = reader.headers().expect("a first line").iter().collect();
    assert_eq!(
        heads,
        [
            "name",
            "email",
            "role",
            "status",
            "last_sign_in",
            "last_reset",
            "last_reset_at"
        ]
    );
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// What the link on the tab gives, after the tab was asked this.
async fn downloaded(browser: &Client, query: &str) -> Vec<Vec<String>> {
    let page = browser.get(&format!("/company?tab=users&{query}")).await;
    let link = page.expect_status(200).link("Download CSV");
    rows(&browser.get(&link).await.expect_status(200))
}

/// The names in the table.
fn names(page: &Page) -> Vec<String> {
    let name = scraper::Selector::parse("tbody th[scope=row]").expect("a selector");
    let html = page.html();
    html.select(&name).map(|cell| cell.text().collect()).collect()
}

#[tokio::test]
async fn d1_managers_take_away_the_people_of_the_company_that_they_act_in() {
    let app = TestApp::start().await;
    for (email, company, people) in [
        (ADA, "@blueheron.example", 45),
        (MAX, "@blueheron.example", 45),
        (QUINN, "@quarry.example", 6),
    ] {
        let browser = app.sign_in_as(email).await;
        let rows = downloaded(&browser, "").await;
        assert_eq!(rows.len(), people, "{email}");
        assert!(rows.iter().all(|row| row[1].ends_with(company)), "{email}");
    }
    let max = app.sign_in_as(MAX).await;
    let form = max.get("/companies").await.form("Switch to Heron Nord");
    max.submit(form).await.expect_status(303);
    let rows = downloaded(&max, "").await;
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row[1].ends_with("@heronnord.example")));
    for email in [UMA, ROB] {
        let browser = app.sign_in_as(email).await;
        assert!(!browser.get("/company").await.says("Download CSV"), "{email}");
        let refused = browser.get(PATH).await.expect_status(403);
        assert_eq!(refused.heading(), "You cannot open this page");
        assert!(!refused.body.contains(ADA), "{email}");
    }
    let answer = app.client().get(PATH).await.expect_status(303);
    assert!(answer.location().starts_with("/login?next="), "{}", answer.location());
}

#[tokio::test]
async fn a_download_is_the_list_with_its_search_filters_and_order_and_without_its_pages() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for query in [
        "",
        "q=%C3%81gnes",
        "q=100%25",
        "role=manager",
        "status=deleted",
        "status=invited&sort=-email",
        "role=user&q=person&sort=-last-reset",
        "sort=last-sign-in",
    ] {
        let page = max.get(&format!("/company?tab=users&size=100&{query}")).await;
        let expected = names(&page);
        assert!(!expected.is_empty(), "{query}");
        let found: Vec<_> = downloaded(&max, query)
            .await
            .into_iter()
            .map(|row| row[0].clone())
            .collect();
        assert_eq!(found, expected, "{query}");
    }
    // From the second page it is all of them too.
    let next = max.get("/company").await.link("Next page");
    let link = max.get(&next).await.link("Download CSV");
    assert_eq!(rows(&max.get(&link).await).len(), 45);
    let nobody = max.get(&format!("{PATH}?q=no+such+person")).await.expect_status(200);
    assert!(rows(&nobody).is_empty());
}

#[tokio::test]
async fn a_row_says_what_the_tab_says_with_times_in_utc() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    app.mail_to(UMA).await;
    app.page_says(&max, "/company?q=uma%40", "Mail accepted").await;
    let file = max.get(&format!("{PATH}?q=uma%40")).await.expect_status(200);
    for (name, value) in [
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"users.csv\""),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(file.header(name), Some(value));
    }
    assert_eq!(
        rows(&file),
        [[
            "Uma User",
            UMA,
            "User",
            "Active",
            "",
            "Mail accepted",
            "2026-11-24T13:32:09Z"
        ]]
    );
    let of = async |query: &str| rows(&max.get(&format!("{PATH}?{query}")).await).remove(0);
    assert_eq!(
        of("q=max%40").await[2..5],
        ["Manager", "Active", "2026-11-24T13:32:08Z"]
    );
    assert_eq!(of("q=rob%40").await[2..], ["Read-only", "Active", "", "", ""]);
    assert_eq!(
        of("status=deleted").await[..4],
        ["Del Deleted", "del@blueheron.example", "User", "Deleted"]
    );
    assert_eq!(of("status=invited&q=ivy").await[3], "Invited");
    // What the tab says of each of the demo's newest resets.
    let page = max.get("/company?tab=users&size=100").await;
    for row in rows(&max.get(PATH).await) {
        let cells = page.row(&row[0]).expect("the same person");
        let told = &cells
            .iter()
            .find(|(label, _)| label == "Last reset")
            .expect("the column")
            .1;
        let expected = if row[5].is_empty() { "Never" } else { row[5].as_str() };
        assert!(told.starts_with(expected), "{}: {told}, not {expected}", row[0]);
        assert_eq!(row[5].is_empty(), row[6].is_empty(), "{row:?}");
    }
}

/// What a spreadsheet reads, where this stands between cells.
fn cells(file: &Page, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(file.body.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// An entry in the activity with this wherever there are words of people.
async fn note(app: &TestApp, words: &str) {
    let services = app.services();
    let now = services.clock.now();
    let (ada, uma) = (app.user_id(ADA).await, app.user_id(UMA).await);
    let tx = services.db.begin_write().await.expect("the database takes it");
    let person = users::find(&tx, ada).await.expect("the database answers");
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.expect("she is there").company,
        at: now,
        actor: ActorIs::User(ada, words),
        deed: Deed::UserRenamed,
        granted: true,
        target: Some((uma, words)),
        detail: Some(words),
        client_address: None,
    };
    activity::insert(&tx, entry).await.expect("it is taken");
    tx.commit().await.expect("the database keeps it");
}

#[tokio::test]
async fn f16_nothing_calculates_in_any_download_however_it_is_split() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let formulas = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\u{ff1d}1",
        "\u{ff0b}1",
        "\u{ff0d}1",
        "\u{ff20}A1",
        "\u{2212}1",
    ];
    let names = formulas
        .iter()
        .map(|formula| (*formula, format!("Ana;{formula}")))
        .chain([
            ("=1+1", "=1+1".to_owned()),
            ("=1+1", "Ana; =1+1".to_owned()),
            ("=1+1", "Ana\t=1+1".to_owned()),
            ("=1+1", "\r=1+1".to_owned()),
            ("=1+1", "\"Ana\";\u{200b}=1+1".to_owned()),
        ]);
    for (formula, name) in names {
        let uma = format!("UPDATE users SET name = '{name}' WHERE email_key = '{UMA}'");
        app.execute(&uma).await;
        note(&app, &name).await;
        let form = ada.get("/company/resets/new").await.form("Check addresses");
        let checked = ada.submit(form.fill("Email addresses, one a line", UMA)).await;
        let draft = checked.location().rsplit('=').next().unwrap_or_default().to_owned();
        app.execute("UPDATE batches SET state = 'done', pressed_at = made_at")
            .await;
        for path in [
            PATH.to_owned(),
            "/company/activity.csv".to_owned(),
            format!("/company/resets/batches/{draft}/csv"),
        ] {
            let file = ada.get(&path).await.expect_status(200);
            assert!(file.body.contains(formula), "{path}: {}", file.body);
            for delimiter in *b",;\t" {
                for cell in cells(&file, delimiter) {
                    let begin = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
                    let calculates = formulas.iter().any(|formula| begin.starts_with(formula));
                    assert!(!calculates, "{path}: {cell:?} of {:?}", file.body);
                }
            }
        }
    }
}

#[tokio::test]
async fn no_name_is_a_formula_and_none_breaks_its_row() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for name in [
        "=HYPERLINK(\"evil.example\")",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "Say \"x\", and more",
    ] {
        assert!(PersonName::parse(name).is_ok(), "somebody may be called {name}");
        let renamed = user::Entity::update_many()
            .col_expr(user::Column::Name, name.into())
            .filter(user::Column::EmailKey.eq(UMA));
        let tx = app.services().db.begin_write().await.expect("the database takes it");
        renamed.exec(&tx).await.expect("the statement works");
        tx.commit().await.expect("the database keeps it");
        let rows = rows(&max.get(&format!("{PATH}?q=uma%40")).await);
        let begins_formula = name.starts_with(['=', '+', '-', '@']);
        let expected = format!("{}{name}", if begins_formula { "'" } else { "" });
        assert_eq!(rows.len(), 1, "{name}");
        assert_eq!(rows[0][..2], [expected.as_str(), UMA]);
    }
}
