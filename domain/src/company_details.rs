//! What a company says about itself, as people type it: one line each, nothing in it that reorders what stands beside it
//! (G3). Empty means that there is none. And the accents of its pages.

use serde::{Deserialize, Serialize};

use crate::fold::{collapse_blanks, compose};
use crate::text::is_refused;
use crate::word::words;

/// The longest website, in code points.
pub const LONGEST_WEBSITE: usize = 200;
/// The longest phone number.
pub const LONGEST_PHONE: usize = 50;
/// The longest banner.
pub const LONGEST_BANNER: usize = 300;

words! {
    /// The colour of buttons, links and the current tab; each has a tested pair for light and dark.
    #[derive(Default)]
    pub enum Accent {
        /// What everybody begins with.
        #[default]
        Blue = "blue",
        /// Teal.
        Teal = "teal",
        /// Green.
        Green = "green",
        /// Purple.
        Purple = "purple",
        /// Pink.
        Pink = "pink",
        /// Red.
        Red = "red",
        /// Brown.
        Brown = "brown",
        /// Slate.
        Slate = "slate",
    }
}

/// Why a detail is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum DetailProblem {
    /// More than so many code points.
    #[error("too long")]
    TooLong(usize),
    /// A control character, or a sign that changes the direction of writing.
    #[error("a forbidden character")]
    ForbiddenCharacter,
    /// It does not begin with `https://` or `http://`, or no host follows.
    #[error("not a website")]
    NotAWebsite,
    /// It has signs that no phone number has.
    #[error("not a phone number")]
    NotAPhone,
}

/// A web address, to be read; it is never a link of ours.
pub fn website(text: &str) -> Result<Option<String>, DetailProblem> {
    let Some(line) = line(text, LONGEST_WEBSITE)? else {
        return Ok(None);
    };
    let host = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
    match host {
        Some(host) if host.contains('.') && !host.starts_with('.') && !line.contains(' ') => Ok(Some(line)),
        _ => Err(DetailProblem::NotAWebsite),
    }
}

/// A phone number, as it is written anywhere.
pub fn phone(text: &str) -> Result<Option<String>, DetailProblem> {
    let Some(line) = line(text, LONGEST_PHONE)? else {
        return Ok(None);
    };
    let is_sign = |c: char| c.is_ascii_digit() || " +-()/.".contains(c);
    if line.chars().all(is_sign) && line.chars().any(|c| c.is_ascii_digit()) {
        Ok(Some(line))
    } else {
        Err(DetailProblem::NotAPhone)
    }
}

/// What stands on top of every page.
pub fn banner(text: &str) -> Result<Option<String>, DetailProblem> {
    line(text, LONGEST_BANNER)
}

/// One line of words.
pub(crate) fn line(text: &str, longest: usize) -> Result<Option<String>, DetailProblem> {
    let text = text.trim();
    // Longer texts are not worth the work.
    if text.len() > longest * 8 {
        return Err(DetailProblem::TooLong(longest));
    }
    let line = compose(&collapse_blanks(text));
    if line.contains(is_refused) {
        return Err(DetailProblem::ForbiddenCharacter);
    }
    match line.chars().count() {
        0 => Ok(None),
        length if length > longest => Err(DetailProblem::TooLong(longest)),
        _ => Ok(Some(line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_none() {
        for text in ["", " ", "\n\t "] {
            assert_eq!(
                (website(text), phone(text), banner(text)),
                (Ok(None), Ok(None), Ok(None))
            );
        }
    }

    #[test]
    fn a_website_has_a_scheme_and_a_host() {
        for text in [
            "https://blueheron.example",
            "http://blueheron.example/a?b=c",
            "https://münchen.example/ä",
        ] {
            assert_eq!(website(text), Ok(Some(text.to_owned())));
        }
        for text in [
            "blueheron.example",
            "javascript:alert(1)",
            "https://",
            "https://.example",
            "https://a b.example",
            "HTTPS://x",
        ] {
            assert_eq!(website(text), Err(DetailProblem::NotAWebsite), "{text}");
        }
    }

    #[test]
    fn a_phone_number_has_digits() {
        assert_eq!(phone(" +49 (30)  5550-100 "), Ok(Some("+49 (30) 5550-100".to_owned())));
        for text in ["none", "+", "<b>1</b>"] {
            assert_eq!(phone(text), Err(DetailProblem::NotAPhone), "{text}");
        }
    }

    #[test]
    fn g3_a_banner_is_one_line_of_bounded_length() {
        assert_eq!(banner("Closed\r\non Friday"), Ok(Some("Closed on Friday".to_owned())));
        assert_eq!(banner("a\u{0}b"), Err(DetailProblem::ForbiddenCharacter));
        assert_eq!(banner("a\u{202e}b"), Err(DetailProblem::ForbiddenCharacter));
        assert!(banner(&"ä".repeat(LONGEST_BANNER)).is_ok());
        for length in [LONGEST_BANNER + 1, LONGEST_BANNER * 100] {
            assert_eq!(banner(&"ä".repeat(length)), Err(DetailProblem::TooLong(LONGEST_BANNER)));
        }
        // Blanks are one, unless there are so many that nobody typed them.
        let with_blanks = |bytes: usize| format!("a{}b", " ".repeat(bytes - 2));
        assert_eq!(banner(&with_blanks(LONGEST_BANNER * 8)), Ok(Some("a b".to_owned())));
        for bytes in [LONGEST_BANNER * 8 + 1, LONGEST_BANNER * 9] {
            assert_eq!(banner(&with_blanks(bytes)), Err(DetailProblem::TooLong(LONGEST_BANNER)));
        }
    }
}
