//! The settings of connections: how many, and how long a request may take to arrive (F3).

use std::time::Duration;

use super::Source;
use crate::server::connections::Limits;

/// The longest time for a head, in seconds.
const LONGEST_HEAD: u64 = 120;
/// The longest time for a body.
const LONGEST_BODY: u64 = 600;
/// The most connections: each is an open file.
const MOST: usize = 100_000;

impl Source {
    /// What they say; what is wrong is noted, and has its default.
    pub(super) fn connections(&mut self) -> Limits {
        let default = Limits::default();
        let most = self.optional("max_connections", |text| {
            let most = text.parse().ok().filter(|most| (1..=MOST).contains(most));
            most.ok_or_else(|| format!("is no number from 1 to {MOST}"))
        });
        Limits {
            head: self.seconds("header_timeout", LONGEST_HEAD).unwrap_or(default.head),
            body: self.seconds("body_timeout", LONGEST_BODY).unwrap_or(default.body),
            most: most.unwrap_or(default.most),
        }
    }

    /// A time in seconds, up to so many.
    pub(super) fn seconds(&mut self, key: &'static str, longest: u64) -> Option<Duration> {
        self.optional(key, |text| {
            let seconds = text.parse().ok().filter(|seconds| (1..=longest).contains(seconds));
            seconds
                .map(Duration::from_secs)
                .ok_or_else(|| format!("is no number of seconds from 1 to {longest}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pairs: &[(&'static str, &str)]) -> Source {
        let mut source = Source::default();
        for (key, value) in pairs {
            source.values.insert(key, (*value).to_owned());
        }
        source
    }

    #[test]
    fn f3_times_and_connections_are_read() {
        let mut all = source(&[
            ("header_timeout", "5"),
            ("body_timeout", "600"),
            ("max_connections", "1"),
        ]);
        let expected = Limits {
            head: Duration::from_secs(5),
            body: Duration::from_mins(10),
            most: 1,
        };
        assert_eq!(all.connections(), expected);
        assert!(all.mistakes.is_empty(), "{:?}", all.mistakes);
        assert_eq!(Source::default().connections(), Limits::default());
    }

    #[test]
    fn f3_what_is_no_such_number_is_named_with_the_numbers_that_are() {
        for (key, words, wrong) in [
            ("header_timeout", "is no number of seconds from 1 to 120", ["0", "121"]),
            ("body_timeout", "is no number of seconds from 1 to 600", ["601", "off"]),
            ("max_connections", "is no number from 1 to 100000", ["0", "100001"]),
        ] {
            for wrong in wrong.into_iter().chain(["", "-1", "1.5", "many"]) {
                let mut source = source(&[(key, wrong)]);
                assert_eq!(source.connections(), Limits::default(), "{key} = {wrong}");
                assert_eq!(source.mistakes.len(), 1, "{key} = {wrong}");
                assert!(source.mistakes[0].contains(words), "{:?}", source.mistakes);
                assert!(source.mistakes[0].starts_with("REKEY_"), "{:?}", source.mistakes);
            }
        }
    }
}
