//! The life of a new address for an account that has a password (case D8).
//!
//! It is confirmed from the new address before it counts, and the old one is told and can stop it. Where somebody else
//! entered it, it counts at the earliest a day later, so that nobody can change an address first and have a link sent
//! there second. All are functions of what is stored and `now`.

use std::time::Duration;

use crate::role::Role;
use crate::time::Timestamp;
use crate::word::words;

/// How long the new address can be confirmed, from the entering.
pub const CONFIRM_FOR: Duration = Duration::from_hours(24);
/// How long the old address can stop it, from the entering; also after it has come to count.
pub const STOP_FOR: Duration = Duration::from_hours(72);
/// What somebody else entered counts this much later, at the earliest.
pub const SETTLES_AFTER: Duration = Duration::from_hours(24);

words! {
    /// How a change was ended by an event. Running out of time is no event and is not stored.
    pub enum ChangeEnd {
        /// The new address is the account's.
        Counted = "counted",
        /// The old address stopped it, before or after it counted.
        Stopped = "stopped",
        /// A newer change, somebody who may, or what happened to the account or the address ended it.
        Cancelled = "cancelled",
    }
}

/// What decides about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeFacts {
    /// When the address was entered.
    pub entered_at: Timestamp,
    /// Before this it does not count.
    pub counts_from: Timestamp,
    /// When it was confirmed from the new address.
    pub confirmed_at: Option<Timestamp>,
    /// How it ended.
    pub end: Option<ChangeEnd>,
}

/// When an address counts at the earliest, apart from being confirmed.
pub fn counts_from(entered_at: Timestamp, is_own: bool) -> Timestamp {
    if is_own { entered_at } else { entered_at + SETTLES_AFTER }
}

/// Whether a change that waits goes on when the person gets the role `new` in place of `old`. What somebody else entered
/// was entered for a person below them: it must not become the address of one who is their equal or their better by then.
pub fn goes_on_with(is_own: bool, old: Role, new: Role) -> bool {
    is_own || !new.is_above(old)
}

impl ChangeFacts {
    /// Whether it can be confirmed now. Once is enough.
    pub fn can_be_confirmed(&self, now: Timestamp) -> bool {
        self.end.is_none() && self.confirmed_at.is_none() && now < self.entered_at + CONFIRM_FOR
    }

    /// Whether it is still to come: waits to be confirmed, or was and does not count yet.
    pub fn is_pending(&self, now: Timestamp) -> bool {
        self.end.is_none() && (self.confirmed_at.is_some() || self.can_be_confirmed(now))
    }

    /// Whether the new address is to be put in place of the old one now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.end.is_none() && self.confirmed_at.is_some() && now >= self.counts_from
    }

    /// Whether the old address can stop it now, or take it back.
    pub fn can_be_stopped(&self, now: Timestamp) -> bool {
        matches!(self.end, None | Some(ChangeEnd::Counted)) && now < self.entered_at + STOP_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_527_128_000);
    const MILLI: Duration = Duration::from_millis(1);
    const DAY: Duration = Duration::from_hours(24);

    fn change(is_own: bool) -> ChangeFacts {
        ChangeFacts {
            entered_at: NOW,
            counts_from: counts_from(NOW, is_own),
            confirmed_at: None,
            end: None,
        }
    }

    #[test]
    fn a_day_for_confirming() {
        let entered = change(true);
        for (now, can) in [(NOW, true), (NOW + DAY - MILLI, true), (NOW + DAY, false)] {
            assert_eq!(entered.can_be_confirmed(now), can);
            assert_eq!(entered.is_pending(now), can);
            assert!(!entered.is_due(now), "not before it is confirmed");
        }
    }

    #[test]
    fn d8_what_somebody_else_entered_counts_a_day_later() {
        let confirmed = |is_own| ChangeFacts {
            confirmed_at: Some(NOW + MILLI),
            ..change(is_own)
        };
        assert!(confirmed(true).is_due(NOW + MILLI));
        assert!(!confirmed(false).is_due(NOW + DAY - MILLI));
        assert!(confirmed(false).is_due(NOW + DAY));
        for is_own in [true, false] {
            assert!(!confirmed(is_own).can_be_confirmed(NOW + MILLI), "once");
            assert!(confirmed(is_own).is_pending(NOW + DAY * 2), "until it counts");
        }
    }

    #[test]
    fn d8_what_somebody_else_entered_ends_when_the_person_is_raised() {
        for &old in Role::ALL {
            for &new in Role::ALL {
                assert!(goes_on_with(true, old, new), "one's own: {old} {new}");
                assert_eq!(goes_on_with(false, old, new), !new.is_above(old), "{old} {new}");
            }
        }
        assert!(!goes_on_with(false, Role::User, Role::Manager));
        assert!(goes_on_with(false, Role::Manager, Role::User));
    }

    #[test]
    fn three_days_for_stopping_also_what_counts_already() {
        for end in [None, Some(ChangeEnd::Counted)] {
            let change = ChangeFacts { end, ..change(false) };
            assert!(change.can_be_stopped(NOW + DAY * 3 - MILLI));
            assert!(!change.can_be_stopped(NOW + DAY * 3));
        }
    }

    #[test]
    fn what_has_ended_goes_on_in_no_way() {
        for &end in ChangeEnd::ALL {
            let change = ChangeFacts {
                confirmed_at: Some(NOW),
                end: Some(end),
                ..change(true)
            };
            assert!(!change.can_be_confirmed(NOW) && !change.is_pending(NOW) && !change.is_due(NOW));
            assert_eq!(change.can_be_stopped(NOW), end == ChangeEnd::Counted, "{end}");
        }
    }
}
