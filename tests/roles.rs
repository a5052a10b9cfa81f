//! Who may do what, by raw HTTP: cases D1 to D7.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use rekey::server::store::entity::{activity, user};
use rekey_domain::id::UserId;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;
use reqwest::Method;
use scraper::Selector;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::support::{Client, HOUR, PASSWORD, Page, TestApp, link_of, log, not_me_of, password};

const ADA: &str = "ada@blueheron.example";
const MAX: &str = "max@blueheron.example";
const UMA: &str = "uma@blueheron.example";
const ROB: &str = "rob@blueheron.example";
const DEL: &str = "del@blueheron.example";
const QUINN: &str = "quinn@quarry.example";
/// The administrator of the linked company.
const NILS: &str = "person01@heronnord.example";
/// A manager of the parent without a grant.
const AGNES: &str = "person01@blueheron.example";
/// A manager of the parent who has a grant, once [`given`].
const GUEST: &str = "person11@blueheron.example";
/// An id of nobody.
const NOBODY: &str = "01980000-0000-7000-8000-000000000000";

/// Who knocks at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anonymous,
    ReadOnly,
    User,
    Manager,
    Administrator,
    /// The administrator of another company.
    Stranger,
    /// A manager of the parent, with a grant, who acts in the linked company. The target is of that one.
    Guest,
    /// A manager of the parent without a grant. The target is of the linked company.
    Ungranted,
}

impl Who {
    pub const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::ReadOnly,
        Self::User,
        Self::Manager,
        Self::Administrator,
        Self::Stranger,
        Self::Guest,
        Self::Ungranted,
    ];

    fn email(self) -> Option<&'static str> {
        match self {
            Self::Anonymous => None,
            Self::ReadOnly => Some(ROB),
            Self::User => Some(UMA),
            Self::Manager => Some(MAX),
            Self::Guest => Some(GUEST),
            Self::Ungranted => Some(AGNES),
            Self::Administrator => Some(ADA),
            Self::Stranger => Some(QUINN),
        }
    }

    /// The role in the company that is acted on.
    fn role(self) -> Option<Role> {
        match self {
            Self::Anonymous | Self::Stranger | Self::Ungranted => None,
            Self::ReadOnly => Some(Role::ReadOnly),
            Self::User => Some(Role::User),
            Self::Manager | Self::Guest => Some(Role::Manager),
            Self::Administrator => Some(Role::Administrator),
        }
    }

    pub async fn browser(self, app: &TestApp) -> Client {
        let Some(email) = self.email() else {
            return app.client();
        };
        let browser = app.sign_in_as(email).await;
        if self == Self::Guest {
            app.execute(&given(email)).await;
            let form = browser.get("/companies").await.form("Switch to Heron Nord");
            browser.submit(form).await.expect_status(303);
        }
        browser
    }

    /// Somebody of the company where this one's targets are.
    fn colleague_of_target(self) -> &'static str {
        match self {
            Self::Guest => NILS,
            _ => self.email().unwrap_or(UMA),
        }
    }

    /// By what one sees whose list it is, and whether that is to be seen: only that of the company acted in.
    fn signs_of_companies(self, door: &Door) -> [(&'static str, bool); 3] {
        let own = match self {
            Self::Stranger => 0,
            Self::Guest => 1,
            _ => 2,
        };
        // The activity names companies, the list of people has their addresses.
        let signs = if door.action == Some(Action::SeeActivity) {
            ["Quarry Foods", "Heron Nord", "Blue Heron Logistics"]
        } else {
            ["@quarry.example", "@heronnord.example", "@blueheron.example"]
        };
        std::array::from_fn(|at| (signs[at], at == own))
    }

    /// The target of a knock: another one each time, so that no knock is in the way of the next.
    fn target(self, number: usize) -> String {
        match self {
            Self::Guest => "person02@heronnord.example".to_owned(),
            Self::Ungranted => "person03@heronnord.example".to_owned(),
            _ => format!("person{}@blueheron.example", 12 + number),
        }
    }
}

