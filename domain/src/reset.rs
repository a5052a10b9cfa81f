//! The life of a reset. The mail's state and the link's state are two things; one function makes the headline of
//! them. All are functions of what is stored and `now`. Cases A1, A2, A7 and G8; product.md, "A reset's life".

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::word::words;

words! {
    /// Why there is a reset.
    pub enum Kind {
        /// A manager or administrator asked for it.
        Manager = "manager",
        /// The person asked, by "Forgot password?".
        Oneself = "oneself",
        /// The account is new and gets its first password.
        Invitation = "invitation",
        /// The account was restored; the old password does not come back.
        Restore = "restore",
    }
}

words! {
    /// Where the mail is.
    pub enum MailState {
        /// Waits for its first try.
        Queued = "queued",
        /// Is being handed over now.
        Sending = "sending",
        /// The mail server took it. That does not prove that it reached the inbox.
        Accepted = "accepted",
        /// Was put off; there will be another try.
        Deferred = "deferred",
        /// The mail server refused it for good.
        Refused = "refused",
        /// Was not sent, since its link ended or its deadline passed first (case G8).
        Dropped = "dropped",
    }
}

words! {
    /// How a link was ended by an event. Running out of time is no event and is not stored.
    pub enum LinkEnd {
        /// A new password was set with it.
        Used = "used",
        /// The mail of a newer reset was accepted (case A7).
        Replaced = "replaced",
        /// A manager withdrew it, or the recipient: "this was not me".
        Revoked = "revoked",
        /// The account was deleted, or its address or password changed (case A9).
        Cancelled = "cancelled",
    }
}

words! {
    /// What cancelled a link.
    pub enum CancelledFor {
        /// The account was deleted.
        AccountDeleted = "account-deleted",
        /// Its address changed, or the one before came back.
        EmailChanged = "email-changed",
        /// Its password changed.
        PasswordChanged = "password-changed",
    }
}

words! {
    /// Why the recipient withdrew a link, by the mail's own page.
    pub enum RecipientSaid {
        /// "I did not ask for this": the administrators are told.
        NotAsked = "not-asked",
        /// "I do not need it any more".
        NotNeeded = "not-needed",
    }
}

words! {
    /// Whether a link works, and if not, why.
    pub enum LinkState {
        /// It works.
        Living = "living",
        /// A new password was set with it.
        Used = "used",
        /// Its time is over.
        Expired = "expired",
        /// A newer one was sent.
        Replaced = "replaced",
        /// It was withdrawn.
        Revoked = "revoked",
        /// The account was deleted, or its address or password changed.
        Cancelled = "cancelled",
    }
}

words! {
    /// What a page says first about a reset.
    pub enum Headline {
        /// The mail server does not have the mail yet.
        Waiting = "waiting",
        /// As `Waiting`, for a minute or longer.
        StillWaiting = "still-waiting",
        /// The mail server asked to try later.
        Delayed = "delayed",
        /// The mail server took the mail.
        Accepted = "accepted",
        /// The mail server refused the mail for good.
        Refused = "refused",
        /// The operator's command has shown the link, which goes past the mail.
        HandedOver = "handed-over",
        /// A new password was set.
        Used = "used",
        /// The mail went out, but the link was not used in time.
        Expired = "expired",
        /// The mail could not go out in time.
        NotSentInTime = "not-sent-in-time",
        /// A newer link was sent.
        Replaced = "replaced",
        /// The link was withdrawn.
        Revoked = "revoked",
        /// The account was deleted, or its address or password changed.
        Cancelled = "cancelled",
    }
}

/// Whether a press on a reset makes it say so at once: what the press has told itself is not told again.
pub fn is_of_a_press(headline: Headline) -> bool {
    matches!(headline, Headline::Waiting | Headline::Revoked)
}

/// After this time in the queue a page says that we go on trying.
pub const STILL_WAITING_AFTER: Duration = Duration::from_mins(1);

/// The state of a link: its end if it had one, else its time. It works while `now < expires_at` (case A1).
pub fn link_state(end: Option<LinkEnd>, expires_at: Timestamp, now: Timestamp) -> LinkState {
    match end {
        Some(LinkEnd::Used) => LinkState::Used,
        Some(LinkEnd::Replaced) => LinkState::Replaced,
        Some(LinkEnd::Revoked) => LinkState::Revoked,
        Some(LinkEnd::Cancelled) => LinkState::Cancelled,
        None if now < expires_at => LinkState::Living,
        None => LinkState::Expired,
    }
}

/// The headline: the link's end, else the mail's state and the time.
///
/// A refused mail stays refused when the time is over: that the link "was not used" would blame the person who
/// never got it.
pub fn headline(
    end: Option<LinkEnd>,
    mail: MailState,
    asked_at: Timestamp,
    expires_at: Timestamp,
    now: Timestamp,
) -> Headline {
    match (link_state(end, expires_at, now), mail) {
        (LinkState::Used, _) => Headline::Used,
        (LinkState::Replaced, _) => Headline::Replaced,
        (LinkState::Revoked, _) => Headline::Revoked,
        (LinkState::Cancelled, _) => Headline::Cancelled,
        (LinkState::Living | LinkState::Expired, MailState::Refused) => Headline::Refused,
        (LinkState::Expired, MailState::Accepted) => Headline::Expired,
        (LinkState::Expired, _) | (LinkState::Living, MailState::Dropped) => Headline::NotSentInTime,
        (LinkState::Living, MailState::Accepted) => Headline::Accepted,
        (LinkState::Living, MailState::Deferred) => Headline::Delayed,
        (LinkState::Living, MailState::Queued | MailState::Sending) if now.since(asked_at) >= STILL_WAITING_AFTER => {
            Headline::StillWaiting
        }
        (LinkState::Living, MailState::Queued | MailState::Sending) => Headline::Waiting,
    }
}

