//! The main job from end to end, as an outside client does it that only reads pages and sends forms.

use rekey::server::service::acting::operator::{CompanyRef, OperatorError, Refused};
use rekey::server::service::companies::create_company::{Created, create_company};
use rekey::server::service::people::operator_create_user::{Invited, operator_create_user};
use rekey_domain::email::Email;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::role::Role;

use crate::support::people::UMA;
use crate::support::{Client, PASSWORD, TestApp, link_of, password};

#[tokio::test]
async fn a_manager_helps_somebody_in_and_sees_that_it_worked() {
    let app = TestApp::start().await;
    let umas_browser = app.sign_in_as(UMA).await;

    let max = app.client();
    let page = max.get("/").await;
    let page = max.follow(&page).await;
    let page = max.follow(&page).await.expect_status(200);
    let form = page.form("Sign in").fill("Email", "max@blueheron.example");
    let page = max.submit(form.fill("Password", PASSWORD)).await;
    let page = max.follow(&page).await.expect_status(200);
    assert_eq!(page.heading(), "Dashboard");

    let page = max.get(&page_link(&max, "Company").await).await;
    assert_eq!(page.heading(), "Blue Heron Logistics");
    let page = max.get(&page.link("Blue Heron Logistics users")).await;
    let form = page.form("Apply filters").fill("Search people", "uma us");
    let page = max.submit(form).await.expect_status(200);
    let row = page.row("Uma User").expect("Uma's row");
    for cell in [
        ("Email", UMA),
        ("Role", "User"),
        ("Status", "Active"),
        ("Last reset", "Never"),
    ] {
        assert!(
            row.contains(&(cell.0.to_owned(), cell.1.to_owned())),
            "{cell:?} in {row:?}"
        );
    }

    let address = page.link("Uma User");
    let page = max.get(&address).await;
    assert_eq!(page.heading(), "Uma User");
    assert!(page.says("No resets yet."), "{}", page.text());
    let page = max.submit(page.form("Reset password")).await.expect_status(303);
    let page = max.follow(&page).await.expect_status(200);
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Reset link for Uma User is on its way.")
    );

    let mail = app.mail_to(UMA).await;
    assert_eq!(
        mail.subject, "Blue Heron Logistics: set a new password",
        "the company is not cut for who asked"
    );
    app.page_says(&max, &address, "Mail accepted").await;

    let anywhere = app.client();
    let page = anywhere.get(&link_of(&mail)).await.expect_status(200);
    assert_eq!(page.heading(), "Set a new password");
    assert_eq!(page.value_of("Email"), UMA);
    let who = "For Uma User at Blue Heron Logistics. Asked for by Max Manager, manager, on 24 Nov 2026.";
    assert!(page.says(who), "{}", page.text());

    let form = page.form("Set new password").fill("New password", "too short");
    let page = anywhere.submit(form).await.expect_status(422);
    assert_eq!(
        page.region("Please correct this form").as_deref(),
        Some("Please correct this form Use at least 15 characters")
    );
    assert_eq!(
        page.reason_at("New password").as_deref(),
        Some("Use at least 15 characters")
    );
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    assert_eq!(page.value_of("New password"), "", "secrets are not shown again");

    let form = page.form("Set new password").fill("New password", &password(1));
    let page = anywhere.submit(form).await.expect_status(303);
    let page = anywhere.follow(&page).await.expect_status(200);
    assert_eq!(page.heading(), "Sign in");
    assert_eq!(
        page.region("Done").as_deref(),
        Some("Your password is changed. 1 device was signed out. Sign in with the new one.")
    );
    assert_eq!(page.value_of("Email"), UMA, "only the password is left to type");
    let page = anywhere.get("/login").await;
    assert_eq!(page.value_of("Email"), "", "the address comes with that word only");

    assert!(app.signs_in(UMA, &password(1)).await);
    assert!(!app.signs_in(UMA, PASSWORD).await);
    assert_eq!(
        umas_browser.get("/dashboard").await.location(),
        "/login?next=%2Fdashboard"
    );
    let page = max.get(&address).await;
    assert!(
        page.says("Password changed Uma User set a new password on 24 Nov 2026, 14:32."),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn somebody_helps_themselves_in() {
    let app = TestApp::start().await;
    let browser = app.client();
    let page = browser.get("/login").await;
    let page = browser.get(&page.link("Forgot password?")).await;
    assert_eq!(page.heading(), "Forgot your password?");
    let page = browser
        .submit(page.form("Send link").fill("Email", " Uma@BlueHeron.example "))
        .await;
    let page = browser.follow(&page).await.expect_status(200);
    assert_eq!(page.heading(), "Check your email");

    let mail = app.mail_to(UMA).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: reset your password");
    for who in [
        "Someone, probably you, asked us to send you this link.",
        "Asked: 24 Nov 2026, 14:32 (Europe/Berlin) Browser: Firefox on Linux IP address: 127.0.0.1",
    ] {
        assert!(unwrapped(&mail.text).contains(who), "{}", mail.text);
    }

    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
    assert!(!app.signs_in(UMA, PASSWORD).await);
}

#[tokio::test]
async fn a_refused_address_is_shown_again_with_its_reason() {
    let app = TestApp::start().await;
    let browser = app.client();
    for (typed, reason) in [
        ("", "Enter your email"),
        ("uma@", "Enter an email like name@example.com"),
    ] {
        let form = browser.get("/reset-password").await.form("Send link");
        let page = browser.submit(form.fill("Email", typed)).await.expect_status(422);
        assert_eq!(page.reason_at("Email").as_deref(), Some(reason));
        assert_eq!(page.value_of("Email"), typed);
        assert!(page.has_button("Send link"));
    }
}

#[tokio::test]
async fn somebody_invited_is_sent_an_invitation_and_becomes_active() {
    const IVY: &str = "ivy@blueheron.example";
    let app = TestApp::start().await;
    let max = app.sign_in_as("max@blueheron.example").await;
    let page = app.trigger(&max, IVY).await;
    assert_eq!(
        page.region("Done").as_deref(),
        Some("The invitation for Ivy Invited is on its way.")
    );
    let mail = app.mail_to(IVY).await;
    assert_eq!(mail.subject, "Blue Heron Logistics: set up your account");
    let how_long = "Valid for 72 hours, until Friday 27 November 2026, 14:32 (Europe/Berlin, UTC+1).";
    assert!(unwrapped(&mail.text).contains(how_long), "{}", mail.text);

    assert!(!app.signs_in(IVY, PASSWORD).await);
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in(IVY, &password(1)).await);
    let page = max.get(&app.page_of(IVY).await).await;
    assert!(page.says("Status Active"), "{}", page.text());
    assert!(page.has_button("Reset password"));
}

