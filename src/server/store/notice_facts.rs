//! What notices other than that of a changed password must say and can't be read from other rows later, as kept with
//! the mail.

use rekey_domain::id::UserId;
use serde::{Deserialize, Serialize};

/// Of "link withdrawn": who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawnFacts {
    /// The name of that time.
    pub by: String,
    /// The role of that time.
    pub role: rekey_domain::role::Role,
    /// When, in milliseconds UTC.
    pub at: i64,
}

/// Of the mails about a new address: which one. The rest is read from the change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailChangeFacts {
    /// The id of the change.
    pub change: String,
}

/// Of the mail that says whom to ask: what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskManagerFacts {
    /// When, in milliseconds UTC.
    pub asked_at: i64,
    /// Browser and system in words, where they are known.
    pub device: Option<String>,
    /// From where.
    pub client_address: String,
}

/// Of the mail to an administrator: who said "this was not me", about what, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMeFacts {
    /// The id of whoever said it.
    pub person: UserId,
    /// Their name of that time.
    pub name: String,
    /// Their address of that time.
    pub email: String,
    /// When, in milliseconds UTC.
    pub at: i64,
    /// About what.
    pub about: AboutFacts,
}

/// What was disavowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AboutFacts {
    /// A mail with a link.
    Link {
        /// The name of whoever asked for it; none where the person's address was entered, or for the operator.
        asked_by: Option<String>,
        /// When it was asked for, in milliseconds UTC.
        asked_at: i64,
        /// The short sign in the mail and on the page.
        reference: String,
        /// How many living sessions ended now.
        #[serde(default)]
        signed_out: u64,
    },
    /// A changed password.
    Change {
        /// When it was changed, in milliseconds UTC.
        changed_at: i64,
        /// How many living sessions ended now.
        signed_out: u64,
    },
}
