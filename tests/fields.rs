//! How many fields a request may bring, and who may send a long list (F2).

use rekey::server::store::entity::user;
use rekey_domain::form_fields::MOST;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, Page, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";
const WITH_FILE: &str = "multipart/form-data; boundary=x";
const IMPORT: &str = "/company/users/import";
const KIB: usize = 1024;
const WORDS: &str = "A form or an address may have 256 fields at most. Nothing was changed. Go back and send less.";

async fn post(browser: &Client, path: &str, kind: &str, body: String) -> Page {
    let request = browser.request(Method::POST, path).header(CONTENT_TYPE, kind);
    browser.send(request.body(body)).await
}

/// So many fields of a name that no form has.
fn fields(number: usize) -> String {
    vec!["a"; number].join("&")
}

/// The company that a form names.
async fn company_of(browser: &Client) -> String {
    let form = browser.get("/company/resets/new").await.form("Check addresses");
    let company = form.fields().find(|(name, _)| *name == "company");
    company.expect("the form names the company").1.to_owned()
}

#[track_caller]
fn says_so(page: &Page, what: &str) {
    assert_eq!(page.status, 413, "{what}");
    assert_eq!(page.heading(), "That is too much at once", "{what}");
    assert!(page.says(WORDS), "{what}: {}", page.text());
}

#[tokio::test]
async fn f2_one_field_too_many_is_refused_at_every_form() {
    let app = TestApp::start().await;
    let browsers = [
        ("a stranger", app.client()),
        ("a user", app.sign_in_as(UMA).await),
        ("a manager", app.sign_in_as(MAX).await),
        ("an administrator", app.sign_in_as(ADA).await),
    ];
    let person = app.page_of(UMA).await;
    let paths = [
        "/login",
        "/reset-password",
        "/reset-password/nonsense",
        "/not-me/nonsense",
        "/confirm-email/nonsense",
        "/account",
        "/account/password",
        "/company",
        "/company/edit",
        "/company/resets/new",
        IMPORT,
        "/company/users/import/invite",
        "/company/users/new",
        &person,
        "/companies/back",
        "/nowhere",
    ];
    let hashes = app.hash_runs();
    for (who, browser) in &browsers {
        for path in paths {
            // What a body says that it is changes nothing where it is read as the usual kind.
            for kind in [FORM, "text/plain", "application/json", WITH_FILE] {
                if (path, kind) == (IMPORT, WITH_FILE) {
                    continue;
                }
                let what = format!("{kind} to {path} from {who}");
                let page = post(browser, path, kind, fields(MOST)).await;
                assert!(!page.says(WORDS), "{what}: {}", page.text());
                says_so(&post(browser, path, kind, fields(MOST + 1)).await, &what);
            }
        }
    }
    // Where a file may be, its form's fields are counted and not the signs in the file.
    let part = "--x\r\nContent-Disposition: form-data; name=\"lines\"\r\n\r\nR&D&R&D\r\n";
    let form = |number: usize| format!("{}--x--\r\n", part.repeat(number));
    for (who, browser) in &browsers[2..] {
        for number in [1, MOST] {
            let page = post(browser, IMPORT, WITH_FILE, form(number)).await;
            assert_eq!(page.status, 400, "{number} from {who}: no such form is ours");
        }
        says_so(&post(browser, IMPORT, WITH_FILE, form(MOST + 1)).await, who);
    }
    assert_eq!(app.hash_runs(), hashes);
}

#[tokio::test]
async fn f2_one_field_too_many_is_refused_by_every_server_function() {
    let app = TestApp::start().await;
    let browsers = [app.client(), app.sign_in_as(UMA).await, app.sign_in_as(MAX).await];
    let functions: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(functions.len() > 10, "{}", functions.len());
    for (path, method) in functions {
        for browser in &browsers {
            for (number, is_refused) in [(MOST, false), (MOST + 1, true)] {
                let answer = if method == Method::GET {
                    browser.get(&format!("{path}?{}", fields(number))).await
                } else {
                    post(browser, path, FORM, fields(number)).await
                };
                assert_eq!(
                    answer.body.contains("256 fields at most"),
                    is_refused,
                    "{path}: {}",
                    answer.body
                );
                assert_eq!(answer.status == 413, is_refused, "{path}: {}", answer.status);
            }
        }
    }
}

