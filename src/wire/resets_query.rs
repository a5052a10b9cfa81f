//! What can be asked of the list of resets, and how it stands in a URL.

use rekey_domain::attention::Attention;
use rekey_domain::id::ResetId;
use rekey_domain::reset::Headline;
use serde::{Deserialize, Serialize};

use crate::wire::list_place::{PageStart, RowPlace};
use crate::wire::url_query;

/// The place of a reset in the list.
pub type ResetPlace = RowPlace<ResetId>;
/// Where a page of the list begins.
pub type PlaceInList = PageStart<ResetId>;

/// A state that the list can be narrowed to: one for each badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ListedState {
    /// The mail server does not have the mail yet.
    Waiting,
    /// The mail is put off.
    Delayed,
    /// The mail server took the mail.
    Accepted,
    /// It refused the mail for good.
    Refused,
    /// The operator's command has shown the link.
    HandedOver,
    /// A new password was set.
    Used,
    /// The time was over, whether or not the mail had gone out.
    Expired,
    /// A newer link was sent.
    Replaced,
    /// The link was withdrawn.
    Revoked,
    /// The account was deleted, or its address or password changed.
    Cancelled,
}

impl ListedState {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Waiting,
        Self::Delayed,
        Self::Accepted,
        Self::Refused,
        Self::HandedOver,
        Self::Used,
        Self::Expired,
        Self::Replaced,
        Self::Revoked,
        Self::Cancelled,
    ];

    /// What it stands for; all have the same badge.
    pub fn headlines(self) -> &'static [Headline] {
        match self {
            Self::Waiting => &[Headline::Waiting, Headline::StillWaiting],
            Self::Delayed => &[Headline::Delayed],
            Self::Accepted => &[Headline::Accepted],
            Self::Refused => &[Headline::Refused],
            Self::HandedOver => &[Headline::HandedOver],
            Self::Used => &[Headline::Used],
            Self::Expired => &[Headline::Expired, Headline::NotSentInTime],
            Self::Replaced => &[Headline::Replaced],
            Self::Revoked => &[Headline::Revoked],
            Self::Cancelled => &[Headline::Cancelled],
        }
    }
}

/// Which resets the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ShownResets {
    /// All of them.
    #[default]
    All,
    /// Those in this state.
    In(ListedState),
    /// What the dashboard counts: the newest of each person, of the last days.
    Needing(Attention),
}

impl ShownResets {
    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::In(state) => state.headlines()[0].as_str(),
            Self::Needing(attention) => attention.as_str(),
        }
    }

    /// Reads the word; anything else means all.
    pub fn from_word(word: &str) -> Self {
        let states = ListedState::ALL.into_iter().map(Self::In);
        let needs = Attention::ALL.iter().copied().map(Self::Needing);
        states
            .chain(needs)
            .find(|shown| shown.word() == word)
            .unwrap_or_default()
    }
}

/// What was asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResetsQuery {
    /// Searched in the names and addresses of the persons, literally.
    pub search: String,
    /// Which ones.
    pub shown: ShownResets,
    /// Where the page begins.
    pub place: PlaceInList,
}

impl ResetsQuery {
    /// Reads the query of a URL; whatever makes no sense is left out.
    pub fn from_url(query: &str) -> Self {
        let value = |name| url_query::value(query, name);
        Self {
            search: value("q").unwrap_or_default(),
            shown: value("state")
                .map(|word| ShownResets::from_word(&word))
                .unwrap_or_default(),
            place: PageStart::from_url(query),
        }
    }

    /// The query of a URL, with the tab; defaults are left out.
    pub fn to_url(&self) -> String {
        let mut url = "tab=resets".to_owned();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                url.extend(["&", name, "=", value]);
            }
        };
        add("q", &url_query::as_value(&self.search));
        add("state", self.shown.word());
        for (name, value) in self.place.pairs() {
            add(name, &value);
        }
        url
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.shown != ShownResets::All
    }
}

#[cfg(test)]
mod tests {
    use rekey_domain::time::Timestamp;

    use super::*;
    use crate::texts::resets::badge;

    #[test]
    fn a_state_is_a_badge() {
        for &headline in Headline::ALL {
            let of: Vec<_> = ListedState::ALL
                .into_iter()
                .filter(|state| state.headlines().contains(&headline))
                .collect();
            assert_eq!(of.len(), 1, "{headline}");
            assert_eq!(badge(of[0].headlines()[0]), badge(headline));
        }
    }

    #[test]
    fn every_word_reads_back_and_none_is_taken_twice() {
        let states = ListedState::ALL.into_iter().map(ShownResets::In);
        let needs = Attention::ALL.iter().copied().map(ShownResets::Needing);
        for shown in states.chain(needs).chain([ShownResets::All]) {
            assert_eq!(ShownResets::from_word(shown.word()), shown);
        }
        assert_eq!(ShownResets::from_word("nonsense"), ShownResets::All);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_query_survives_its_url() {
        let place = ResetPlace {
            at: Timestamp::from_millis(1_795_527_128_000),
            id: "01a20de2-d8b0-75b4-81b4-3b5a979adbcf".parse().expect("an id"),
        };
        for query in [
            ResetsQuery::default(),
            ResetsQuery {
                search: "50% a_b & more=?#".to_owned(),
                shown: ShownResets::In(ListedState::Expired),
                place: PlaceInList::After(place, 51),
            },
            ResetsQuery {
                place: PlaceInList::Before(place, 1),
                ..ResetsQuery::default()
            },
        ] {
            assert_eq!(ResetsQuery::from_url(&query.to_url()), query, "{}", query.to_url());
        }
        for nonsense in [
            "after=x",
            "after=1",
            "after=1.x",
            "before=x.01a20de2-d8b0-75b4-81b4-3b5a979adbcf",
        ] {
            assert_eq!(ResetsQuery::from_url(nonsense).place, PlaceInList::Start, "{nonsense}");
        }
    }
}
