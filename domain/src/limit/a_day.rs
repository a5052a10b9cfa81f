//! How many within a day (case F10): all of them at once where need be, and what was used comes back evenly, so that nothing
//! is kept but one moment.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// So many within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ADay(NonZeroU32);

/// There are not so many left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// How many there are.
    pub left: u32,
    /// When there are as many as were wanted; none where there never will be.
    pub enough_at: Option<Timestamp>,
}

impl ADay {
    /// The largest number that a setting may name.
    pub const MOST: u32 = super::Rate::MOST;

    /// So many. None for zero, or more than [`ADay::MOST`].
    pub fn of(most: u32) -> Option<Self> {
        if most > Self::MOST {
            return None;
        }
        NonZeroU32::new(most).map(Self)
    }

    /// The number.
    pub fn most(self) -> u32 {
        self.0.get()
    }

    /// How many are left. `used_until` is what was kept; a moment in the past says no more than none at all.
    pub fn left(self, used_until: Option<Timestamp>, now: Timestamp) -> u32 {
        let used = self.begin(used_until, now).since(now).as_millis();
        let used = used.div_ceil(self.every().as_millis());
        self.most().saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
    }

    /// Takes `wanted` at once: the moment to keep.
    ///
    /// # Errors
    /// Where fewer are left, none is taken.
    pub fn take(self, used_until: Option<Timestamp>, wanted: u32, now: Timestamp) -> Result<Timestamp, TooFew> {
        let left = self.left(used_until, now);
        if wanted <= left {
            return Ok(self.begin(used_until, now) + self.every() * wanted);
        }
        let others = self.most().checked_sub(wanted);
        Err(TooFew {
            left,
            enough_at: others.map(|others| self.begin(used_until, now) - self.every() * others),
        })
    }

    /// Counts what nobody limits: the moment to keep. It takes what is left and no more.
    pub fn count(self, used_until: Option<Timestamp>, done: u32, now: Timestamp) -> Timestamp {
        let done = done.min(self.left(used_until, now));
        self.begin(used_until, now) + self.every() * done
    }

    /// What to keep when some that were taken were not used after all.
    pub fn give_back(self, used_until: Timestamp, unused: u32) -> Timestamp {
        used_until - self.every() * unused
    }

    /// From when on places are reckoned.
    fn begin(self, used_until: Option<Timestamp>, now: Timestamp) -> Timestamp {
        let all = now + self.every() * self.most();
        match used_until {
            // Never kept at an earlier moment: the clock has stepped back, and nobody waits until it has caught up.
            Some(until) => until.max(now).min(all),
            None => now,
        }
    }

    /// Whole milliseconds, as moments are.
    fn every(self) -> Duration {
        let millis = DAY.as_millis() / u128::from(self.most());
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn a_day(most: u32) -> ADay {
        ADay::of(most).expect("a number")
    }

    #[test]
    fn f10_all_of_a_day_at_once_and_then_as_they_come_back() {
        let four = a_day(4);
        let kept = four.take(None, 3, START).expect("there are four");
        assert_eq!(four.left(Some(kept), START), 1);
        let too_few = TooFew {
            left: 1,
            enough_at: Some(START + DAY / 4),
        };
        assert_eq!(four.take(Some(kept), 2, START), Err(too_few));
        assert_eq!(four.take(Some(kept), 2, START + DAY / 4), Ok(kept + DAY / 2));
        assert_eq!(four.take(Some(kept), 1, START), Ok(START + DAY));
        assert_eq!(four.left(Some(START + DAY), START + DAY), 4);
    }

    #[test]
    fn f10_more_than_a_days_never_come_and_the_operators_take_what_is_left() {
        let four = a_day(4);
        let never = TooFew {
            left: 4,
            enough_at: None,
        };
        assert_eq!(four.take(None, 5, START), Err(never));
        let kept = four.count(None, 1_000, START);
        assert_eq!(four.left(Some(kept), START), 0);
        assert_eq!(four.left(Some(kept), START + DAY / 4), 1);
        let back = four.give_back(kept, 2);
        assert_eq!(four.left(Some(back), START), 2);
    }

    #[test]
    fn f10_a_clock_that_stepped_back_holds_nobody_up_longer_than_a_day() {
        let four = a_day(4);
        let kept = four.take(None, 4, START + DAY * 30).expect("there are four");
        assert_eq!(four.left(Some(kept), START), 0);
        assert_eq!(
            four.take(Some(kept), 4, START).map_err(|too_few| too_few.enough_at),
            Err(Some(START + DAY))
        );
    }

    #[test]
    fn f10_no_number_of_a_day_is_zero_or_without_end() {
        assert!(ADay::of(0).is_none());
        assert_eq!(ADay::of(ADay::MOST).map(ADay::most), Some(ADay::MOST));
        assert!(ADay::of(ADay::MOST + 1).is_none());
    }

    proptest! {
        #[test]
        fn f10_what_is_refused_is_there_at_the_moment_that_was_named(
            most in 1..=ADay::MOST,
            used in 0..=ADay::MOST,
            wanted in 1..=ADay::MOST,
        ) {
            let a_day = a_day(most);
            let kept = a_day.count(None, used, START);
            prop_assert_eq!(a_day.left(Some(kept), START), most - used.min(most));
            match a_day.take(Some(kept), wanted, START) {
                Ok(until) => prop_assert_eq!(a_day.left(Some(until), START), most - used - wanted),
                Err(TooFew { left, enough_at }) => {
                    prop_assert!(left < wanted);
                    prop_assert_eq!(enough_at.is_none(), wanted > most);
                    if let Some(at) = enough_at {
                        prop_assert!(at > START && at <= START + DAY);
                        prop_assert!(a_day.take(Some(kept), wanted, at).is_ok());
                    }
                }
            }
        }
    }
}
