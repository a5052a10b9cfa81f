//! The tab `[company] users` in full: every order, filters, and paging by cursor.

use rekey::server::store::entity::{reset, user};
use scraper::{Html, Selector};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::support::people::{ADA, DEL, MAX, QUINN, ROB, UMA};
use crate::support::{Client, HOUR, Page, TestApp};

const SORTS: [&str; 6] = ["name", "email", "role", "status", "last-sign-in", "last-reset"];

/// The ids in the table, in their order.
fn ids(page: &Page) -> Vec<Uuid> {
    let link = Selector::parse("tbody th[scope=row] a").expect("a selector");
    page.html()
        .select(&link)
        .map(|link| {
            let id = link.attr("href").and_then(|to| to.rsplit('/').next());
            id.and_then(|id| id.parse().ok()).expect("an id")
        })
        .collect()
}

fn has_link(page: &Page, words: &str) -> bool {
    let links = Selector::parse("a").expect("a selector");
    page.html()
        .select(&links)
        .any(|link| link.text().collect::<String>() == words)
}

/// A person as far as the orders go.
struct Person {
    row: user::Model,
    last_reset: i64,
}

impl Person {
    fn is_deleted(&self) -> bool {
        self.row.deleted_at.is_some()
    }

    /// What is compared, by column.
    fn key(&self, sort: &str) -> (String, i64) {
        let row = &self.row;
        let number = |number| (String::new(), number);
        match sort {
            "name" => (row.sort_key.clone(), 0),
            "email" => (row.email_key.clone(), 0),
            "role" => number(match row.role.as_str() {
                "administrator" => 0,
                "manager" => 1,
                "user" => 2,
                _ => 3,
            }),
            "status" => number(match (row.deleted_at, &row.password_hash) {
                (Some(_), _) => 2,
                (None, None) => 1,
                (None, Some(_)) => 0,
            }),
            "last-sign-in" => number(row.last_sign_in_at.unwrap_or(0)),
            _ => number(self.last_reset),
        }
    }
}

/// Everybody of Blue Heron.
async fn people(app: &TestApp) -> Vec<Person> {
    let on = app.services().db.reader();
    let max = user::Entity::find_by_id(app.user_id(MAX).await.as_uuid()).one(on).await;
    let company = max.expect("the database answers").expect("Max").company_id;
    let rows = user::Entity::find()
        .filter(user::Column::CompanyId.eq(company))
        .all(on)
        .await
        .expect("the database answers");
    let resets = reset::Entity::find()
        .order_by_asc(reset::Column::AskedAt)
        .all(on)
        .await
        .expect("the database answers");
    rows.into_iter()
        .map(|row| Person {
            last_reset: resets
                .iter()
                .filter(|reset| reset.user_id == row.id)
                .map(|reset| reset.asked_at)
                .max()
                .unwrap_or(0),
            row,
        })
        .collect()
}

/// Whom a filter keeps.
type Keep = fn(&Person) -> bool;

fn ordered(mut people: Vec<Person>, order: &str) -> Vec<Uuid> {
    let sort = order.trim_start_matches('-');
    people.sort_by_key(|person| (person.key(sort), person.row.sort_key.clone(), person.row.id));
    if order.starts_with('-') {
        people.reverse();
    }
    people.into_iter().map(|person| person.row.id).collect()
}

async fn shown(browser: &Client, query: &str) -> Page {
    browser
        .get(&format!("/company?tab=users&{query}"))
        .await
        .expect_status(200)
}

/// Somebody signed in at different times, so that there is something to order by.
async fn town() -> TestApp {
    let app = TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        .start()
        .await;
    for (email, at) in [(ROB, 5_000), (UMA, 7_000), (ADA, 6_000)] {
        app.execute(&format!(
            "UPDATE users SET last_sign_in_at = {at} WHERE email_key = '{email}'"
        ))
        .await;
    }
    app
}

