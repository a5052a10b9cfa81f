//! Identifiers. Each kind is a type of its own, so that a user's can't be passed for a company's.
//!
//! They are UUIDs of version 7 (RFC 9562 §5.7): they sort by time, which keeps index pages together. An
//! identifier is public: it is never a secret and never opens a link (case A3). Whoever needs one passes the time
//! and the random bytes in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;

/// The text is not an identifier: 36 signs, lower case, with hyphens. Other spellings of a UUID are refused, so
/// that each thing has one address only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct MalformedId;

fn parse_canonical(text: &str) -> Result<Uuid, MalformedId> {
    let uuid = Uuid::try_parse(text).map_err(|_| MalformedId)?;
    let mut buffer = Uuid::encode_buffer();
    if *uuid.hyphenated().encode_lower(&mut buffer) == *text {
        Ok(uuid)
    } else {
        Err(MalformedId)
    }
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier for `now` from 10 random bytes, of which 74 bits are used. Times before 1970
            /// count as 1970.
            pub fn mint(now: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.as_millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// From a stored UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// For storing.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.hyphenated(), f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                parse_canonical(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A company.
    CompanyId
    /// A user, that is, an account.
    UserId
    /// A session. Not what the cookie holds: that is a [`Token`](crate::token::Token) (case E6).
    SessionId
    /// One press of "Forgot password?", before anybody has looked whether the address is known (case B3).
    AskId
    /// A reset.
    ResetId
    /// A mail in the outbox.
    MailId
    /// A line of the activity.
    ActivityId
    /// That somebody said "this was not me".
    DisavowalId
    /// A new address that was entered for an account.
    EmailChangeId
    /// Many resets at once, or an import.
    BatchId
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_spellings_of_a_uuid_are_refused() {
        let id = "018f0000-0000-7000-8000-00000000000a";
        assert_eq!(id.parse::<UserId>().unwrap().to_string(), id);
        for other in [
            "",
            "018F0000-0000-7000-8000-00000000000A",
            "018f000000007000800000000000000a",
            "{018f0000-0000-7000-8000-00000000000a}",
            "urn:uuid:018f0000-0000-7000-8000-00000000000a",
            " 018f0000-0000-7000-8000-00000000000a",
        ] {
            assert_eq!(other.parse::<UserId>(), Err(MalformedId), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn text_and_json_read_back(now in 0_i64..1 << 47, random: [u8; 10]) {
            let id = ResetId::mint(Timestamp::from_millis(now), random);
            prop_assert_eq!(id.as_uuid().get_version_num(), 7);
            prop_assert_eq!(id.as_uuid().get_variant(), uuid::Variant::RFC4122);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(serde_json::to_value(id).unwrap(), serde_json::json!(id.to_string()));
        }

        #[test]
        fn ids_sort_by_time(now in 0_i64..1 << 47, later in 1_i64..1 << 40, a: [u8; 10], b: [u8; 10]) {
            let first = MailId::mint(Timestamp::from_millis(now), a);
            let second = MailId::mint(Timestamp::from_millis(now + later), b);
            prop_assert!(first < second);
            prop_assert!(first.to_string() < second.to_string());
        }
    }
}
