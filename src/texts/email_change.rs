//! Words of a new address for an account: entering, confirming, stopping. Its mails are in `texts::mails`.

use rekey_domain::mail_reply::PlainReason;

use crate::texts::resets::plain;
use crate::wire::email_change::{PendingEmail, StopDoes, Waits};

/// Hint at the address of somebody who has, or had, a password.
pub const HINT: &str = "A new email counts once confirmed from there, at the earliest 24 hours after the old one was told. Until then links go to the old one.";
/// Hint at one's own password beside one's own address.
pub const NEEDS_PASSWORD: &str = "Only needed for a new email.";
/// Button.
pub const CANCEL: &str = "Cancel new email";
/// Result.
pub const CANCELLED: &str = "The new email is cancelled.";

/// Heading.
pub const CONFIRM_TITLE: &str = "Confirm your new email";
/// Button.
pub const CONFIRM: &str = "Confirm this address";
/// Heading.
pub const STOP_TITLE: &str = "Stop this change?";
/// Button.
pub const STOP: &str = "Stop this change";
/// Label.
pub const OLD: &str = "Old email";
/// Label.
pub const NEW: &str = "New email";

/// Heading, after either press.
pub const DONE: &str = "Done.";
/// After confirming.
pub const COUNTS: &str = "Your new email counts now. Sign in with it.";
/// After confirming what somebody else entered.
pub const CONFIRMED: &str =
    "Your new email is confirmed. It counts 24 hours after the old one was told. Until then use the old one.";
/// After stopping.
pub const STOPPED: &str = "The change is stopped. Your email stays as it is.";
/// The same, where somebody with the password had entered it.
pub const STOPPED_SIGNED_OUT: &str = "The change is stopped. Your email stays as it is. All your devices are signed out. Now set a password that nobody else knows.";
/// After stopping what was to bring a deleted account back, or had.
pub const STAYS_DELETED: &str = "It is stopped. The account stays deleted.";
/// After stopping what counted already.
pub const TAKEN_BACK: &str =
    "Your old email is back. All your devices are signed out. Now set a password that nobody else knows.";

/// Whose address it is, who entered it, and when.
pub fn entered(name: &str, company: &str, by: Option<&str>, when: &str) -> String {
    match by {
        Some(by) => format!("For {name} at {company}. Entered by {by} on {when}."),
        None => format!("For {name} at {company}. Entered on {when}."),
    }
}

/// What stopping does, before it is pressed.
pub fn stop_does(stopping: StopDoes) -> &'static str {
    match stopping {
        StopDoes::Stops => "The old email stays, or comes back. If it comes back, all your devices are signed out.",
        StopDoes::SignsOut => {
            "The old email stays. All your devices are signed out, and your password does not work any more."
        }
        StopDoes::BringsBack => {
            "The old email comes back. All your devices are signed out, and your password does not work any more."
        }
        StopDoes::StaysDeleted => "The account stays deleted, or is deleted again.",
    }
}

/// When it counts at the earliest, while the old address is not told yet.
pub const COUNTS_ONCE_TOLD: &str = "Once confirmed, it counts 24 hours after the old email was told.";

/// When it counts at the earliest.
pub fn counts_from(when: &str, zone: &str) -> String {
    format!("Once confirmed, it counts from {when} ({zone}).")
}

/// The mail that asks a new address to confirm itself was refused.
pub fn refused(new: &str, reason: PlainReason) -> String {
    format!(
        "The mail that asks {new} to confirm was refused: {}. Enter another email, or cancel this one.",
        plain(reason)
    )
}

/// On a person's page, while it waits.
pub fn pending(pending: &PendingEmail) -> String {
    let new = &pending.new;
    match &pending.waits {
        Waits::Confirming => format!("New email {new}, not confirmed yet"),
        Waits::Refused(reason) => format!(
            "New email {new}: the mail that asks to confirm it was refused, {}",
            plain(*reason)
        ),
        Waits::Telling => format!("New email {new}, confirmed; it counts 24 hours after the old one was told"),
        Waits::Until(when) => format!("New email {new}, counts from {when}"),
    }
}

/// Beside a mail that the old address refused.
pub fn waits_to_count(pending: &PendingEmail) -> String {
    let new = &pending.new;
    match &pending.waits {
        Waits::Confirming => {
            format!("Links go to {new} once it is confirmed from there, after 24 hours at the earliest.")
        }
        Waits::Refused(reason) => refused(new, *reason),
        Waits::Telling => format!("{new} is confirmed. Links go there 24 hours after the old email was told."),
        Waits::Until(when) => format!("{new} is confirmed. Links go there from {when}."),
    }
}

/// On a deleted person's page, while the account is to come back with it.
pub fn restoring(pending: &PendingEmail) -> String {
    let new = &pending.new;
    match &pending.waits {
        Waits::Confirming => format!("Comes back with the new email {new}, not confirmed yet"),
        Waits::Refused(reason) => format!(
            "Was to come back with the new email {new}, but the mail that asks to confirm it was refused: {}",
            plain(*reason)
        ),
        Waits::Telling => format!("Comes back with the new email {new}, 24 hours after the old one was told"),
        Waits::Until(when) => format!("Comes back with the new email {new} from {when}"),
    }
}

/// On the own account, while it waits.
pub fn own_pending(pending: &PendingEmail) -> String {
    let new = &pending.new;
    match &pending.waits {
        Waits::Confirming => format!("Waiting for confirmation from {new}."),
        Waits::Refused(reason) => refused(new, *reason),
        Waits::Telling => format!("Your new email {new} counts 24 hours after the old one was told."),
        Waits::Until(when) => format!("Your new email {new} counts from {when}."),
    }
}
