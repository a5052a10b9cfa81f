//! A company of ten thousand people: what each of its pages costs the database, and that its list can be taken away whole.

use std::collections::BTreeSet;

use rekey::server::service::acting::resolve_session::{Resolved, resolve_session};
use rekey::server::service::people::list_users::Download;
use rekey::server::store::entity::{mail, reset, user};
use rekey::wire::users_query::UsersQuery;
use rekey_domain::id::UserId;
use rekey_domain::token::Token;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::support::people::{ADA, DEL, MAX, ROB, UMA};
use crate::support::{Client, HOUR, PASSWORD, TestApp, link_of, password};

/// What a page may cost, with the look-up of the session.
const MOST_STATEMENTS: u64 = 6;
/// They come beside the demo's 45.
const PEOPLE: u128 = 9_955;
/// Rows that are added in one statement.
const AT_ONCE: usize = 500;

/// A number in the last digits of an id, so that the ids grow with it.
fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128(0x0100_0000_0000_7000_8000_0000_0000_0000 + (kind << 32) + number)
}

/// Blue Heron with ten thousand people who sign in, are invited or are read-only, each with a reset of every state in turn.
async fn big_company() -> TestApp {
    // Nothing asks the database beside the pages, but for the senders of mail, once a second.
    let app = TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        .start()
        .await;
    let on = app.services().db.reader();
    let uma = user::Entity::find_by_id(app.user_id(UMA).await.as_uuid()).one(on).await;
    let uma = uma.expect("the database answers").expect("Uma");
    let lives = reset::Entity::find()
        .filter(reset::Column::CompanyId.eq(uma.company_id))
        .filter(reset::Column::ReplacedBy.is_null())
        .find_also_related(mail::Entity)
        .all(on)
        .await
        .expect("the database answers");
    assert!(lives.len() >= 7, "the demo has a reset of every state");

    let (mut people, mut resets, mut mails) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..PEOPLE {
        let email = format!("number{number:05}@big.example");
        let name = format!("Number {number:05}");
        let person = user::Model {
            id: id(1, number),
            search_key: format!("{} {email}", name.to_lowercase()),
            sort_key: name.to_lowercase(),
            email_key: email.clone(),
            role: ["user", "read-only", "manager"][usize::try_from(number % 3).unwrap_or_default()].to_owned(),
            password_hash: uma.password_hash.clone().filter(|_| number % 10 != 0),
            name,
            email,
            ..uma.clone()
        };
        let (life, letter) = &lives[usize::try_from(number).unwrap_or_default() % lives.len()];
        let reset = reset::Model {
            id: id(2, number),
            user_id: person.id,
            reference: format!("R{number:05}"),
            replaced_by: None,
            ..life.clone()
        };
        mails.push(mail::Model {
            id: id(3, number),
            user_id: person.id,
            reset_id: Some(reset.id),
            ..letter.clone().expect("every reset has a mail")
        });
        resets.push(reset);
        people.push(person);
    }
    let tx = app.services().db.begin_write().await.expect("a transaction");
    for people in people.chunks(AT_ONCE) {
        let rows = people.iter().cloned().map(|row| row.into_active_model().reset_all());
        let added = user::Entity::insert_many(rows).exec_without_returning(&tx).await;
        added.expect("they are stored");
    }
    for resets in resets.chunks(AT_ONCE) {
        let rows = resets.iter().cloned().map(|row| row.into_active_model().reset_all());
        let added = reset::Entity::insert_many(rows).exec_without_returning(&tx).await;
        added.expect("they are stored");
    }
    for mails in mails.chunks(AT_ONCE) {
        let rows = mails.iter().cloned().map(|row| row.into_active_model().reset_all());
        let added = mail::Entity::insert_many(rows).exec_without_returning(&tx).await;
        added.expect("they are stored");
    }
    tx.commit().await.expect("it commits");
    if !app.is_on_sqlite() {
        // What PostgreSQL does by itself soon after so many rows have come: until then it takes the tables for small, and
        // some pages are so slow that the senders always ask in between.
        app.execute("ANALYZE").await;
    }
    let living = user::Entity::find()
        .filter(user::Column::CompanyId.eq(uma.company_id))
        .filter(user::Column::DeletedAt.is_null());
    let living = living.count(app.services().db.reader()).await;
    assert_eq!(living.expect("the database answers"), 10_000);
    app
}

async fn cost(app: &TestApp, browser: &Client, page: &str) -> u64 {
    app.cost(async {
        let answer = browser.get(page).await;
        assert!(
            matches!(answer.status, 200 | 303 | 403 | 404),
            "{page}: {}",
            answer.status
        );
    })
    .await
}

