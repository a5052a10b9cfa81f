//! The settings `keep_…`: for how many days what is over is kept (H6).

use rekey_domain::keeping::{Keeping, KeptFor};

use super::Source;

impl Source {
    /// How long what is kept; what is wrong is noted, and has its default.
    pub(super) fn keeping(&mut self) -> Keeping {
        let default = Keeping::default();
        Keeping {
            resets: self.kept_for("keep_resets_days", default.resets),
            activity: self.kept_for("keep_activity_days", default.activity),
        }
    }

    fn kept_for(&mut self, key: &'static str, default: KeptFor) -> KeptFor {
        let kept = self.optional(key, |text| {
            let days = text.parse().ok().and_then(KeptFor::days);
            days.ok_or_else(|| format!("is no number of days from {} to {}", KeptFor::LEAST, KeptFor::MOST))
        });
        kept.unwrap_or(default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_wrong_ones_are_named() {
        let mut source = Source::default();
        source.values.insert("keep_resets_days", "31".to_owned());
        source.values.insert("keep_activity_days", "7".to_owned());
        let keeping = source.keeping();
        assert_eq!(keeping.resets.as_days(), 31);
        assert_eq!(keeping.activity, Keeping::default().activity);
        assert_eq!(source.mistakes.len(), 1);
        assert!(
            source.mistakes[0].contains("REKEY_KEEP_ACTIVITY_DAYS"),
            "{:?}",
            source.mistakes
        );
    }
}
