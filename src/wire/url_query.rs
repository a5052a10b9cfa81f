//! Reads the query of the address.
//!
//! Not by the router's own map, which decodes every value twice: somebody who searches for `%41` would search for `A`,
//! and a way back with a blank in it would be lost.

use leptos_router::location::Url;

/// The value of `name` in a query such as `q=a+b&size=25`, the last one where there are several.
pub fn value(query: &str, name: &str) -> Option<String> {
    let pairs = query.trim_start_matches('?').split('&');
    let mut pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .rfind(|(key, _)| *key == name)
        .map(|(_, value)| Url::unescape(&value.replace('+', " ")))
}

/// A text as a value in a URL. The two halves may escape different signs; they read back the same.
pub fn as_value(text: &str) -> String {
    Url::escape(text)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_decoded_once() {
        for (query, expected) in [
            ("q=%2541", Some("%41")),
            ("?q=100%25+a%2Bb", Some("100% a+b")),
            ("size=25&q=%C3%81gnes", Some("Ágnes")),
            ("q=a&q=b", Some("b")),
            ("q", Some("")),
            ("qq=a", None),
            ("", None),
        ] {
            assert_eq!(value(query, "q").as_deref(), expected, "{query}");
        }
    }
}
