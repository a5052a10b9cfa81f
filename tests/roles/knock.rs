//! How somebody knocks at a door, as a browser would.

use rekey_domain::id::UserId;

use super::doors::Door;
use super::pages::SAMPLE;
use super::who::{NOBODY, Who};
use crate::support::{Client, PASSWORD, Page, TestApp};

/// What the path of a row begins with that is a page, not what is posted there.
pub(super) const PAGE: &str = "GET ";

impl Door {
    pub(super) fn is_page(&self) -> bool {
        self.path.starts_with(PAGE)
    }

    /// Whether it holds people of a company: the sample of a list holds nobody.
    pub(super) fn is_download(&self) -> bool {
        let is_file = self.path.contains('.') || self.path.ends_with("/csv");
        self.path.starts_with("/company/") && is_file && self.path != SAMPLE
    }
}

/// On whom a knock is.
pub(super) struct Target {
    pub(super) email: String,
    pub(super) id: UserId,
    /// The company that the one who knocks acts in.
    pub(super) company: String,
    /// Of a living link of the target, where the door needs one.
    pub(super) token: String,
    pub(super) password: String,
    /// Where another session of the one who knocks is ended.
    pub(super) end_session: String,
    pub(super) name: String,
    /// The linked company.
    pub(super) child: String,
    /// A batch about the target, where the door needs one.
    pub(super) batch: String,
}

/// Knocks as the door's form or function is called.
pub(super) async fn knock(browser: &Client, path: &str, target: &Target) -> Page {
    let Target {
        email,
        id,
        company,
        token,
        password,
        end_session,
        ..
    } = target;
    let id = id.to_string();
    if let Some(page) = path.strip_prefix(PAGE) {
        let whose = if page.contains("batches") { &target.batch } else { &id };
        return browser.get(&page.replace("{id}", whose)).await;
    }
    match path {
        "/api/sign-in" => {
            let fields = [("input[email]", email.as_str()), ("input[password]", PASSWORD)];
            browser.post(path, &fields).await
        }
        "/login" => browser.post(path, &[("email", email), ("password", PASSWORD)]).await,
        "/api/ask-for-link" => browser.post(path, &[("input[email]", email)]).await,
        "/reset-password" => browser.post(path, &[("email", email)]).await,
        "/api/redeem-link" => {
            let fields = [("input[token]", token.as_str()), ("input[new_password]", password)];
            browser.post(path, &fields).await
        }
        "/reset-password/{token}" => {
            let path = format!("/reset-password/{token}");
            browser.post(&path, &[("new_password", password)]).await
        }
        "/reset-password/{token}/not-me" => {
            let path = format!("/reset-password/{token}/not-me");
            browser.post(&path, &[("what_happened", "not-asked")]).await
        }
        "/not-me/{token}" => browser.post(&format!("/not-me/{token}"), &[("not_me", "yes")]).await,
        "/reset-password/open" => browser.post(path, &[("link", token)]).await,
        "/api/trigger-reset" | "/api/revoke-resets" => {
            let fields = [("input[company]", company.as_str()), ("input[user]", &id)];
            browser.post(path, &fields).await
        }
        "/company/users/{id}/reset" => {
            let path = format!("/company/users/{id}/reset");
            browser.post(&path, &[("company", company)]).await
        }
        "/company/users/{id}/revoke" => {
            let path = format!("/company/users/{id}/revoke");
            browser.post(&path, &[("company", company)]).await
        }
        "/api/resets-since" => browser.get(&format!("{path}?id={id}&stamp=")).await,
        "/api/search-people" => browser.get(&format!("{path}?query=tab%3Dusers")).await,
        "/api/dashboard-since" => browser.get(&format!("{path}?stamp=")).await,
        "/api/resets-list-since" => browser.get(&format!("{path}?query=tab%3Dresets&stamp=")).await,
        "/api/session-left"
        | "/company/users.csv"
        | "/company/users/sample.csv"
        | "/company/activity.csv"
        | "/company/activity.jsonl" => browser.get(path).await,
        "/api/save-details" => {
            let fields = [("input[name]", "Somebody New"), ("input[time_zone]", "Asia/Tokyo")];
            browser.post(path, &fields).await
        }
        "/account" => {
            let fields = [("name", "Somebody New"), ("time_zone", "Asia/Tokyo")];
            browser.post(path, &fields).await
        }
        "/api/change-password" => {
            let fields = [("input[current_password]", PASSWORD), ("input[new_password]", password)];
            browser.post(path, &fields).await
        }
        "/account/password" => {
            let fields = [("current_password", PASSWORD), ("new_password", password)];
            browser.post(path, &fields).await
        }
        "/logout" | "/account/reset" | "/account/sessions/end-others" | "/api/stay-signed-in" => {
            browser.post(path, &[]).await
        }
        "/account/sessions/{id}/end" => browser.post(end_session, &[]).await,
        _ if path.contains("batch") || path.contains("resets/new") || path == "/company" => {
            knock_at_batches(browser, path, target).await
        }
        _ => knock_at_people(browser, path, target).await,
    }
}

