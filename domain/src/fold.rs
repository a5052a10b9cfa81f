//! Folding of text for searching and sorting, the same on every database.
//!
//! The database compares the keys bytewise, so its collation and version don't matter. Keys are made when a row is
//! written and when a search is typed; they are never shown.

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu_properties::props::{Alphabetic, CanonicalCombiningClass, DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Separates the two halves of a sort key. Below every sign that a key can hold, so that `Ana` sorts before
/// `Ana Lima`. Not U+0000: `PostgreSQL` can't store it.
const SEPARATOR: char = '\u{1}';

/// The longest sort key, in bytes. Some signs unfold into 18 others, and an index entry of `PostgreSQL` holds 2704 bytes;
/// what differs only behind this length sorts by id.
pub const LONGEST_SORT_KEY: usize = 1000;

/// What a search compares: compatibility forms unified (NFKD), marks and invisible signs dropped, case folded,
/// blanks collapsed. `Zoë`, `ZOE` and `zoe` have the same key. Applying it twice changes nothing.
pub fn search_key(text: &str) -> String {
    // Decomposing first: a composed sign may fold to other marks than its parts would.
    collapse_blanks(&fold(&without_marks(text)))
}

/// What a list is sorted by, bytewise: the search key first, then the text with its marks, so that `Zoe` and `Zoë`
/// stand together but always in the same order.
pub fn sort_key(text: &str) -> String {
    let folded = fold(&DecomposingNormalizer::new_nfd().normalize(text));
    let exact: String = ComposingNormalizer::new_nfc()
        .normalize(&folded)
        .chars()
        .filter(|&c| !is_control(c))
        .collect();
    let mut key = format!("{}{SEPARATOR}{}", search_key(text), collapse_blanks(&exact));
    key.truncate(key.floor_char_boundary(LONGEST_SORT_KEY));
    key
}

/// Case folding without regard to language (Unicode, CaseFolding.txt, status C and F).
pub(crate) fn fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).into_owned()
}

/// NFC: the form in which text is stored and shown, and passwords are hashed (case I1).
pub(crate) fn compose(text: &str) -> String {
    ComposingNormalizer::new_nfc().normalize(text).into_owned()
}

/// Blanks of any kind at the ends gone, and each run of them inside made one space.
pub(crate) fn collapse_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the sign shows nothing at all, as a zero width space does.
pub fn is_invisible(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Control characters other than the blanks among them (tab, line feed …), which collapse into a space.
fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

fn without_marks(text: &str) -> String {
    DecomposingNormalizer::new_nfkd()
        .normalize(text)
        .chars()
        .filter(|&c| !is_control(c) && !is_invisible(c) && !is_dropped_mark(c))
        .collect()
}

/// Accents, points and the like. Kept are the marks that are letters of their script, such as the vowel signs and
/// the virama of Devanagari or the vowels of Thai: without them, different names would look the same. The Greek iota
/// below a letter is one too, since it is written as a letter in capitals.
fn is_dropped_mark(c: char) -> bool {
    let is_mark = matches!(
        CodePointMapData::<GeneralCategory>::new().get(c),
        GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark
    );
    if !is_mark {
        return false;
    }
    match CodePointMapData::<CanonicalCombiningClass>::new().get(c) {
        CanonicalCombiningClass::Virama | CanonicalCombiningClass::IotaSubscript => false,
        CanonicalCombiningClass::NotReordered => !CodePointSetData::new::<Alphabetic>().contains(c),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sort_key_fits_an_index_however_long_its_text_unfolds() {
        let key = sort_key(&"\u{fdfa}".repeat(100));
        assert!((900..=LONGEST_SORT_KEY).contains(&key.len()), "{}", key.len());
    }

    #[test]
    fn marks_case_width_and_blanks_do_not_count() {
        for (one, other) in [
            ("Zoë", "ZOE"),
            ("Straße", "STRASSE"),
            ("ﬁnn", "Finn"),
            ("Ａｎａ", "ana"),
            ("  Ana \t\u{a0} Lima ", "ana lima"),
            ("İpek", "ipek"),
            ("Σίσυφος", "σισυφοσ"),
            ("Nguyễn", "nguyen"),
            ("An\u{200b}a\0", "ana"),
        ] {
            assert_eq!(search_key(one), search_key(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn vowel_signs_are_letters() {
        assert_ne!(search_key("मीना"), search_key("मन"));
        assert_ne!(search_key("क्ल"), search_key("कल"));
        assert_ne!(search_key("กี"), search_key("กุ"));
    }

    #[test]
    fn sorts_prefix_first_and_marks_last() {
        let mut names = ["Zoë", "Ana Lima", "zoe", "Åsa", "Ana", "ANA\u{301}", "bo"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Ana", "ANA\u{301}", "Ana Lima", "Åsa", "bo", "zoe", "Zoë"]);
    }

    #[test]
    fn every_single_sign_has_one_key_however_it_is_spelt() {
        // The planes that hold letters; the rest is unassigned or private.
        for c in '\0'..='\u{3ffff}' {
            let key = search_key(&c.to_string());
            for same in [&key, &fold(&c.to_string())] {
                assert_eq!(search_key(same), key, "U+{:04X}", u32::from(c));
            }
        }
    }

    proptest! {
        #[test]
        fn search_key_is_idempotent(text: String) {
            let key = search_key(&text);
            prop_assert_eq!(search_key(&key), key);
        }

        #[test]
        fn keys_do_not_depend_on_composition(text: String) {
            let composed = compose(&text);
            let decomposed = DecomposingNormalizer::new_nfd().normalize(&text).into_owned();
            prop_assert_eq!(search_key(&composed), search_key(&decomposed));
            prop_assert_eq!(sort_key(&composed), sort_key(&decomposed));
        }

        #[test]
        fn search_key_does_not_depend_on_case(text in "[a-zA-ZäöüÄÖÜéÉßñÑα-ωΑ-Ωа-яА-Я ]{0,30}") {
            prop_assert_eq!(search_key(&text.to_uppercase()), search_key(&text));
            prop_assert_eq!(search_key(&text.to_lowercase()), search_key(&text));
        }

        #[test]
        fn keys_can_be_stored_and_sorted(text: String) {
            let key = sort_key(&text);
            prop_assert!(!key.contains('\0'));
            prop_assert_eq!(key.matches(SEPARATOR).count(), 1);
            let first = key.split(SEPARATOR).next().unwrap_or_default();
            prop_assert_eq!(first, search_key(&text));
        }
    }
}
