//! The secrets that links and cookies carry, and what is stored of them.
//!
//! Plain and hashed are different types, so that the plain one can't be stored by mistake (A4, E6). The kind is part of what
//! is hashed, so that a secret of one kind opens nothing of another (A14). 256 random bits come from the caller, who
//! has them from the operating system (A3). Base32 in lower case is what survives mail programs (A13).

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

/// Signs in a token: 256 bits at 5 bits a sign.
const LENGTH: usize = 52;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// The link in a mail that lets its holder set a new password.
    SetPassword,
    /// The session cookie.
    Session,
    /// The link in the notice of a change: "This was not me".
    NotMe,
    /// The link in a mail to a new address: "Confirm this address".
    ConfirmEmail,
    /// The link in a mail to the old address: "Stop this change".
    StopEmail,
}

impl TokenKind {
    /// Hashed in front of the token. Ends in a zero byte, so that no tag is the beginning of another with its
    /// token. Changing one makes every stored hash of that kind worthless.
    const fn tag(self) -> &'static [u8] {
        match self {
            Self::SetPassword => b"set-password\0",
            Self::Session => b"session\0",
            Self::NotMe => b"not-me\0",
            Self::ConfirmEmail => b"confirm-email\0",
            Self::StopEmail => b"stop-email\0",
        }
    }
}

/// A plain token: 52 signs of `a`–`z` and `2`–`7`. It exists only on its way into a mail or a cookie and back.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token of 256 fresh random bits.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(BASE32_NOPAD.encode(&random).to_ascii_lowercase())
    }

    /// Reads a token as people and mail programs hand it back: upper case, blanks around it, `<` and `>` around it
    /// and a trailing dot are forgiven. Anything else is no token (A13).
    pub fn parse(text: &str) -> Option<Self> {
        let token = text
            .trim_start_matches(|c: char| c.is_whitespace() || c == '<')
            .trim_end_matches(|c: char| c.is_whitespace() || c == '>' || c == '.')
            .to_ascii_lowercase();
        // Decoding also refuses a last sign whose unused bits are not zero: one token has one spelling.
        let is_token = token.len() == LENGTH
            && BASE32_NOPAD
                .decode(token.to_ascii_uppercase().as_bytes())
                .is_ok_and(|bytes| bytes.len() == 32);
        is_token.then_some(Self(token))
    }

    /// The text for the link or the cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up. A plain hash is enough: 256 random bits can't be guessed.
    pub fn hash(&self, kind: TokenKind) -> TokenHash {
        TokenHash(
            Sha256::new()
                .chain_update(kind.tag())
                .chain_update(&self.0)
                .finalize()
                .into(),
        )
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// SHA-256 of the kind and the token, 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// From a stored hash.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For storing.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZERO: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    #[test]
    fn a4_the_stored_hash_stays_what_it_was() {
        let token = Token::from_random([0; 32]);
        assert_eq!(token.expose(), ZERO);
        let hex = |hash: TokenHash| data_encoding::HEXLOWER.encode(hash.as_bytes());
        assert_eq!(
            hex(token.hash(TokenKind::SetPassword)),
            "6fc497e7270f1eb814eb30a4c6361a0d64bba5a9bbc4579e448a8b5e9c1e7835"
        );
        assert_eq!(
            hex(token.hash(TokenKind::Session)),
            "fcc38f4c11d4c2cbbf6fb7d896c0016723bbb74b47290d9ee1c52f1a7d06c7b8"
        );
        assert_eq!(
            hex(token.hash(TokenKind::NotMe)),
            "afd165bcfc4402affc01f5faa8770a8afdd08a49b20e8825069b49a7ff91cee3"
        );
    }

    #[test]
    fn a13_garbage_is_no_token() {
        let cut = &ZERO[1..];
        for text in [
            "",
            "null",
            "undefined",
            " ",
            "<>",
            cut,
            &format!("{ZERO}{ZERO}"),
            &format!("{ZERO}/"),
            &format!("{ZERO}a"),
            &format!("0{cut}"),
            &format!("1{cut}"),
            &format!("-{cut}"),
            &format!("\u{e4}{}", &ZERO[2..]),
            &format!("{cut}b"),
            &format!("{} {}", &ZERO[..26], &ZERO[26..]),
            &format!(".{ZERO}"),
            "open",
            &"a".repeat(1 << 20),
        ] {
            assert_eq!(Token::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn g9_debug_hides_the_token() {
        assert_eq!(format!("{:?}", Token::from_random([7; 32])), "Token(…)");
    }

    proptest! {
        #[test]
        fn a13_forgiven_spellings_are_the_same_link(
            random: [u8; 32], upper: bool, before in "[ \\t\\n\u{a0}]{0,2}<?", after in ">?\\.?[ \\n]{0,2}"
        ) {
            let token = Token::from_random(random);
            let text = if upper { token.expose().to_uppercase() } else { token.expose().to_owned() };
            prop_assert_eq!(Token::parse(&format!("{before}{text}{after}")), Some(token));
        }

        #[test]
        fn a13_a_token_has_signs_that_mail_programs_leave_alone(random: [u8; 32]) {
            let token = Token::from_random(random);
            prop_assert_eq!(token.expose().len(), LENGTH);
            prop_assert!(token.expose().bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')));
        }

        #[test]
        fn a14_a_token_of_one_kind_is_unknown_as_another(random: [u8; 32]) {
            let token = Token::from_random(random);
            let kinds = [
                TokenKind::SetPassword,
                TokenKind::Session,
                TokenKind::NotMe,
                TokenKind::ConfirmEmail,
                TokenKind::StopEmail,
            ];
            let hashes: std::collections::HashSet<_> = kinds.map(|kind| token.hash(kind)).into();
            prop_assert_eq!(hashes.len(), kinds.len());
        }

        #[test]
        fn different_bits_are_different_tokens(one: [u8; 32], bit in 0_usize..256) {
            let mut other = one;
            other[bit / 8] ^= 1 << (bit % 8);
            let (one, other) = (Token::from_random(one), Token::from_random(other));
            prop_assert_ne!(one.hash(TokenKind::Session), other.hash(TokenKind::Session));
        }

        #[test]
        fn parse_never_accepts_what_it_would_not_make(text in "[ <]?[A-Za-z2-7]{51,53}[>. ]?") {
            if let Some(token) = Token::parse(&text) {
                prop_assert_eq!(Token::parse(token.expose()), Some(token.clone()));
                let bytes = BASE32_NOPAD.decode(token.expose().to_uppercase().as_bytes()).unwrap();
                prop_assert_eq!(Token::from_random(bytes.try_into().unwrap()), token);
            }
        }
    }
}