/// The same, where many are meant at once.
pub(super) async fn knock_at_batches(browser: &Client, path: &str, target: &Target) -> Page {
    let Target { id, company, batch, .. } = target;
    let id = id.to_string();
    match path {
        "/company" => browser.post(path, &[("company", company), ("person", &id)]).await,
        "/company/resets/new" => browser.post(path, &[("company", company), ("draft", batch)]).await,
        "/api/batch-since" => browser.get(&format!("{path}?id={batch}&query=&stamp=")).await,
        "/company/resets/batches/{id}/csv" => browser.get(&path.replace("{id}", batch)).await,
        _ => {
            let path = path.replace("{id}", batch);
            browser.post(&path, &[("company", company)]).await
        }
    }
}

/// A batch about the target, by who knocks where they may, else by a manager there: as the door needs it.
pub(super) async fn batch_for(app: &TestApp, door: &Door, who: Who, id: UserId) -> String {
    let is_draft = door.path == "/company/resets/new";
    let maker = if door.may.contains(&who) {
        who
    } else if who == Who::Ungranted {
        // The target is of the linked company.
        Who::Guest
    } else {
        Who::Manager
    };
    let (browser, id) = (maker.browser(app).await, id.to_string());
    let company = browser.get("/company/resets/new").await.form("Check addresses");
    let company = company
        .fields()
        .find(|(name, _)| *name == "company")
        .map(|(_, value)| value.to_owned());
    let company = company.expect("the form names the company");
    let chosen = browser
        .post("/company", &[("company", &company), ("person", &id)])
        .await;
    let draft = chosen.expect_status(303).location();
    let batch = draft.rsplit('=').next().unwrap_or_default().to_owned();
    if !is_draft {
        let fields = [("company", company.as_str()), ("draft", &batch)];
        browser.post("/company/resets/new", &fields).await.expect_status(303);
        let address = format!("/company/resets/batches/{batch}");
        app.page_says(&browser, &address, "1 of 1 accepted.").await;
        quiet(app).await;
    }
    if door.path.ends_with("/again") {
        app.execute("UPDATE mails SET state = 'refused' WHERE is_of_batch")
            .await;
    }
    batch
}

/// Until nothing of a batch is left to do.
pub(super) async fn quiet(app: &TestApp) {
    app.until("the batches are carried out", async || {
        app.number("SELECT count(*) FROM batches WHERE state IN ('pressed', 'revoking')")
            .await
            == 0
    })
    .await;
}