#[tokio::test]
async fn the_operators_first_administrator_has_an_account_that_works() {
    let app = TestApp::start().await;
    let company = CompanyName::parse("Acme").expect("a name");
    let (email, name) = (Email::parse("ana@acme.example"), PersonName::parse("Ana Lima"));
    let (email, name) = (email.expect("an address"), name.expect("a name"));
    let which = CompanyRef::Name(company.clone());
    let invite = async || match operator_create_user(app.services(), &email, &name, &which, Role::Administrator).await {
        Ok(invited) => Ok(invited),
        Err(OperatorError::Refused(refused)) => Err(refused),
        Err(OperatorError::Failed(error)) => panic!("{error}"),
    };

    assert_eq!(invite().await, Err(Refused::NoSuchCompany(which.clone())));
    let created = create_company(app.services(), &company).await.expect("it works");
    assert!(matches!(created, Created::New(_)), "{created:?}");
    let again = create_company(app.services(), &company).await.expect("it works");
    assert!(matches!(again, Created::NameTaken(_)), "{again:?}");
    assert_eq!(invite().await, Ok(Invited::OnItsWay));

    let mail = app.mail_to("ana@acme.example").await;
    assert_eq!(mail.subject, "Acme: set up your account");
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    let ana = app.client();
    let fields = [("email", "ana@acme.example"), ("password", &password(1))];
    assert_eq!(ana.post("/login", &fields).await.location(), "/dashboard");
    let page = ana.get("/company").await.expect_status(200);
    assert_eq!(page.heading(), "Acme");
    let row = page.row("Ana Lima").expect("her row");
    assert!(
        row.contains(&("Role".to_owned(), "Administrator".to_owned())),
        "{row:?}"
    );
    assert_eq!(invite().await, Err(Refused::AddressTaken(email.clone())));
}

#[tokio::test]
async fn two_presses_while_a_mail_waits_are_one_reset() {
    let app = TestApp::with().without_mail_server().start().await;
    let max = app.sign_in_as("max@blueheron.example").await;
    let before = app.number("SELECT count(*) FROM resets").await;
    for _ in 0..2 {
        let page = app.trigger(&max, UMA).await;
        assert!(page.says("Reset link for Uma User is on its way."), "{}", page.text());
    }
    assert_eq!(app.number("SELECT count(*) FROM resets").await, before + 1);
}

/// Where a link of the frame leads; the frame stands outside of the page's main part.
async fn page_link(client: &Client, words: &str) -> String {
    client.get("/dashboard").await.link(words)
}

/// A text part without its line breaks.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
