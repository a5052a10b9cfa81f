//! How long a session lives (case E4). Times are counted on the server; the cookie's own age counts for nothing. What else ends
//! sessions are acts: signing out (`server::service::sessions`) and taking an account back (`server::service::accounts`).

use std::time::Duration;

use crate::time::Timestamp;

/// Last-seen is written at most this often, so that reading pages does not write rows (case E4).
const TOUCH_EVERY: Duration = Duration::from_mins(5);

/// The limits of all sessions, from the configuration. Idle limits should be well above 5 minutes, since last-seen
/// is not written more often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Ends after this time without activity.
    pub idle: Duration,
    /// Ends this long after sign-in, whatever happens.
    pub absolute: Duration,
    /// As `idle`, where the person chose to stay signed in.
    pub kept_idle: Duration,
    /// As `absolute`, where the person chose to stay signed in.
    pub kept_absolute: Duration,
}

/// 30 minutes and 8 hours; kept signed in: 14 and 30 days (case E4).
impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            idle: Duration::from_mins(30),
            absolute: Duration::from_hours(8),
            kept_idle: Duration::from_hours(14 * 24),
            kept_absolute: Duration::from_hours(30 * 24),
        }
    }
}

/// What is stored about a session's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// Sign-in.
    pub created_at: Timestamp,
    /// The last activity that was written.
    pub seen_at: Timestamp,
    /// "Keep me signed in on this device" was ticked.
    pub kept: bool,
}

/// When the session ends if nothing more happens: the earlier of its two limits.
pub fn ends_at(times: &SessionTimes, limits: &SessionLimits) -> Timestamp {
    let (idle_end, absolute_end) = ends(times, limits);
    idle_end.min(absolute_end)
}

fn ends(times: &SessionTimes, limits: &SessionLimits) -> (Timestamp, Timestamp) {
    let (idle, absolute) = if times.kept {
        (limits.kept_idle, limits.kept_absolute)
    } else {
        (limits.idle, limits.absolute)
    };
    (times.seen_at + idle, times.created_at + absolute)
}

/// How long a session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Until it ends for want of activity; activity makes it longer.
    pub idle: Duration,
    /// Until it ends whatever happens.
    pub absolute: Duration,
}

/// How long the session goes on from `now`; nothing once it has ended.
pub fn left(times: &SessionTimes, limits: &SessionLimits, now: Timestamp) -> Left {
    let (idle_end, absolute_end) = ends(times, limits);
    Left {
        idle: idle_end.since(now),
        absolute: absolute_end.since(now),
    }
}

/// Whether it was the want of activity that ended a session that was not to be kept: the sign-in page then says so.
pub fn ended_idle(times: &SessionTimes, limits: &SessionLimits, now: Timestamp) -> bool {
    let (idle_end, absolute_end) = ends(times, limits);
    !times.kept && now >= idle_end && idle_end < absolute_end
}

/// Whether the session still counts at `now`. At the very end it does not.
pub fn is_living(times: &SessionTimes, limits: &SessionLimits, now: Timestamp) -> bool {
    now < ends_at(times, limits)
}

/// Whether activity at `now` is to be written: 5 minutes or more after what was written last.
pub fn needs_touch(seen_at: Timestamp, now: Timestamp) -> bool {
    now.since(seen_at) >= TOUCH_EVERY
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);
    const INSTANT: Duration = Duration::from_millis(1);

    fn times(seen_after: Duration, kept: bool) -> SessionTimes {
        SessionTimes {
            created_at: START,
            seen_at: START + seen_after,
            kept,
        }
    }

    #[test]
    fn e4_what_is_left_and_why_it_ended() {
        let limits = SessionLimits::default();
        let hour = Duration::from_hours(1);
        let used = times(hour, false);
        assert_eq!(
            left(&used, &limits, START + hour),
            Left {
                idle: Duration::from_mins(30),
                absolute: 7 * hour
            }
        );
        assert_eq!(left(&used, &limits, START + 9 * hour).absolute, Duration::ZERO);
        assert!(!ended_idle(&used, &limits, START + hour + Duration::from_mins(29)));
        assert!(ended_idle(&used, &limits, START + hour + Duration::from_mins(30)));
        assert!(!ended_idle(&times(8 * hour, false), &limits, START + 9 * hour));
        assert!(!ended_idle(&times(hour, true), &limits, START + 900 * hour));
    }

    #[test]
    fn e4_idle_and_absolute_ends_are_exact() {
        let limits = SessionLimits::default();
        let hours = Duration::from_hours;
        for (kept, seen_after, end) in [
            (false, Duration::ZERO, Duration::from_mins(30)),
            (false, hours(7), hours(7) + Duration::from_mins(30)),
            (false, Duration::from_millis(8 * 3_600_000 - 1), hours(8)),
            (true, Duration::ZERO, hours(14 * 24)),
            (true, hours(20 * 24), hours(30 * 24)),
        ] {
            let times = times(seen_after, kept);
            assert!(
                is_living(&times, &limits, START + end - INSTANT),
                "kept {kept}, seen after {seen_after:?}"
            );
            assert!(
                !is_living(&times, &limits, START + end),
                "kept {kept}, seen after {seen_after:?}"
            );
        }
    }

    #[test]
    fn e4_last_seen_is_written_every_five_minutes_at_most() {
        let five = Duration::from_mins(5);
        assert!(!needs_touch(START, START + five - INSTANT));
        assert!(needs_touch(START, START + five));
        assert!(
            !needs_touch(START + five, START),
            "a clock that stepped back writes nothing"
        );
    }

    proptest! {
        #[test]
        fn a_dead_session_stays_dead(
            seen in 0_u64..1 << 32, now in 0_u64..1 << 33, later in 0_u64..1 << 33, kept: bool
        ) {
            let (times, limits) = (times(Duration::from_millis(seen), kept), SessionLimits::default());
            let now = START + Duration::from_millis(now);
            if !is_living(&times, &limits, now) {
                prop_assert!(!is_living(&times, &limits, now + Duration::from_millis(later)));
            }
        }

        #[test]
        fn activity_never_shortens(seen in 0_u64..1 << 32, more in 0_u64..1 << 32, kept: bool) {
            let limits = SessionLimits::default();
            let before = ends_at(&times(Duration::from_millis(seen), kept), &limits);
            let after = ends_at(&times(Duration::from_millis(seen + more), kept), &limits);
            prop_assert!(before <= after);
        }
    }
}
