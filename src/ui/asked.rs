//! What a page is asked for: the address of its request, read where the page needs it.

use leptos::prelude::with_context;

use crate::wire::url_query;

/// The address of a page that is being rendered.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The path, as it came.
    pub path: String,
    /// What stands behind the question mark, as it came.
    pub query: String,
    /// What stands in the path where the page's address has a name, as it came.
    pub in_path: Vec<(String, String)>,
}

fn of_asked<T: Default>(read: impl FnOnce(&Asked) -> T) -> T {
    with_context(read).unwrap_or_default()
}

/// The path.
pub fn path() -> String {
    of_asked(|asked| asked.path.clone())
}

/// The whole query.
pub fn query() -> String {
    of_asked(|asked| asked.query.clone())
}

/// A value of the query.
pub fn in_query(name: &str) -> Option<String> {
    of_asked(|asked| url_query::value(&asked.query, name)).map(|value| value.to_string())
}

/// What stands in the path instead of this name.
pub fn in_path(name: &str) -> Option<String> {
    of_asked(|asked| {
        let found = asked.in_path.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    })
}
