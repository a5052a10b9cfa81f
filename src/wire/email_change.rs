//! What pages show of a new address for an account.

use serde::{Deserialize, Serialize};

/// A new address that does not count yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingEmail {
    /// The address.
    pub new: String,
    /// When it counts, in the reader's zone; none while it is not confirmed.
    pub counts_from: Option<String>,
}

/// `/confirm-email/{token}` and `/stop-email/{token}`, before anything is pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailForm {
    /// `For Ana Lima at Acme. Entered by …`
    pub about: String,
    /// The address before.
    pub old: String,
    /// The address to be.
    pub new: String,
    /// From when it counts, where that is later than its confirming.
    pub counts: Option<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmailDone {
    /// The new address counts.
    Counts,
    /// It is confirmed and counts later.
    Confirmed,
    /// The change is stopped.
    Stopped,
    /// The old address is back.
    TakenBack,
}
