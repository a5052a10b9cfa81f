//! Names of people and companies. They stand in pages, mails and mail headers, so they are one line of text that
//! can't reorder what stands beside it (case G3). HTML is no matter of this file: whoever writes HTML escapes
//! (case G4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::fold::{collapse_blanks, compose, is_invisible, search_key};
use crate::text::{is_refused, is_unfit};

/// The longest name, in code points.
pub const MAX: usize = 100;

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NameProblem {
    /// Nothing that one could see.
    #[error("the name is empty")]
    Empty,
    /// More than 100 code points, blanks around it and doubled ones inside not counted.
    #[error("the name has more than {MAX} characters")]
    TooLong,
    /// A line break, another control character or a sign that changes the direction of writing.
    #[error("the name has a forbidden character")]
    ForbiddenCharacter,
    /// A web address: names stand in mails to whoever was invited, and such a name would be somebody's advertisement (F10).
    #[error("the name has a web address in it")]
    WebAddress,
}

/// A name that somebody gives now.
fn parse_new(text: &str) -> Result<String, NameProblem> {
    let name = parse(text)?;
    if name.contains(is_refused) {
        Err(NameProblem::ForbiddenCharacter)
    } else if has_web_address(&name) {
        Err(NameProblem::WebAddress)
    } else {
        Ok(name)
    }
}

/// Whether a mail program would make a link of it, however it is written: full-width, in capitals, with marks.
fn has_web_address(name: &str) -> bool {
    let key = search_key(name);
    let begins_word = |at: usize| !key[..at].ends_with(char::is_alphanumeric);
    key.contains("://") || key.match_indices("www.").any(|(at, _)| begins_word(at))
}

fn parse(text: &str) -> Result<String, NameProblem> {
    let text = text.trim();
    if text.contains(is_unfit) {
        return Err(NameProblem::ForbiddenCharacter);
    }
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(NameProblem::Empty);
    }
    let name = compose(&collapse_blanks(text));
    if name.chars().count() > MAX {
        Err(NameProblem::TooLong)
    } else {
        Ok(name)
    }
}

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses what a person typed: blanks around it dropped, runs of blanks inside made one space, composed
            /// (NFC).
            pub fn parse(text: &str) -> Result<Self, NameProblem> {
                parse_new(text).map(Self)
            }

            /// Reads a name that is stored: from before web addresses and U+FFFD were refused, it may have them.
            pub fn stored(text: &str) -> Result<Self, NameProblem> {
                parse(text).map(Self)
            }

            /// The name: 1 to 100 code points, one line.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NameProblem;

            fn from_str(text: &str) -> Result<Self, NameProblem> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameProblem;

            fn try_from(text: String) -> Result<Self, NameProblem> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    )+};
}

names! {
    /// The name of a person.
    PersonName
    /// The name of a company.
    CompanyName
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_collapse_and_marks_compose() {
        assert_eq!(PersonName::parse(" Ana \u{a0} Lima\n").unwrap().as_str(), "Ana Lima");
        assert_eq!(CompanyName::parse("Zoe\u{308} & Co").unwrap().as_str(), "Zo\u{eb} & Co");
    }

    #[test]
    fn names_of_the_world_pass() {
        // The Persian name holds a zero width non-joiner, which its spelling needs.
        for name in [
            "Q",
            "O’Brien-Ш <b>",
            "मीना",
            "山田 太郎",
            "نیک\u{200c}نام",
            "👩\u{200d}💻 Ltd.",
        ] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn g3_line_breaks_and_direction_signs_are_refused() {
        for name in [
            "Ana\r\nBcc: bo@a.example",
            "Ana\nLima",
            "Ana\tLima",
            "Ana\0",
            "Ana\u{85}Lima",
            "Ana\u{2028}Lima",
            "Ana\u{202e}amil",
            "Ana\u{2066}Lima",
            "Ana\u{200f}",
            "\u{7}",
            "Ana\u{ffff}",
            "Ana\u{fffd}",
        ] {
            assert_eq!(
                PersonName::parse(name),
                Err(NameProblem::ForbiddenCharacter),
                "{name:?}"
            );
        }
    }

    #[test]
    fn f10_a_name_has_no_web_address_however_it_is_written() {
        for name in [
            "Win now at http://evil.example",
            "HTTPS://EVIL.EXAMPLE",
            "ftp://a",
            "h\u{200b}ttps:/\u{200b}/evil.example",
            "https\u{ff1a}\u{ff0f}\u{ff0f}evil.example",
            "www.evil.example",
            "Ana (WWW.evil.example)",
            "\u{ff37}\u{ff37}\u{ff37}\u{ff0e}evil.example",
        ] {
            assert_eq!(PersonName::parse(name), Err(NameProblem::WebAddress), "{name:?}");
            assert_eq!(CompanyName::parse(name), Err(NameProblem::WebAddress), "{name:?}");
            assert!(PersonName::stored(name).is_ok(), "{name:?}");
        }
        for name in ["Booking.com", "St. Gallen", "Awww. Ltd.", "A / B // C", "Ratio 1:2"] {
            assert!(PersonName::parse(name).is_ok(), "{name:?}");
        }
    }

    #[test]
    fn a_name_can_be_seen() {
        for name in ["", "  \n", "\u{200b}", "\u{3164}", "\u{ad} \u{2060}"] {
            assert_eq!(CompanyName::parse(name), Err(NameProblem::Empty), "{name:?}");
        }
    }

    #[test]
    fn length_is_counted_in_code_points() {
        let longest = "\u{65e5}".repeat(MAX);
        assert!(PersonName::parse(&format!("  {longest} ")).is_ok());
        assert_eq!(PersonName::parse(&format!("{longest}a")), Err(NameProblem::TooLong));
        assert!(
            PersonName::parse(&"e\u{301}".repeat(MAX)).is_ok(),
            "counted when composed"
        );
    }

    proptest! {
        #[test]
        fn text_and_json_read_back(text: String) {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
                let json = serde_json::to_string(&name).unwrap();
                prop_assert_eq!(serde_json::from_str::<PersonName>(&json).unwrap(), name);
            }
        }

        #[test]
        fn g3_a_name_is_one_line_of_bounded_length(text: String) {
            if let Ok(name) = CompanyName::parse(&text) {
                prop_assert!(!name.as_str().chars().any(char::is_control));
                prop_assert!((1..=MAX).contains(&name.as_str().chars().count()));
                prop_assert_eq!(name.as_str().trim(), name.as_str());
            }
        }
    }
}
