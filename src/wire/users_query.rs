//! What can be asked of the list of people, and how it stands in a URL.

use std::fmt;
use std::str::FromStr;

use rekey_domain::account::Status;
use rekey_domain::id::UserId;
use rekey_domain::page_size::PageSize;
use rekey_domain::role::Role;
use rekey_domain::text::SearchTerm;

use crate::wire::url_query;

/// A column that the list can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UserSort {
    /// By name.
    #[default]
    Name,
    /// By address.
    Email,
    /// Highest role first.
    Role,
    /// Active, invited, deleted.
    Status,
    /// Who never signed in first.
    LastSignIn,
    /// Who never got a reset first.
    LastReset,
}

impl UserSort {
    /// Every column.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Email,
        Self::Role,
        Self::Status,
        Self::LastSignIn,
        Self::LastReset,
    ];

    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Role => "role",
            Self::Status => "status",
            Self::LastSignIn => "last-sign-in",
            Self::LastReset => "last-reset",
        }
    }
}

/// An order: a column, and whether the other way round (`-` in front of its word).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UserOrder {
    /// The column.
    pub sort: UserSort,
    /// The other way round.
    pub descending: bool,
}

impl UserOrder {
    /// What a press on the head of `sort` asks for: that column, newest first where it holds times; or, if it is the one
    /// already, the other way round.
    #[must_use]
    pub fn pressed(self, sort: UserSort) -> Self {
        let first_way = matches!(sort, UserSort::LastSignIn | UserSort::LastReset);
        let descending = if self.sort == sort { !self.descending } else { first_way };
        Self { sort, descending }
    }
}

impl fmt::Display for UserOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.sort.word())
    }
}

impl FromStr for UserOrder {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (word, descending) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        let sort = UserSort::ALL
            .into_iter()
            .find(|sort| sort.word() == word)
            .ok_or(UnknownOrder)?;
        Ok(Self { sort, descending })
    }
}

/// The text names no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownOrder;

/// Whom the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shown {
    /// Everybody but deleted people.
    #[default]
    Everyone,
    /// Only people of this status.
    Only(Status),
}

impl Shown {
    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Everyone => "",
            Self::Only(status) => status.as_str(),
        }
    }

    /// Reads the word; anything else means everyone.
    pub fn from_word(word: &str) -> Self {
        word.parse().map_or(Self::Everyone, Self::Only)
    }
}

/// Where a page of the list begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// At the first person.
    #[default]
    Start,
    /// After this person; the first row has this number.
    After(UserId, u64),
    /// The page that ends before this person; the first row has this number.
    Before(UserId, u64),
}

/// What was asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UsersQuery {
    /// Searched in names and addresses, literally: `%` and `_` are signs like any other.
    pub search: SearchTerm,
    /// Only people of this role.
    pub role: Option<Role>,
    /// Only people of a status.
    pub shown: Shown,
    /// In which order.
    pub order: UserOrder,
    /// Rows a page.
    pub size: PageSize,
    /// Where the page begins.
    pub place: Place,
}

impl UsersQuery {
    /// Reads the query of a URL.
    pub fn from_url(query: &str) -> Self {
        Self::read(|name| url_query::value(query, name))
    }

    /// Reads the query by its values; whatever makes no sense is left out.
    pub fn read(value: impl Fn(&str) -> Option<url_query::Value>) -> Self {
        let start = value("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let person = |name| value(name).and_then(|id| id.parse::<UserId>().ok());
        let place = match (person("after"), person("before")) {
            (Some(id), _) => Place::After(id, start),
            (None, Some(id)) => Place::Before(id, start),
            (None, None) => Place::Start,
        };
        Self {
            search: SearchTerm::of(&value("q").unwrap_or_default()),
            role: value("role").and_then(|role| role.parse().ok()),
            shown: value("status").map(|word| Shown::from_word(&word)).unwrap_or_default(),
            order: value("sort").and_then(|sort| sort.parse().ok()).unwrap_or_default(),
            size: value("size").and_then(|size| size.parse().ok()).unwrap_or_default(),
            place,
        }
    }

    /// The query for a URL, as pairs; defaults are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("tab", "users".to_owned())];
        let mut add = |name, value: String, default: &str| {
            if value != default {
                pairs.push((name, value));
            }
        };
        add("q", self.search.to_string(), "");
        add(
            "role",
            self.role.map(|role| role.as_str().to_owned()).unwrap_or_default(),
            "",
        );
        add("status", self.shown.word().to_owned(), "");
        add("sort", self.order.to_string(), "name");
        add("size", self.size.as_str().to_owned(), PageSize::default().as_str());
        let (name, id, start) = match self.place {
            Place::Start => return pairs,
            Place::After(id, start) => ("after", id, start),
            Place::Before(id, start) => ("before", id, start),
        };
        pairs.push((name, id.to_string()));
        pairs.push(("start", start.to_string()));
        pairs
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.role.is_some() || self.shown != Shown::Everyone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_url() {
        let query = UsersQuery {
            search: SearchTerm::of("50% a_b & more"),
            role: Some(Role::ReadOnly),
            shown: Shown::Only(Status::Invited),
            order: UserOrder {
                sort: UserSort::LastSignIn,
                descending: true,
            },
            size: PageSize::Hundred,
            place: Place::After("01a20de2-d8b0-75b4-81b4-3b5a979adbcf".parse().expect("an id"), 101),
        };
        let pairs = query.pairs();
        let read = UsersQuery::read(|name| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_str().into())
        });
        assert_eq!(read, query);
        assert_eq!(UsersQuery::read(|_| None), UsersQuery::default());
        assert_eq!(
            UsersQuery::read(|_| Some("nonsense".into())).order,
            UserOrder::default()
        );
    }

    #[test]
    fn a_second_press_on_a_head_turns_the_order_round() {
        let by_name = UserOrder::default();
        assert!(by_name.pressed(UserSort::Name).descending);
        assert_eq!(
            by_name.pressed(UserSort::Role),
            UserOrder {
                sort: UserSort::Role,
                descending: false
            }
        );
        assert!(by_name.pressed(UserSort::LastReset).descending);
        assert!(
            !by_name
                .pressed(UserSort::LastReset)
                .pressed(UserSort::LastReset)
                .descending
        );
    }
}
