//! Words for the steps of a reset's life, and for the resets before the newest one.

use rekey_domain::mail_reply::PlainReason;
use rekey_domain::reset::{CancelledFor, Kind, LinkEnd, RecipientSaid};

use crate::texts::resets::{cancelled, plain};

/// Name of the steps.
pub const STEPS: &str = "Steps";
/// Heading, and name of its table.
pub const EARLIER: &str = "Earlier";
/// Column.
pub const ASKED_BY: &str = "Asked by";
/// Column.
pub const STATE: &str = "State";

/// Who asked, where nobody was signed in: the command line.
pub const THE_OPERATOR: &str = "the operator";

/// Who asked, in a table.
pub fn asked_by<'a>(kind: Kind, asker: Option<&'a str>, person: &'a str) -> &'a str {
    match (asker, kind) {
        (Some(asker), _) => asker,
        (None, Kind::Oneself) => person,
        (None, Kind::Manager | Kind::Invitation | Kind::Restore) => THE_OPERATOR,
    }
}

/// The first step. `whence`: browser and address, where the person asked.
pub fn asked(kind: Kind, asked_by: &str, whence: Option<(Option<&str>, &str)>) -> String {
    let what = match kind {
        Kind::Manager | Kind::Oneself => "Asked for",
        Kind::Invitation => "Invitation asked for",
        Kind::Restore => "Link after restoring asked for",
    };
    match whence {
        None => format!("{what} by {asked_by}."),
        Some((None, address)) => format!("{what} by {asked_by}, from {address}."),
        Some((Some(device), address)) => format!("{what} by {asked_by}, with {device} from {address}."),
    }
}

/// The first step where the operator's command has shown the link.
pub const SHOWN: &str = "Link made by the operator, to be handed over outside mail. The mail tells the owner so.";

/// A try that the mail server said yes to.
pub fn accepted(number: u32) -> String {
    format!("Try {number}: the mail server took the mail.")
}

/// A try that was put off.
pub fn put_off(number: u32, reason: Option<PlainReason>, next_try: &str) -> String {
    format!(
        "Try {number}: put off, {}. Next try planned for {next_try}.",
        why(reason)
    )
}

/// A try that was refused for good.
pub fn refused(number: u32, reason: Option<PlainReason>) -> String {
    format!("Try {number}: refused, {}.", why(reason))
}

fn why(reason: Option<PlainReason>) -> &'static str {
    reason.map_or("without a reason", plain)
}

/// A try of which nobody knows how it ended.
pub fn interrupted(number: u32) -> String {
    format!("Try {number}: interrupted before an answer was kept.")
}

/// In place of tries in the middle.
pub fn left_out(tries: u32) -> String {
    match tries {
        1 => "1 more try is not shown.".to_owned(),
        n => format!("{n} more tries are not shown."),
    }
}

/// The mail server was out of order, or still is.
pub fn outage(reason: PlainReason, from: &str, until: Option<&str>) -> String {
    let what = match reason {
        PlainReason::NoAnswer => "did not answer".to_owned(),
        other => format!("took no mail ({})", plain(other)),
    };
    match until {
        Some(until) => format!("The mail server {what} from {from} to {until}."),
        None => format!("The mail server {what} since {from}. We ask it every 30 seconds."),
    }
}

/// How a link ended. `by`: who withdrew it, or asked for the newer one.
pub fn ended(
    end: LinkEnd,
    person: &str,
    by: Option<&str>,
    (said, cancelled_for): (Option<RecipientSaid>, Option<CancelledFor>),
    devices: Option<u64>,
) -> String {
    match (end, by, said) {
        (LinkEnd::Used, ..) => match devices {
            None | Some(0) => format!("{person} set a new password."),
            Some(1) => format!("{person} set a new password. 1 device was signed out."),
            Some(n) => format!("{person} set a new password. {n} devices were signed out."),
        },
        (LinkEnd::Replaced, Some(by), _) => format!("Replaced by a newer link, asked for by {by}."),
        (LinkEnd::Replaced, None, _) => "Replaced by a newer link.".to_owned(),
        (LinkEnd::Revoked, Some(by), _) => format!("Withdrawn by {by}."),
        (LinkEnd::Revoked, None, Some(RecipientSaid::NotAsked)) => {
            "Withdrawn by the recipient: not expected.".to_owned()
        }
        (LinkEnd::Revoked, None, Some(RecipientSaid::NotNeeded)) => {
            "Withdrawn by the recipient: not needed any more.".to_owned()
        }
        (LinkEnd::Revoked, None, None) => "Withdrawn.".to_owned(),
        (LinkEnd::Cancelled, ..) => format!("Ended: {}.", cancelled(cancelled_for)),
    }
}

/// The link was not used in time.
pub const EXPIRED: &str = "The link was not used in time.";
/// The mail never went out.
pub const NOT_SENT: &str = "The mail could not go out in time.";