/// The headline where the operator's command has shown the link: the mail is only the notice of that to the owner.
pub fn headline_of_shown(end: Option<LinkEnd>, expires_at: Timestamp, now: Timestamp) -> Headline {
    match link_state(end, expires_at, now) {
        LinkState::Living => Headline::HandedOver,
        LinkState::Used => Headline::Used,
        LinkState::Expired => Headline::Expired,
        LinkState::Replaced => Headline::Replaced,
        LinkState::Revoked => Headline::Revoked,
        LinkState::Cancelled => Headline::Cancelled,
    }
}

/// Whether the newest reset of a person invites to a new one: its mail went, or never will, and no password was set.
pub const fn offers_send_again(headline: Headline) -> bool {
    matches!(
        headline,
        Headline::Accepted
            | Headline::Refused
            | Headline::HandedOver
            | Headline::Expired
            | Headline::NotSentInTime
            | Headline::Revoked
    )
}

/// Whether there is a link to withdraw, or one that may still go out.
pub const fn offers_revoke(headline: Headline) -> bool {
    may_change(headline)
}

/// Whether anything can still happen to the reset by itself; while nothing can, a page need not ask again.
pub const fn may_change(headline: Headline) -> bool {
    matches!(
        headline,
        Headline::Waiting | Headline::StillWaiting | Headline::Delayed | Headline::Accepted | Headline::HandedOver
    )
}

/// Whether it says anything until when the link works, or did: of one that has ended before, the time that it would have had is none.
pub const fn has_deadline(headline: Headline) -> bool {
    may_change(headline) || matches!(headline, Headline::Expired)
}

/// Whether a reset still waits for its mail. While one does, another press for the same person answers with it.
pub fn waits_for_mail(mail: MailState, state: LinkState) -> bool {
    let is_open = matches!(mail, MailState::Queued | MailState::Sending | MailState::Deferred);
    is_open && state == LinkState::Living
}

/// Why a number of hours is no lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LifetimeProblem {
    /// Less than 1 hour: the mail may take that long.
    #[error("a link has to work for at least {} hour", Lifetime::MIN_HOURS)]
    TooShort,
    /// More than 24 hours.
    #[error("a link may work for at most {} hours", Lifetime::MAX_HOURS)]
    TooLong,
}

/// How long the link of a reset works, from the asking: 1 to 24 whole hours, as the operator set it (case A2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Lifetime {
    hours: u32,
}

impl Lifetime {
    /// The shortest, in hours.
    pub const MIN_HOURS: u32 = 1;
    /// The longest, in hours.
    pub const MAX_HOURS: u32 = 24;

    /// A lifetime of so many hours.
    pub const fn hours(hours: u32) -> Result<Self, LifetimeProblem> {
        if hours < Self::MIN_HOURS {
            Err(LifetimeProblem::TooShort)
        } else if hours > Self::MAX_HOURS {
            Err(LifetimeProblem::TooLong)
        } else {
            Ok(Self { hours })
        }
    }

    /// In whole hours, for the texts.
    pub const fn as_hours(self) -> u32 {
        self.hours
    }

    /// As a duration.
    pub const fn as_duration(self) -> Duration {
        Duration::from_secs(self.hours as u64 * 3600)
    }
}

/// 24 hours.
impl Default for Lifetime {
    fn default() -> Self {
        Self { hours: Self::MAX_HOURS }
    }
}

impl TryFrom<u32> for Lifetime {
    type Error = LifetimeProblem;

    fn try_from(hours: u32) -> Result<Self, LifetimeProblem> {
        Self::hours(hours)
    }
}

impl From<Lifetime> for u32 {
    fn from(lifetime: Lifetime) -> Self {
        lifetime.hours
    }
}

/// How long a reset of this kind lives: a manager's and one's own as long as the operator has set, invitations and restores 72 hours.
pub const fn lifetime(kind: Kind, set: Lifetime) -> Duration {
    match kind {
        Kind::Manager | Kind::Oneself => set.as_duration(),
        Kind::Invitation | Kind::Restore => Duration::from_hours(72),
    }
}

/// 32 signs, so that 5 bits of a random byte choose one without bias. Without `0`, `1`, `I` and `O`, which look like
/// others.
const REFERENCE_SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// The short name of a reset, the same in the mail and in the history, to be read out on the phone. It finds
/// nothing and opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// The text is no reference: 6 signs of `A`–`Z` and `2`–`9` without `I` and `O`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reference")]
pub struct MalformedReference;

impl Reference {
    /// A reference from 6 random bytes.
    pub fn from_random(random: [u8; 6]) -> Self {
        Self(
            random
                .iter()
                .map(|byte| char::from(REFERENCE_SIGNS[usize::from(byte & 31)]))
                .collect(),
        )
    }

    /// The 6 signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Reference {
    type Err = MalformedReference;

    fn from_str(text: &str) -> Result<Self, MalformedReference> {
        let is_reference = text.len() == 6 && text.bytes().all(|byte| REFERENCE_SIGNS.contains(&byte));
        if is_reference {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedReference)
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = MalformedReference;

    fn try_from(text: String) -> Result<Self, MalformedReference> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests;
