//! Reads and writes the query of an address.
//!
//! Not by the router's own map, which decodes every value twice: somebody who searches for `%41` would search for `A`,
//! and a way back with a blank in it would be lost.

use rekey_domain::local_path::LocalPath;
use rekey_domain::text::TextLine;

/// A value, which may be a way back.
pub type Value = TextLine<{ LocalPath::MAX }>;

/// The value of `name` in a query such as `q=a+b&size=25`, the last one where there are several; fit to be stored and shown,
/// whatever was escaped there (F15).
pub fn value(query: &str, name: &str) -> Option<Value> {
    let pairs = query.trim_start_matches('?').split('&');
    let mut pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .rfind(|(key, _)| *key == name)
        .map(|(_, value)| decode(&value.replace('+', " ")).into())
}

/// A text as a value in a URL. The two halves may escape different signs; they read back the same.
#[cfg(feature = "ssr")]
pub fn as_value(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A text as a value in a URL. The two halves may escape different signs; they read back the same.
#[cfg(not(feature = "ssr"))]
pub fn as_value(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

#[cfg(feature = "ssr")]
fn decode(value: &str) -> String {
    percent_encoding::percent_decode_str(value)
        .decode_utf8_lossy()
        .into_owned()
}

/// What can't be decoded stays as it is.
#[cfg(not(feature = "ssr"))]
fn decode(value: &str) -> String {
    js_sys::decode_uri_component(value).map_or_else(|_| value.to_owned(), Into::into)
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
            ("q=%00%E2%80%AEa%0D%FF", Some("\u{fffd}\u{fffd}a\u{fffd}\u{fffd}")),
        ] {
            assert_eq!(value(query, "q").as_deref(), expected, "{query}");
        }
    }
}
