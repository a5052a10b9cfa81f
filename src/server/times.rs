//! Times in words, in a person's zone: the one wording that mails and pages share.
//!
//! English only, like the catalogue in `texts`. It reads no clock: every time is handed in. The zones are inside the
//! executable, so that it works where the system has none. Acceptance 13 of the experience.

use std::time::Duration;

use jiff::tz::{Offset, TimeZone};
use jiff::{ToSpan, ZonedDateTime};
use rekey_domain::time::Timestamp;

/// A time zone with the name that is shown beside a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    rules: TimeZone,
    name: String,
}

/// The names of all zones that a person may choose, in order.
pub fn zone_names() -> Vec<String> {
    jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| is_zone(name))
        .collect()
}

/// Whether a zone has exactly this name.
pub fn is_zone(name: &str) -> bool {
    // These are files of the zone database, but no places.
    !matches!(name, "posixrules" | "localtime" | "Factory") && Zone::known(name).is_some_and(|zone| zone.name == name)
}

impl Zone {
    /// Coordinated universal time, shown as `UTC`.
    pub fn utc() -> Self {
        Self {
            rules: TimeZone::UTC,
            name: "UTC".to_owned(),
        }
    }

    /// The zone with this IANA name, in any case; UTC where there is no name or an unknown one.
    pub fn named(name: Option<&str>) -> Self {
        name.and_then(Self::known).unwrap_or_else(Self::utc)
    }

    fn known(name: &str) -> Option<Self> {
        let rules = TimeZone::get(name.trim()).ok().filter(|rules| !rules.is_unknown())?;
        let name = rules.iana_name()?.to_owned();
        Some(Self { rules, name })
    }

    /// The IANA name in its usual spelling, such as `Europe/Berlin`.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn format(&self, at: Timestamp, pattern: &str) -> String {
        ZonedDateTime::new(instant(at), self.rules.clone())
            .strftime(pattern)
            .to_string()
    }

    /// `Europe/Berlin, UTC+1`, with the offset that holds at that time; only `UTC` where the zone is that.
    fn name_and_offset(&self, at: Timestamp) -> String {
        if self.name == "UTC" {
            return self.name.clone();
        }
        format!("{}, {}", self.name, offset_in_words(self.rules.to_offset(instant(at))))
    }
}

/// The deadline as a sentence: `Valid for 24 hours, until Wednesday 25 November 2026, 14:32 (Europe/Berlin, UTC+1).`
///
/// `lifetime` counts from the asking; it is said in whole hours, or in minutes where it is not whole hours. The
/// offset is the one of the deadline, not of the asking: a clock change may lie between them.
pub fn deadline_sentence(lifetime: Duration, expires_at: Timestamp, zone: &Zone) -> String {
    format!(
        "Valid for {}, until {} ({}).",
        duration_in_words(lifetime),
        zone.format(expires_at, "%A %-d %B %Y, %H:%M"),
        zone.name_and_offset(expires_at),
    )
}

/// The deadline where there is little room: `Valid until Wed 25 Nov, 14:32 (Europe/Berlin)`, without a full stop.
pub fn deadline_short(expires_at: Timestamp, zone: &Zone) -> String {
    format!("Valid until {} ({})", weekday_and_time(expires_at, zone), zone.name)
}

/// `24 Nov 2026, 14:32`
pub fn day_and_time(at: Timestamp, zone: &Zone) -> String {
    zone.format(at, "%-d %b %Y, %H:%M")
}

/// `24 Nov, 14:32`, for times of these days.
pub fn short_day_and_time(at: Timestamp, zone: &Zone) -> String {
    zone.format(at, "%-d %b, %H:%M")
}

/// `Tue 24 Nov, 14:32`, for times of the coming days.
pub fn weekday_and_time(at: Timestamp, zone: &Zone) -> String {
    zone.format(at, "%a %-d %b, %H:%M")
}

/// `24 Nov`, for these days.
pub fn short_day(at: Timestamp, zone: &Zone) -> String {
    zone.format(at, "%-d %b")
}

/// When each of the last `days` days began in this zone, the one of `now` the last.
pub fn last_days(days: u8, now: Timestamp, zone: &Zone) -> Vec<Timestamp> {
    let today = ZonedDateTime::new(instant(now), zone.rules.clone()).date();
    let begin_of = |back: u8| in_zone(today.saturating_sub(i32::from(back).days()), zone);
    (0..days).rev().filter_map(begin_of).collect()
}

