//! Words for the four stages of a reset's life, for how long a link still works, and for what to do about a mail that failed.

use rekey_domain::mail_reply::PlainReason;
use rekey_domain::reset::Headline;
use rekey_domain::stages::{Progress, Stage, TimeLeft};

use crate::texts::{batches, totals};

/// Name of the picture.
pub const STAGES: &str = "Stages";

/// A stage.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Asked => "Asked",
        Stage::Mail => "Mail",
        Stage::Link => "Link",
        Stage::Password => "New password",
    }
}

/// How far a stage has come, under its name.
pub fn progress(stage: Stage, progress: Progress, headline: Headline) -> &'static str {
    match (stage, progress, headline) {
        (Stage::Asked, ..) => "done",
        (Stage::Mail, Progress::Done, Headline::HandedOver) => "not needed",
        (Stage::Mail, Progress::Done, _) => "accepted",
        (Stage::Mail, Progress::Now, _) => "on its way",
        (Stage::Mail, Progress::Late, _) => "delayed",
        (Stage::Mail, Progress::Failed, Headline::Refused) => "refused",
        (Stage::Mail, ..) => "not sent",
        (Stage::Link, Progress::Done, _) => "used",
        (Stage::Link, Progress::Now, _) => "not used yet",
        (Stage::Link, Progress::Failed, _) => "expired",
        (Stage::Link, Progress::Ended, Headline::Replaced) => "replaced",
        (Stage::Link, Progress::Ended, Headline::Revoked) => "revoked",
        (Stage::Link, Progress::Ended, _) => "cancelled",
        (Stage::Link, ..) => "no link yet",
        (Stage::Password, Progress::Done, _) => "set",
        (Stage::Password, ..) => "not set",
    }
}

/// How long the link still works.
pub fn left(left: TimeLeft) -> String {
    let (number, one, more) = match left {
        TimeLeft::Hours(hours) => (hours, "hour", "hours"),
        TimeLeft::Minutes(minutes) => (minutes, "minute", "minutes"),
    };
    format!("{} left", totals::number_of(number, one, more))
}

/// The remedy that is a link to the field with the address.
pub const CORRECT_ADDRESS: &str = "Correct the address";

/// The remedy where the address was corrected since the mail was refused.
pub const ADDRESS_CORRECTED: &str = "The address was corrected after this. Send again for a link to the new one.";

/// What follows it: what comes of it, and when.
pub const fn new_address_counts(at_once: bool) -> &'static str {
    if at_once {
        ": a new invitation goes there at once."
    } else {
        ". It counts once it is confirmed from there, after 24 hours at the earliest. Until then links go to the old one."
    }
}

/// What to do about a mail that did not get away, where the address is not to blame.
pub fn remedy(headline: Headline, reason: Option<PlainReason>) -> Option<&'static str> {
    match (headline, reason) {
        (Headline::Refused, reason) => Some(batches::remedy(reason.unwrap_or(PlainReason::Other))),
        (Headline::NotSentInTime, _) => Some("Send again for a new link."),
        (Headline::Expired, _) => Some("Send again for a new link, or ask them whether they still need it."),
        _ => None,
    }
}