/// How many rows a knock adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rows {
    resets: i64,
    mails: i64,
    sessions: i64,
    asks: i64,
    /// Entries in the activity about what was done.
    granted: i64,
    /// Different passwords: all of the demo's are one.
    passwords: i64,
    /// Drafts, and what was made of them.
    batches: i64,
}

const NONE: Rows = Rows {
    batches: 0,
    resets: 0,
    mails: 0,
    sessions: 0,
    asks: 0,
    granted: 0,
    passwords: 0,
};

impl Rows {
    async fn count(app: &TestApp) -> Self {
        Self {
            resets: app.number("SELECT count(*) FROM resets").await,
            mails: app.number("SELECT count(*) FROM mails").await,
            sessions: app.number("SELECT count(*) FROM sessions").await,
            asks: app.number("SELECT count(*) FROM asks").await,
            granted: app
                .number("SELECT count(*) FROM activity WHERE outcome = 'granted'")
                .await,
            passwords: app.number("SELECT count(DISTINCT password_hash) FROM users").await,
            batches: app.number("SELECT count(*) FROM batches").await,
        }
    }

    fn since(self, before: Self) -> Self {
        Self {
            resets: self.resets - before.resets,
            mails: self.mails - before.mails,
            sessions: self.sessions - before.sessions,
            asks: self.asks - before.asks,
            granted: self.granted - before.granted,
            passwords: self.passwords - before.passwords,
            batches: self.batches - before.batches,
        }
    }
}

async fn refused_entries(app: &TestApp) -> i64 {
    app.number("SELECT coalesce(sum(times), 0) FROM activity WHERE outcome = 'refused'")
        .await
}

/// A door: a server function, the path of a form, or a list that is downloaded.
struct Door {
    path: &'static str,
    /// Whose knock opens it.
    may: &'static [Who],
    /// The line of the role table behind it, where there is one: it must say the same.
    action: Option<Action>,
    /// What opening it changes.
    change: Rows,
}

const EVERYBODY: &[Who] = &Who::ALL;
const NOBODY_ELSE: &[Who] = &[Who::Anonymous];
const SIGNED_IN: &[Who] = &[
    Who::ReadOnly,
    Who::User,
    Who::Manager,
    Who::Administrator,
    Who::Stranger,
    Who::Guest,
    Who::Ungranted,
];
const COLLEAGUES: &[Who] = &[Who::ReadOnly, Who::User, Who::Manager, Who::Administrator, Who::Guest];
const MANAGER_UP: &[Who] = &[Who::Manager, Who::Administrator, Who::Guest];
const ADMINISTRATOR: &[Who] = &[Who::Administrator];
/// Each for the company that they act in.
const ADMINISTRATORS_OF_ANY: &[Who] = &[Who::Administrator, Who::Stranger];
/// Managers and administrators, of whatever company: each for the one that they act in.
const MANAGERS_OF_ANY: &[Who] = &[
    Who::Manager,
    Who::Administrator,
    Who::Stranger,
    Who::Guest,
    Who::Ungranted,
];

