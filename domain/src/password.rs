//! Passwords: what a new one must be, and how one is normalised before it is hashed (cases I1, I2, I3).
//!
//! No composition rules, nothing cut off (NIST SP 800-63B-4 §3.1.1.2). The list of common passwords is not here:
//! whoever calls passes the question in.
//!
//! Blanks of every kind are spaces (K14): which one a keyboard makes, nobody sees. So, and by composing, a password is
//! prepared as RFC 8265 §4.2.2 has it.

use std::fmt;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use serde::{Deserialize, Serialize};

use crate::fold::{compose, search_key};
use crate::secret::Secret;

/// The longest password, in code points. Long enough for any passphrase, short enough to hash.
pub const MAX: usize = 128;

/// What the operator demands of new passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordRules {
    /// The fewest code points.
    pub min: usize,
}

impl PasswordRules {
    /// The lowest minimum that an operator may set, in code points.
    pub const LOWEST_MIN: usize = 8;

    /// The rules with a minimum of `min` characters; `None` unless that is 8 to 128.
    pub fn with_min(min: usize) -> Option<Self> {
        (Self::LOWEST_MIN..=MAX).contains(&min).then_some(Self { min })
    }
}

/// At least 15 code points (case I1).
impl Default for PasswordRules {
    fn default() -> Self {
        Self { min: 15 }
    }
}

/// Why a password is refused as a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordProblem {
    /// Nothing but blanks.
    #[error("the password is empty")]
    Empty,
    /// Too few code points.
    #[error("the password has fewer than {min} characters")]
    TooShort {
        /// The fewest allowed.
        min: usize,
    },
    /// Too many code points.
    #[error("the password has more than {max} characters")]
    TooLong {
        /// The most allowed.
        max: usize,
    },
    /// On the list of common or stolen passwords, or as easy to guess.
    #[error("the password is common")]
    Common,
    /// Made of the name of the person, of the company or of Rekey, or of the address.
    #[error("the password is made of the person's own words")]
    OwnWords,
}

/// Rekey's own name, which is everybody's own word (case I2).
const PRODUCT: &str = "Rekey";
/// Shorter words would be found in too many good passwords.
const SHORTEST_OWN_WORD: usize = 3;
/// So many letters and digits have to be left without the own words.
const FEWEST_LEFT: usize = 8;

/// An acceptable new password, composed (NFC), ready to be hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(Secret);

impl NewPassword {
    /// Checks a new password, cheapest rule first. Nothing of it is trimmed or cut.
    ///
    /// `own_words` are the person's name and e-mail address and the company's name, whole; they are split here.
    /// `is_common` is asked with the composed password.
    pub fn parse(
        raw: &Secret,
        rules: PasswordRules,
        own_words: &[&str],
        is_common: impl Fn(&str) -> bool,
    ) -> Result<Self, PasswordProblem> {
        let password = prepared(raw.expose());
        let length = password.chars().count();
        if password.trim().is_empty() {
            Err(PasswordProblem::Empty)
        } else if length < rules.min {
            Err(PasswordProblem::TooShort { min: rules.min })
        } else if length > MAX {
            Err(PasswordProblem::TooLong { max: MAX })
        } else if is_made_of(&password, own_words) {
            Err(PasswordProblem::OwnWords)
        } else if is_common(&password) {
            Err(PasswordProblem::Common)
        } else {
            Ok(Self(Secret::from(password)))
        }
    }

    /// The composed password, for the hasher.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The form in which new passwords are hashed: every blank a space, composed (NFC).
fn prepared(typed: &str) -> String {
    let is_blank = |c| CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::SpaceSeparator;
    compose(&typed.replace(is_blank, " "))
}

/// Whether the password holds own words and little else.
fn is_made_of(password: &str, own_words: &[&str]) -> bool {
    let mut words: Vec<String> = own_words
        .iter()
        .chain([&PRODUCT])
        .flat_map(|text| text.split(|c: char| c.is_whitespace() || matches!(c, '@' | '.')))
        .map(search_key)
        .filter(|word| word.chars().count() >= SHORTEST_OWN_WORD)
        .collect();
    // Longest first: `ann` must not break `annabel`.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));

    let folded = search_key(password);
    // A blank in the place of a word, so that what stood around it does not grow together into another one.
    let left = words
        .iter()
        .fold(folded.clone(), |left, word| left.replace(word.as_str(), " "));
    left != folded && left.chars().filter(|c| c.is_alphanumeric()).count() < FEWEST_LEFT
}

/// A password to be compared with a stored hash. No rule applies: an old password may be shorter than today's rules
/// want. It is prepared as the new one was, so that both ways of typing `é` sign in (case I1), and every kind of blank (K14).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordAttempt {
    prepared: Secret,
    /// With its own blanks, where it has others than spaces: hashes were made of such before blanks became spaces.
    with_own_blanks: Option<Secret>,
}

