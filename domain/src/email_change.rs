//! The life of a new address for an account that has, or had, a password (cases D8 and F5).
//!
//! It is confirmed from the new address before it counts, and the old one is told and can stop it. Where somebody else
//! entered it, it counts at the earliest a day after the old one was told, so that nobody can change an address first and
//! have a link sent there second. All are functions of what is stored and `now`.

use std::time::Duration;

use crate::reset::MailState;
use crate::role::Role;
use crate::time::Timestamp;
use crate::word::words;

/// How long the new address can be confirmed, from the entering.
pub const CONFIRM_FOR: Duration = Duration::from_hours(24);
/// How long the notice to the old address is worth sending, from the entering.
pub const TELL_FOR: Duration = Duration::from_hours(72);
/// How long the old address can stop it, from its being told; also after it has come to count.
pub const STOP_FOR: Duration = Duration::from_hours(72);
/// What somebody else entered counts this much after the old address was told, at the earliest.
pub const SETTLES_AFTER: Duration = Duration::from_hours(24);
/// So long after the entering no change can be stopped any more, however late its notice went: a try that began in time
/// takes less than the rest.
pub const STOPPED_AT_MOST: Duration = Duration::from_hours(72 + 72 + 1);

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

/// Whether the old address was told of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its notice is under way.
    NotYet,
    /// Then: the mail server took the notice, or refused it for good, so that there is nobody to be told.
    At(Timestamp),
    /// It never will be: the notice could not go in time.
    Never,
}

impl Told {
    /// By what became of the notice.
    pub const fn of(notice: MailState, settled_at: Option<Timestamp>) -> Self {
        match (notice, settled_at) {
            (MailState::Accepted | MailState::Refused, Some(at)) => Self::At(at),
            (MailState::Dropped, _) => Self::Never,
            _ => Self::NotYet,
        }
    }
}

/// What decides about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeFacts {
    /// When the address was entered.
    pub entered_at: Timestamp,
    /// Whether the person entered it.
    pub is_own: bool,
    /// Whether the old address was told.
    pub told: Told,
    /// When it was confirmed from the new address.
    pub confirmed_at: Option<Timestamp>,
    /// How it ended.
    pub end: Option<ChangeEnd>,
}

/// Before this a change counts in no case, however fast its notice goes.
pub fn not_before(entered_at: Timestamp, is_own: bool) -> Timestamp {
    if is_own { entered_at } else { entered_at + SETTLES_AFTER }
}

/// Whether a change that waits goes on when the person gets the role `new` in place of `old`. What somebody else entered
/// was entered for a person below them: it must not become the address of one who is their equal or their better by then.
pub fn goes_on_with(is_own: bool, old: Role, new: Role) -> bool {
    is_own || !new.is_above(old)
}

impl ChangeFacts {
    /// When it counts at the earliest, apart from being confirmed; none while the old address has to be told first.
    pub fn counts_from(&self) -> Option<Timestamp> {
        match self.told {
            _ if self.is_own => Some(self.entered_at),
            Told::At(at) => Some(at + SETTLES_AFTER),
            Told::NotYet | Told::Never => None,
        }
    }

    /// Whether it can be confirmed now. Once is enough.
    pub fn can_be_confirmed(&self, now: Timestamp) -> bool {
        self.end.is_none() && self.confirmed_at.is_none() && now < self.entered_at + CONFIRM_FOR
    }

    /// Whether it is still to come: waits to be confirmed, or was and does not count yet.
    pub fn is_pending(&self, now: Timestamp) -> bool {
        let can_count = self.is_own || self.told != Told::Never;
        self.end.is_none() && can_count && (self.confirmed_at.is_some() || self.can_be_confirmed(now))
    }

