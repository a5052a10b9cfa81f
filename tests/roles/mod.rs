//! Who may do what, by raw HTTP: cases D1 to D7.

mod doors;
mod knock;
mod pages;
mod prepare;
mod who;

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use rekey::server::store::entity::activity;
use rekey_domain::id::UserId;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::policy::{self, Action};
use reqwest::Method;
use scraper::Selector;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use self::doors::{DOORS, Door, NOBODY_ELSE, SIGNING_IN};
use self::knock::{PAGE, Target, batch_for, knock, quiet};
use self::pages::SAMPLE;
use self::prepare::{company_of, link_for, prepare, token_for};
use self::who::{NOBODY, NONE, Rows, refused_entries};
use crate::support::people::{ADA, DEL, MAX, NILS, QUINN, ROB, UMA};
use crate::support::{Client, HOUR, PASSWORD, TestApp, link_of, log, password};

pub use self::pages::{pages_with_forms, pattern_of, posted_to};
pub use self::who::Who;

#[test]
fn d1_every_server_function_has_a_row() {
    let rows: BTreeSet<_> = DOORS.iter().map(|door| door.path).collect();
    let functions: Vec<_> = server_fn_paths().collect();
    assert!(functions.len() >= 7, "{functions:?}");
    for (path, method) in functions {
        assert!(rows.contains(path), "{method} {path} has no row");
    }
}

#[tokio::test]
async fn d1_every_form_and_every_download_has_a_row() {
    let app = TestApp::start().await;
    let pages = pages_with_forms(&app).await;
    let rows: BTreeSet<_> = DOORS.iter().map(|door| door.path.to_owned()).collect();
    let posts = Selector::parse("form[method=post]").expect("a selector");
    let downloads = Selector::parse("a[download]").expect("a selector");
    let mut seen = BTreeSet::new();
    for who in Who::ALL {
        let browser = who.browser(&app).await;
        if let Some(email) = who.email() {
            // Of the other sessions there is a list.
            app.sign_in_as(email).await;
        }
        browser.plant_cookie("rekey-asked", UMA);
        for page in &pages {
            let html = browser.get(page).await.html();
            for link in html.select(&downloads) {
                let to = link.attr("href").expect("a link leads somewhere");
                let path = pattern_of(to.split('?').next().unwrap_or_default());
                assert!(rows.contains(&path), "{to} on {page} for {who:?} has no row");
                seen.insert(path);
            }
            for form in html.select(&posts) {
                let action = form.attr("action").expect("a form has an action");
                let pattern = pattern_of(action);
                assert!(rows.contains(&pattern), "{action} on {page} for {who:?} has no row");
                seen.insert(pattern);
            }
        }
    }
    let are_seen = |path: &&String| !path.starts_with("/api/") && !path.starts_with(PAGE);
    for path in rows.iter().filter(are_seen) {
        assert!(seen.contains(path), "no page has a form or a link to {path}");
    }
}

/// Whether a refusal is kept in the activity: pages that only read keep none.
fn is_deed(door: &Door) -> bool {
    !matches!(
        door.action,
        None | Some(Action::ViewUsers | Action::ViewProfile | Action::SeeResets | Action::SeeActivity)
    ) && !door.is_page()
        && door.path != SAMPLE
}

