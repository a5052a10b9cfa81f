//! How many rows a list shows, and from which on.

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

/// The number of the first row shown, from 1; 0 when there is none. `claimed` comes with the URL: it may be stale or made
/// up, but is never beyond what there is.
pub fn first_row(claimed: u64, shown: usize, total: u64) -> u64 {
    if shown == 0 {
        return 0;
    }
    claimed.clamp(1, total.saturating_sub(shown as u64).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::{PageSize, first_row};

    #[test]
    fn a_page_begins_within_what_there_is() {
        for (claimed, shown, total, first) in [
            (26, 25, 312, 26),
            (0, 25, 312, 1),
            (u64::MAX, 25, 312, 288),
            (26, 0, 312, 0),
            // Fewer than are shown: counted a moment earlier.
            (26, 25, 3, 1),
        ] {
            assert_eq!(first_row(claimed, shown, total), first, "{claimed} {shown} {total}");
        }
    }

    #[test]
    fn words_are_the_numbers() {
        for size in PageSize::ALL {
            assert_eq!(size.as_str(), size.rows().to_string());
        }
        assert_eq!(PageSize::default().rows(), 25);
    }
}