/// The same, where people are created and edited.
pub(super) async fn knock_at_people(browser: &Client, path: &str, target: &Target) -> Page {
    let Target {
        email,
        id,
        company,
        token,
        name,
        child,
        ..
    } = target;
    let id = id.to_string();
    match path {
        // Whoever reads the form has what was read; others guess.
        "/api/save-company" => {
            let version = version_for(browser).await;
            let fields = [("input[company]", company.as_str()), ("input[version]", &version)];
            browser.post(path, &fields).await
        }
        "/company/edit" => {
            let version = version_for(browser).await;
            let fields = [("company", company.as_str()), ("version", &version)];
            browser.post(path, &fields).await
        }
        "/api/post-notice" => browser.post(path, &[("input[company]", company.as_str())]).await,
        "/company/notice" => browser.post(path, &[("company", company.as_str())]).await,
        "/api/create-user" => {
            let fields = [
                ("input[company]", company.as_str()),
                ("input[name]", "New Person"),
                ("input[email]", &format!("new.{email}")),
                ("input[role]", "user"),
            ];
            browser.post(path, &fields).await
        }
        "/company/users/new" => {
            let fields = [
                ("company", company.as_str()),
                ("name", "New Person"),
                ("email", &format!("new.{email}")),
                ("role", "user"),
            ];
            browser.post(path, &fields).await
        }
        "/company/users/import" => {
            let lines = format!("New Person,new.{email}");
            browser.post(path, &[("company", company), ("lines", &lines)]).await
        }
        "/company/users/import/invite" => {
            let draft = draft_of(browser, company, &format!("new.{email}")).await;
            browser.post(path, &[("company", company), ("draft", &draft)]).await
        }
        "/api/edit-user" => {
            let fields = [
                ("input[user]", id.as_str()),
                ("input[company]", company),
                ("input[name]", "Somebody New"),
                ("input[was_name]", name),
            ];
            browser.post(path, &fields).await
        }
        "/company/users/{id}" => {
            let fields = [
                ("company", company.as_str()),
                ("name", "Somebody New"),
                ("was_name", name),
            ];
            browser.post(&format!("/company/users/{id}"), &fields).await
        }
        "/api/change-role" => {
            let fields = [
                ("input[user]", id.as_str()),
                ("input[company]", company),
                ("input[role]", "read-only"),
                ("input[was_role]", "user"),
            ];
            browser.post(path, &fields).await
        }
        "/confirm-email/{token}" | "/stop-email/{token}" => {
            let path = path.replace("{token}", token);
            browser.post(&path, &[]).await
        }
        "/account/cancel-email" | "/companies/back" => browser.post(path, &[]).await,
        "/companies/{id}/switch" => {
            let path = path.replace("{id}", child);
            browser.post(&path, &[("company", company)]).await
        }
        "/company/users/{id}/give-access" | "/company/users/{id}/remove-access" => {
            let path = path.replace("{id}", &id);
            browser.post(&path, &[("company", company), ("child", child)]).await
        }
        "/company/users/{id}/cancel-email"
        | "/company/users/{id}/sign-out"
        | "/company/users/{id}/delete"
        | "/company/users/{id}/restore" => {
            let path = path.replace("{id}", &id);
            browser.post(&path, &[("company", company)]).await
        }
        unknown => panic!("say here how {unknown} is called"),
    }
}

/// A list of one that was checked, for those who see the form; others guess.
pub(super) async fn draft_of(browser: &Client, company: &str, email: &str) -> String {
    const FORM: &str = "/company/users/import";
    if browser.get(FORM).await.status != 200 {
        return NOBODY.to_owned();
    }
    let lines = format!("New Person,{email}");
    let checked = browser.post(FORM, &[("company", company), ("lines", &lines)]).await;
    checked.location().rsplit('=').next().unwrap_or_default().to_owned()
}

/// The version of the company in the form, for those who see the form.
pub(super) async fn version_for(browser: &Client) -> String {
    let page = browser.get("/company/edit").await;
    if page.status != 200 {
        return "0".to_owned();
    }
    let form = page.form("Save company details");
    let version = form.fields().find(|(name, _)| *name == "version");
    version.map(|(_, version)| version.to_owned()).unwrap_or_default()
}