#[tokio::test]
async fn f2_one_field_too_many_is_refused_in_every_query() {
    let app = TestApp::start().await;
    let person = app.page_of(UMA).await;
    let browsers = [app.client(), app.sign_in_as(UMA).await, app.sign_in_as(ADA).await];
    for path in [
        "/",
        "/login",
        "/reset-password",
        "/reset-password/nonsense",
        "/dashboard",
        "/company",
        "/company/users.csv",
        "/company/users/sample.csv",
        "/company/activity.csv",
        "/company/activity.jsonl",
        "/company/users/import",
        &person,
        "/account",
        "/health/ready",
        "/pkg/nothing.js",
        "/nowhere",
    ] {
        for browser in &browsers {
            let page = browser.get(&format!("{path}?{}", fields(MOST))).await;
            assert_ne!(page.status, 413, "{path}");
            says_so(&browser.get(&format!("{path}?{}", fields(MOST + 1))).await, path);
            let page = post(browser, &format!("{path}?{}", fields(MOST + 1)), FORM, "a=b".to_owned()).await;
            says_so(&page, path);
        }
    }
}

#[tokio::test]
async fn f2_a_long_list_is_taken_from_whom_the_role_table_lets_send_one() {
    let app = TestApp::start().await;
    let company = company_of(&app.sign_in_as(MAX).await).await;
    for (path, field) in [("/company", "q"), ("/company/resets/new", "emails"), (IMPORT, "lines")] {
        let body = |bytes: usize| {
            let head = format!("company={company}&{field}=");
            format!("{head}{}", "x".repeat(bytes - head.len()))
        };
        for (who, most) in [
            (None, 16 * KIB),
            (Some(UMA), 16 * KIB),
            (Some(MAX), 1024 * KIB),
            (Some(ADA), 1024 * KIB),
        ] {
            let browser = match who {
                Some(email) => app.sign_in_as(email).await,
                None => app.client(),
            };
            let what = format!("{path} from {who:?}");
            let page = post(&browser, path, FORM, body(most)).await;
            assert_ne!(page.status, 413, "{what}");
            let page = post(&browser, path, FORM, body(most + 1)).await.expect_status(413);
            let words = "A form may hold 16 KiB at most, a list 1 MiB.";
            assert!(page.says(words), "{what}: {}", page.text());
        }
    }
}

/// Adds people to Blue Heron who have signed in; their ids.
async fn add_people(app: &TestApp, number: u128) -> Vec<String> {
    let on = app.services().db.reader();
    let uma = user::Entity::find_by_id(app.user_id(UMA).await.as_uuid()).one(on).await;
    let uma = uma.expect("the database answers").expect("Uma");
    let people: Vec<_> = (0..number)
        .map(|number| {
            let email = format!("number{number:05}@many.example");
            user::Model {
                id: Uuid::from_u128(0x0100_0000_0000_7000_8000_0000_0000_0000 + number),
                name: format!("Number {number:05}"),
                search_key: format!("number {number:05} {email}"),
                sort_key: format!("number {number:05}"),
                email_key: email.clone(),
                email,
                ..uma.clone()
            }
        })
        .collect();
    let ids = people.iter().map(|person| person.id.to_string()).collect();
    let tx = app.services().db.begin_write().await.expect("a transaction");
    for people in people.chunks(500) {
        let rows = people.iter().cloned().map(|row| row.into_active_model().reset_all());
        let added = user::Entity::insert_many(rows).exec_without_returning(&tx).await;
        added.expect("they are stored");
    }
    tx.commit().await.expect("it commits");
    ids
}

