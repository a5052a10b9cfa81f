//! How many rows a list shows.

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

#[cfg(test)]
mod tests {
    use super::PageSize;

    #[test]
    fn words_are_the_numbers() {
        for size in PageSize::ALL {
            assert_eq!(size.as_str(), size.rows().to_string());
        }
        assert_eq!(PageSize::default().rows(), 25);
    }
}
