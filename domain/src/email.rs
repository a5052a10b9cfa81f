//! E-mail addresses, which are also the sign-in names.
//!
//! One parsing for every form, import and command. The syntax is the `email_address` crate's (RFC 5322, RFC 6531);
//! here is what it leaves open: composition, international domains, the unique key. Nothing here knows whether an
//! address exists or is in use. Carries parts of the cases B1 (the key), G2 and G3.

use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};
use icu_normalizer::ComposingNormalizer;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Serialize};

use crate::fold::{compose, fold, is_invisible};
use crate::text::is_refused;

/// The longest address that SMTP can carry between `<` and `>`, in bytes (RFC 5321 §4.5.3.1.3, erratum 1690).
pub const MAX: usize = 254;

/// Why a text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum EmailProblem {
    /// Nothing but blanks.
    #[error("the e-mail address is empty")]
    Empty,
    /// Not like `name@example.com`. Display names, quoted local parts, comments and IP addresses are refused too.
    #[error("not an e-mail address like name@example.com")]
    Malformed,
    /// More than 254 bytes in all, or more than 64 before the `@`.
    #[error("the e-mail address is too long")]
    TooLong,
}

/// An e-mail address: one recipient, one line, no line breaks.
///
/// Two addresses are equal if they are written alike; whether they are the same account is a question of the
/// [`key`](Self::key).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email {
    address: String,
    key: String,
}

impl Email {
    /// Parses what a person typed or pasted. Blanks around it are dropped, and so are characters that nobody sees, as some
    /// programs copy them (K8).
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        // Composing shortens to a third at most; longer texts are not worth the work.
        if text.len() > MAX * 4 {
            return Err(EmailProblem::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailProblem::Malformed)?;
        let domain = ascii_domain(domain)?;
        let address = checked(&format!("{}@{domain}", compose(local)))?;
        // The key is checked as well: a full-width `@` or `,` passes above and turns into a plain one here.
        let key = checked(&format!("{}@{domain}", key_of_local(local)))?;
        Ok(Self { address, key })
    }

    /// The address as mail is sent to it and pages show it: local part composed (NFC), case kept; domain in ASCII
    /// (IDNA, UTS 46), lower case.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// What is compared and unique: as [`as_str`](Self::as_str), with compatibility forms unified (NFKC) and case
    /// folded in the local part. Case matters there by RFC 5321 §2.4, but no living server tells `Ana` from `ana`.
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn key_of_local(local: &str) -> String {
    let nfkc = ComposingNormalizer::new_nfkc();
    // Folding may take composed signs apart.
    nfkc.normalize(&fold(&nfkc.normalize(local))).into_owned()
}

fn ascii_domain(domain: &str) -> Result<String, EmailProblem> {
    // Third and fourth place hyphens occur in real host names, so only the ends are checked.
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| EmailProblem::Malformed)?;
    // Without brackets an IP address is no domain, and no top level domain is a number (RFC 3696 §2).
    let is_number = ascii
        .rsplit('.')
        .next()
        .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if is_number {
        Err(EmailProblem::Malformed)
    } else {
        Ok(ascii.into_owned())
    }
}

/// The address itself if its syntax and length are right.
fn checked(address: &str) -> Result<String, EmailProblem> {
    let options = Options {
        minimum_sub_domains: 2,
        allow_domain_literal: false,
        allow_display_text: false,
        allow_long_local_parts: false,
    };
    let forbidden = |c: char| c == '"' || c.is_whitespace() || is_invisible(c) || is_refused(c);
    if address.len() > MAX {
        return Err(EmailProblem::TooLong);
    }
    if address.contains(forbidden) {
        return Err(EmailProblem::Malformed);
    }
    match EmailAddress::parse_with_options(address, options) {
        Ok(_) => Ok(address.to_owned()),
        Err(
            email_address::Error::LocalPartTooLong
            | email_address::Error::DomainTooLong
            | email_address::Error::SubDomainTooLong,
        ) => Err(EmailProblem::TooLong),
        Err(_) => Err(EmailProblem::Malformed),
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.address)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({:?})", self.address)
    }
}

impl FromStr for Email {
    type Err = EmailProblem;

    fn from_str(text: &str) -> Result<Self, EmailProblem> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailProblem;

    fn try_from(text: String) -> Result<Self, EmailProblem> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.address
    }
}

#[cfg(test)]
mod tests;