#[tokio::test]
async fn d1_a_door_opens_for_whom_the_table_says() {
    for (row, door) in DOORS.iter().enumerate() {
        // What waits for the worker is counted.
        let app = TestApp::with()
            .settings(|settings| settings.ask_tick = HOUR)
            .start()
            .await;
        for (number, who) in Who::ALL.into_iter().enumerate() {
            let what = format!("{who:?} at {}", door.path);
            if let (Some(action), Some(role)) = (door.action, who.role()) {
                assert_eq!(policy::allows(role, action), door.may.contains(&who), "{what}");
            }
            let email = who.target(number);
            let token = token_for(&app, door, row * 10 + number, &email).await;
            prepare(&app, door, who, &email).await;
            let browser = who.browser(&app).await;
            let mut end_session = format!("/account/sessions/{NOBODY}/end");
            if let Some(email) = who.email().filter(|_| door.path.contains("sessions")) {
                app.sign_in_as(email).await;
                let account = browser.get("/account").await;
                account
                    .form("Sign out Firefox on Linux")
                    .action()
                    .clone_into(&mut end_session);
            }
            let id = app.user_id(&email).await;
            let batch = if door.path.contains("batch") || door.path == "/company/resets/new" {
                batch_for(&app, door, who, id).await
            } else {
                String::new()
            };
            let target = Target {
                batch,
                end_session,
                id,
                name: app
                    .words(&format!("SELECT name FROM users WHERE email_key = '{email}'"), 0)
                    .await
                    .remove(0),
                company: company_of(&app, who.colleague_of_target()).await,
                child: company_of(&app, NILS).await,
                email,
                token,
                password: password(row * 10 + number),
            };

            let (before, refused) = (Rows::count(&app).await, refused_entries(&app).await);
            let answer = knock(&browser, door.path, &target).await;
            if !target.batch.is_empty() || door.path.ends_with("/invite") {
                quiet(&app).await;
            }
            let change = Rows::count(&app).await.since(before);
            let is_deed = is_deed(door);
            let is_edit = matches!(
                door.path,
                "/company/edit" | "/api/save-company" | "/company/notice" | "/api/post-notice"
            );
            if door.may.contains(&who) {
                assert!(
                    matches!(answer.status, 200 | 303),
                    "{what}: {} {}",
                    answer.status,
                    answer.body
                );
                let mut expected = door.change;
                if expected == SIGNING_IN && who != Who::Anonymous {
                    // The session that was there before ends.
                    expected.sessions = 0;
                }
                assert_eq!(change, expected, "{what}");
                assert_eq!(refused_entries(&app).await, refused, "{what}");
                if door.action == Some(Action::ViewProfile) || door.is_download() {
                    for (shown, is_own) in who.signs_of_companies(door) {
                        assert_eq!(answer.body.contains(shown), is_own, "{what}: {shown}");
                    }
                }
            } else {
                match who {
                    _ if door.may == NOBODY_ELSE => assert_eq!(answer.status, 409, "{what}"),
                    Who::Anonymous if door.path.starts_with("/api/") => assert_eq!(answer.status, 401, "{what}"),
                    Who::Anonymous => assert!(answer.location().starts_with("/login?"), "{what}"),
                    _ if door.is_download() && !door.path.contains("{id}") => assert_eq!(answer.status, 403, "{what}"),
                    Who::Stranger | Who::Ungranted => assert_eq!(answer.status, 404, "{what}"),
                    // Deleted people are not for everybody's eyes.
                    _ if door.path.ends_with("/restore") => assert_eq!(answer.status, 404, "{what}"),
                    _ => assert_eq!(answer.status, 403, "{what}"),
                }
                assert_eq!(change, NONE, "{what}");
                let entries = i64::from((is_deed || is_edit) && who != Who::Anonymous);
                assert_eq!(refused_entries(&app).await - refused, entries, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn d1_a_refusal_is_clear() {
    let app = TestApp::start().await;
    let company = company_of(&app, UMA).await;
    for email in [ROB, UMA] {
        let browser = app.sign_in_as(email).await;
        let page = browser.get(&app.page_of(ADA).await).await.expect_status(200);
        assert!(!page.has_button("Reset password"));
        let who_can = "Administrators and managers of Blue Heron Logistics can reset this password.";
        assert!(page.says(who_can), "{}", page.text());
        let path = format!("{}/reset", app.page_of(ADA).await);
        let page = browser.post(&path, &[("company", &company)]).await.expect_status(403);
        assert_eq!(page.heading(), "You cannot open this page");
        assert!(
            page.says("It needs the role manager or administrator."),
            "{}",
            page.text()
        );
    }
}

/// The answers to everything that names a person.
async fn answers_about(app: &TestApp, browser: &Client, id: &str) -> Vec<(u16, Vec<String>, String)> {
    let company = company_of(app, MAX).await;
    let path = format!("/company/users/{id}");
    let reset = format!("{path}/reset");
    let function = [("input[company]", company.as_str()), ("input[user]", id)];
    [
        browser.get(&path).await,
        browser.post(&reset, &[("company", &company)]).await,
        browser.post("/api/trigger-reset", &function).await,
        browser.get(&format!("{path}/delete")).await,
        browser.get(&format!("{path}/restore")).await,
        browser.post(&path, &[("company", &company), ("name", "X")]).await,
        browser
            .post(&path, &[("company", &company), ("role", "user"), ("was_role", "user")])
            .await,
        browser
            .post(&format!("{path}/sign-out"), &[("company", &company)])
            .await,
        browser.post(&format!("{path}/delete"), &[("company", &company)]).await,
        browser.post(&format!("{path}/restore"), &[("company", &company)]).await,
    ]
    .map(|page| page.expect_status(404).without(id))
    .into()
}

#[tokio::test]
async fn d2_a_stranger_and_nobody_are_the_same() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let (rows, refused) = (Rows::count(&app).await, refused_entries(&app).await);
    let links = app.number("SELECT count(*) FROM links").await;
    let nobody = answers_about(&app, &max, NOBODY).await;
    let quinn = answers_about(&app, &max, &app.user_id(QUINN).await.to_string()).await;
    let nils = app.user_id("person01@heronnord.example").await.to_string();
    assert_eq!(quinn, nobody);
    assert_eq!(
        answers_about(&app, &max, &nils).await,
        nobody,
        "nor of the linked company"
    );
    assert_eq!(Rows::count(&app).await, rows);
    assert_eq!(app.number("SELECT count(*) FROM links").await, links);
    assert_eq!(refused_entries(&app).await - refused, 21, "one for each press");
    let others = app
        .number("SELECT count(*) FROM activity WHERE outcome = 'refused' AND (target_id IS NOT NULL OR target_name IS NOT NULL)")
        .await;
    assert_eq!(others, 0, "no stranger's name comes into the company's trail");
    assert!(app.recorder.mails().is_empty());

    let max = max.get(&format!("/company/users/{NOBODY}")).await;
    assert_eq!(max.heading(), "Page not found");
    for garbled in ["/company/users/7", "/company/users/%ff", "/company/users/../users/x"] {
        let browser = app.sign_in_as(MAX).await;
        browser.get(garbled).await.expect_status(404);
    }
}

#[tokio::test]
async fn d2_who_may_not_see_deleted_people_does_not_find_them() {
    let app = TestApp::start().await;
    let (uma, max) = (app.sign_in_as(UMA).await, app.sign_in_as(MAX).await);
    let del = app.user_id(DEL).await.to_string();
    let about = |id: &str| format!("/company/users/{id}");
    let deleted = uma.get(&about(&del)).await.expect_status(404).without(&del);
    let nobody = uma.get(&about(NOBODY)).await.expect_status(404).without(NOBODY);
    assert_eq!(deleted, nobody);
    let page = max.get(&about(&del)).await.expect_status(200);
    assert!(!page.has_button("Reset password"));
    let company = company_of(&app, MAX).await;
    let rows = Rows::count(&app).await;
    let path = format!("/company/users/{del}/reset");
    max.post(&path, &[("company", &company)]).await.expect_status(403);
    assert_eq!(Rows::count(&app).await, rows);
}

#[tokio::test]
async fn d3_a_form_of_another_company_does_nothing() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let rows = Rows::count(&app).await;
    let quarry = company_of(&app, QUINN).await;
    for email in [UMA, QUINN] {
        let id = app.user_id(email).await.to_string();
        let path = format!("/company/users/{id}/reset");
        let page = max.post(&path, &[("company", &quarry)]).await.expect_status(409);
        assert!(page.says("You now act in Blue Heron Logistics"), "{}", page.text());
        let fields = [("input[company]", quarry.as_str()), ("input[user]", &id)];
        let answer = max.post("/api/trigger-reset", &fields).await.expect_status(409);
        assert!(answer.body.contains("Blue Heron Logistics"), "{}", answer.body);
    }
    // In the query and in headers it counts for nothing.
    let page = max.get(&format!("/company?company_id={quarry}&company={quarry}")).await;
    assert_eq!(page.heading(), "Blue Heron Logistics");
    let request = max
        .request(Method::GET, "/company")
        .header("x-company-id", &quarry)
        .header("x-company", &quarry);
    assert_eq!(max.send(request).await.heading(), "Blue Heron Logistics");
    let quinn = app.user_id(QUINN).await;
    let company = company_of(&app, MAX).await;
    let path = format!("/company/users/{quinn}/reset?company={quarry}&company_id={quarry}");
    max.post(&path, &[("company", &company)]).await.expect_status(404);
    assert_eq!(Rows::count(&app).await, rows);
}

#[tokio::test]
async fn d3_fields_that_grant_are_refused() {
    let app = TestApp::start().await;
    let (rob, max) = (app.sign_in_as(ROB).await, app.sign_in_as(MAX).await);
    let link = link_for(&app, UMA).await;
    let rows = Rows::count(&app).await;
    let company = company_of(&app, MAX).await;
    let ada = app.user_id(ADA).await.to_string();
    let reset = format!("/company/users/{ada}/reset");
    let token = link.rsplit('/').next().unwrap_or_default();
    let new = password(1);
    for (name, value) in [
        ("role", "administrator"),
        ("company_id", company.as_str()),
        ("email", "evil@evil.example"),
        ("user", &ada),
    ] {
        let form = [("company", company.as_str()), (name, value)];
        max.post(&reset, &form).await.expect_status(400);
        rob.post(&reset, &form).await.expect_status(400);
        if name != "email" {
            let fields = [("email", UMA), ("password", PASSWORD), (name, value)];
            app.client().post("/login", &fields).await.expect_status(422);
            let fields = [("email", UMA), (name, value)];
            app.client().post("/reset-password", &fields).await.expect_status(422);
        }
        let fields = [("new_password", new.as_str()), (name, value)];
        app.client().post(&link, &fields).await.expect_status(422);

        let nested = format!("input[{name}]");
        if name != "user" {
            let fields = [
                ("input[company]", company.as_str()),
                ("input[user]", &ada),
                (&nested, value),
            ];
            max.post("/api/trigger-reset", &fields).await.expect_status(400);
        }
        let fields = [("input[token]", token), ("input[new_password]", &new), (&nested, value)];
        app.client().post("/api/redeem-link", &fields).await.expect_status(400);
    }
    // Beside the input the framework ignores what it does not know; it grants nothing either.
    let fields = [
        ("input[company]", company.as_str()),
        ("input[user]", &ada),
        ("role", "administrator"),
        ("company_id", &company),
    ];
    rob.post("/api/trigger-reset", &fields).await.expect_status(403);
    assert_eq!(Rows::count(&app).await, rows);
    assert!(app.signs_in(UMA, PASSWORD).await);
}

#[tokio::test]
async fn d4_no_page_and_no_list_holds_a_link() {
    let app = TestApp::start().await;
    let link = link_for(&app, UMA).await;
    let token = link.rsplit('/').next().unwrap_or_default().to_lowercase();
    let umas = app.page_of(UMA).await;
    for email in [ADA, MAX, UMA, ROB] {
        let browser = app.sign_in_as(email).await;
        for address in [
            "/dashboard",
            "/company",
            "/company?tab=users&size=100",
            &umas,
            "/account",
        ] {
            let page = browser.get(address).await.expect_status(200);
            assert!(!page.body.to_lowercase().contains(&token), "{email} {address}");
            assert!(!log::has_secret(&page.body), "{email} {address}");
            assert!(!page.body.contains("$argon2"), "{email} {address}");
        }
    }
    for entry in entries(&app, "").await {
        let all = format!("{entry:?}");
        assert!(!log::has_secret(&all), "{all}");
    }
}

#[tokio::test]
async fn d5_the_mail_goes_to_the_address_on_file_only() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let (uma, company) = (app.user_id(UMA).await, company_of(&app, MAX).await);
    let evil = "evil@evil.example";
    let path = format!("/company/users/{uma}/reset?email={evil}&to={evil}");
    for name in ["email", "to", "recipient"] {
        let fields = [("company", company.as_str()), (name, evil)];
        max.post(&path, &fields).await.expect_status(400);
    }
    let fields = [("company", company.as_str())];
    let request = max.post(&path, &fields).await;
    assert_eq!(request.status, 303);
    app.mail_to(UMA).await;
    // Two addresses in one are none.
    for typed in [
        format!("{UMA},{evil}"),
        format!("{UMA} {evil}"),
        format!("{UMA}\r\nBcc: {evil}"),
        format!("{evil}\n{UMA}"),
    ] {
        let page = app.client().post("/reset-password", &[("email", &typed)]).await;
        page.expect_status(422);
    }
    let fields = [("email[]", UMA), ("email[]", evil)];
    app.client().post("/reset-password", &fields).await.expect_status(422);
    let recipients: BTreeSet<_> = app.recorder.mails().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(recipients, BTreeSet::from([UMA.to_owned()]));
}

#[tokio::test]
async fn d6_a_role_lowered_meanwhile_counts_at_once() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let form = max.get(&app.page_of(UMA).await).await.form("Reset password");
    let (rows, refused) = (Rows::count(&app).await, refused_entries(&app).await);
    app.execute("UPDATE users SET role = 'user' WHERE email_key = 'max@blueheron.example'")
        .await;
    let company = company_of(&app, MAX).await;
    let uma = app.user_id(UMA).await.to_string();
    max.submit(form).await.expect_status(403);
    let fields = [("input[company]", company.as_str()), ("input[user]", &uma)];
    max.post("/api/trigger-reset", &fields).await.expect_status(403);
    assert_eq!(Rows::count(&app).await, rows);
    assert_eq!(refused_entries(&app).await - refused, 2);
}

#[tokio::test]
async fn d6_a_session_ended_meanwhile_leads_to_the_sign_in_page() {
    for how in [
        "DELETE FROM sessions",
        "UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = 'max@blueheron.example'",
        "UPDATE users SET password_hash = NULL WHERE email_key = 'max@blueheron.example'",
    ] {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        let page = app.page_of(UMA).await;
        let form = max.get(&page).await.form("Reset password");
        let company = company_of(&app, MAX).await;
        let uma = app.user_id(UMA).await.to_string();
        app.execute(how).await;
        let rows = Rows::count(&app).await;
        let answer = max.submit(form).await;
        let expected = format!("/login?next=%2Fcompany%2Fusers%2F{uma}");
        assert_eq!(answer.location(), expected, "{how}");
        let fields = [("input[company]", company.as_str()), ("input[user]", &uma)];
        max.post("/api/trigger-reset", &fields).await.expect_status(401);
        assert_eq!(Rows::count(&app).await, rows, "{how}");
    }
}

/// The activity, oldest first; of one action, or all.
async fn entries(app: &TestApp, action: &str) -> Vec<activity::Model> {
    let mut all = activity::Entity::find().order_by_asc(activity::Column::At);
    if !action.is_empty() {
        all = all.filter(activity::Column::Action.eq(action));
    }
    all.all(app.services().db.reader()).await.expect("the database answers")
}

#[tokio::test]
async fn d7_what_was_done_and_what_was_refused_is_kept() {
    let app = TestApp::start().await;
    let (max, rob) = (app.sign_in_as(MAX).await, app.sign_in_as(ROB).await);
    let [max_id, rob_id, uma_id] =
        [app.user_id(MAX).await, app.user_id(ROB).await, app.user_id(UMA).await].map(UserId::as_uuid);
    let company = company_of(&app, MAX).await;
    let path = format!("{}/reset", app.page_of(UMA).await);
    rob.post(&path, &[("company", &company)]).await.expect_status(403);
    app.trigger(&max, UMA).await;
    let now = app.services().clock.now().as_millis();
    let asked = entries(&app, "reset_asked").await;
    let [refused, granted] = &asked[..] else {
        panic!("{asked:?}")
    };
    for (entry, outcome, actor, name, at) in [
        (refused, "refused", rob_id, "Rob Reader", now - 1000),
        (granted, "granted", max_id, "Max Manager", now),
    ] {
        assert_eq!(entry.outcome, outcome);
        assert_eq!(entry.actor_kind, "user");
        assert_eq!((entry.actor_id, entry.actor_name.as_str()), (Some(actor), name));
        assert_eq!(
            (entry.target_id, entry.target_name.as_deref()),
            (Some(uma_id), Some("Uma User"))
        );
        assert_eq!(entry.company_id.map(|id| id.to_string()).as_ref(), Some(&company));
        assert_eq!(entry.at, at, "UTC, in milliseconds");
        assert_eq!(entry.client_address.as_deref(), Some("127.0.0.1"));
    }

    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(1)).await.expect_status(303);
    let set = entries(&app, "password_set_by_link").await;
    let [set] = &set[..] else { panic!("{set:?}") };
    assert_eq!((set.actor_kind.as_str(), set.actor_id), ("recipient", Some(uma_id)));
    assert_eq!(set.target_id, Some(uma_id));
    assert_eq!(set.client_address.as_deref(), Some("127.0.0.1"));
    assert_eq!(entries(&app, "signed_in").await.len(), 2);
}

#[tokio::test]
async fn d7_entries_are_never_changed_and_stay_one_line() {
    let app = TestApp::start().await;
    app.sign_in_as(MAX).await;
    let tx = app.services().db.begin_write().await.expect("the database takes it");
    let changed = activity::Entity::update_many()
        .col_expr(activity::Column::ActorName, "somebody else".into())
        .exec(&tx)
        .await;
    assert!(changed.is_err());
    for name in ["Ana\nLima", "Ana\r\nLima", "Ana\u{2028}Lima", "Ana\u{85}Lima", "Ana\0"] {
        assert!(PersonName::parse(name).is_err(), "{name:?}");
        assert!(CompanyName::parse(name).is_err(), "{name:?}");
    }
}
