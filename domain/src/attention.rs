//! Where people stand with their newest resets, and which of these somebody should look at: what the dashboard counts. Functions of
//! what a page says first about a reset and of why there is one.

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

words! {
    /// Where somebody stands with their newest reset. Each reset is in one of them.
    pub enum Standing {
        /// Something went wrong, or time ran out: it needs attention.
        NeedsAction = "needs-action",
        /// The mail server does not have the mail yet.
        OnItsWay = "on-its-way",
        /// The link arrived, as far as we know, and works.
        NotUsedYet = "not-used-yet",
        /// A new password was set.
        Changed = "changed",
        /// It was withdrawn, or overtaken by something else.
        Ended = "over",
    }
}

/// Where somebody stands whose newest reset is like this.
pub const fn standing(headline: Headline, kind: Kind) -> Standing {
    if attention(headline, kind).is_some() {
        return Standing::NeedsAction;
    }
    match headline {
        Headline::Waiting | Headline::StillWaiting => Standing::OnItsWay,
        Headline::Accepted | Headline::HandedOver => Standing::NotUsedYet,
        Headline::Used => Standing::Changed,
        // The first four are never without attention.
        Headline::Refused
        | Headline::Delayed
        | Headline::NotSentInTime
        | Headline::Expired
        | Headline::Replaced
        | Headline::Revoked
        | Headline::Cancelled => Standing::Ended,
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
    fn a_living_link_is_not_used_yet_and_a_dead_one_needs_somebody() {
        for &kind in Kind::ALL {
            for (headline, expected) in [
                (Headline::Waiting, Standing::OnItsWay),
                (Headline::StillWaiting, Standing::OnItsWay),
                (Headline::Accepted, Standing::NotUsedYet),
                (Headline::HandedOver, Standing::NotUsedYet),
                (Headline::Used, Standing::Changed),
                (Headline::Refused, Standing::NeedsAction),
                (Headline::Delayed, Standing::NeedsAction),
                (Headline::NotSentInTime, Standing::NeedsAction),
                (Headline::Expired, Standing::NeedsAction),
                (Headline::Replaced, Standing::Ended),
                (Headline::Revoked, Standing::Ended),
                (Headline::Cancelled, Standing::Ended),
            ] {
                assert_eq!(standing(headline, kind), expected, "{headline} {kind}");
            }
        }
    }

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
