//! The pages of a long list that is ordered by time: a page begins beside a row, so that none is skipped or shown twice when
//! new ones come.

use rekey_domain::page_size::Total;
use rekey_domain::time::Timestamp;

use crate::wire::url_query;

/// Rows a page.
pub const ROWS: u64 = 50;

/// The place of a row in the list. It holds all that the order compares, so it stays right when the row is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowPlace<Id> {
    /// When it was.
    pub at: Timestamp,
    /// Which.
    pub id: Id,
}

/// Where a page of the list begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PageStart<Id> {
    /// At the newest.
    #[default]
    Start,
    /// After this one; the first row has this number.
    After(RowPlace<Id>, u64),
    /// The page that ends before this one; the first row has this number.
    Before(RowPlace<Id>, u64),
}

impl<Id: Copy + std::fmt::Display + std::str::FromStr> RowPlace<Id> {
    fn word(self) -> String {
        format!("{}.{}", self.at.as_millis(), self.id)
    }

    fn from_word(word: &str) -> Option<Self> {
        let (at, id) = word.split_once('.')?;
        Some(Self {
            at: Timestamp::from_millis(at.parse().ok()?),
            id: id.parse().ok()?,
        })
    }
}

impl<Id: Copy + std::fmt::Display + std::str::FromStr> PageStart<Id> {
    /// Reads the query of a URL; whatever makes no sense means the start.
    pub fn from_url(query: &str) -> Self {
        let value = |name| url_query::value(query, name);
        let start = value("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let place = |name| value(name).and_then(|word| RowPlace::from_word(&word));
        match (place("after"), place("before")) {
            (Some(place), _) => Self::After(place, start),
            (None, Some(place)) => Self::Before(place, start),
            (None, None) => Self::Start,
        }
    }

    /// What it adds to the query of a URL: names and values that need no escaping.
    pub fn pairs(self) -> Vec<(&'static str, String)> {
        let (name, place, start) = match self {
            Self::Start => return Vec::new(),
            Self::After(place, start) => ("after", place, start),
            Self::Before(place, start) => ("before", place, start),
        };
        vec![(name, place.word()), ("start", start.to_string())]
    }

    /// The number of the page's first row.
    pub fn first(self) -> u64 {
        match self {
            Self::Start => 1,
            Self::After(_, first) | Self::Before(_, first) => first,
        }
    }

    /// The page before one that begins with this row, which has this number.
    pub fn previous(row: Option<RowPlace<Id>>, number: u64) -> Option<Self> {
        let row = row.filter(|_| number > 1)?;
        Some(Self::Before(row, number.saturating_sub(ROWS).max(1)))
    }

    /// The page after one of `shown` rows that ends with this row, which has this number of so many.
    pub fn next(row: Option<RowPlace<Id>>, number: u64, shown: usize, total: Total) -> Option<Self> {
        let is_full = shown as u64 == ROWS;
        row.filter(|_| total.goes_on_after(number, is_full))
            .map(|row| Self::After(row, number + 1))
    }
}
