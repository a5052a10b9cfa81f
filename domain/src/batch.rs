//! Many at once: who of the people chosen gets a link and who does not, and how the mails are spread over time. A batch
//! begins as a draft, which is shown; what was shown is decided again when it is carried out. Cases C5 and D5.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::company_details::{self, DetailProblem};
use crate::limit::{Limits, one_more_within_the_hour};
use crate::policy::{self, Action, Actor, Refusal, Target};
use crate::time::Timestamp;
use crate::word::words;

/// The most lines of one batch.
pub const MOST_LINES: usize = 10_000;
/// How long a draft that nobody has pressed is kept.
pub const DRAFT_LIFE: Duration = Duration::from_hours(24);
/// The most batches of one company that are being carried out (case F10).
pub const MOST_OPEN: u64 = 10;
/// So many drafts of one person are kept, the newest (case F10).
pub const KEPT_DRAFTS: u64 = 20;
/// The longest reason, in signs.
pub const LONGEST_REASON: usize = 200;

words! {
    /// Where a batch stands.
    pub enum BatchState {
        /// Shown, and not pressed yet.
        Draft = "draft",
        /// Pressed; it has lines that are still to be carried out.
        Pressed = "pressed",
        /// Every line is carried out.
        Done = "done",
        /// Its links are to be withdrawn.
        Revoking = "revoking",
        /// They were.
        Revoked = "revoked",
    }
}

words! {
    /// What a batch does.
    pub enum BatchKind {
        /// Links for people who are there.
        Resets = "resets",
        /// New people, with their invitations.
        Import = "import",
    }
}

words! {
    /// Where a line of a batch stands, or why nothing comes of it.
    pub enum LineOutcome {
        /// It will be carried out.
        Ready = "ready",
        /// It was: there is a reset.
        Done = "done",
        /// The batch was withdrawn before.
        Revoked = "revoked",
        /// Whoever pressed may not do it any more.
        NotAllowed = "not-allowed",
        /// The account is deleted.
        Deleted = "deleted",
        /// A link for the person waits to be sent.
        AlreadyWaiting = "already-waiting",
        /// The person got as many as a limit lets through.
        Limit = "limit",
        /// Nobody of the company has this address.
        NotHere = "not-here",
        /// Nobody does this to themselves.
        You = "you",
        /// The text is no address, or the address can't be one.
        BadEmail = "bad-email",
        /// The same person or address stands on an earlier line.
        Twice = "twice",
        /// Somebody of the company uses the address.
        AlreadyHere = "already-here",
        /// The address can't be used.
        Unusable = "unusable",
        /// The name can't be one.
        BadName = "bad-name",
        /// The text names no role.
        BadRole = "bad-role",
        /// Whoever imports may not give this role.
        RoleNotAllowed = "role-not-allowed",
        /// The line has not the columns that it should.
        Malformed = "malformed",
    }
}

/// A reset that was asked for by somebody else than the person, as far as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// When.
    pub at: Timestamp,
    /// Whether by a batch.
    pub of_batch: bool,
}

/// What decides about one of the people chosen.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The person, as far as there is one.
    pub target: Option<&'a Target>,
    /// Whether a link for them waits to be sent.
    pub waits: bool,
    /// What counts of the last hour, in any order.
    pub past: &'a [Counted],
}

/// Why somebody gets no link, or nothing against it. With [`LineOutcome::Limit`] comes when there can be one.
///
/// A batch has an allowance of its own, once an hour for everybody, besides what a person may get within an hour.
pub fn check(
    actor: &Actor,
    candidate: Candidate<'_>,
    limits: &Limits,
    now: Timestamp,
) -> Result<(), (LineOutcome, Option<Timestamp>)> {
    let refused = |outcome| Err((outcome, None));
    let Some(target) = candidate.target else {
        return refused(LineOutcome::NotHere);
    };
    match policy::decide(actor, Action::TriggerReset, Some(target)) {
        Ok(()) => {}
        Err(Refusal::NotFound) => return refused(LineOutcome::NotHere),
        Err(Refusal::Oneself) => return refused(LineOutcome::You),
        Err(Refusal::Deleted) => return refused(LineOutcome::Deleted),
        Err(_) => return refused(LineOutcome::NotAllowed),
    }
    if candidate.waits {
        return refused(LineOutcome::AlreadyWaiting);
    }
    let all: Vec<_> = candidate.past.iter().map(|counted| counted.at).collect();
    let of_batches: Vec<_> = candidate
        .past
        .iter()
        .filter(|counted| counted.of_batch)
        .map(|counted| counted.at)
        .collect();
    let holds = |past: &[Timestamp], most: Option<NonZeroU32>| {
        most.and_then(|most| one_more_within_the_hour(past, most, now).err())
    };
    let until = holds(&all, limits.resets_per_person).max(holds(&of_batches, limits.batch_resets_per_person));
    match until {
        None => Ok(()),
        until => Err((LineOutcome::Limit, until)),
    }
}

/// Why somebody sends to many, as they typed it: one line, or nothing.
///
/// # Errors
/// What is wrong with it.
pub fn reason(text: &str) -> Result<Option<String>, DetailProblem> {
    company_details::line(text, LONGEST_REASON)
}

/// How many people of a batch have no reset yet, where its lines were counted first, `ready` and `done`, and its resets after
/// that: whoever was carried out in between was counted as ready, and has a reset all the same.
///
/// Resets that were deleted by their age leave lines that are done behind, and are nobody who waits.
pub const fn not_begun(ready: u64, done: u64, resets: u64) -> u64 {
    ready.saturating_sub(resets.saturating_sub(done))
}

/// How many mails of batches go out in a minute, over all batches: many mail servers take only so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(NonZeroU32);

impl Pace {
    /// The most, in mails a minute.
    pub const MOST: u32 = 60_000;
    /// So far ahead mails are given their time. Whatever is further away waits as lines of batches, whose companies take
    /// turns (case F10): so a small batch does not wait for all mails of a large one.
    const AHEAD: Duration = Duration::from_mins(1);

    /// So many a minute; none for zero or more than [`Pace::MOST`].
    pub fn a_minute(mails: u32) -> Option<Self> {
        if mails > Self::MOST {
            return None;
        }
        NonZeroU32::new(mails).map(Self)
    }

    /// The number.
    pub fn mails_a_minute(self) -> u32 {
        self.0.get()
    }

    /// When the next mail may go, where the last one goes at `last`.
    pub fn next(self, last: Option<Timestamp>, now: Timestamp) -> Timestamp {
        let every = Duration::from_mins(1) / self.0.get();
        last.map_or(now, |last| (last + every).max(now))
    }

    /// How many mails may be given their time now, where the last one goes at `last`.
    pub fn room(self, last: Option<Timestamp>, now: Timestamp) -> u64 {
        let every = Duration::from_mins(1) / self.0.get();
        let next = self.next(last, now);
        let end = now + Self::AHEAD;
        if next > end {
            return 0;
        }
        let more = end.since(next).as_nanos() / every.as_nanos().max(1);
        u64::try_from(more).unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// Ten a second.
impl Default for Pace {
    fn default() -> Self {
        Self(NonZeroU32::MIN.saturating_add(599))
    }
}

#[cfg(test)]
mod tests;