const SIGNING_IN: Rows = Rows {
    sessions: 1,
    granted: 1,
    ..NONE
};
const SIGNING_OUT: Rows = Rows {
    sessions: -1,
    granted: 1,
    ..NONE
};
const ASKING: Rows = Rows { asks: 1, ..NONE };
const TRIGGERING: Rows = Rows {
    resets: 1,
    mails: 1,
    granted: 1,
    ..NONE
};
const ONE_SESSION_LESS: Rows = SIGNING_OUT;
const SAVING: Rows = Rows { granted: 1, ..NONE };
/// Noted in the activity of both companies.
const IN_BOTH: Rows = Rows { granted: 2, ..NONE };
const CHOOSING: Rows = Rows { batches: 1, ..NONE };
/// The press, and the one person of the batch.
const SENDING: Rows = Rows {
    granted: 2,
    ..TRIGGERING
};
const SENDING_AGAIN: Rows = Rows { batches: 1, ..SENDING };
/// The press, and the one person of the batch with the notice to them.
const REVOKING_MANY: Rows = Rows {
    mails: 1,
    granted: 2,
    ..NONE
};
/// With the notice to the owner.
const REVOKING: Rows = Rows {
    mails: 1,
    granted: 1,
    ..NONE
};
/// Ada is Blue Heron's only administrator. The target has no session.
const DISAVOWING: Rows = Rows {
    mails: 1,
    granted: 1,
    ..NONE
};
const CREATING: Rows = Rows {
    resets: 1,
    mails: 1,
    // That somebody is created, and that their link is asked for.
    granted: 2,
    ..NONE
};
/// With the notice to the owner.
const REDEEMING: Rows = Rows {
    mails: 1,
    granted: 1,
    passwords: 1,
    ..NONE
};

