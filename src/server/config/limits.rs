//! The settings `limit_…`: what they say, and `off`.

use std::num::NonZeroU32;

use rekey_domain::limit::{Limits, Rate};

use super::Source;

impl Source {
    /// The limits; what is wrong is noted, and has its default.
    pub(super) fn limits(&mut self) -> Limits {
        let default = Limits::default();
        Limits {
            asks_per_email: self.limit("limit_asks_per_email", default.asks_per_email, rate),
            asks_per_client: self.limit("limit_asks_per_client", default.asks_per_client, rate),
            failures_per_client: self.limit("limit_failures_per_client", default.failures_per_client, rate),
            resets_per_person: self.limit("limit_resets_per_person", default.resets_per_person, number),
            resets_per_manager: self.limit("limit_resets_per_manager", default.resets_per_manager, number),
            batch_resets_per_person: self.limit(
                "limit_batch_resets_per_person",
                default.batch_resets_per_person,
                number,
            ),
            taken_emails_per_manager: self.limit(
                "limit_taken_emails_per_manager",
                default.taken_emails_per_manager,
                rate,
            ),
        }
    }

    /// One of them; `off` is none.
    fn limit<T>(&mut self, key: &'static str, default: Option<T>, parse: fn(&str) -> Option<T>) -> Option<T> {
        let limit = self.optional(key, |text| match text {
            "off" => Ok(None),
            text => {
                let why = "must be a limit of at least 1, or off";
                parse(text).map(Some).ok_or_else(|| why.to_owned())
            }
        });
        limit.unwrap_or(default)
    }
}

/// So many at once, then so many an hour.
fn rate(text: &str) -> Option<Rate> {
    let (burst, per_hour) = text.split_once(',')?;
    Rate::per_hour(burst.trim().parse().ok()?, per_hour.trim().parse().ok()?)
}

fn number(text: &str) -> Option<NonZeroU32> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(key: &'static str, value: &str) -> Source {
        let mut source = Source::default();
        source.values.insert(key, value.to_owned());
        source
    }

    #[test]
    fn limits_are_read_and_switched_off() {
        let default = Limits::default();
        let rate = source("limit_asks_per_email", "5,2").limits();
        assert_eq!(rate.asks_per_email, Rate::per_hour(5, 2));
        assert_eq!(rate.asks_per_client, default.asks_per_client);
        assert_eq!(source("limit_asks_per_client", "off").limits().asks_per_client, None);
        assert_eq!(
            source("limit_resets_per_person", "7").limits().resets_per_person,
            NonZeroU32::new(7)
        );
    }

    #[test]
    fn a_limit_that_is_none_is_named() {
        for (key, wrong) in [
            ("limit_asks_per_email", "3"),
            ("limit_asks_per_email", "0, 1"),
            ("limit_failures_per_client", "100, 0"),
            ("limit_resets_per_person", "0"),
            ("limit_resets_per_manager", "many"),
        ] {
            let mut source = source(key, wrong);
            assert_eq!(source.limits(), Limits::default(), "{key} = {wrong}");
            assert!(
                source.mistakes[0].contains("or off, for example"),
                "{:?}",
                source.mistakes
            );
        }
    }
}
