//! Text from outside that is stored or shown: what must not stand in it, in one place (F15).
//!
//! [`TextLine`] is what becomes of any text whatever, so that it can always be stored and shown: search fields, browsers'
//! names, lines of somebody's list. [`TextBlock`] is the same of several lines. Where a person is to be told instead, as with
//! names, the same rule refuses ([`is_unfit`]). HTML is no matter of this file: whoever writes HTML escapes (case G4).

use std::fmt;
use std::ops::Deref;

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, NoncharacterCodePoint};
use serde::{Deserialize, Serialize};

use crate::fold::{collapse_blanks, compose};

/// Whether the character must not be stored or shown: a control character (`PostgreSQL` can't store U+0000 at all), one that
/// breaks lines, one that reorders what stands beside it (case G3), or one that is no character.
pub fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}')
        || CodePointSetData::new::<BidiControl>().contains(c)
        || CodePointSetData::new::<NoncharacterCodePoint>().contains(c)
}

/// Whether somebody who typed the character is told to write it otherwise: it is unfit, or U+FFFD, which stands where something
/// unfit stood.
pub fn is_refused(c: char) -> bool {
    is_unfit(c) || c == char::REPLACEMENT_CHARACTER
}

/// What somebody typed into a field of one line, as forms take it and show it again. It is longer than anything that is taken,
/// so that a text which had to be cut is refused as too long.
pub type Typed = TextLine<1000>;

/// What somebody searches for.
pub type SearchTerm = TextLine<100>;

/// One line of text of at most `MOST` characters, composed (NFC). In place of what is unfit stands U+FFFD.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct TextLine<const MOST: usize>(String);

impl<const MOST: usize> TextLine<MOST> {
    /// What there is: blanks around it dropped, and cut where it is too long.
    pub fn of(text: &str) -> Self {
        Self(fitting(text.trim()).take(MOST).collect())
    }

    /// As [`of`](Self::of), and the last place is kept for a `…` where it is cut.
    pub fn shortened(text: &str) -> Self {
        let mut characters = fitting(text.trim());
        let mut line: String = characters.by_ref().take(MOST.saturating_sub(1)).collect();
        if characters.next().is_some() {
            line.push('…');
        }
        Self(line)
    }

    /// What somebody typed into a field of one line: each run of blanks is one space.
    pub fn typed(text: &str) -> Self {
        Self::of(&collapse_blanks(text))
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the character turns the direction of writing, or shows nothing and joins nothing, as around addresses that are copied
/// out of a mail program.
fn is_copied_along(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}') || CodePointSetData::new::<BidiControl>().contains(c)
}

/// The text composed, a character at a time, with U+FFFD in place of what is unfit.
fn fitting(text: &str) -> impl Iterator<Item = char> {
    let fit = |c| if is_unfit(c) { char::REPLACEMENT_CHARACTER } else { c };
    compose(text).chars().map(fit).collect::<Vec<_>>().into_iter()
}

impl<const MOST: usize> fmt::Display for TextLine<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// As it arrives from outside: what programs copy along without anybody seeing it is dropped at the ends, a tab is a blank, and
/// what is too long ends with `…`, so that it is not taken for something shorter.
impl<const MOST: usize> From<String> for TextLine<MOST> {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl<const MOST: usize> From<&str> for TextLine<MOST> {
    fn from(text: &str) -> Self {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_copied_along(c));
        let text = text.replace('\t', " ");
        let fits = fitting(&text).nth(MOST).is_none();
        if fits { Self::of(&text) } else { Self::shortened(&text) }
    }
}

impl<const MOST: usize> Deref for TextLine<MOST> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> From<TextLine<MOST>> for String {
    fn from(line: TextLine<MOST>) -> Self {
        line.0
    }
}

/// Several lines of text, as somebody typed them, fit to be shown again: only what is unfit is another character. Its lines
/// end with a line feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct TextBlock(String);

impl TextBlock {
    /// What becomes of any text.
    pub fn of(text: &str) -> Self {
        let fit = |c| match c {
            '\n' | '\t' => c,
            c if is_unfit(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        };
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        Self(text.chars().map(fit).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for TextBlock {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TextBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<String> for TextBlock {
    fn from(text: String) -> Self {
        Self::of(&text)
    }
}

impl From<TextBlock> for String {
    fn from(text: TextBlock) -> Self {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn f15_what_is_unfit_is_seen_and_nothing_else_changes() {
        for (text, line) in [
            (" Ana \u{e9} ", "Ana \u{e9}"),
            (
                "a\0b\r\u{202e}c\u{ffff}\u{2028}d\u{85}",
                "a\u{fffd}b\u{fffd}\u{fffd}c\u{fffd}\u{fffd}d",
            ),
            ("e\u{301}", "\u{e9}"),
            ("نیک\u{200c}نام 👩\u{200d}💻", "نیک\u{200c}نام 👩\u{200d}💻"),
            ("", ""),
        ] {
            assert_eq!(TextLine::<20>::of(text).as_str(), line, "{text:?}");
        }
        assert_eq!(TextLine::<20>::typed("\ta \r\n b\0").as_str(), "a b\u{fffd}");
    }

    #[test]
    fn a_line_is_cut_where_it_is_too_long() {
        assert_eq!(TextLine::<3>::of("äbcd").as_str(), "äbc");
        assert_eq!(TextLine::<3>::shortened("äbcd").as_str(), "äb…");
        assert_eq!(TextLine::<3>::shortened("äb").as_str(), "äb");
        assert_eq!(TextLine::<3>::from(" äbc ").as_str(), "äbc");
        assert_eq!(TextLine::<3>::from("äbcd").as_str(), "äb…");
    }

    #[test]
    fn f15_what_arrives_loses_what_was_copied_along_with_it() {
        for (text, line) in [
            ("\u{202a}ana@a.example\u{202c}\u{200b} ", "ana@a.example"),
            ("\u{feff}a\tb", "a b"),
            ("a\rb\u{202e}c", "a\u{fffd}b\u{fffd}c"),
            ("❤\u{fe0f}", "❤\u{fe0f}"),
        ] {
            assert_eq!(TextLine::<20>::from(text).as_str(), line, "{text:?}");
        }
    }

    #[test]
    fn f15_a_block_keeps_its_lines() {
        assert_eq!(
            TextBlock::of("a\r\nb\rc\n\td\0\u{202e}").as_str(),
            "a\nb\nc\n\td\u{fffd}\u{fffd}"
        );
    }

    proptest! {
        #[test]
        fn f15_whatever_there_was_it_can_be_stored_and_shown(text: String) {
            let line = TextLine::<10>::of(&text);
            prop_assert!(!line.as_str().contains(is_unfit));
            prop_assert!(line.as_str().chars().count() <= 10);
            let again = TextLine::<10>::of(line.as_str());
            prop_assert_eq!(again.as_str(), line.as_str().trim_end());
            let arrived = TextLine::<10>::from(text.as_str());
            prop_assert!(!arrived.contains(is_unfit));
            prop_assert!(arrived.chars().count() <= 10);
            prop_assert_eq!(TextLine::<10>::from(arrived.as_str()), arrived);
            let block = TextBlock::of(&text);
            prop_assert!(!block.as_str().contains(|c: char| is_unfit(c) && !matches!(c, '\n' | '\t')));
            prop_assert_eq!(TextBlock::of(block.as_str()), block);
        }
    }
}
