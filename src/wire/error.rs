//! Why a request was refused or failed: a closed enum without any text from below (style: errors are for people). What a
//! browser gets are the words that `server/answers.rs` chooses for it.
//!
//! Whatever an inner layer said stays in the log under the incident's id; the page chooses its words by variant.

use std::fmt;

use rekey_domain::policy::Refusal;

use crate::wire::forms::Problem;
use crate::wire::people::ChangedTo;

/// After so long it is worth trying again where there was too much to do: a crowd has been served by then.
const BUSY_FOR_SECONDS: u64 = 10;

/// Why a request was refused or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppError {
    /// No living session.
    NotSignedIn,
    /// The role table says no.
    Forbidden(Refusal),
    /// It does not exist, or belongs to another company (D2: the same answer).
    NotFound,
    /// A form was filled in wrongly: what, and at which field.
    Invalid(Vec<Problem>),
    /// The form showed another company than the session now acts in (D3). Carries the name of the latter.
    OtherCompany(String),
    /// Somebody else has changed the same since the form was loaded. Nothing was saved.
    ChangedMeanwhile(ChangedTo),
    /// The link is somebody else's than who is signed in here (E7). Carries the name of the latter.
    SignedInAs(String),
    /// The link is used, expired, withdrawn or was never one of ours.
    LinkDead,
    /// Done too often for now (C1, C2, C5).
    Limited(Limited),
    /// The request was not one that our pages send.
    BadRequest,
    /// Another site sent it (F1).
    CrossSite,
    /// The body is larger than it may be (C6).
    TooLarge,
    /// The body or the query has more fields than it may have (F2).
    TooManyFields,
    /// The body did not come in time (F3).
    TooSlow,
    /// The database does not answer, or is full. Nothing was changed.
    Unavailable,
    /// There is more to do than the machine can do in time (F1). Nothing was changed.
    Busy,
    /// A bug. The log has the chain under this id.
    Internal(Incident),
}

impl AppError {
    /// The HTTP status that fits.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotSignedIn => 401,
            Self::Forbidden(Refusal::NotFound) | Self::NotFound => 404,
            Self::Forbidden(_) | Self::CrossSite => 403,
            Self::Invalid(_) => 422,
            Self::OtherCompany(_) | Self::ChangedMeanwhile(_) | Self::SignedInAs(_) => 409,
            Self::LinkDead => 410,
            Self::Limited(_) => 429,
            Self::BadRequest => 400,
            Self::TooSlow => 408,
            Self::TooLarge | Self::TooManyFields => 413,
            Self::Unavailable | Self::Busy => 503,
            Self::Internal(_) => 500,
        }
    }

    /// In how many seconds it is worth trying again, where time helps and we know.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Limited(limited) => limited.retry_after,
            Self::Busy => Some(BUSY_FOR_SECONDS),
            _ => None,
        }
    }
}

/// A limit that is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limited {
    /// Which one.
    pub by: Limit,
    /// In how many seconds there is the next place; none where time does not help.
    pub retry_after: Option<u64>,
}

/// Which limit. Times are already formatted in the reader's zone; where we know no reader there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Links asked for, for one address (C1); when the next may be.
    AsksForAddress(Option<String>),
    /// Links asked for from one network (C1); when the next may be.
    AsksFromNetwork(Option<String>),
    /// Tries to sign in (C2).
    SignIn,
    /// Resets triggered for one person within the hour (C5).
    ResetsOf {
        /// The person's name.
        name: String,
        /// How many there may be.
        most: u32,
        /// When the next may be.
        next: String,
    },
    /// Resets triggered by one manager within the hour (C5).
    ResetsBy {
        /// How many there may be.
        most: u32,
        /// When the next may be.
        next: String,
    },
    /// Addresses of other companies' accounts entered by one manager (D2); when the next may be.
    TakenEmails(String),
    /// New addresses entered for one person, or by one, within the hour (C5); when the next may be.
    NewEmails(String),
    /// Invitations of a company within a day (F10).
    Invitations {
        /// How many there may be.
        most: u32,
        /// How many there may be now.
        left: u32,
        /// How many there should have been.
        wanted: u32,
        /// When there may be as many; none where there never may.
        enough_at: Option<String>,
    },
    /// Batches of a company that are being carried out (F10); how many there may be.
    OpenBatches(u64),
}

impl Limit {
    /// The word of it in the activity and in the log.
    pub fn word(&self) -> &'static str {
        match self {
            Self::AsksForAddress(_) => "asks-for-address",
            Self::AsksFromNetwork(_) => "asks-from-network",
            Self::SignIn => "sign-in",
            Self::ResetsOf { .. } => "resets-of-person",
            Self::ResetsBy { .. } => "resets-by-manager",
            Self::TakenEmails(_) => "taken-emails",
            Self::NewEmails(_) => "new-emails",
            Self::Invitations { .. } => "invitations",
            Self::OpenBatches(_) => "open-batches",
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // For logs and the `Error` trait only; people read `texts::trouble`.
        match self {
            Self::Internal(incident) => write!(f, "internal error {incident}"),
            Self::Invalid(_) => f.write_str("invalid form"),
            Self::Forbidden(refusal) => write!(f, "refused: {refusal:?}"),
            Self::OtherCompany(_) => f.write_str("form of another company"),
            Self::ChangedMeanwhile(_) => f.write_str("changed meanwhile"),
            Self::SignedInAs(_) => f.write_str("link of somebody else"),
            Self::Limited(_) => f.write_str("too often"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for AppError {}

/// The id that a failure's page shows and its log line carries: six signs of `A-Z2-9` without look-alikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident([u8; 6]);

impl Incident {
    /// Without `I`, `O`, `0` and `1`, which people confuse when they read an id aloud. 32 signs, so that each byte maps evenly.
    const ALPHABET: &'static [u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// An id out of random bytes.
    pub fn from_random(random: [u8; 6]) -> Self {
        Self(random.map(|byte| Self::ALPHABET[usize::from(byte) % Self::ALPHABET.len()]))
    }
}

impl fmt::Display for Incident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_has_six_signs_that_can_be_read_aloud() {
        assert_eq!(Incident::from_random([0, 31, 32, 255, 7, 8]).to_string(), "A9A9HJ");
    }
}
