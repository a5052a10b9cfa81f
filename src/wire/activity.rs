//! The tab `Activity`: what can be asked of it, how that stands in a URL, and a page of it.

use rekey_domain::id::ActivityId;
use rekey_domain::page_size::Total;
use rekey_domain::text::SearchTerm;

use crate::wire::list_place::{PageStart, RowPlace};
use crate::wire::url_query;
use crate::wire::views::Moment;

/// What was asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ActivityQuery {
    /// Searched in names, details and the words of the sentences.
    pub search: SearchTerm,
    /// From the beginning of this day in the reader's zone; as date fields write it, or empty.
    pub from: String,
    /// To the end of this day.
    pub to: String,
    /// Where the page begins.
    pub place: PageStart<ActivityId>,
}

impl ActivityQuery {
    /// Reads the query of a URL; whatever makes no sense is left out.
    pub fn from_url(query: &str) -> Self {
        let value = |name| url_query::value(query, name).unwrap_or_default();
        let day = |name| {
            Some(value(name).to_string())
                .filter(|day| is_day(day))
                .unwrap_or_default()
        };
        Self {
            search: SearchTerm::of(&value("q")),
            from: day("from"),
            to: day("to"),
            place: PageStart::from_url(query),
        }
    }

    /// The query of a URL, with the tab; defaults are left out.
    pub fn to_url(&self) -> String {
        let mut url = format!("tab=activity{}", self.filters());
        for (name, value) in self.place.pairs() {
            url.extend(["&", name, "=", &value]);
        }
        url
    }

    /// The filters alone, each behind `&`.
    pub fn filters(&self) -> String {
        let mut url = String::new();
        let pairs = [
            ("q", url_query::as_value(&self.search)),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
        ];
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            url.extend(["&", name, "=", value]);
        }
        url
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        !(self.search.is_empty() && self.from.is_empty() && self.to.is_empty())
    }
}

/// Whether it has the form `2026-11-24`.
fn is_day(text: &str) -> bool {
    let has_form = |(at, sign): (usize, u8)| match at {
        4 | 7 => sign == b'-',
        _ => sign.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(has_form)
}

/// An entry in the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActivityRow {
    /// Which, and where in the order.
    pub place: RowPlace<ActivityId>,
    /// When.
    pub at: Moment,
    /// Who, as they were called then.
    pub who: String,
    /// From where.
    pub address: Option<String>,
    /// The whole sentence.
    pub what: String,
    /// On whom, as they were called then.
    pub whom: Option<String>,
}

/// One page of a company's activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityPage {
    /// What was asked, as far as it makes sense.
    pub query: ActivityQuery,
    /// Newest first.
    pub rows: Vec<ActivityRow>,
    /// Number of the first row shown, from 1; 0 when there is none.
    pub first: u64,
    /// How many match in all.
    pub total: Total,
    /// The zone that the times are in.
    pub zone: String,
}

impl ActivityPage {
    /// Number of the last row shown; 0 when there is none.
    pub fn last(&self) -> u64 {
        self.first.saturating_add(self.rows.len() as u64).saturating_sub(1)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use rekey_domain::time::Timestamp;

    use super::*;

    #[test]
    fn a_query_survives_its_url() {
        let place = RowPlace {
            at: Timestamp::from_millis(1_795_527_128_000),
            id: "01a20de2-d8b0-75b4-81b4-3b5a979adbcf".parse().expect("an id"),
        };
        for query in [
            ActivityQuery::default(),
            ActivityQuery {
                search: SearchTerm::of("50% a_b & more=?#"),
                from: "2026-11-01".to_owned(),
                to: "2026-11-30".to_owned(),
                place: PageStart::After(place, 51),
            },
        ] {
            assert_eq!(ActivityQuery::from_url(&query.to_url()), query, "{}", query.to_url());
        }
        for nonsense in [
            "from=yesterday",
            "from=2026-1-1",
            "from=2026-11-1x",
            "after=x",
            "to=&q=",
        ] {
            assert_eq!(
                ActivityQuery::from_url(nonsense),
                ActivityQuery::default(),
                "{nonsense}"
            );
        }
    }
}