/// Everything that can be called, as `product.md` has it.
const DOORS: &[Door] = &[
    Door {
        path: "/api/sign-in",
        may: EVERYBODY,
        action: None,
        change: SIGNING_IN,
    },
    Door {
        path: "/login",
        may: EVERYBODY,
        action: None,
        change: SIGNING_IN,
    },
    Door {
        path: "/logout",
        may: SIGNED_IN,
        action: None,
        change: SIGNING_OUT,
    },
    Door {
        path: "/api/ask-for-link",
        may: EVERYBODY,
        action: None,
        change: ASKING,
    },
    Door {
        path: "/reset-password",
        may: EVERYBODY,
        action: None,
        change: ASKING,
    },
    // Whoever has the link, has the right, unless somebody else is signed in there (E7).
    Door {
        path: "/api/redeem-link",
        may: NOBODY_ELSE,
        action: None,
        change: REDEEMING,
    },
    Door {
        path: "/reset-password/{token}",
        may: NOBODY_ELSE,
        action: None,
        change: REDEEMING,
    },
    // Whoever is signed in there: it only ends what is the target's.
    Door {
        path: "/reset-password/{token}/not-me",
        may: EVERYBODY,
        action: None,
        change: DISAVOWING,
    },
    Door {
        path: "/not-me/{token}",
        may: EVERYBODY,
        action: None,
        change: Rows {
            // The one that was set just before.
            passwords: -1,
            ..DISAVOWING
        },
    },
    Door {
        path: "/reset-password/open",
        may: EVERYBODY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/trigger-reset",
        may: MANAGER_UP,
        action: Some(Action::TriggerReset),
        change: TRIGGERING,
    },
    Door {
        path: "/company/users/{id}/reset",
        may: MANAGER_UP,
        action: Some(Action::TriggerReset),
        change: TRIGGERING,
    },
    // The target has a living link.
    Door {
        path: "/api/revoke-resets",
        may: MANAGER_UP,
        action: Some(Action::RevokeReset),
        change: REVOKING,
    },
    Door {
        path: "/company/users/{id}/revoke",
        may: MANAGER_UP,
        action: Some(Action::RevokeReset),
        change: REVOKING,
    },
    Door {
        path: "/api/resets-since",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: NONE,
    },
    Door {
        path: "/api/dashboard-since",
        // Everybody that of the company that they act in.
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/resets-list-since",
        // Everybody those of the company that they act in.
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    // Whoever has the link: it speaks for the target's account.
    Door {
        path: "/confirm-email/{token}",
        may: EVERYBODY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/stop-email/{token}",
        may: EVERYBODY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/company/users/{id}/cancel-email",
        may: MANAGER_UP,
        action: Some(Action::EditUser),
        change: SAVING,
    },
    Door {
        path: "/account/cancel-email",
        may: SIGNED_IN,
        action: None,
        change: SAVING,
    },
    // Everybody their own account.
    Door {
        path: "GET /account",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/save-details",
        may: SIGNED_IN,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/account",
        may: SIGNED_IN,
        action: None,
        change: SAVING,
    },
    // One session ends, another begins.
    Door {
        path: "/api/change-password",
        may: SIGNED_IN,
        action: None,
        change: REDEEMING,
    },
    Door {
        path: "/account/password",
        may: SIGNED_IN,
        action: None,
        change: REDEEMING,
    },
    Door {
        path: "/account/reset",
        may: SIGNED_IN,
        action: None,
        change: TRIGGERING,
    },
    Door {
        path: "/account/sessions/{id}/end",
        may: SIGNED_IN,
        action: None,
        change: ONE_SESSION_LESS,
    },
    Door {
        path: "/account/sessions/end-others",
        may: SIGNED_IN,
        action: None,
        change: ONE_SESSION_LESS,
    },
    Door {
        path: "/api/session-left",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/stay-signed-in",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    Door {
        path: "GET /dashboard",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    // Everybody their own company.
    Door {
        path: "GET /company",
        may: SIGNED_IN,
        action: Some(Action::ViewProfile),
        change: NONE,
    },
    Door {
        path: "/api/search-people",
        may: SIGNED_IN,
        action: Some(Action::ViewUsers),
        change: NONE,
    },
    // Everybody their own company, as far as their role goes.
    Door {
        path: "GET /company/edit",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "GET /company/notice",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/post-notice",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/company/notice",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/api/save-company",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/company/edit",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "GET /company/users/{id}",
        may: COLLEAGUES,
        action: Some(Action::ViewUsers),
        change: NONE,
    },
    // The stranger for their own company.
    Door {
        path: "GET /company/users/new",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: NONE,
    },
    Door {
        path: "/api/create-user",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: CREATING,
    },
    Door {
        path: "/company/users/new",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: CREATING,
    },
    Door {
        path: "GET /company/users/import",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: NONE,
    },
    // The same list for everybody.
    Door {
        path: SAMPLE,
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: NONE,
    },
    // It only shows what would come of a list.
    Door {
        path: "/company/users/import",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: CHOOSING,
    },
    // A list of one, which is carried out.
    Door {
        path: "/company/users/import/invite",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: Rows {
            batches: 1,
            granted: 3,
            ..CREATING
        },
    },
    Door {
        path: "/api/edit-user",
        may: MANAGER_UP,
        action: Some(Action::EditUser),
        change: SAVING,
    },
    // With the form `Role`, which the test of the roles sends.
    Door {
        path: "/company/users/{id}",
        may: MANAGER_UP,
        action: Some(Action::EditUser),
        change: SAVING,
    },
    Door {
        path: "/api/change-role",
        may: MANAGER_UP,
        action: Some(Action::ChangeRole(Role::ReadOnly)),
        change: SAVING,
    },
    // The target has a session.
    Door {
        path: "/company/users/{id}/sign-out",
        may: MANAGER_UP,
        action: Some(Action::SignOutUser),
        change: Rows {
            sessions: -1,
            granted: 1,
            ..NONE
        },
    },
    // The target has a session, and a password that is the demo's.
    Door {
        path: "/company/users/{id}/delete",
        may: MANAGER_UP,
        action: Some(Action::DeleteUser),
        change: Rows {
            sessions: -1,
            granted: 1,
            ..NONE
        },
    },
    Door {
        path: "GET /settings",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    // The companies linked to one's own.
    Door {
        path: "GET /companies",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    // With a grant.
    Door {
        path: "/companies/{id}/switch",
        may: MANAGER_UP,
        action: Some(Action::ActInLinked),
        change: IN_BOTH,
    },
    Door {
        path: "/companies/back",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    // The target is a manager.
    Door {
        path: "/company/users/{id}/give-access",
        may: ADMINISTRATOR,
        action: Some(Action::GrantLinked),
        change: IN_BOTH,
    },
    // The same, with a grant.
    Door {
        path: "/company/users/{id}/remove-access",
        may: ADMINISTRATOR,
        action: Some(Action::GrantLinked),
        change: IN_BOTH,
    },
    Door {
        path: "/company/users/{id}/restore",
        may: MANAGER_UP,
        action: Some(Action::RestoreUser),
        change: CREATING,
    },
    Door {
        path: "GET /company/resets/new",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/company",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: CHOOSING,
    },
    Door {
        path: "/company/resets/new",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: SENDING,
    },
    Door {
        path: "GET /company/resets/batches/{id}",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: NONE,
    },
    Door {
        path: "/api/batch-since",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: NONE,
    },
    Door {
        path: "GET /company/resets/batches/{id}/revoke",
        may: MANAGER_UP,
        action: None,
        change: NONE,
    },
    Door {
        path: "/company/resets/batches/{id}/again",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: SENDING_AGAIN,
    },
    Door {
        path: "/company/resets/batches/{id}/revoke",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: REVOKING_MANY,
    },
    Door {
        path: "/company/resets/batches/{id}/csv",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: SAVING,
    },
    // Downloads: everybody the lists of the company that they act in.
    Door {
        path: "/company/users.csv",
        may: MANAGERS_OF_ANY,
        action: Some(Action::SeeResets),
        change: SAVING,
    },
    Door {
        path: "/company/activity.csv",
        may: ADMINISTRATORS_OF_ANY,
        action: Some(Action::SeeActivity),
        change: SAVING,
    },
    Door {
        path: "/company/activity.jsonl",
        may: ADMINISTRATORS_OF_ANY,
        action: Some(Action::SeeActivity),
        change: SAVING,
    },
];

/// What the path of a row begins with that is a page, not what is posted there.
const PAGE: &str = "GET ";

impl Door {
    fn is_page(&self) -> bool {
        self.path.starts_with(PAGE)
    }

    /// Whether it holds people of a company: the sample of a list holds nobody.
    fn is_download(&self) -> bool {
        let is_file = self.path.contains('.') || self.path.ends_with("/csv");
        self.path.starts_with("/company/") && is_file && self.path != SAMPLE
    }
}

/// On whom a knock is.
struct Target {
    email: String,
    id: UserId,
    /// The company that the one who knocks acts in.
    company: String,
    /// Of a living link of the target, where the door needs one.
    token: String,
    password: String,
    /// Where another session of the one who knocks is ended.
    end_session: String,
    name: String,
    /// The linked company.
    child: String,
    /// A batch about the target, where the door needs one.
    batch: String,
}

/// Knocks as the door's form or function is called.
async fn knock(browser: &Client, path: &str, target: &Target) -> Page {
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
async fn knock_at_batches(browser: &Client, path: &str, target: &Target) -> Page {
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
async fn batch_for(app: &TestApp, door: &Door, who: Who, id: UserId) -> String {
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
async fn quiet(app: &TestApp) {
    app.until("the batches are carried out", async || {
        app.number("SELECT count(*) FROM batches WHERE state IN ('pressed', 'revoking')")
            .await
            == 0
    })
    .await;
}

/// The same, where people are created and edited.
async fn knock_at_people(browser: &Client, path: &str, target: &Target) -> Page {
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
async fn draft_of(browser: &Client, company: &str, email: &str) -> String {
    const FORM: &str = "/company/users/import";
    if browser.get(FORM).await.status != 200 {
        return NOBODY.to_owned();
    }
    let lines = format!("New Person,{email}");
    let checked = browser.post(FORM, &[("company", company), ("lines", &lines)]).await;
    checked.location().rsplit('=').next().unwrap_or_default().to_owned()
}

/// The version of the company in the form, for those who see the form.
async fn version_for(browser: &Client) -> String {
    let page = browser.get("/company/edit").await;
    if page.status != 200 {
        return "0".to_owned();
    }
    let form = page.form("Save company details");
    let version = form.fields().find(|(name, _)| *name == "version");
    version.map(|(_, version)| version.to_owned()).unwrap_or_default()
}

/// Gives somebody access to the companies that are linked to theirs.
fn given(email: &str) -> String {
    format!(
        "INSERT INTO grants (user_id, company_id, child_id, given_at) SELECT users.id, users.company_id, companies.id, 0 \
         FROM users JOIN companies ON companies.parent_id = users.company_id WHERE users.email_key = '{email}' \
         ON CONFLICT DO NOTHING"
    )
}

async fn company_of(app: &TestApp, email: &str) -> String {
    let id = app.user_id(email).await;
    let found = user::Entity::find_by_id(id.as_uuid()).one(app.services().db.reader());
    let person = found.await.expect("the database answers").expect("somebody");
    person.company_id.to_string()
}

/// Whoever helps somebody: of the same company.
fn helper_of(email: &str) -> &'static str {
    if email.ends_with("@heronnord.example") {
        NILS
    } else {
        MAX
    }
}

/// A fresh link for somebody, its mail accepted.
async fn link_for(app: &TestApp, email: &str) -> String {
    let max = app.sign_in_as(helper_of(email)).await;
    app.trigger(&max, email).await;
    let link = link_of(&app.mail_to(email).await);
    let page = app.page_of(email).await;
    app.page_says(&max, &page, "Mail accepted").await;
    link
}

/// Has somebody enter a new address of their own.
async fn enter_own(app: &TestApp, email: &str) {
    let browser = app.sign_in_as(email).await;
    let form = browser.get("/account").await.form("Save details");
    let form = form
        .fill("Email", &format!("new.{email}"))
        .fill("Current password", PASSWORD);
    browser.submit(form).await.expect_status(303);
}

/// Has a helper enter a new address for somebody: the path of the link to confirm it, or to stop it.
async fn entered_for(app: &TestApp, email: &str, stops: bool) -> String {
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
async fn notice_for(app: &TestApp, email: &str, password: &str) -> String {
    let link = link_for(app, email).await;
    app.redeem(&link, password).await.expect_status(303);
    not_me_of(&app.mails_to(email, 2).await[1])
}

#[test]
fn d1_every_server_function_has_a_row() {
    let rows: BTreeSet<_> = DOORS.iter().map(|door| door.path).collect();
    let functions: Vec<_> = server_fn_paths().collect();
    assert!(functions.len() >= 7, "{functions:?}");
    for (path, method) in functions {
        assert!(rows.contains(path), "{method} {path} has no row");
    }
}

/// The path of a form as the rows have it.
pub fn pattern_of(action: &str) -> String {
    let parts: Vec<_> = action.split('/').collect();
    match &parts[..] {
        ["", "reset-password", "open"] | ["", "company", "users", "new" | "import" | "sample.csv", ..] => {
            action.to_owned()
        }
        ["", "company", "users", list] if list.starts_with("import?") => "/company/users/import".to_owned(),
        ["", "reset-password", _, "not-me"] => "/reset-password/{token}/not-me".to_owned(),
        ["", "not-me", _] => "/not-me/{token}".to_owned(),
        ["", "confirm-email", _] => "/confirm-email/{token}".to_owned(),
        ["", "stop-email", _] => "/stop-email/{token}".to_owned(),
        ["", "companies", _, "switch"] => "/companies/{id}/switch".to_owned(),
        ["", "reset-password", _] => "/reset-password/{token}".to_owned(),
        ["", "account", "sessions", _, "end"] => "/account/sessions/{id}/end".to_owned(),
        ["", "company", list] if list.contains('.') => action.to_owned(),
        ["", "company", "users", _] => "/company/users/{id}".to_owned(),
        ["", list] if list.starts_with("company?") => "/company".to_owned(),
        ["", "company", "resets", new] if new.starts_with("new") => "/company/resets/new".to_owned(),
        ["", "company", "resets", "batches", _, rest] => {
            format!("/company/resets/batches/{{id}}/{rest}")
        }
        ["", "company", "users", _, rest @ ..] => format!("/company/users/{{id}}/{}", rest.join("/")),
        _ => action.to_owned(),
    }
}

/// The paths to which forms are posted.
pub fn posted_to() -> impl Iterator<Item = &'static str> {
    let takes_a_form = |door: &&Door| !door.is_download() && door.path != SAMPLE;
    let paths = DOORS.iter().filter(takes_a_form).map(|door| door.path);
    paths.filter(|path| !path.starts_with("/api/") && !path.starts_with(PAGE))
}

/// Pages that have, together and for one or another reader, every form that there is. What they need is in the database.
pub async fn pages_with_forms(app: &TestApp) -> Vec<String> {
    let link = link_for(app, UMA).await;
    // Of another one: what is done at the first would end it.
    let not_me = format!("{}/not-me", link_for(app, "person16@blueheron.example").await);
    let notice = notice_for(app, "person12@blueheron.example", &password(1)).await;
    let (umas, dels) = (app.page_of(UMA).await, app.page_of(DEL).await);
    let changing = "person13@blueheron.example";
    let confirms = entered_for(app, changing, false).await;
    let mut stops = app.mail_to(changing).await.links.into_iter();
    let stops = stops.find(|link| link.contains("/stop-email/"));
    let stops = stops.expect("such a link");
    let changings = app.page_of(changing).await;
    let [maxs, agnes] = [app.page_of(MAX).await, app.page_of(AGNES).await];
    enter_own(app, ROB).await;
    let door = |end: &str| DOORS.iter().find(|door| door.path.ends_with(end)).expect("a door");
    let [one, other, third] = [
        "person14@blueheron.example",
        "person15@blueheron.example",
        "person17@blueheron.example",
    ];
    let revoked = batch_for(app, door("batches/{id}/revoke"), Who::Manager, app.user_id(third).await).await;
    let batch = batch_for(app, door("/again"), Who::Manager, app.user_id(one).await).await;
    let batch = format!("/company/resets/batches/{batch}");
    let draft = batch_for(app, door("resets/new"), Who::Manager, app.user_id(other).await).await;
    let max = app.sign_in_as(MAX).await;
    let list = draft_of(&max, &company_of(app, MAX).await, "new@new.example").await;
    let list = format!("/company/users/import?draft={list}");
    [
        "/login",
        "/logout",
        "/reset-password",
        "/reset-password?sent=1",
        "/reset-password/open",
        "/reset-password/nonsense",
        &link,
        &not_me,
        &notice,
        "/dashboard",
        "/settings",
        "/account",
        "/account/password",
        // The drafts come before the pages where more of them are made: only the newest twenty are kept.
        &format!("/company/resets/new?draft={draft}"),
        &list,
        // Before the list of resets, where another link for the same person may be asked for; each with a batch of its own, since
        // what is done to one of its resets is done to all.
        &batch,
        &format!("/company/resets/batches/{revoked}/revoke"),
        "/company",
        "/company?tab=users",
        "/company?tab=resets",
        "/company?tab=activity",
        "/company/edit",
        "/company/notice",
        &umas,
        "/company/users/new",
        "/company/resets/new",
        "/company/users/import",
        "/company/users/import?from=lines",
        "/company/users/import?from=file",
        &confirms,
        &stops,
        &changings,
        "/companies",
        &maxs,
        &agnes,
        &format!("{umas}/delete"),
        &format!("{dels}/restore"),
        "/nowhere",
    ]
    .map(str::to_owned)
    .into()
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

/// The token of the link that the door needs; empty where it needs none.
async fn token_for(app: &TestApp, door: &Door, number: usize, email: &str) -> String {
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
async fn prepare(app: &TestApp, door: &Door, who: Who, email: &str) {
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

/// Whether a refusal is kept in the activity: pages that only read keep none.
/// The list to be filled in: it is the same for everybody who may create somebody.
const SAMPLE: &str = "/company/users/sample.csv";

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
