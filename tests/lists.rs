//! The tab `[company] users`: searching, paging, and what a page costs the database.

use crate::support::people::{ADA, MAX, QUINN, ROB, UMA};
use crate::support::{Client, Page, TestApp, link_of};

/// Statements that any page may cost, with the look-up of the session.
const MOST_STATEMENTS: u64 = 6;

/// The names in the table, in their order.
fn names(page: &Page) -> Vec<String> {
    let row = scraper::Selector::parse("tbody th[scope=row]").expect("a selector");
    page.html()
        .select(&row)
        .map(|cell| cell.text().collect::<String>())
        .collect()
}

async fn search(browser: &Client, text: &str) -> Page {
    let form = browser.get("/company?tab=users").await.form("Apply filters");
    let page = browser
        .submit(form.fill("Search people", text))
        .await
        .expect_status(200);
    // With its accents composed and without blanks around it, which nobody sees.
    let typed = text.trim().replace("a\u{301}", "á");
    assert_eq!(page.value_of("Search people"), typed, "what was typed stays");
    page
}

#[tokio::test]
async fn a_person_is_found_by_name_and_address_whatever_the_case_and_the_accents() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let agneses = ["Agnes Lindqvist", "Ágnes Szabó"];
    for (typed, expected) in [
        ("agnes", &agneses[..]),
        ("ÁGNES", &agneses),
        ("a\u{301}gnes", &agneses),
        ("  agnes  ", &agneses),
        ("szabo", &["Ágnes Szabó"]),
        ("ZOE", &["Zoë Martin"]),
        ("oberg", &["Sven Öberg"]),
        ("lefevre", &["Hugo Lefèvre"]),
        ("o'brien", &["Liam O'Brien"]),
        ("lindqvist", &["Agnes Lindqvist"]),
        // The words in any order, as other lists write names.
        ("Lindqvist  agnes", &["Agnes Lindqvist"]),
        ("szab agn", &["Ágnes Szabó"]),
        ("blueheron o'brien li", &["Liam O'Brien"]),
        ("lindqvist szabo", &[]),
        ("person12@", &["Emil Nowak"]),
        ("UMA@BlueHeron.example", &["Uma User"]),
        ("uma user uma@", &["Uma User"]),
        ("quinn", &[]),
        ("del deleted", &[]),
    ] {
        let page = search(&max, typed).await;
        // In the order of their names.
        assert_eq!(names(&page), expected, "{typed:?}");
        let count = if expected.len() == 1 {
            "1 person".to_owned()
        } else {
            format!("{} people", expected.len())
        };
        assert!(page.says(&count), "{count} in {}", page.text());
    }
}

#[tokio::test]
async fn wildcards_mean_themselves() {
    let app = TestApp::start().await;
    app.execute("UPDATE users SET search_key = search_key || ' back\\slash' WHERE email_key = 'rob@blueheron.example'")
        .await;
    let max = app.sign_in_as(MAX).await;
    for (typed, expected) in [
        ("%", &["Milo 100% Kern"][..]),
        ("100%", &["Milo 100% Kern"]),
        ("_", &["Oskar Under_Score"]),
        ("r_s", &["Oskar Under_Score"]),
        ("u%a", &[]),
        ("u_a", &[]),
        ("\\", &["Rob Reader"]),
        ("k\\s", &["Rob Reader"]),
        ("\\%", &[]),
        ("%41", &[]),
        ("a+b", &[]),
        ("' OR 1=1 --", &[]),
        ("\"", &[]),
    ] {
        assert_eq!(names(&search(&max, typed).await), expected, "{typed:?}");
    }
}