/// `24 Nov 2026`
pub fn day(at: Timestamp, zone: &Zone) -> String {
    zone.format(at, "%-d %b %Y")
}

/// The end of the minute that is under way at `at`: formatted to the minute, it is the first at which `at` has passed.
pub fn whole_minute(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(at.as_millis().saturating_add(59_999))
}

/// `14:32`, the first whole minute at which `at` has passed: a moment to try again is not named too early.
pub fn next_minute(at: Timestamp, zone: &Zone) -> String {
    time(whole_minute(at), zone)
}

/// When a day like `2026-11-24` begins in this zone; none if there is no such day.
pub fn begin_of_day(day: &str, zone: &Zone) -> Option<Timestamp> {
    in_zone(day.parse().ok()?, zone)
}

/// When it has ended, which is when the next one begins.
pub fn end_of_day(day: &str, zone: &Zone) -> Option<Timestamp> {
    in_zone(day.parse::<jiff::civil::Date>().ok()?.tomorrow().ok()?, zone)
}

fn in_zone(day: jiff::civil::Date, zone: &Zone) -> Option<Timestamp> {
    let begin = zone.rules.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
    Some(Timestamp::from_millis(begin.ok()?.as_millisecond()))
}

/// `14:32`
pub fn time(at: Timestamp, zone: &Zone) -> String {
    zone.format(at, "%H:%M")
}

/// `2026-11-24T13:32:08Z`: RFC 3339 in UTC, for `<time datetime>`. Thousandths appear only where there are some.
pub fn iso(at: Timestamp) -> String {
    instant(at).to_string()
}

/// A time outside the years that the calendar knows becomes the nearest one inside.
fn instant(at: Timestamp) -> jiff::Timestamp {
    let nearest = if at.as_millis() < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    };
    jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or(nearest)
}

