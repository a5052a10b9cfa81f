//! How long what is over is kept (H6): long enough to be looked up, and not for ever, since it tells who was where and when.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::time::Timestamp;

/// A number of days that something is kept after it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFor(NonZeroU32);

impl KeptFor {
    /// The fewest days: what pages still tell about, such as who said "this was not me", is younger.
    pub const LEAST: u32 = 31;
    /// The most days: ten years.
    pub const MOST: u32 = 3653;

    /// So many days; none where there are too few or too many.
    pub fn days(days: u32) -> Option<Self> {
        let days = NonZeroU32::new(days)?;
        (Self::LEAST..=Self::MOST).contains(&days.get()).then_some(Self(days))
    }

    /// The number.
    pub const fn as_days(self) -> u32 {
        self.0.get()
    }

    /// What was over before this is not kept any more.
    pub fn over_before(self, now: Timestamp) -> Timestamp {
        now - Duration::from_hours(24) * self.0.get()
    }
}

/// How long what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// Resets after their end, with their links and mails, and batches.
    pub resets: KeptFor,
    /// The activity of companies.
    pub activity: KeptFor,
}

/// 90 days, and a year.
impl Default for Keeping {
    fn default() -> Self {
        let days = |days: u32| KeptFor(NonZeroU32::MIN.saturating_add(days - 1));
        Self {
            resets: days(90),
            activity: days(365),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_within_their_bounds() {
        for (days, is_taken) in [(0, false), (30, false), (31, true), (3653, true), (3654, false)] {
            assert_eq!(KeptFor::days(days).map(KeptFor::as_days), is_taken.then_some(days));
        }
    }

    #[test]
    fn h6_resets_are_kept_for_90_days_and_the_activity_for_a_year() {
        let keeping = Keeping::default();
        assert_eq!((keeping.resets.as_days(), keeping.activity.as_days()), (90, 365));
        let now = Timestamp::from_millis(91 * 86_400_000);
        assert_eq!(keeping.resets.over_before(now), Timestamp::from_millis(86_400_000));
    }
}
