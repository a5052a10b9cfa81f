//! Who knocks at a door, and what a knock leaves in the database.

use rekey_domain::policy::Action;
use rekey_domain::role::Role;

use super::doors::Door;
use super::prepare::given;
use crate::support::people::{ADA, AGNES, MAX, NILS, QUINN, ROB, UMA};
use crate::support::{Client, TestApp};

/// A manager of the parent who has a grant, once [`given`].
pub(super) const GUEST: &str = "person11@blueheron.example";
/// An id of nobody.
pub(super) const NOBODY: &str = "01980000-0000-7000-8000-000000000000";

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

    pub(super) fn email(self) -> Option<&'static str> {
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
    pub(super) fn role(self) -> Option<Role> {
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
    pub(super) fn colleague_of_target(self) -> &'static str {
        match self {
            Self::Guest => NILS,
            _ => self.email().unwrap_or(UMA),
        }
    }

    /// By what one sees whose list it is, and whether that is to be seen: only that of the company acted in.
    pub(super) fn signs_of_companies(self, door: &Door) -> [(&'static str, bool); 3] {
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
    pub(super) fn target(self, number: usize) -> String {
        match self {
            Self::Guest => "person02@heronnord.example".to_owned(),
            Self::Ungranted => "person03@heronnord.example".to_owned(),
            _ => format!("person{}@blueheron.example", 12 + number),
        }
    }
}

/// How many rows a knock adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) resets: i64,
    pub(super) mails: i64,
    pub(super) sessions: i64,
    pub(super) asks: i64,
    /// Entries in the activity about what was done.
    pub(super) granted: i64,
    /// Different passwords: all of the demo's are one.
    pub(super) passwords: i64,
    /// Drafts, and what was made of them.
    pub(super) batches: i64,
}

pub(super) const NONE: Rows = Rows {
    batches: 0,
    resets: 0,
    mails: 0,
    sessions: 0,
    asks: 0,
    granted: 0,
    passwords: 0,
};

impl Rows {
    pub(super) async fn count(app: &TestApp) -> Self {
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

    pub(super) fn since(self, before: Self) -> Self {
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

pub(super) async fn refused_entries(app: &TestApp) -> i64 {
    app.number("SELECT coalesce(sum(times), 0) FROM activity WHERE outcome = 'refused'")
        .await
}
