//! The life of a reset as a picture: four stages that never change, and how far each has come. Pure; words and shapes come later.

use std::time::Duration;

use crate::reset::Headline;
use crate::time::Timestamp;
use crate::word::words;

words! {
    /// A stage of a reset's life, in their order.
    pub enum Stage {
        /// Somebody asked for it.
        Asked = "asked",
        /// The mail goes to the mail server.
        Mail = "mail",
        /// The link waits to be used.
        Link = "link",
        /// The new password.
        Password = "password",
    }
}

words! {
    /// How far a stage has come.
    pub enum Progress {
        /// It is behind us.
        Done = "done",
        /// This is where the reset stands.
        Now = "now",
        /// It stands here longer than it should.
        Late = "late",
        /// It ended here, though nobody wanted it to.
        Failed = "failed",
        /// It was ended here by somebody, or by a newer one.
        Ended = "ended",
        /// It is still to come, or never will.
        Open = "open",
    }
}

/// How far each stage has come. `has_gone`: the mail server took the mail, or the link was handed over outside mail.
pub const fn stages(headline: Headline, has_gone: bool) -> [(Stage, Progress); 4] {
    use Progress::{Done, Ended, Failed, Late, Now, Open};
    let (mail, link, password) = match headline {
        Headline::Waiting | Headline::StillWaiting => (Now, Open, Open),
        Headline::Delayed => (Late, Open, Open),
        Headline::Refused | Headline::NotSentInTime => (Failed, Open, Open),
        Headline::Accepted | Headline::HandedOver => (Done, Now, Open),
        Headline::Used => (Done, Done, Done),
        Headline::Expired => (Done, Failed, Open),
        Headline::Replaced | Headline::Revoked | Headline::Cancelled if has_gone => (Done, Ended, Open),
        Headline::Replaced | Headline::Revoked | Headline::Cancelled => (Ended, Open, Open),
    };
    [
        (Stage::Asked, Done),
        (Stage::Mail, mail),
        (Stage::Link, link),
        (Stage::Password, password),
    ]
}

/// So long an hour counts as whole after it has begun: a link that was just asked for works for 24 hours, not 23.
const JUST_BEGUN: Duration = Duration::from_mins(5);

/// How long a link still works: in whole hours, and in the last one in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeLeft {
    /// So many whole hours, and less than one more; an hour that began within the last minutes counts as whole.
    Hours(u64),
    /// So many minutes, the one that has begun among them.
    Minutes(u64),
}

impl TimeLeft {
    /// What is left until then; nothing once it is over.
    pub fn until(expires_at: Timestamp, now: Timestamp) -> Option<Self> {
        let left = expires_at.since(now);
        (now < expires_at).then_some(match left.as_secs() / 3600 {
            0 => Self::Minutes(left.as_secs() / 60 + 1),
            _ => Self::Hours((left + JUST_BEGUN).as_secs() / 3600),
        })
    }
}

/// How much of the time between `asked_at` and `expires_at` is left, in percent.
pub fn percent_left(asked_at: Timestamp, expires_at: Timestamp, now: Timestamp) -> u8 {
    let whole = expires_at.since(asked_at).as_millis().max(1);
    let left = expires_at.since(now).as_millis().min(whole);
    // A hundredth of a whole is at most 100.
    u8::try_from(left * 100 / whole).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headline: Headline, has_gone: bool) -> [Progress; 4] {
        stages(headline, has_gone).map(|(_, progress)| progress)
    }

    #[test]
    fn each_headline_has_its_picture() {
        use Progress::{Done, Ended, Failed, Late, Now, Open};
        for (headline, picture) in [
            (Headline::Waiting, [Done, Now, Open, Open]),
            (Headline::StillWaiting, [Done, Now, Open, Open]),
            (Headline::Delayed, [Done, Late, Open, Open]),
            (Headline::Refused, [Done, Failed, Open, Open]),
            (Headline::NotSentInTime, [Done, Failed, Open, Open]),
            (Headline::Accepted, [Done, Done, Now, Open]),
            (Headline::HandedOver, [Done, Done, Now, Open]),
            (Headline::Used, [Done, Done, Done, Done]),
            (Headline::Expired, [Done, Done, Failed, Open]),
            (Headline::Revoked, [Done, Done, Ended, Open]),
            (Headline::Replaced, [Done, Done, Ended, Open]),
            (Headline::Cancelled, [Done, Done, Ended, Open]),
        ] {
            assert_eq!(of(headline, true), picture, "{headline}");
        }
        // Ended before the mail had gone.
        for headline in [Headline::Revoked, Headline::Replaced, Headline::Cancelled] {
            assert_eq!(of(headline, false), [Done, Ended, Open, Open], "{headline}");
        }
    }

    #[test]
    fn at_most_one_stage_is_where_the_reset_stands_and_nothing_is_done_after_it() {
        for &headline in Headline::ALL {
            for has_gone in [false, true] {
                let picture = of(headline, has_gone);
                let stands = picture.iter().position(|progress| *progress != Progress::Done);
                let after = stands.map_or(4, |at| at + 1);
                assert!(
                    picture[after..].iter().all(|progress| *progress == Progress::Open),
                    "{headline}"
                );
            }
        }
    }

    #[test]
    fn what_is_left_is_told_in_hours_and_at_last_in_minutes() {
        let now = Timestamp::from_millis(1_000_000);
        for (left, expected) in [
            (Duration::from_hours(24), Some(TimeLeft::Hours(24))),
            (Duration::from_secs(23 * 3600 + 3599), Some(TimeLeft::Hours(24))),
            (Duration::from_mins(23 * 60 + 55), Some(TimeLeft::Hours(24))),
            (Duration::from_secs(23 * 3600 + 55 * 60 - 1), Some(TimeLeft::Hours(23))),
            (Duration::from_hours(1), Some(TimeLeft::Hours(1))),
            (Duration::from_secs(3599), Some(TimeLeft::Minutes(60))),
            (Duration::from_millis(1), Some(TimeLeft::Minutes(1))),
            (Duration::ZERO, None),
        ] {
            assert_eq!(TimeLeft::until(now + left, now), expected, "{left:?}");
        }
        assert_eq!(TimeLeft::until(now, now + Duration::from_secs(5)), None);
    }

    #[test]
    fn the_share_that_is_left_stays_between_nothing_and_all() {
        let asked = Timestamp::from_millis(0);
        let until = asked + Duration::from_hours(24);
        assert_eq!(percent_left(asked, until, asked), 100);
        assert_eq!(percent_left(asked, until, asked + Duration::from_hours(6)), 75);
        assert_eq!(percent_left(asked, until, until), 0);
        assert_eq!(percent_left(asked, until, until + Duration::from_hours(1)), 0);
        assert_eq!(percent_left(until, asked, asked), 0);
    }
}
