//! Enums that are stored and sent as one word.
//!
//! The word is the same in the database, in JSON and in a form, and it is written once. Changing one needs a
//! migration of the stored rows.

/// The text is none of the enum's words. Words are compared bytewise: nothing is trimmed, case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

/// Makes an enum whose variants are words: `ALL`, `as_str`, `Display`, `FromStr` and serde agree on them.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every variant, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stored and sent word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::word::UnknownWord),
                }
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::UnknownWord;
    use crate::account::Status;
    use crate::attention::Attention;
    use crate::batch::{BatchKind, BatchState, LineOutcome};
    use crate::company_details::Accent;
    use crate::mail_reply::PlainReason;
    use crate::page_size::PageSize;
    use crate::repeated::{List, PasswordRefusal};
    use crate::reset::{Headline, Kind, LinkEnd, LinkState, MailState, RecipientSaid};
    use crate::role::Role;

    /// Every word reads back as its variant, is unique, and is what serde writes.
    macro_rules! check_words {
        ($($name:ident),+) => {$({
            for &variant in $name::ALL {
                let word = variant.as_str();
                assert_eq!(word.parse(), Ok(variant));
                assert_eq!(variant.to_string(), word);
                assert_eq!(serde_json::to_value(variant).unwrap(), serde_json::json!(word));
                assert_eq!(serde_json::from_value::<$name>(serde_json::json!(word)).unwrap(), variant);
                assert!(word.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{word}");
            }
            for stranger in ["", " ", "nobody", &$name::ALL[0].as_str().to_uppercase(), "user "] {
                if stranger.bytes().all(|b| b.is_ascii_digit()) && !stranger.is_empty() {
                    continue;
                }
                assert_eq!(stranger.parse::<$name>(), Err(UnknownWord), "{stranger:?}");
            }
        })+};
    }

    #[test]
    fn every_word_reads_back_and_equals_its_json() {
        check_words!(
            Role,
            Accent,
            Status,
            Kind,
            MailState,
            LinkEnd,
            LinkState,
            RecipientSaid,
            Headline,
            PlainReason,
            PageSize,
            Attention,
            BatchKind,
            BatchState,
            LineOutcome,
            List,
            PasswordRefusal
        );
    }
}