#[tokio::test]
async fn f2_people_ticked_on_many_pages_are_no_many_fields() {
    let app = TestApp::start().await;
    let people = add_people(&app, 1_200).await;
    let max = app.sign_in_as(MAX).await;
    let page = max.get("/company?tab=users&size=100").await.expect_status(200);
    let form = page.form("Send reset links to selected");
    let mut sent: Vec<_> = form
        .fields()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    // A whole page, every row of it ticked by hand, and more than a thousand people on other pages.
    let on_page = sent
        .iter()
        .find(|(name, _)| name == "on_page")
        .expect("who is on the page");
    let on_page: Vec<_> = on_page.1.split(' ').map(str::to_owned).collect();
    assert_eq!(on_page.len(), 100);
    for person in &on_page {
        sent.push(("person".to_owned(), person.clone()));
    }
    sent.push(("elsewhere".to_owned(), people.join(" ")));
    let sent: Vec<_> = sent
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert!(sent.len() < MOST, "{}", sent.len());
    let draft = max.post("/company", &sent).await.expect_status(303);
    let draft = max.follow(&draft).await.expect_status(200);
    assert!(
        draft.heading().starts_with("Send reset links to 1"),
        "{}",
        draft.heading()
    );
    let lines = app.number("SELECT count(*) FROM batch_lines").await;
    assert!(lines >= 1_200, "{lines}");

    // Somebody of another company among them is nobody, as ever (D2).
    let quinn = app.user_id("quinn@quarry.example").await.to_string();
    let company = company_of(&max).await;
    let with_quinn = format!("{} {quinn}", people[..300].join(" "));
    let page = max
        .post("/company", &[("company", &company), ("elsewhere", &with_quinn)])
        .await;
    assert_eq!(page.status, 404, "{}", page.text());
    // Nothing is chosen from what is no list of people.
    let page = max
        .post("/company", &[("company", &company), ("elsewhere", "x y")])
        .await;
    assert_eq!(page.status, 422, "{}", page.text());
    // And there is an end.
    let too_many = vec![people[0].as_str(); 10_001].join(" ");
    let page = max
        .post("/company", &[("company", &company), ("elsewhere", &too_many)])
        .await;
    assert_eq!(page.status, 303, "somebody ticked twice is one: {}", page.text());
    let others: Vec<_> = (0..10_001_u128)
        .map(|number| Uuid::from_u128(0x0200_0000_0000_7000_8000_0000_0000_0000 + number).to_string())
        .collect();
    let page = max
        .post("/company", &[("company", &company), ("elsewhere", &others.join(" "))])
        .await;
    assert!(page.says("Choose at most 10000 people at once"), "{}", page.text());
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn f2_a_mebibyte_of_tiny_fields_costs_no_more_memory_than_it_has() {
    use futures::future::join_all;

    use crate::support::PASSWORD;
    use crate::support::demo::Demo;

    // Few enough for a busy machine to answer in time: one of them would cost fifty times what is allowed for.
    const AT_ONCE: usize = 4;
    let demo = Demo::start();
    let max = demo.client();
    let fields = [("email", MAX), ("password", PASSWORD)];
    max.post("/login", &fields).await.expect_status(303);
    let company = company_of(&max).await;
    let send = async |path: &'static str, body: String, status: u16| {
        let answers = join_all((0..AT_ONCE).map(|_| post(&max, path, FORM, body.clone()))).await;
        let statuses: Vec<_> = answers.iter().map(|page| page.status).collect();
        assert_eq!(statuses, [status; AT_ONCE], "{path}");
    };
    // What as many bytes cost that are one field, with a page that shows what was typed.
    for (path, field) in [("/company/resets/new", "emails"), (IMPORT, "lines")] {
        let head = format!("company={company}&{field}=");
        let one = format!("{head}{}", "+".repeat(1024 * KIB - head.len()));
        send(path, one, 422).await;
    }
    let before = demo.memory("VmHWM");
    for path in ["/company/resets/new", IMPORT, "/company"] {
        send(path, "a&".repeat(512 * KIB), 413).await;
    }
    send("/login", "a&".repeat(8 * KIB), 413).await;
    let long = format!("/company?{}", "a&".repeat(32_000 - 20));
    let answers = join_all((0..AT_ONCE).map(|_| max.get(&long))).await;
    assert!(answers.iter().all(|page| page.status == 413));
    let after = demo.memory("VmHWM");
    // The bodies themselves, twice: as they came, and as they were put together.
    let most = AT_ONCE * 2 * 1024 * KIB;
    assert!(after <= before + most, "from {before} to {after} bytes");
}
