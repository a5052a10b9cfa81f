//! What an open page follows, and what it is told: the server writes the part of the page anew, and the browser puts it in
//! place. So no view and no word of it is in the browser's half, and ids are texts there.

use serde::{Deserialize, Serialize};

/// What a page follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Followed {
    /// How a company's resets go.
    Dashboard,
    /// The resets of the person with this id.
    Person(String),
    /// A page of the list of a company's resets, by the query of its address.
    List(String),
    /// The page of the batch with this id, and the query of its address.
    Batch(String, String),
}

/// How far a page has followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Following {
    /// Another one each time that something has changed: what the page asks with.
    pub stamp: String,
    /// Whether anything can still change by itself.
    pub may_change: bool,
    /// Whether it is being worked at: the answer must not wait for news.
    pub is_under_way: bool,
    /// The company that the page shows: another tab may switch to another one.
    pub company: String,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Each part of the page that follows, as HTML of the server's: elements that say by `data-live` which part they are.
    pub html: String,
    /// What the page asks with from now on.
    pub now: Following,
}
