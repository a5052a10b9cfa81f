//! How often something may be done (cases C1, C2, C3 and C5): what a limit keeps of one key, and what it decides.
//!
//! [`Rate`] lets a burst through and then one each period; all that it keeps is one moment (the generic cell rate
//! algorithm). [`ADay`] does the same for many that are taken at once. [`Failures`] are wrong passwords in a row. What a manager may trigger is [`one_more_within_the_hour`],
//! which keeps nothing: it is told what happened.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::time::Timestamp;

pub use a_day::{ADay, TooFew};

mod a_day;

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
    /// Mails a day from one company to addresses that somebody has typed and nobody has shown to be theirs: invitations,
    /// single ones and by batches, and new addresses that are to be confirmed (case F10).
    pub invitations_per_company: Option<ADay>,
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
            invitations_per_company: ADay::of(2_000),
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
    /// How many networks' worth a site gets. Whoever rents a server is handed a whole site, and would have 65536 networks
    /// to come from; but a provider's customers may also share one.
    const NETWORKS_OF_A_SITE: NonZeroU32 = NonZeroU32::MIN.saturating_add(15);

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

    /// The same for a whole site, of which each network is a part (case F12): [`Rate::NETWORKS_OF_A_SITE`] times as much.
    #[must_use]
    pub fn of_site(self) -> Self {
        let larger = |number: NonZeroU32| {
            let most = number.saturating_mul(Self::NETWORKS_OF_A_SITE);
            // Never less than for one network.
            NonZeroU32::new(Self::MOST).map_or(most, |limit| most.min(limit))
        };
        Self {
            burst: larger(self.burst),
            an_hour: larger(self.an_hour),
        }
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
    /// So long an address stays closed after the last try. Whoever lets it be for so long and comes back has fewer tries than
    /// whoever waits a day for each.
    pub const CLOSED_FOR: Duration = Duration::from_hours(24 * 400);
    /// So often a try at a closed address is kept, at most.
    const KEPT_EVERY: Duration = Duration::from_hours(24);
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

    /// The place of a try that was not made after all counts no more. The last one stays where it is, so that a wait that
    /// there was is not cut short.
    #[must_use]
    pub fn give_back(self) -> Self {
        Self {
            count: self.count.saturating_sub(1),
            ..self
        }
    }

    /// What to keep of a try at a closed address, so that it stays closed; none where the last one is of today.
    pub fn tried_while_closed(self, now: Timestamp) -> Option<Self> {
        let is_worth_it = self.count >= Self::MOST && now.since(self.last) >= Self::KEPT_EVERY;
        is_worth_it.then_some(Self { last: now, ..self })
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
    /// address stays closed while anybody tries (F16).
    pub fn forget_at(self) -> Timestamp {
        if self.count >= Self::MOST {
            return self.last + Self::CLOSED_FOR;
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