#[tokio::test]
async fn every_order_both_ways_page_by_page_and_back() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    for sort in SORTS {
        for order in [sort.to_owned(), format!("-{sort}")] {
            let mut living = people(&app).await;
            living.retain(|person| !person.is_deleted());
            let expected = ordered(living, &order);
            let all = shown(&max, &format!("sort={order}&size=100")).await;
            assert_eq!(ids(&all), expected, "{order}");
            assert!(!has_link(&all, "Next page") && !has_link(&all, "Previous page"));

            let first = shown(&max, &format!("sort={order}")).await;
            assert!(first.says("1–25 of 45"), "{}", first.text());
            let second = max.get(&first.link("Next page")).await.expect_status(200);
            assert!(second.says("26–45 of 45"), "{}", second.text());
            let mut both = ids(&first);
            both.extend(ids(&second));
            assert_eq!(both, expected, "{order}");
            assert!(!has_link(&second, "Next page"));
            let back = max.get(&second.link("Previous page")).await;
            assert!(back.says("1–25 of 45"), "{}", back.text());
            assert_eq!(ids(&back), ids(&first), "{order}");
            assert!(!has_link(&back, "Previous page"));
        }
    }
}

#[tokio::test]
async fn the_heads_are_buttons_and_say_the_order() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let sorted = Selector::parse("th[aria-sort]").expect("a selector");
    let button = Selector::parse("th button[name=sort]").expect("a selector");
    for (query, words, direction) in [
        ("", "Name", "ascending"),
        ("sort=-name", "Name", "descending"),
        ("sort=email", "Email", "ascending"),
        ("sort=-last-reset", "Last reset", "descending"),
        ("sort=nonsense", "Name", "ascending"),
        ("sort=--name", "Name", "ascending"),
        ("sort=", "Name", "ascending"),
    ] {
        let html = shown(&max, query).await.html();
        let heads: Vec<_> = html.select(&sorted).collect();
        assert_eq!(heads.len(), 1, "{query}");
        assert_eq!(heads[0].text().collect::<String>().trim(), words);
        assert_eq!(heads[0].attr("aria-sort"), Some(direction), "{query}");
        let values: Vec<_> = html
            .select(&button)
            .map(|button| button.attr("value").unwrap_or_default())
            .collect();
        let expected = SORTS.map(|sort| {
            let is_sorted = words.to_lowercase().replace(' ', "-") == sort;
            // Times begin with the newest.
            let descending = if is_sorted {
                direction == "ascending"
            } else {
                sort.starts_with("last-")
            };
            if descending {
                format!("-{sort}")
            } else {
                sort.to_owned()
            }
        });
        assert_eq!(values, expected, "{query}");
    }
}

#[tokio::test]
async fn filters_and_what_stays_with_them() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let all = people(&app).await;
    let cases: [(&str, Keep); 8] = [
        ("role=manager", |p| !p.is_deleted() && p.row.role == "manager"),
        ("role=read-only", |p| !p.is_deleted() && p.row.role == "read-only"),
        ("role=nonsense", |p| !p.is_deleted()),
        ("status=active", |p| !p.is_deleted() && p.row.password_hash.is_some()),
        ("status=invited", |p| !p.is_deleted() && p.row.password_hash.is_none()),
        ("status=deleted", Person::is_deleted),
        ("status=nonsense", |p| !p.is_deleted()),
        ("role=user&status=active&q=u", |p| {
            !p.is_deleted() && p.row.role == "user" && p.row.password_hash.is_some() && p.row.search_key.contains('u')
        }),
    ];
    for (query, keep) in cases {
        let expected: Vec<_> = {
            let mut people = people(&app).await;
            people.retain(keep);
            ordered(people, "-email")
        };
        assert!(!expected.is_empty(), "{query}");
        assert!(expected.len() < all.len());
        let page = shown(&max, &format!("{query}&size=100&sort=-email")).await;
        assert_eq!(ids(&page), expected, "{query}");
        let form = page.form("Apply filters");
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if value != "nonsense" {
                assert!(form.fields().any(|field| field == (&*name, &*value)), "{query} stays");
            }
        }
    }
    let page = shown(&max, "status=invited&role=administrator").await;
    assert!(page.says("Nobody matches these filters."), "{}", page.text());
    assert_eq!(page.link("Clear filters"), "/company?tab=users");
    // They stay while one turns pages.
    let first = shown(&max, "role=user&q=person&sort=-status").await;
    if has_link(&first, "Next page") {
        let next = first.link("Next page");
        for part in ["role=user", "q=person", "sort=-status"] {
            assert!(next.contains(part), "{next}");
        }
    }
}

