//! The life of one reset, step by step, out of what is stored about it: who asked, each try to hand the mail over, when
//! the mail server was out of order meanwhile, and the end. Pure: names, words and zones come later.

use crate::mail_reply::Verdict;
use crate::reset::{LinkEnd, MailState};
use crate::time::Timestamp;

/// So many tries are shown one by one; of more, the first and the last few.
const MOST_TRIES: usize = 12;
/// How many of the first are shown then.
const FIRST_TRIES: usize = 3;
/// How many of the last are shown then.
const LAST_TRIES: usize = 6;

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TryEnd {
    /// The mail server took the mail.
    Accepted,
    /// It asked to try later, or did not answer; the next try was planned for then.
    Deferred(Timestamp),
    /// It refused the mail for good.
    Refused,
}

impl TryEnd {
    /// By the verdict, with the time that the next try is planned for.
    pub const fn of(verdict: Verdict, next_try_at: Timestamp) -> Self {
        match verdict {
            Verdict::Accepted => Self::Accepted,
            Verdict::Refused => Self::Refused,
            Verdict::Deferred(_) => Self::Deferred(next_try_at),
        }
    }
}

/// A try that came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Try {
    /// Which one, from 1.
    pub number: u32,
    /// When it ended.
    pub at: Timestamp,
    /// How.
    pub end: TryEnd,
}

/// A time in which the mail server was out of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// When it was noticed.
    pub began_at: Timestamp,
    /// When the server answered again; none while it has not.
    pub ended_at: Option<Timestamp>,
}

/// What is stored about a reset, its mail and the mail server.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The first moment at which its links no longer work.
    pub expires_at: Timestamp,
    /// How and when it ended, unless it lives or has merely expired.
    pub end: Option<(LinkEnd, Timestamp)>,
    /// Whether the link was shown on the operator's command line: it did not have to wait for the mail.
    pub is_shown: bool,
    /// Where the mail is.
    pub mail: MailState,
    /// How many tries the mail counts.
    pub attempts: u32,
    /// When the mail was accepted, refused or dropped.
    pub settled_at: Option<Timestamp>,
    /// When the next try is planned.
    pub next_try_at: Timestamp,
    /// The tries that ended, the first one first.
    pub tries: &'a [Try],
    /// When each try began: its link was minted then.
    pub begun: &'a [(u32, Timestamp)],
    /// When the mail server was out of order.
    pub outages: &'a [Outage],
}

/// One kind of step in the life of a reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// The reset was asked for.
    Asked,
    /// This try ended.
    Tried(u32, TryEnd),
    /// This try was cut short, by a crash or a restart of ours: nobody knows what the mail server made of it.
    Interrupted(u32),
    /// So many tries are not shown one by one.
    LeftOut(u32),
    /// The mail server went out of order; which of the outages.
    Outage(usize),
    /// The link was ended by an event.
    Ended(LinkEnd),
    /// The mail went out, and the link was not used in time.
    Expired,
    /// The mail could not go out in time.
    NotSentInTime,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// The steps in their order.
pub fn steps(facts: &Facts<'_>, now: Timestamp) -> Vec<Step> {
    let mut steps = vec![Step {
        at: facts.asked_at,
        what: What::Asked,
    }];
    steps.extend(shortened(tries(facts)));
    steps.extend(outages(facts, now));
    steps.extend(end(facts, now));
    // Stable: of steps at the same moment the cause stands before what it led to.
    steps.sort_by_key(|step| step.at);
    steps
}

fn tries(facts: &Facts<'_>) -> Vec<Step> {
    let is_settled = matches!(
        facts.mail,
        MailState::Accepted | MailState::Refused | MailState::Deferred
    );
    if facts.tries.is_empty() && is_settled && facts.attempts > 0 {
        // From before tries were kept: the mail itself tells of the last one, nothing of those before.
        let began = facts.begun.iter().find(|(number, _)| *number == facts.attempts);
        let at = facts.settled_at.or(began.map(|(_, at)| *at)).unwrap_or(facts.asked_at);
        let end = match facts.mail {
            MailState::Accepted => TryEnd::Accepted,
            MailState::Refused => TryEnd::Refused,
            _ => TryEnd::Deferred(facts.next_try_at),
        };
        return vec![Step {
            at,
            what: What::Tried(facts.attempts, end),
        }];
    }
    (1..=facts.attempts)
        .filter_map(|number| {
            if let Some(ended) = facts.tries.iter().find(|ended| ended.number == number) {
                return Some(Step {
                    at: ended.at,
                    what: What::Tried(number, ended.end),
                });
            }
            let is_under_way = number == facts.attempts && facts.mail == MailState::Sending;
            // Counted without a link: there was no conversation, since the link had ended before.
            let (_, at) = facts.begun.iter().find(|(begun, _)| *begun == number)?;
            (!is_under_way).then_some(Step {
                at: *at,
                what: What::Interrupted(number),
            })
        })
        .collect()
}

fn shortened(tries: Vec<Step>) -> Vec<Step> {
    if tries.len() <= MOST_TRIES {
        return tries;
    }
    let left_out = &tries[FIRST_TRIES..tries.len() - LAST_TRIES];
    let line = Step {
        at: left_out[0].at,
        what: What::LeftOut(u32::try_from(left_out.len()).unwrap_or(u32::MAX)),
    };
    let mut shown = tries[..FIRST_TRIES].to_vec();
    shown.push(line);
    shown.extend_from_slice(&tries[tries.len() - LAST_TRIES..]);
    shown
}

/// The outages that the mail had to wait through.
fn outages(facts: &Facts<'_>, now: Timestamp) -> impl Iterator<Item = Step> {
    let until = waits_until(facts, now);
    let asked_at = facts.asked_at;
    // One that began this very moment puts off what still waits.
    let still_waits = facts.settled_at.is_none() && facts.end.is_none() && now < facts.expires_at;
    let began_in_time = move |began: Timestamp| began < until || (still_waits && began == until);
    facts
        .outages
        .iter()
        .enumerate()
        .filter(move |(_, outage)| {
            began_in_time(outage.began_at) && outage.ended_at.is_none_or(|ended| ended > asked_at)
        })
        .map(move |(index, outage)| Step {
            at: outage.began_at.max(asked_at),
            what: What::Outage(index),
        })
}

/// Until when the mail waited, or now, where it still does.
pub fn waits_until(facts: &Facts<'_>, now: Timestamp) -> Timestamp {
    let ends = [facts.settled_at, facts.end.map(|(_, at)| at), Some(facts.expires_at)];
    ends.into_iter().flatten().fold(now, Timestamp::min)
}

fn end(facts: &Facts<'_>, now: Timestamp) -> Option<Step> {
    if let Some((end, at)) = facts.end {
        return Some(Step {
            at,
            what: What::Ended(end),
        });
    }
    if now < facts.expires_at {
        return None;
    }
    let what = match facts.mail {
        _ if facts.is_shown => What::Expired,
        // Its time was over with the refusal.
        MailState::Refused => return None,
        MailState::Accepted => What::Expired,
        _ => What::NotSentInTime,
    };
    Some(Step {
        at: facts.expires_at,
        what,
    })
}

#[cfg(test)]
mod tests;
