//! The life of a reset as pages show it: its steps, and the resets before it.

use rekey_domain::id::ResetId;
use rekey_domain::reset::Headline;

use crate::wire::views::Moment;

/// One step of a reset's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The same as long as it is the same step: what was opened there stays open.
    pub key: String,
    /// When.
    pub at: Moment,
    /// What happened, and by whom.
    pub text: String,
    /// What the mail server said, where it said something.
    pub reply: Option<ServerReply>,
}

/// The mail server's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerReply {
    /// The reply's code; none where no reply came.
    pub code: Option<u16>,
    /// The enhanced code that the words begin with, such as `5.1.1`.
    pub enhanced: Option<String>,
    /// The words behind it as said, 500 characters at most.
    pub text: String,
}

/// A reset before the newest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierReset {
    /// Which.
    pub id: ResetId,
    /// When it was asked.
    pub asked: Moment,
    /// By whom, in words.
    pub asked_by: String,
    /// Its badge.
    pub headline: Headline,
    /// Until when its link lived, or would have.
    pub valid_until: Option<Moment>,
    /// The same as in the mail.
    pub reference: String,
}
