//! What the notice of a changed password must say and can't be read from other rows later, as kept with the mail.

use sea_orm::sea_query::Expr;
use serde::{Deserialize, Serialize};

/// The circumstances of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeFacts {
    /// The id of the reset whose link was used; none where it was changed while signed in.
    pub reset: Option<String>,
    /// When, in milliseconds UTC.
    pub changed_at: i64,
    /// With which browser, in words.
    pub device: Option<String>,
    /// From where.
    pub client_address: String,
    /// How many living sessions ended.
    pub signed_out: u64,
    /// The new address that waited and was cancelled by it.
    #[serde(default)]
    pub cancelled_email: Option<String>,
}

impl ChangeFacts {
    /// As it is kept with the mail.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// As a column beside resets: what the notice keeps of the change that was made with the reset's link.
pub(super) fn of_reset() -> Expr {
    // Literal words: bound ones do not show that the partial index fits.
    Expr::cust(
        "CASE WHEN resets.ended_as = 'used' THEN (SELECT notices.facts FROM mails AS notices WHERE notices.user_id = \
         resets.user_id AND notices.created_at = resets.ended_at AND notices.kind = 'password_changed' LIMIT 1) END",
    )
}
