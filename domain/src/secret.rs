//! Text that must not reach a log, a span or an error (case G9).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A typed password, a token or a cookie's value. `Debug` and `Display` print nothing of it, not even its length;
/// serde writes it plainly, because a form has to carry it to the server.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself. Every call is a place to look at in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g9_prints_the_same_for_every_secret() {
        let (short, long) = (Secret::from("a".to_owned()), Secret::from("lantern-orbit".to_owned()));
        assert_eq!(format!("{short:?} {short}"), format!("{long:?} {long}"));
        assert!(!format!("{long:#?} {long:>40}").contains("orbit"));
    }

    #[test]
    fn travels_as_a_bare_string() {
        let secret: Secret = serde_json::from_str("\"orbit\"").unwrap();
        assert_eq!(secret.expose(), "orbit");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"orbit\"");
    }
}
