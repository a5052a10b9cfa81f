//! How often something may be done (cases C1, C2, C3 and C5): what a limit keeps of one key, and what it decides.
//!
//! [`Rate`] lets a burst through and then one each period; all that it keeps is one moment (the generic cell rate
//! algorithm). [`Failures`] are wrong passwords in a row. What a manager may trigger is [`one_more_within_the_hour`],
//! which keeps nothing: it is told what happened.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::time::Timestamp;

const HOUR: Duration = Duration::from_hours(1);

/// The figures of all limits, from the configuration. What is none is not limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Links that somebody may ask for, for one address (case C1).
    pub asks_per_email: Option<Rate>,
    /// Links that may be asked for from one client's network, where an office may sit behind it (case C1).
    pub asks_per_client: Option<Rate>,
    /// Failures to sign in from one client's network (case C2).
    pub failures_per_client: Option<Rate>,
    /// Resets an hour that managers may trigger for one person (case C5).
    pub resets_per_person: Option<NonZeroU32>,
    /// Single resets an hour that one manager may trigger (case C5).
    pub resets_per_manager: Option<NonZeroU32>,
    /// Resets an hour that batches may bring one person (case C5): so everybody of a company may get one, and soon after
    /// nobody another.
    pub batch_resets_per_person: Option<NonZeroU32>,
    /// Addresses in use at other companies that one manager may enter for somebody: each such answer tells that there is
    /// an account (case D2).
    pub taken_emails_per_manager: Option<Rate>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            asks_per_email: Rate::per_hour(3, 1),
            asks_per_client: Rate::per_hour(20, 60),
            failures_per_client: Rate::per_hour(100, 360),
            resets_per_person: NonZeroU32::new(3),
            resets_per_manager: NonZeroU32::new(30),
            batch_resets_per_person: NonZeroU32::new(1),
            taken_emails_per_manager: Rate::per_hour(10, 10),
        }
    }
}

impl Limits {
    /// The same without those on clients: in a demo everybody comes from one.
    #[must_use]
    pub fn whatever_client(self) -> Self {
        Self {
            asks_per_client: None,
            failures_per_client: None,
            ..self
        }
    }
}

/// A burst at once, then one each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    burst: NonZeroU32,
    an_hour: NonZeroU32,
}

impl Rate {
    /// The largest number that a setting may name, for the burst and for the hour.
    pub const MOST: u32 = 100_000;

    /// So many at once, then so many an hour, evenly. None for a zero, or more than [`Rate::MOST`].
    pub fn per_hour(burst: u32, per_hour: u32) -> Option<Self> {
        if burst > Self::MOST || per_hour > Self::MOST {
            return None;
        }
        Some(Self {
            burst: NonZeroU32::new(burst)?,
            an_hour: NonZeroU32::new(per_hour)?,
        })
    }

    /// So many at once.
    pub fn burst(self) -> u32 {
        self.burst.get()
    }

    /// Then so many an hour.
    pub fn an_hour(self) -> u32 {
        self.an_hour.get()
    }

    fn every(self) -> Duration {
        HOUR / self.an_hour.get()
    }

    /// Takes a place. `used_until` is what was kept; a moment in the past says no more than none at all. The moment to
    /// keep, or, where there is no place, the moment of the next one.
    pub fn take(self, used_until: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Timestamp> {
        let ahead = self.every() * (self.burst.get() - 1);
        let used_until = match used_until {
            // Never kept at an earlier moment: the clock has stepped back, and nobody waits until it has caught up.
            Some(until) if until > now + ahead + self.every() => now + ahead,
            Some(until) => until.max(now),
            None => now,
        };
        let next = used_until - ahead;
        if next > now {
            return Err(next);
        }
        Ok(used_until + self.every())
    }

    /// What to keep when a place that was taken was not used after all.
    pub fn give_back(self, used_until: Timestamp) -> Timestamp {
        used_until - self.every()
    }
}

/// Wrong passwords in a row, for one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// When the last one was.
    pub last: Timestamp,
}

/// Why no password is tried just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Until then.
    Until(Timestamp),
    /// Too many in a row: only a new password opens it again.
    UntilReset,
}

impl Failures {
    /// After so many in a row waiting does not help any more (NIST SP 800-63B-4, 3.2.2).
    pub const MOST: u32 = 100;
    /// So many are free of any wait.
    const FREE: u32 = 3;
    /// The waits before the tries after the free ones, in seconds; the last one holds from then on.
    const WAITS: [u64; 4] = [1, 3, 5, 10];

    /// None so far.
    pub fn none(now: Timestamp) -> Self {
        Self { count: 0, last: now }
    }

    /// Takes the place of one try, which counts as a failure until it turns out right.
    pub fn take(self, now: Timestamp) -> Result<Self, Closed> {
        if self.count >= Self::MOST {
            return Err(Closed::UntilReset);
        }
        let next = self.last + self.wait();
        // Where the last one is still to come, the clock has stepped back, and nobody waits until it has caught up.
        if self.last <= now && now < next {
            return Err(Closed::Until(next));
        }
        Ok(Self {
            count: self.count + 1,
            last: now,
        })
    }

    /// The wait after the last one.
    fn wait(self) -> Duration {
        let Some(beyond) = self.count.checked_sub(Self::FREE) else {
            return Duration::ZERO;
        };
        let [.., longest] = Self::WAITS;
        let seconds = usize::try_from(beyond).ok().and_then(|beyond| Self::WAITS.get(beyond));
        Duration::from_secs(*seconds.unwrap_or(&longest))
    }

    /// From when they may be forgotten: after a day for each, so that whoever waits for it gets one try a day. A closed
    /// address stays closed.
    pub fn forget_at(self) -> Timestamp {
        if self.count >= Self::MOST {
            return Timestamp::from_millis(i64::MAX);
        }
        self.last + Duration::from_hours(24) * self.count
    }
}

/// Whether one more may come now, where `most` may within an hour. `past` are the counted ones, in any order. Where it may
/// not: when it may.
pub fn one_more_within_the_hour(past: &[Timestamp], most: NonZeroU32, now: Timestamp) -> Result<(), Timestamp> {
    let mut counted: Vec<_> = past.iter().filter(|at| now.since(**at) < HOUR).collect();
    let most = usize::try_from(most.get()).unwrap_or(usize::MAX);
    if counted.len() < most {
        return Ok(());
    }
    // The newest `most` have to be one fewer.
    counted.sort_unstable_by(|one, other| other.cmp(one));
    Err(counted.get(most - 1).map_or(now, |at| **at + HOUR))
}

#[cfg(test)]
mod tests;
