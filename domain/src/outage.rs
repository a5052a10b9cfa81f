//! When the mail server itself is out of order: what is trouble for all mail, not for one (case G7).

use std::time::Duration;

use crate::reset::MailState;

/// How often the server is asked whether it is back.
pub const PROBE_EVERY: Duration = Duration::from_secs(30);

/// The state of a mail as people should read it. While the server is out of order, mail that waits is put off, even
/// where it was never tried: nobody tries it before the server answers.
pub const fn mail_state_seen(state: MailState, is_out_of_order: bool) -> MailState {
    match state {
        MailState::Queued if is_out_of_order => MailState::Deferred,
        other => other,
    }
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
}