#[tokio::test]
async fn every_page_costs_six_statements_at_most() {
    let mut app = big_company().await;
    let max = app.sign_in_as(MAX).await;
    // Somebody with a try that was interrupted, whose link was used all the same, and who waits for a new address.
    app.trigger(&max, ROB).await;
    let link = link_of(&app.mail_to(ROB).await);
    app.page_says(&max, &app.page_of(ROB).await, "Mail accepted").await;
    app.execute("UPDATE mails SET attempts = 3 WHERE recipient = 'rob@blueheron.example'")
        .await;
    app.redeem(&link, &password(1)).await.expect_status(303);
    let robs = app.page_of(ROB).await;
    let form = max.get(&robs).await.form("Save details");
    max.submit(form.fill("Email", "rob@new.example"))
        .await
        .expect_status(303);
    let rob = app.client();
    let signed_in = rob.post("/login", &[("email", ROB), ("password", &password(1))]).await;
    assert_eq!(signed_in.location(), "/dashboard");
    let uma = app.sign_in_as(UMA).await;
    let form = uma.get("/account").await.form("Save details");
    let form = form.fill("Email", "uma@new.example").fill("Current password", PASSWORD);
    uma.submit(form).await.expect_status(303);

    let some = |number: u128| format!("/company/users/{}", UserId::from_uuid(id(1, number)));
    let first = max.get("/company").await;
    let second = max.get(&first.link("Next page")).await;
    let mut pages: Vec<String> = [
        "/dashboard",
        "/settings",
        "/company",
        "/company?tab=users&size=100",
        "/company?tab=users&q=number",
        "/company?tab=users&q=number&role=user&status=active&sort=-last-reset&size=100",
        "/company?tab=users&status=deleted",
        "/company?tab=users&q=nobody+at+all",
        "/company?tab=resets",
        "/company?tab=resets&state=refused&q=number",
        "/company?tab=resets&state=link-not-used",
        "/company?tab=activity",
        "/company?tab=activity&q=asked&from=2026-01-01",
        "/company/edit",
        "/company/users/new",
        "/account",
        "/account/password",
        "/companies",
        "/companies?q=nord",
    ]
    .map(str::to_owned)
    .into();
    pages.extend([
        first.link("Next page"),
        second.link("Next page"),
        second.link("Previous page"),
    ]);
    for sort in ["email", "role", "status", "last-sign-in", "last-reset"] {
        let first = max.get(&format!("/company?tab=users&size=100&sort=-{sort}")).await;
        pages.push(first.link("Next page"));
    }
    let resets = max.get("/company?tab=resets").await;
    pages.push(resets.link("Next page"));
    // A person of every kind: every state of a reset, invited, deleted, oneself, who waits for a new address.
    for number in 0..20 {
        pages.push(some(number));
    }
    for email in [ADA, MAX, UMA, ROB, DEL] {
        let page = app.page_of(email).await;
        pages.extend([format!("{page}/delete"), format!("{page}/restore"), page]);
    }
    let ada = app.sign_in_as(ADA).await;
    app.rest().await;
    let mut dear = Vec::new();
    for (who, browser) in [
        ("administrator", ada),
        ("manager", max),
        ("user", uma),
        ("read-only", rob),
    ] {
        for page in &pages {
            let statements = cost(&app, &browser, page).await;
            if statements > MOST_STATEMENTS {
                dear.push(format!("{statements} for {page} as {who}"));
            }
        }
    }
    assert!(dear.is_empty(), "{dear:#?}");
}

#[tokio::test]
async fn all_of_them_are_taken_away_each_once_and_one_more_is_not_counted() {
    let app = big_company().await;
    let max = app.sign_in_as(MAX).await;
    for (query, people) in [("", 10_000), ("?q=number&sort=-last-reset", 9_955)] {
        let file = max.get(&format!("/company/users.csv{query}")).await.expect_status(200);
        let mut reader = csv::Reader::from_reader(file.body.as_bytes());
        let rows = reader.records().map(|row| row.expect("a row")[1].to_owned());
        let rows: Vec<_> = rows.collect();
        assert_eq!(rows.len(), people, "{query}");
        let different: BTreeSet<_> = rows.iter().collect();
        assert_eq!(different.len(), people, "{query}");
    }

    let words = |page: &str| {
        let has = |words: &str| page.contains(words);
        [
            has("Select all 10000"),
            has("More than 10,000 people"),
            has("1–25 of more than 10,000"),
            has("To select everybody, narrow the list to 10,000 people or fewer."),
        ]
    };
    let list = max.get("/company?tab=users").await.expect_status(200).text();
    assert_eq!(words(&list), [true, false, false, false], "{list}");
    // One more than are counted.
    app.execute("UPDATE users SET deleted_at = NULL WHERE email = 'del@blueheron.example'")
        .await;
    let page = max.get("/company?tab=users").await.expect_status(200);
    assert_eq!(words(&page.text()), [false, true, true, true], "{}", page.text());
    let next = max.get(&page.link("Next page")).await.expect_status(200);
    assert!(next.text().contains("26–50 of more than 10,000"), "{}", next.text());
}

#[tokio::test]
async fn whoever_changes_while_it_is_written_is_in_it_once() {
    let app = big_company().await;
    let max = app.sign_in_as(MAX).await;
    let secret = Token::parse(&max.cookie("rekey").expect("signed in")).expect("a secret");
    let resolved = resolve_session(app.services(), &[secret], false).await;
    let Ok(Resolved::SignedIn(who)) = resolved else {
        panic!("{resolved:?}")
    };
    let query = UsersQuery::from_url("sort=last-sign-in");
    let client = rekey::server::client::Client::new("192.0.2.1".parse().expect("an address"), "");
    let download = Download::begin(app.services(), &client, &who, query).await;
    let mut download = download.expect("Max may have it");
    let mut people: Vec<_> = download.next().await.expect("it is read").expect("a first piece");
    assert!(people.len() < 10_000, "a piece at a time");
    // Everybody signs in and is called otherwise, those who were read and those who were not.
    app.execute("UPDATE users SET last_sign_in_at = 1795600000000, sort_key = 'zz' || sort_key")
        .await;
    while let Some(piece) = download.next().await.expect("it is read") {
        people.extend(piece);
    }
    let emails: BTreeSet<_> = people.iter().map(|cells| cells[1].as_str()).collect();
    assert_eq!((people.len(), emails.len()), (10_000, 10_000));
    let late = people.last().expect("somebody");
    assert_eq!(late[4], "2026-11-25T09:46:40Z", "as they are when they are read");
}