impl PasswordAttempt {
    /// Prepares what was typed.
    pub fn normalise(raw: &Secret) -> Self {
        let (prepared, composed) = (prepared(raw.expose()), compose(raw.expose()));
        Self {
            with_own_blanks: (prepared != composed).then(|| Secret::from(composed)),
            prepared: Secret::from(prepared),
        }
    }

    /// The prepared password, for the hasher.
    pub fn expose(&self) -> &str {
        self.prepared.expose()
    }

    /// What a stored hash may have been made of, the likeliest first: nearly always one form. Which forms there are depends on
    /// what was typed alone, never on an account (B4).
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        [Some(&self.prepared), self.with_own_blanks.as_ref()]
            .into_iter()
            .flatten()
            .map(Secret::expose)
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

impl fmt::Debug for PasswordAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordAttempt(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: &[&str] = &["Ada Admin", "ada@blueheron.example", "Blue Heron Logistics"];

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    fn check(text: &str, min: usize) -> Result<NewPassword, PasswordProblem> {
        NewPassword::parse(&secret(text), PasswordRules { min }, OWN, |_| false)
    }

    #[test]
    fn i2_with_eight_more_signs_an_own_word_may_stand_in_it() {
        assert_eq!(check("blueheron-abcdefg", 15), Err(PasswordProblem::OwnWords));
        assert!(check("blueheron-abcdefgh", 15).is_ok());
        assert_eq!(PasswordAttempt::normalise(&secret("e\u{301}")).expose(), "\u{e9}");
    }

    #[test]
    fn k14_every_blank_is_a_space() {
        let set = check("lantern\u{a0}orbit\u{2009}velvet\u{3000}seven", 15).expect("acceptable");
        assert_eq!(set.expose(), "lantern orbit velvet seven");
        let forms = |typed: &str| {
            let attempt = PasswordAttempt::normalise(&secret(typed));
            assert_eq!(attempt.forms().next(), Some(attempt.expose()));
            attempt.forms().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(forms("lantern orbit"), ["lantern orbit"]);
        assert_eq!(forms("lantern\u{a0}orbit"), ["lantern orbit", "lantern\u{a0}orbit"]);
        // What is no blank but a control character, or nothing to be seen, is left alone (RFC 8265 maps space separators only).
        assert_eq!(forms("a\tb\u{200b}c"), ["a\tb\u{200b}c"]);
        assert_eq!(check("\u{3000}\u{a0}               ", 15), Err(PasswordProblem::Empty));
    }

    #[test]
    fn i1_length_is_counted_in_composed_code_points() {
        assert_eq!(PasswordRules::default().min, 15);
        assert_eq!(check("fourteen-signs", 15), Err(PasswordProblem::TooShort { min: 15 }));
        assert!(check("fifteen-signs-x", 15).is_ok());
        assert_eq!(
            check(&"e\u{301}".repeat(14), 15),
            Err(PasswordProblem::TooShort { min: 15 })
        );
        assert!(check(&"\u{e9}".repeat(15), 15).is_ok());
        assert!(check(&"e\u{301}".repeat(MAX), 15).is_ok());
        assert_eq!(
            check(&"x".repeat(MAX + 1), 15),
            Err(PasswordProblem::TooLong { max: 128 })
        );
    }

    #[test]
    fn i1_the_operator_may_lower_the_minimum_to_8() {
        assert_eq!(PasswordRules::with_min(7), None);
        assert_eq!(PasswordRules::with_min(8), Some(PasswordRules { min: 8 }));
        assert_eq!(PasswordRules::with_min(129), None);
        assert!(check("k7#pq_zt", 8).is_ok());
        assert_eq!(check("k7#pq_z", 8), Err(PasswordProblem::TooShort { min: 8 }));
    }

    #[test]
    fn nothing_but_blanks_is_empty() {
        for text in ["", " ", "                    "] {
            assert_eq!(check(text, 15), Err(PasswordProblem::Empty), "{text:?}");
        }
    }

    #[test]
    fn i2_own_words_and_little_else_are_refused() {
        for text in [
            "blueheronlogistics",
            "Blue-Heron-Logistics-2026!",
            "AdaAdminAdaAdmin",
            "ada@blueheron.example",
            "\u{c5}d\u{e1}-ADMIN-heron-1234567",
            "rekeyrekeyrekey",
            "Rekey Rekey 1234567",
            "heron heron heron",
        ] {
            assert_eq!(check(text, 15), Err(PasswordProblem::OwnWords), "I2 {text}");
        }
    }

    #[test]
    fn i2_an_own_word_among_others_is_fine() {
        for text in [
            "lantern-orbit-velvet-27",
            "heron wants a pink hat",
            "adagio-in-g-minor-1708",
            "correct horse battery",
        ] {
            assert!(check(text, 15).is_ok(), "I2 {text}");
        }
        let short = NewPassword::parse(
            &secret("xa.yo.xa.yo.xa.yo"),
            PasswordRules::default(),
            &["Xa Yo"],
            |_| false,
        );
        assert!(short.is_ok(), "words of two signs don't count");
    }

    #[test]
    fn i2_the_longest_own_word_goes_first() {
        let own = ["ann annabel"];
        let result = NewPassword::parse(
            &secret("annabelannabel-1234567"),
            PasswordRules::default(),
            &own,
            |_| false,
        );
        assert_eq!(result, Err(PasswordProblem::OwnWords));
    }

    #[test]
    fn i2_common_passwords_are_refused_as_composed() {
        let result = NewPassword::parse(
            &secret("cafe\u{301}cafe\u{301}cafe\u{301}xyz"),
            PasswordRules::default(),
            OWN,
            |asked| asked == "caf\u{e9}caf\u{e9}caf\u{e9}xyz",
        );
        assert_eq!(result, Err(PasswordProblem::Common));
    }

    #[test]
    fn g9_debug_hides_the_password() {
        let text = "lantern-orbit-velvet-27";
        let printed = format!("{:?} {:?}", check(text, 15), PasswordAttempt::normalise(&secret(text)));
        assert_eq!(printed, "Ok(NewPassword(…)) PasswordAttempt(…)");
    }

    #[test]
    fn problems_read_back_from_json() {
        let json = serde_json::to_value(PasswordProblem::TooShort { min: 15 }).unwrap();
        assert_eq!(json, serde_json::json!({"too-short": {"min": 15}}));
        assert_eq!(
            serde_json::from_value::<PasswordProblem>(json).unwrap(),
            PasswordProblem::TooShort { min: 15 }
        );
    }

    proptest! {
        #[test]
        fn i1_composed_and_decomposed_sign_in_alike(text in "[a-z\u{e9}\u{fc}e\u{301}\u{308}한글 ]{20,40}") {
            let decomposed = icu_normalizer::DecomposingNormalizer::new_nfd().normalize(&text).into_owned();
            let set = NewPassword::parse(&secret(&decomposed), PasswordRules { min: 8 }, &[], |_| false);
            prop_assume!(set.is_ok());
            let (set, attempt) = (set.unwrap(), PasswordAttempt::normalise(&secret(&text)));
            prop_assert_eq!(set.expose(), attempt.expose());
        }

        #[test]
        fn i1_nothing_is_trimmed_or_cut(text in "[ -~]{15,128}") {
            prop_assume!(!text.trim().is_empty());
            if let Ok(password) = NewPassword::parse(&secret(&text), PasswordRules::default(), &[], |_| false) {
                prop_assert_eq!(password.expose(), text);
            }
        }
    }
}
