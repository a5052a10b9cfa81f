//! When the mail server itself is out of order: what is trouble for all mail, not for one (case G7).

use std::time::Duration;

use crate::reset::MailState;
use crate::time::Timestamp;

/// How often the server is asked whether it is back.
pub const PROBE_EVERY: Duration = Duration::from_secs(30);

/// How long to wait until a server is asked again that takes no mail after it has read it. It can only be asked by a mail,
/// which costs a try: every 30 s for half an hour, then less and less often.
pub fn ask_with_mail_after(began_at: Timestamp, now: Timestamp) -> Duration {
    let minute_each_hour = now.since(began_at) / 60;
    minute_each_hour.clamp(PROBE_EVERY, Duration::from_mins(10))
}

/// The state of a mail as people should read it. While the server is out of order, mail that waits is put off, even
/// where it was never tried: nobody tries it before the server answers.
pub const fn mail_state_seen(state: MailState, is_out_of_order: bool) -> MailState {
    match state {
        MailState::Queued if is_out_of_order => MailState::Deferred,
        other => other,
    }
}

/// A mail that waits longer than this is a sign that more is wrong than a moment's trouble.
pub const STUCK_AFTER: Duration = Duration::from_mins(1);

/// Whether pages say that mail is delayed as a whole: the server is out of order, or the mail that has waited longest has
/// done so for more than a minute.
pub fn is_stuck(is_out_of_order: bool, oldest_waiting: Option<Timestamp>, now: Timestamp) -> bool {
    is_out_of_order || oldest_waiting.is_some_and(|since| now.since(since) > STUCK_AFTER)
}

/// When a mail that waits is tried next: not before the server answers, so not before it is asked again.
pub fn next_try_seen(next_try_at: Timestamp, next_probe_at: Option<Timestamp>) -> Timestamp {
    next_probe_at.map_or(next_try_at, |probe| probe.max(next_try_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g7_an_outage_puts_off_what_waits_and_changes_nothing_else() {
        for &state in MailState::ALL {
            assert_eq!(mail_state_seen(state, false), state);
            let expected = if state == MailState::Queued {
                MailState::Deferred
            } else {
                state
            };
            assert_eq!(mail_state_seen(state, true), expected);
        }
    }

    #[test]
    fn k6_a_question_that_costs_a_try_is_asked_ever_less_often() {
        let after = |minutes: u64| {
            let now = Timestamp::from_millis(0) + Duration::from_mins(minutes);
            ask_with_mail_after(Timestamp::from_millis(0), now)
        };
        assert_eq!(after(0), PROBE_EVERY);
        assert_eq!(after(30), PROBE_EVERY);
        assert_eq!(after(60), Duration::from_mins(1));
        assert_eq!(after(60 * 24), Duration::from_mins(10));
        // The clock was set back.
        assert_eq!(
            ask_with_mail_after(Timestamp::from_millis(9), Timestamp::from_millis(0)),
            PROBE_EVERY
        );
    }

    #[test]
    fn g7_mail_is_stuck_while_the_server_is_out_or_a_mail_waits_for_over_a_minute() {
        let at = Timestamp::from_millis;
        assert!(is_stuck(true, None, at(0)));
        assert!(!is_stuck(false, None, at(0)));
        assert!(!is_stuck(false, Some(at(0)), at(60_000)));
        assert!(is_stuck(false, Some(at(0)), at(60_001)));
        assert_eq!(next_try_seen(at(5), None), at(5));
        assert_eq!(next_try_seen(at(5), Some(at(9))), at(9));
        assert_eq!(next_try_seen(at(9), Some(at(5))), at(9));
    }
}