fn offset_in_words(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

fn duration_in_words(duration: Duration) -> String {
    let minutes = duration.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) if hours > 0 => format!("{hours} hours"),
        _ if minutes == 1 => "1 minute".to_owned(),
        _ => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn zone(name: &str) -> Zone {
        let zone = Zone::named(Some(name));
        assert_eq!(zone.name(), name);
        zone
    }

    #[test]
    fn every_form_of_one_time() {
        let berlin = zone("Europe/Berlin");
        let expires_at = at("2026-11-25T13:32:08Z");
        assert_eq!(
            deadline_sentence(24 * HOUR, expires_at, &berlin),
            "Valid for 24 hours, until Wednesday 25 November 2026, 14:32 (Europe/Berlin, UTC+1)."
        );
        assert_eq!(
            deadline_short(expires_at, &berlin),
            "Valid until Wed 25 Nov, 14:32 (Europe/Berlin)"
        );
        assert_eq!(day_and_time(expires_at, &berlin), "25 Nov 2026, 14:32");
        assert_eq!(short_day_and_time(expires_at, &berlin), "25 Nov, 14:32");
        assert_eq!(day(expires_at, &berlin), "25 Nov 2026");
        assert_eq!(time(expires_at, &berlin), "14:32");
        assert_eq!(next_minute(expires_at, &berlin), "14:33");
        assert_eq!(next_minute(at("2026-11-25T13:32:00Z"), &Zone::utc()), "13:32");
        assert_eq!(iso(expires_at), "2026-11-25T13:32:08Z");
        assert_eq!(iso(Timestamp::from_millis(1)), "1970-01-01T00:00:00.001Z");
    }

    #[test]
    fn a_day_begins_and_ends_in_its_zone() {
        let berlin = zone("Europe/Berlin");
        assert_eq!(begin_of_day("2026-11-24", &berlin), Some(at("2026-11-23T23:00:00Z")));
        assert_eq!(end_of_day("2026-11-24", &berlin), Some(at("2026-11-24T23:00:00Z")));
        // 25 hours.
        assert_eq!(begin_of_day("2026-10-25", &berlin), Some(at("2026-10-24T22:00:00Z")));
        assert_eq!(end_of_day("2026-10-25", &berlin), Some(at("2026-10-25T23:00:00Z")));
        assert_eq!(begin_of_day("2026-02-30", &berlin), None);
        assert_eq!(end_of_day("", &berlin), None);
        assert_eq!(end_of_day("9999-12-31", &berlin), None);
    }

    #[test]
    fn days_and_hours_have_no_padding_that_is_not_needed() {
        let utc = Zone::utc();
        assert_eq!(day_and_time(at("2026-03-01T00:05:00Z"), &utc), "1 Mar 2026, 00:05");
        assert_eq!(
            deadline_sentence(HOUR, at("2026-03-01T00:05:00Z"), &utc),
            "Valid for 1 hour, until Sunday 1 March 2026, 00:05 (UTC)."
        );
    }

    #[test]
    fn clocks_go_back_between_asking_and_deadline() {
        let asked_at = at("2026-10-24T12:00:00Z");
        let berlin = zone("Europe/Berlin");
        assert_eq!(time(asked_at, &berlin), "14:00");
        assert_eq!(
            deadline_sentence(24 * HOUR, asked_at + 24 * HOUR, &berlin),
            "Valid for 24 hours, until Sunday 25 October 2026, 13:00 (Europe/Berlin, UTC+1)."
        );
    }

    #[test]
    fn clocks_go_forward_between_asking_and_deadline() {
        let asked_at = at("2026-03-07T18:30:00Z");
        let new_york = zone("America/New_York");
        assert_eq!(time(asked_at, &new_york), "13:30");
        assert_eq!(
            deadline_sentence(24 * HOUR, asked_at + 24 * HOUR, &new_york),
            "Valid for 24 hours, until Sunday 8 March 2026, 14:30 (America/New_York, UTC-4)."
        );
        assert!(deadline_sentence(HOUR, asked_at, &new_york).ends_with("(America/New_York, UTC-5)."));
    }

    #[test]
    fn the_hour_that_comes_twice_is_told_apart_by_its_offset() {
        let berlin = zone("Europe/Berlin");
        let first = deadline_sentence(HOUR, at("2026-10-25T00:30:00Z"), &berlin);
        let second = deadline_sentence(HOUR, at("2026-10-25T01:30:00Z"), &berlin);
        assert!(first.ends_with("02:30 (Europe/Berlin, UTC+2)."), "{first}");
        assert!(second.ends_with("02:30 (Europe/Berlin, UTC+1)."), "{second}");
    }

    #[test]
    fn offsets_of_half_and_quarter_hours() {
        let kolkata = zone("Asia/Kolkata");
        assert_eq!(
            deadline_sentence(72 * HOUR, at("2026-11-24T20:00:00Z"), &kolkata),
            "Valid for 72 hours, until Wednesday 25 November 2026, 01:30 (Asia/Kolkata, UTC+5:30)."
        );
        assert_eq!(
            zone("Asia/Kathmandu").name_and_offset(at("2026-01-01T00:00:00Z")),
            "Asia/Kathmandu, UTC+5:45"
        );
        assert_eq!(
            zone("America/St_Johns").name_and_offset(at("2026-01-01T00:00:00Z")),
            "America/St_Johns, UTC-3:30"
        );
        assert_eq!(
            zone("Europe/London").name_and_offset(at("2026-01-01T00:00:00Z")),
            "Europe/London, UTC+0"
        );
    }

    #[test]
    fn no_zone_and_an_unknown_zone_are_utc() {
        for name in [
            None,
            Some(""),
            Some("Mars/Olympus"),
            Some("../../etc/passwd"),
            Some("Etc/Unknown"),
            Some("CET-1"),
        ] {
            assert_eq!(Zone::named(name), Zone::utc(), "{name:?}");
        }
        assert_eq!(Zone::named(Some(" europe/berlin ")).name(), "Europe/Berlin");
    }

    #[test]
    fn lifetimes_that_are_not_whole_hours() {
        assert_eq!(duration_in_words(Duration::from_mins(90)), "90 minutes");
        assert_eq!(duration_in_words(Duration::from_secs(119)), "1 minute");
        assert_eq!(duration_in_words(Duration::ZERO), "0 minutes");
    }

    #[test]
    fn times_beyond_the_calendar_do_not_panic() {
        for millis in [i64::MIN, i64::MAX] {
            let far = Timestamp::from_millis(millis);
            assert!(!deadline_sentence(HOUR, far, &zone("Asia/Kolkata")).is_empty());
            assert!(iso(far).ends_with('Z'));
        }
    }
}
