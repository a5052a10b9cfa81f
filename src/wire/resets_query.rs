//! What can be asked of the list of resets, and how it stands in a URL.

use rekey_domain::attention::{Attention, Standing};
use rekey_domain::id::{BatchId, ResetId, UserId};
use rekey_domain::reset::Headline;
use rekey_domain::text::SearchTerm;

use crate::wire::list_place::{PageStart, RowPlace};
use crate::wire::paths;
use crate::wire::url_query;

/// The place of a reset in the list.
pub type ResetPlace = RowPlace<ResetId>;
/// Where a page of the list begins.
pub type PlaceInList = PageStart<ResetId>;

/// A state that the list can be narrowed to: one for each badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A part of a batch that no state of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BatchPart {
    /// The mail server has the mail, and its link can still be used.
    NotUsed,
    /// The link can't be used any more, and never was.
    Ended,
}

impl BatchPart {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::NotUsed, Self::Ended];

    /// What it stands for.
    pub fn headlines(self) -> &'static [Headline] {
        match self {
            Self::NotUsed => &[Headline::Accepted, Headline::HandedOver],
            Self::Ended => &[
                Headline::Expired,
                Headline::NotSentInTime,
                Headline::Replaced,
                Headline::Revoked,
                Headline::Cancelled,
            ],
        }
    }

    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotUsed => "not-used",
            Self::Ended => "ended",
        }
    }
}

/// Which resets the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ShownResets {
    /// All of them.
    #[default]
    All,
    /// Those in this state.
    In(ListedState),
    /// The newest of each person, of the last days, if it needs attention for this reason.
    Needing(Attention),
    /// The newest of each person, of the last days, if they stand there.
    Standing(Standing),
    /// A part of a batch.
    Part(BatchPart),
    /// Of a batch, whoever got no link: no resets, but lines.
    LeftOut,
}

impl ShownResets {
    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::In(state) => state.headlines()[0].as_str(),
            Self::Needing(attention) => attention.as_str(),
            Self::Standing(standing) => standing.as_str(),
            Self::Part(part) => part.word(),
            Self::LeftOut => "left-out",
        }
    }

    /// Reads the word; anything else means all.
    pub fn from_word(word: &str) -> Self {
        let states = ListedState::ALL.into_iter().map(Self::In);
        let needs = Attention::ALL.iter().copied().map(Self::Needing);
        let parts = BatchPart::ALL.into_iter().map(Self::Part);
        let standings = Standing::ALL.iter().copied().map(Self::Standing);
        states
            .chain(needs)
            .chain(standings)
            .chain(parts)
            .chain([Self::LeftOut])
            .find(|shown| shown.word() == word)
            .unwrap_or_default()
    }
}

/// What was asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ResetsQuery {
    /// Searched in the names and addresses of the persons, literally.
    pub search: SearchTerm,
    /// Which ones.
    pub shown: ShownResets,
    /// Where the page begins.
    pub place: PlaceInList,
    /// Only those of a batch, on its own page.
    pub batch: Option<BatchId>,
    /// Whose button was pressed in the list: their newest reset stays in it, whether or not it still belongs there.
    pub pressed: Option<UserId>,
}

impl ResetsQuery {
    /// Reads the query of a URL; whatever makes no sense is left out.
    pub fn from_url(query: &str) -> Self {
        let value = |name| url_query::value(query, name);
        Self {
            search: SearchTerm::of(&value("q").unwrap_or_default()),
            shown: value("state")
                .map(|word| ShownResets::from_word(&word))
                .unwrap_or_default(),
            place: PageStart::from_url(query),
            batch: value("batch").and_then(|id| id.parse().ok()),
            pressed: value("of").and_then(|id| id.parse().ok()),
        }
    }

    /// The query as one text, for who asks for the list; defaults are left out.
    pub fn to_url(&self) -> String {
        let mut url = "tab=resets".to_owned();
        if let Some(batch) = self.batch {
            url.push_str("&batch=");
            url.push_str(&batch.to_string());
        }
        self.narrow(&mut url);
        url
    }

    /// The same, narrowed to these from its first page on.
    #[must_use]
    pub fn showing(&self, shown: ShownResets) -> Self {
        Self {
            shown,
            place: PlaceInList::Start,
            pressed: None,
            ..self.clone()
        }
    }

    /// Where the list stands: the tab, or the page of its batch.
    pub fn address(&self) -> String {
        let Some(batch) = self.batch else {
            return format!("{}?{}", paths::COMPANY, self.to_url());
        };
        let mut query = String::new();
        self.narrow(&mut query);
        let page = paths::batch(batch);
        match query.strip_prefix('&') {
            Some(query) => format!("{page}?{query}"),
            None => page,
        }
    }

    /// Adds what narrows the list, and its place.
    fn narrow(&self, url: &mut String) {
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
        add("of", &self.pressed.map(|person| person.to_string()).unwrap_or_default());
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
        let standings = Standing::ALL.iter().copied().map(ShownResets::Standing);
        let parts = BatchPart::ALL.into_iter().map(ShownResets::Part);
        let rest = parts.chain([ShownResets::All, ShownResets::LeftOut]);
        for shown in states.chain(needs).chain(standings).chain(rest) {
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
                search: SearchTerm::of("50% a_b & more=?#"),
                shown: ShownResets::In(ListedState::Expired),
                place: PlaceInList::After(place, 51),
                batch: None,
                pressed: "01a20de2-d8b0-75b4-81b4-3b5a979adbcf".parse().ok(),
            },
            ResetsQuery {
                place: PlaceInList::Before(place, 1),
                ..ResetsQuery::default()
            },
            ResetsQuery {
                shown: ShownResets::Part(BatchPart::NotUsed),
                batch: "01a20de2-d8b0-75b4-81b4-3b5a979adbcf".parse().ok(),
                ..ResetsQuery::default()
            },
        ] {
            assert_eq!(ResetsQuery::from_url(&query.to_url()), query, "{}", query.to_url());
        }
        let of_batch = ResetsQuery {
            batch: "01a20de2-d8b0-75b4-81b4-3b5a979adbcf".parse().ok(),
            ..ResetsQuery::default()
        };
        let page = "/company/resets/batches/01a20de2-d8b0-75b4-81b4-3b5a979adbcf";
        assert_eq!(of_batch.address(), page);
        let unused = ResetsQuery {
            shown: ShownResets::LeftOut,
            ..of_batch
        };
        assert_eq!(unused.address(), format!("{page}?state=left-out"));
        assert_eq!(ResetsQuery::default().address(), "/company?tab=resets");
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