    /// Whether the new address is to be put in place of the old one now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let counts = self.counts_from().is_some_and(|from| now >= from);
        self.end.is_none() && self.confirmed_at.is_some() && counts
    }

    /// Whether the old address can stop it now, or take it back. While nothing is heard of the notice, one may have arrived
    /// with the last of its tries.
    pub fn can_be_stopped(&self, now: Timestamp) -> bool {
        let told_by = match self.told {
            Told::At(at) => at,
            Told::NotYet | Told::Never => self.entered_at + TELL_FOR,
        };
        matches!(self.end, None | Some(ChangeEnd::Counted)) && now < told_by + STOP_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_527_128_000);
    const MILLI: Duration = Duration::from_millis(1);
    const HOUR: Duration = Duration::from_hours(1);
    const DAY: Duration = Duration::from_hours(24);

    fn change(is_own: bool, told: Told) -> ChangeFacts {
        ChangeFacts {
            entered_at: NOW,
            is_own,
            told,
            confirmed_at: None,
            end: None,
        }
    }

    fn confirmed(is_own: bool, told: Told) -> ChangeFacts {
        ChangeFacts {
            confirmed_at: Some(NOW + MILLI),
            ..change(is_own, told)
        }
    }

    #[test]
    fn a_day_for_confirming() {
        let entered = change(true, Told::At(NOW));
        for (now, can) in [(NOW, true), (NOW + DAY - MILLI, true), (NOW + DAY, false)] {
            assert_eq!(entered.can_be_confirmed(now), can);
            assert_eq!(entered.is_pending(now), can);
            assert!(!entered.is_due(now), "not before it is confirmed");
        }
    }

    #[test]
    fn f5_what_somebody_else_entered_counts_a_day_after_the_old_address_was_told() {
        for late in [Duration::ZERO, HOUR, DAY * 2] {
            let told_at = NOW + late;
            let change = confirmed(false, Told::At(told_at));
            assert!(!change.is_due(told_at + DAY - MILLI), "{late:?}");
            assert!(change.is_due(told_at + DAY), "{late:?}");
            assert!(not_before(NOW, false) <= told_at + DAY);
        }
        for told in [Told::NotYet, Told::Never] {
            let change = confirmed(false, told);
            assert_eq!(change.counts_from(), None);
            assert!(!change.is_due(NOW + DAY * 365), "{told:?}");
            assert_eq!(change.is_pending(NOW + HOUR), told == Told::NotYet);
        }
    }

    #[test]
    fn e8_ones_own_counts_when_it_is_confirmed_whoever_was_told() {
        for told in [Told::NotYet, Told::At(NOW + HOUR), Told::Never] {
            assert!(confirmed(true, told).is_due(NOW + MILLI), "{told:?}");
            assert!(change(true, told).is_pending(NOW), "{told:?}");
        }
        assert_eq!(not_before(NOW, true), NOW);
    }

    #[test]
    fn d8_a_change_is_confirmed_once_and_waits_until_it_counts() {
        for is_own in [true, false] {
            let change = confirmed(is_own, Told::At(NOW));
            assert!(!change.can_be_confirmed(NOW + MILLI), "once");
            assert!(change.is_pending(NOW + DAY * 2), "until it counts");
        }
    }

    #[test]
    fn f5_only_a_notice_that_was_taken_or_refused_for_good_tells() {
        for &state in MailState::ALL {
            let expected = match state {
                MailState::Accepted | MailState::Refused => Told::At(NOW),
                MailState::Dropped => Told::Never,
                MailState::Queued | MailState::Sending | MailState::Deferred => Told::NotYet,
            };
            assert_eq!(Told::of(state, Some(NOW)), expected, "{state}");
            assert!(!matches!(Told::of(state, None), Told::At(_)), "{state}");
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
    fn three_days_for_stopping_from_being_told_also_what_counts_already() {
        for end in [None, Some(ChangeEnd::Counted)] {
            for (told, told_by) in [
                (Told::At(NOW), NOW),
                (Told::At(NOW + HOUR), NOW + HOUR),
                (Told::NotYet, NOW + TELL_FOR),
                (Told::Never, NOW + TELL_FOR),
            ] {
                let change = ChangeFacts {
                    end,
                    ..change(false, told)
                };
                assert!(change.can_be_stopped(told_by + DAY * 3 - MILLI), "{told:?}");
                assert!(!change.can_be_stopped(told_by + DAY * 3), "{told:?}");
                assert!(told_by + STOP_FOR < NOW + STOPPED_AT_MOST);
            }
        }
    }

    #[test]
    fn what_has_ended_goes_on_in_no_way() {
        for &end in ChangeEnd::ALL {
            let change = ChangeFacts {
                end: Some(end),
                ..confirmed(true, Told::At(NOW))
            };
            assert!(!change.can_be_confirmed(NOW) && !change.is_pending(NOW) && !change.is_due(NOW));
            assert_eq!(change.can_be_stopped(NOW), end == ChangeEnd::Counted, "{end}");
        }
    }
}
