//! One's own account: what its page shows, and the inputs of its forms.

use rekey_domain::id::{CompanyId, SessionId};
use rekey_domain::secret::Secret;
use rekey_domain::text::Typed;
use serde::{Deserialize, Serialize};

use crate::wire::email_change::PendingEmail;
use crate::wire::resets::EarlierReset;
use crate::wire::views::{LatestReset, Moment};

/// `/account`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// The name, as the form shows it first.
    pub name: String,
    /// The address that one signs in with.
    pub email: String,
    /// The new address that does not count yet.
    pub pending_email: Option<PendingEmail>,
    /// The zone that the person chose; none follows the company.
    pub time_zone: Option<String>,
    /// The company's zone.
    pub company_zone: String,
    /// All zones there are, by name.
    pub zones: Vec<String>,
    /// Whether the person may start a reset of their own.
    pub starts_resets: bool,
    /// Living sessions, this one first.
    pub sessions: Vec<SessionRow>,
    /// The newest of the own resets.
    pub latest: Option<LatestReset>,
    /// The others, newest first.
    pub earlier: Vec<EarlierReset>,
    /// The zone that the times are in.
    pub zone: String,
}

/// One place where the person is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Which.
    pub id: SessionId,
    /// Browser and system in words, where they are known.
    pub device: Option<String>,
    /// From where.
    pub address: String,
    /// When it was last used, to 5 minutes.
    pub last_active: Moment,
    /// Whether it is the one that reads this.
    pub is_this: bool,
}

/// The form `Details`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DetailsInput {
    /// The company that the page showed (D3). The own account is nobody else's: a form without it works too.
    pub company: Option<CompanyId>,
    /// As typed.
    pub name: Typed,
    /// As typed. None is the same as the address that there is.
    pub email: Option<Typed>,
    /// As typed: a new address needs it.
    pub current_password: Option<Secret>,
    /// A zone's name; empty follows the company.
    pub time_zone: Typed,
}

/// The form of `/account/password`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangePasswordInput {
    /// The company that the page showed (D3). The own account is nobody else's: a form without it works too.
    pub company: Option<CompanyId>,
    /// As typed.
    pub current_password: Secret,
    /// As typed.
    pub new_password: Secret,
}

/// How long the session goes on without activity, and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLeft {
    /// Seconds until it ends for want of activity.
    pub idle_seconds: u64,
    /// Seconds until it ends whatever happens.
    pub absolute_seconds: u64,
}
