//! What must be there before somebody knocks: a link, a batch, an access, a change that waits.

use rekey::server::store::entity::user;
use rekey_domain::policy::Action;
use sea_orm::EntityTrait;

use super::doors::Door;
use super::who::Who;
use crate::support::people::{ADA, MAX, NILS};
use crate::support::{PASSWORD, TestApp, link_of, not_me_of, password};

/// Gives somebody access to the companies that are linked to theirs.
pub(super) fn given(email: &str) -> String {
    format!(
        "INSERT INTO grants (user_id, company_id, child_id, given_at) SELECT users.id, users.company_id, companies.id, 0 \
         FROM users JOIN companies ON companies.parent_id = users.company_id WHERE users.email_key = '{email}' \
         ON CONFLICT DO NOTHING"
    )
}

pub(super) async fn company_of(app: &TestApp, email: &str) -> String {
    let id = app.user_id(email).await;
    let found = user::Entity::find_by_id(id.as_uuid()).one(app.services().db.reader());
    let person = found.await.expect("the database answers").expect("somebody");
    person.company_id.to_string()
}

/// Whoever helps somebody: of the same company.
pub(super) fn helper_of(email: &str) -> &'static str {
    if email.ends_with("@heronnord.example") {
        NILS
    } else {
        MAX
    }
}

/// A fresh link for somebody, its mail accepted.
pub(super) async fn link_for(app: &TestApp, email: &str) -> String {
    let max = app.sign_in_as(helper_of(email)).await;
    app.trigger(&max, email).await;
    let link = link_of(&app.mail_to(email).await);
    let page = app.page_of(email).await;
    app.page_says(&max, &page, "Mail accepted").await;
    link
}

/// Has somebody enter a new address of their own.
pub(super) async fn enter_own(app: &TestApp, email: &str) {
    let browser = app.sign_in_as(email).await;
    let form = browser.get("/account").await.form("Save details");
    let form = form
        .fill("Email", &format!("new.{email}"))
        .fill("Current password", PASSWORD);
    browser.submit(form).await.expect_status(303);
}

/// Has a helper enter a new address for somebody: the path of the link to confirm it, or to stop it.
pub(super) async fn entered_for(app: &TestApp, email: &str, stops: bool) -> String {
    let max = app.sign_in_as(helper_of(email)).await;
    let page = max.get(&app.page_of(email).await).await;
    let new = format!("new.{email}");
    let form = page.form("Save details").fill("Email", &new);
    max.submit(form).await.expect_status(303);
    let mail = app.mail_to(if stops { email } else { &new }).await;
    let link = mail.links.into_iter().find(|link| link.contains("-email/"));
    link.expect("such a link")
}

/// The link in the notice of a change that somebody has just made by a link.
pub(super) async fn notice_for(app: &TestApp, email: &str, password: &str) -> String {
    let link = link_for(app, email).await;
    app.redeem(&link, password).await.expect_status(303);
    not_me_of(&app.mails_to(email, 2).await[1])
}

/// The token of the link that the door needs; empty where it needs none.
pub(super) async fn token_for(app: &TestApp, door: &Door, number: usize, email: &str) -> String {
    let needs_link = ["token", "link", "open", "revoke"]
        .iter()
        .any(|word| door.path.contains(word));
    if door.path.contains("-email") && door.path != "/account/cancel-email" {
        let link = entered_for(app, email, door.path.starts_with("/stop")).await;
        link.rsplit('/').next().unwrap_or_default().to_owned()
    } else if needs_link {
        let link = if door.path.starts_with("/not-me/") {
            notice_for(app, email, &password(number)).await
        } else {
            link_for(app, email).await
        };
        link.rsplit('/').next().unwrap_or_default().to_owned()
    } else {
        String::new()
    }
}

/// What the door needs of the target, or of who knocks, besides a link.
pub(super) async fn prepare(app: &TestApp, door: &Door, who: Who, email: &str) {
    if door.path.ends_with("/sign-out") || door.path.ends_with("/delete") {
        app.sign_in_as(email).await;
    }
    if matches!(door.action, Some(Action::ChangeRole(_))) {
        app.execute(&format!("UPDATE users SET role = 'user' WHERE email_key = '{email}'"))
            .await;
    }
    if door.path.ends_with("-access") {
        app.execute(&format!(
            "UPDATE users SET role = 'manager' WHERE email_key = '{email}'"
        ))
        .await;
    }
    if door.path.ends_with("/remove-access") {
        app.execute(&given(email)).await;
    }
    if door.path.ends_with("/switch") && who == Who::Administrator {
        app.execute(&given(ADA)).await;
    }
    if door.path.ends_with("/restore") {
        app.execute(&format!(
            "UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = '{email}'"
        ))
        .await;
    }
    if let ("/account/cancel-email", Some(email)) = (door.path, who.email()) {
        enter_own(app, email).await;
    }
}