#[tokio::test]
async fn nobody_found_is_said_and_what_was_typed_is_text() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = search(&max, "<script>alert(1)</script>").await;
    assert!(
        page.says("Nobody matches \"<script>alert(1)</script>\"."),
        "{}",
        page.text()
    );
    assert!(!page.body.contains("<script>alert"));
    assert_eq!(page.link("Clear filters"), "/company?tab=users");
    // Too long, or no text at all: still a page.
    let long = "x".repeat(5000);
    for query in [
        &format!("q={long}"),
        "q=%ff%00",
        "q",
        "size=7",
        "size=-1",
        "page=0",
        "q=a&q=b",
    ] {
        let page = max.get(&format!("/company?tab=users&{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(page.heading(), "Blue Heron Logistics");
    }
}

#[tokio::test]
async fn pages_of_25_50_and_100() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let first = max.get("/company").await.expect_status(200);
    assert!(first.says("45 people"), "{}", first.text());
    assert!(first.says("1–25 of 45"), "{}", first.text());
    assert_eq!(names(&first).len(), 25);
    assert!(first.html().select(&previous()).next().is_none());

    let second = max.get(&first.link("Next page")).await.expect_status(200);
    assert!(second.says("26–45 of 45"), "{}", second.text());
    assert_eq!(names(&second).len(), 20);
    assert!(!second.says("Next page"));
    let back = max.get(&second.link("Previous page")).await;
    assert!(back.says("1–25 of 45"), "{}", back.text());
    assert_eq!(names(&back), names(&first));

    let everybody = max.get("/company?tab=users&size=100").await;
    assert!(everybody.says("1–45 of 45"), "{}", everybody.text());
    let mut both = names(&first);
    both.extend(names(&second));
    assert_eq!(names(&everybody), both, "each once, in one order");
    for name in ["Ada Admin", "Ivy Invited", "Zoë Martin", "Łukasz Zając"] {
        assert!(both.iter().any(|found| found == name), "{name}");
    }
    assert!(!both.iter().any(|found| found == "Del Deleted"));
    assert_eq!(both[..3], ["Ada Admin", "Agnes Lindqvist", "Ágnes Szabó"]);

    let fifty = max.get("/company?tab=users&size=50").await;
    assert_eq!(names(&fifty), both);
    assert!(!fifty.says("Next page"));
    let form = fifty.form("Apply filters");
    assert!(form.fields().any(|field| field == ("size", "50")), "the size stays");
    // Nobody is behind the last one: that is the first page again.
    let last = app.page_of("person40@blueheron.example").await;
    let last = last.rsplit('/').next().unwrap_or_default();
    for beyond in [
        format!("/company?sort=email&after={last}&start=46"),
        format!("/company?after={last}&start=18446744073709551615"),
        format!("/company?before={last}&start=0"),
        "/company?after=x&start=26".to_owned(),
        "/company?start=26".to_owned(),
    ] {
        let page = max.get(&beyond).await.expect_status(200);
        assert!(page.says("of 45"), "{beyond}: {}", page.text());
        assert!(!names(&page).is_empty());
    }
}

fn previous() -> scraper::Selector {
    scraper::Selector::parse("a[rel=prev]").expect("a selector")
}

#[tokio::test]
async fn a_search_stays_while_one_turns_pages() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let first = search(&max, "person").await;
    assert!(first.says("1–25 of 40"), "{}", first.text());
    let second = max.get(&first.link("Next page")).await;
    assert!(second.says("26–40 of 40"), "{}", second.text());
    assert_eq!(second.value_of("Search people"), "person");
    assert_eq!(names(&second).len(), 15);
}

#[tokio::test]
async fn who_may_not_see_resets_has_no_such_column() {
    let app = TestApp::start().await;
    for (email, sees) in [(ADA, true), (MAX, true), (UMA, false), (ROB, false)] {
        let browser = app.sign_in_as(email).await;
        let page = browser.get("/company?tab=users&size=100").await.expect_status(200);
        assert_eq!(page.says("Last reset"), sees, "{email}");
        assert_eq!(page.says("Mail refused"), sees, "{email}");
        assert_eq!(names(&page).len(), 45, "{email}");
    }
    let quinn = app.sign_in_as(QUINN).await;
    let page = quinn.get("/company?tab=users&size=100").await.expect_status(200);
    assert!(page.says("1–6 of 6"), "{}", page.text());
    assert!(!page.body.contains("blueheron"));
}

#[tokio::test]
async fn no_page_costs_more_than_six_statements_and_reading_writes_nothing() {
    let mut app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let umas = app.page_of(UMA).await;
    app.page_says(&max, &umas, "Mail accepted").await;
    let person01 = app.page_of("person01@blueheron.example").await;
    // A try was interrupted.
    let delayed = app.page_of("person02@blueheron.example").await;
    let browsers = [
        ("anonymous", app.client()),
        ("manager", max),
        ("administrator", app.sign_in_as(ADA).await),
        ("user", app.sign_in_as(UMA).await),
        ("read-only", app.sign_in_as(ROB).await),
    ];
    app.rest().await;
    let writes = app.writes();
    for (who, browser) in &browsers {
        for page in [
            "/",
            "/login",
            "/logout",
            "/reset-password",
            "/reset-password?sent=1",
            "/reset-password/open",
            "/reset-password/nonsense",
            &link,
            "/dashboard",
            "/company",
            "/company?tab=users&size=100",
            "/company?tab=users&q=person",
            "/company?tab=resets",
            "/company?tab=resets&state=refused&q=person",
            "/company?tab=resets&state=link-not-used",
            "/settings",
            "/account",
            "/account/password",
            &umas,
            &person01,
            &delayed,
            "/nowhere",
            "/favicon.svg",
        ] {
            let cost = app.cost(browser.get(page)).await;
            assert!(cost <= MOST_STATEMENTS, "{cost} statements for {page} as {who}");
        }
    }
    assert_eq!(app.writes(), writes, "reading writes nothing");
}
