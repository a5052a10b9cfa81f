//! Which tab of a company's page is asked for, and what of it.

use crate::wire::activity::ActivityQuery;
use crate::wire::resets_query::ResetsQuery;
use crate::wire::url_query;
use crate::wire::users_query::UsersQuery;

/// The query of `/company`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyQuery {
    /// The first tab, also for whatever names no other one.
    Users(UsersQuery),
    /// `?tab=resets`
    Resets(ResetsQuery),
    /// `?tab=activity`
    Activity(ActivityQuery),
}

impl CompanyQuery {
    /// Reads the query of a URL.
    pub fn from_url(query: &str) -> Self {
        match url_query::value(query, "tab").as_deref() {
            Some("resets") => Self::Resets(ResetsQuery::from_url(query)),
            Some("activity") => Self::Activity(ActivityQuery::from_url(query)),
            _ => Self::Users(UsersQuery::from_url(query)),
        }
    }
}
