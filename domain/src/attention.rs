//! Which resets somebody should look at: what the dashboard counts. A function of what a page says first about a reset
//! and of why there is one.

use std::time::Duration;

use crate::reset::{Headline, Kind};
use crate::word::words;

words! {
    /// Why a reset needs somebody's attention.
    pub enum Attention {
        /// The mail server refused the mail for good: the address is wrong, as a rule.
        MailRefused = "mail-refused",
        /// The mail is put off.
        MailDelayed = "mail-delayed",
        /// The mail could not go out in time.
        MailNotSent = "mail-not-sent",
        /// The invitation arrived, as far as we know, and its time is over.
        InvitationNotAccepted = "invitation-not-accepted",
        /// The link arrived, as far as we know, and its time is over.
        LinkNotUsed = "link-not-used",
    }
}

/// What is older is nobody's concern any more.
pub const LOOK_BACK: Duration = Duration::from_hours(30 * 24);

/// Whether the newest reset of a person needs attention, and why.
pub const fn attention(headline: Headline, kind: Kind) -> Option<Attention> {
    match (headline, kind) {
        (Headline::Refused, _) => Some(Attention::MailRefused),
        (Headline::Delayed, _) => Some(Attention::MailDelayed),
        (Headline::NotSentInTime, _) => Some(Attention::MailNotSent),
        (Headline::Expired, Kind::Invitation) => Some(Attention::InvitationNotAccepted),
        (Headline::Expired, Kind::Manager | Kind::Oneself | Kind::Restore) => Some(Attention::LinkNotUsed),
        (
            Headline::Waiting
            | Headline::StillWaiting
            | Headline::Accepted
            | Headline::HandedOver
            | Headline::Used
            | Headline::Replaced
            | Headline::Revoked
            | Headline::Cancelled,
            _,
        ) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_are_looked_back_on() {
        assert_eq!(LOOK_BACK.as_secs(), 30 * 24 * 60 * 60);
    }

    #[test]
    fn what_went_wrong_needs_attention_and_what_goes_on_or_was_wanted_does_not() {
        for &kind in Kind::ALL {
            for (headline, expected) in [
                (Headline::Refused, Attention::MailRefused),
                (Headline::Delayed, Attention::MailDelayed),
                (Headline::NotSentInTime, Attention::MailNotSent),
            ] {
                assert_eq!(attention(headline, kind), Some(expected), "{headline} {kind}");
            }
            let expired = attention(Headline::Expired, kind);
            assert_eq!(
                expired == Some(Attention::InvitationNotAccepted),
                kind == Kind::Invitation
            );
            assert!(expired.is_some());
            for headline in [Headline::Waiting, Headline::Accepted, Headline::Used, Headline::Revoked] {
                assert_eq!(attention(headline, kind), None, "{headline} {kind}");
            }
        }
    }
}
