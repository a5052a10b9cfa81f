//! What pages show of a new address for an account.

use rekey_domain::mail_reply::PlainReason;

/// A new address that does not count yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PendingEmail {
    /// The address.
    pub new: String,
    /// What it waits for.
    pub waits: Waits,
}

/// What a new address waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Waits {
    /// That it is confirmed.
    Confirming,
    /// Nothing any more: the mail that asks it to confirm itself was refused.
    Refused(PlainReason),
    /// That the old address is told.
    Telling,
    /// That it is this time, in the reader's zone.
    Until(String),
}

/// `/confirm-email/{token}` and `/stop-email/{token}`, before anything is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailForm {
    /// `For Ana Lima at Acme. Entered by …`
    pub about: String,
    /// The address before.
    pub old: String,
    /// The address to be.
    pub new: String,
    /// From when it counts, where that is later than its confirming.
    pub counts: Option<String>,
    /// What stopping it does.
    pub stopping: StopDoes,
}

/// What stopping a change does, apart from that the old address stays or comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopDoes {
    /// Nothing else: it does not count yet.
    Stops,
    /// Ends all sessions and the password: somebody entered it with the password.
    SignsOut,
    /// The same, and the old address comes back.
    BringsBack,
    /// The account stays deleted, or is deleted again.
    StaysDeleted,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailDone {
    /// The new address counts.
    Counts,
    /// It is confirmed and counts later.
    Confirmed,
    /// The change is stopped.
    Stopped,
    /// The same, and all sessions and the password are gone: whoever entered it knew the password.
    StoppedSignedOut,
    /// The same, and the account stays deleted, or is deleted again.
    StaysDeleted,
    /// The old address is back.
    TakenBack,
}
