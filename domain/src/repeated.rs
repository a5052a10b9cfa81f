//! What is told of attacks (case F14): the same once more within a minute is one entry with a number, and one network makes
//! only so many entries an hour, so that nobody fills the disk with refusals.

use std::time::Duration;

use crate::time::Timestamp;
use crate::word::words;

/// So many entries of refusals one site makes within an hour; what comes after them is one more, with a number.
pub const MOST_AN_HOUR: u64 = 200;

words! {
    /// Why a password was refused.
    pub enum PasswordRefusal {
        /// It was wrong, or there is none.
        Wrong = "wrong",
        /// There were too many tries, and it was not looked at.
        TooMany = "too-many",
    }
}

words! {
    /// A list that was taken away.
    pub enum List {
        /// The people of a company.
        Users = "users",
        /// Its activity.
        Activity = "activity",
        /// What came of a batch.
        Batch = "batch",
    }
}

/// What all entries of one site begin with, minute by minute, in the order of time as text.
fn beginning(site: &str, minute: i64) -> String {
    format!("{site} {minute:010}")
}

const fn minute(at: Timestamp) -> i64 {
    at.as_seconds().div_euclid(60)
}

/// The key of an entry: whatever has the same is the same once more. `site`: from where, the whole of it; `what` and by whom.
pub fn key(site: &str, at: Timestamp, what: &[&str]) -> String {
    format!("{} {}", beginning(site, minute(at)), what.join(" "))
}

/// The key of the one entry for everything beyond [`MOST_AN_HOUR`], of one hour and by one person, or by nobody who is known.
pub fn key_of_more(site: &str, at: Timestamp, by: &str) -> String {
    format!("{} ~ {by}", beginning(site, minute(at).div_euclid(60) * 60))
}

/// Between which keys the entries of a site lie, of the hour up to now: from the first on, before the second.
pub fn keys_of_an_hour(site: &str, now: Timestamp) -> (String, String) {
    let begin = minute(now - Duration::from_hours(1));
    (beginning(site, begin + 1), beginning(site, minute(now) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Timestamp = Timestamp::from_millis(1_795_521_600_000);
    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn f14_the_same_within_a_minute_has_one_key() {
        let what = ["signed_in", "-", "wrong"];
        let first = key("203.0.113.7", NOON, &what);
        assert_eq!(key("203.0.113.7", NOON + Duration::from_millis(59_999), &what), first);
        assert_ne!(key("203.0.113.7", NOON + MINUTE, &what), first);
        assert_ne!(key("203.0.113.70", NOON, &what), first);
        assert_ne!(key("203.0.113.7", NOON, &["signed_in", "-", "too-many"]), first);
    }

    #[test]
    fn f14_everything_beyond_the_most_of_an_hour_has_one_key() {
        let first = key_of_more("203.0.113.7", NOON, "-");
        assert_eq!(key_of_more("203.0.113.7", NOON + MINUTE * 59, "-"), first);
        assert_ne!(key_of_more("203.0.113.7", NOON + MINUTE * 60, "-"), first);
        assert_ne!(key_of_more("203.0.113.7", NOON, "somebody"), first);
    }

    proptest! {
        #[test]
        fn f14_an_hour_has_the_keys_of_its_minutes_and_no_other_sites(at in -7200_i64..7200) {
            let site = "203.0.113.7";
            let (from, before) = keys_of_an_hour(site, NOON);
            let is_in = |key: &String| *key >= from && *key < before;
            let at_then = Timestamp::from_millis(NOON.as_millis() + at * 1000);
            let expected = minute(at_then) > minute(NOON) - 60 && minute(at_then) <= minute(NOON);
            prop_assert_eq!(is_in(&key(site, at_then, &["signed_in"])), expected);
            for other in ["203.0.113.70", "203.0.113.", "203.0.113.6", "2001:db8::/48", "-"] {
                prop_assert!(!is_in(&key(other, at_then, &["signed_in"])));
            }
        }
    }
}
