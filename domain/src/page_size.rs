//! How many rows a list shows, from which on, and of how many.

use crate::word::words;

words! {
    /// Rows on a page of a list. A closed set, so that nobody asks for a million.
    #[derive(Default)]
    pub enum PageSize {
        /// 25 rows, the default.
        #[default]
        TwentyFive = "25",
        /// 50 rows.
        Fifty = "50",
        /// 100 rows.
        Hundred = "100",
    }
}

impl PageSize {
    /// The number of rows.
    pub const fn rows(self) -> u64 {
        match self {
            Self::TwentyFive => 25,
            Self::Fifty => 50,
            Self::Hundred => 100,
        }
    }
}

/// How many rows a list has, counted no further than to [`Total::MOST`]: nobody reads further, and whoever counts reads rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total(u64);

impl Total {
    /// The most that are counted.
    pub const MOST: u64 = 10_000;
    /// As many as a statement has to find, so that [`Total::of`] knows whether there are more than the most.
    pub const ENOUGH: u64 = Self::MOST + 1;

    /// The total for `found` rows. From [`Total::ENOUGH`] on the exact number is not kept.
    pub fn of(found: u64) -> Self {
        Self(found.min(Self::ENOUGH))
    }

    /// The number, where it is known.
    pub fn exact(self) -> Option<u64> {
        (self.0 <= Self::MOST).then_some(self.0)
    }

    /// Whether there are none.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether there are certainly more than this.
    pub fn is_more_than(self, rows: u64) -> bool {
        self.0 > rows
    }

    /// Whether rows may follow the one of this number, which ends a page. Where it is not known, they do if the page is full.
    pub fn goes_on_after(self, last: u64, is_full: bool) -> bool {
        self.exact().map_or(is_full, |total| last < total)
    }

    /// The number of the first row shown, from 1; 0 when there is none. `claimed` comes with the URL: it may be stale or made
    /// up, but is never beyond what there is, as far as that is known.
    pub fn first_row(self, claimed: u64, shown: usize) -> u64 {
        if shown == 0 {
            return 0;
        }
        let shown = shown as u64;
        // Whoever made it up sees no number that could not be.
        let last = self.exact().unwrap_or(u64::from(u32::MAX));
        claimed.clamp(1, last.saturating_sub(shown).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::{PageSize, Total};

    #[test]
    fn a_page_begins_within_what_there_is() {
        for (claimed, shown, total, first) in [
            (26, 25, 312, 26),
            (0, 25, 312, 1),
            (u64::MAX, 25, 312, 288),
            (26, 0, 312, 0),
            // Fewer than are shown: counted a moment earlier.
            (26, 25, 3, 1),
            (15_026, 25, 10_001, 15_026),
            (u64::MAX, 25, 10_001, 4_294_967_271),
        ] {
            let found = Total::of(total).first_row(claimed, shown);
            assert_eq!(found, first, "{claimed} {shown} {total}");
        }
    }

    #[test]
    fn beyond_the_most_a_total_is_not_known_and_a_full_page_goes_on() {
        let [few, most, more] = [312, 10_000, 200_000].map(Total::of);
        assert_eq!([few, most, more].map(Total::exact), [Some(312), Some(10_000), None]);
        assert!(Total::of(0).is_none() && !few.is_none());
        assert!(most.is_more_than(9_999) && !most.is_more_than(10_000) && more.is_more_than(10_000));
        assert!(few.goes_on_after(300, false) && !few.goes_on_after(312, true));
        assert!(more.goes_on_after(20_000, true) && !more.goes_on_after(20_000, false));
    }

    #[test]
    fn words_are_the_numbers() {
        for size in PageSize::ALL {
            assert_eq!(size.as_str(), size.rows().to_string());
        }
        assert_eq!(PageSize::default().rows(), 25);
    }
}
