//! The settings `limit_…`: what they say, and `off`.

use std::num::NonZeroU32;

use rekey_domain::limit::{ADay, Limits, Rate};

use super::Source;

impl Source {
    /// The limits; what is wrong is noted, and has its default.
    pub(super) fn limits(&mut self) -> Limits {
        let default = Limits::default();
        Limits {
            asks_per_email: self.rate("limit_asks_per_email", default.asks_per_email),
            asks_per_client: self.rate("limit_asks_per_client", default.asks_per_client),
            failures_per_client: self.rate("limit_failures_per_client", default.failures_per_client),
            resets_per_person: self.number("limit_resets_per_person", default.resets_per_person),
            resets_per_manager: self.number("limit_resets_per_manager", default.resets_per_manager),
            batch_resets_per_person: self.number("limit_batch_resets_per_person", default.batch_resets_per_person),
            taken_emails_per_manager: self.rate("limit_taken_emails_per_manager", default.taken_emails_per_manager),
            invitations_per_company: self.a_day("limit_invitations_per_company", default.invitations_per_company),
        }
    }

    /// So many at once, then so many an hour; `off` is none.
    fn rate(&mut self, key: &'static str, default: Option<Rate>) -> Option<Rate> {
        self.limit(key, default, "two numbers", |text| {
            let (burst, per_hour) = text.split_once(',')?;
            Rate::per_hour(burst.trim().parse().ok()?, per_hour.trim().parse().ok()?)
        })
    }

    /// So many; `off` is none.
    fn number(&mut self, key: &'static str, default: Option<NonZeroU32>) -> Option<NonZeroU32> {
        self.limit(key, default, "a number", |text| {
            text.parse()
                .ok()
                .filter(|number: &NonZeroU32| number.get() <= Rate::MOST)
        })
    }

    /// So many in a day; `off` is none.
    fn a_day(&mut self, key: &'static str, default: Option<ADay>) -> Option<ADay> {
        self.limit(key, default, "a number", |text| text.parse().ok().and_then(ADay::of))
    }

    /// One of them. `form`: what it is, which is from 1 to the most.
    fn limit<T>(
        &mut self,
        key: &'static str,
        default: Option<T>,
        form: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let limit = self.optional(key, |text| match text {
            "off" => Ok(None),
            text => {
                let why = || format!("must be {form} from 1 to {}, or off", Rate::MOST);
                parse(text).map(Some).ok_or_else(why)
            }
        });
        limit.unwrap_or(default)
    }
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
        assert_eq!(
            source("limit_invitations_per_company", "50")
                .limits()
                .invitations_per_company,
            ADay::of(50)
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
            ("limit_resets_per_manager", "100001"),
            ("limit_asks_per_client", "100001, 1"),
            ("limit_asks_per_client", "1, 100001"),
            ("limit_invitations_per_company", "100001"),
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