#[tokio::test]
async fn deleted_people_and_resets_are_for_managers() {
    let app = town().await;
    let del = app.user_id(DEL).await.as_uuid();
    for (email, sees) in [(ADA, true), (MAX, true), (UMA, false), (ROB, false)] {
        let browser = app.sign_in_as(email).await;
        let page = shown(&browser, "status=deleted&size=100").await;
        assert_eq!(ids(&page).contains(&del), sees, "{email}");
        let option = Selector::parse("option[value=deleted]").expect("a selector");
        assert_eq!(page.html().select(&option).next().is_some(), sees, "{email}");
        let by_reset = shown(&browser, "sort=-last-reset&size=100").await;
        let by_name = shown(&browser, "size=100").await;
        assert_eq!(ids(&by_reset) != ids(&by_name), sees, "{email}");
        assert!(!ids(&by_name).contains(&del));
    }
}

#[tokio::test]
async fn a_cursor_whose_person_is_gone_or_foreign() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let first = shown(&max, "").await;
    let quinn = app.user_id(QUINN).await;
    for place in ["after", "before"] {
        for id in [quinn.to_string(), Uuid::nil().to_string(), "x".to_owned()] {
            let page = shown(&max, &format!("{place}={id}&start=26")).await;
            assert_eq!(ids(&page), ids(&first), "{place} {id}");
            assert!(page.says("1–25 of 45"), "{}", page.text());
        }
    }
    // Deleted meanwhile: their place is still known, and nobody is skipped.
    let next = first.link("Next page");
    let second = max.get(&next).await;
    let last = *ids(&first).last().expect("25");
    let del = app.user_id(DEL).await;
    app.execute(&format!(
        "UPDATE users SET deleted_at = 1, password_hash = NULL WHERE id = {}",
        app.literal(&last.to_string())
    ))
    .await;
    let page = max.get(&next).await.expect_status(200);
    assert_eq!(ids(&page), ids(&second));
    assert!(page.says("of 44"), "{}", page.text());
    let back = max.get(&page.link("Previous page")).await;
    assert_eq!(ids(&back), ids(&first)[..24]);
    assert!(back.says("1–24 of 44"), "{}", back.text());
    assert_eq!(ids(&max.get(&back.link("Next page")).await), ids(&second));
    // A made-up number shows no nonsense.
    for start in ["0", "-1", "99999", "18446744073709551615", "x"] {
        let page = shown(&max, &format!("after={del}&start={start}")).await;
        assert!(page.says(" of 44"), "{}", page.text());
    }
}

/// What a live page puts in place after a search is what the page of that address has.
#[tokio::test]
async fn a_live_search_finds_what_the_page_finds_for_each_role() {
    let app = TestApp::start().await;
    for email in [MAX, UMA] {
        let browser = app.sign_in_as(email).await;
        for query in [
            "tab=users",
            "tab=users&q=berg&sort=-email",
            "tab=users&role=manager&size=50",
            "tab=users&q=nobody-like-that",
        ] {
            let page = browser.get(&format!("/company?{query}")).await.expect_status(200);
            let asked = url::form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
            let found = browser
                .get(&format!("/api/search-people?query={asked}"))
                .await
                .expect_status(200);
            let found: serde_json::Value = serde_json::from_str(&found.body).expect("JSON");
            let parts = Html::parse_fragment(found["html"].as_str().expect("parts"));
            let selector = Selector::parse("tbody tr").expect("a selector");
            let rows = |html: &Html| html.select(&selector).map(|row| row.html()).collect::<Vec<_>>();
            assert_eq!(rows(&parts), rows(&page.html()), "{email} {query}");
            let said = found["said"].as_str().expect("words");
            assert!(page.says(said) || rows(&parts).is_empty(), "{said}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn no_page_costs_more_than_six_statements() {
    let mut app = town().await;
    let max = app.sign_in_as(MAX).await;
    app.rest().await;
    for sort in SORTS {
        let first = shown(&max, &format!("sort={sort}")).await;
        let second = max.get(&first.link("Next page")).await;
        let address = |link: String| link.trim_start_matches("/company?tab=users&").to_owned();
        for query in [
            format!("sort={sort}"),
            format!("sort=-{sort}&size=100&status=active&role=user&q=e"),
            address(first.link("Next page")),
            address(second.link("Previous page")),
        ] {
            let cost = app.cost(shown(&max, &query)).await;
            assert!(cost <= 6, "{cost} for {query}");
        }
    }
}
