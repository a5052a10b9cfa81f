//! Words of a new address for an account: entering, confirming, stopping. Its mails are in `texts::mails`.

/// Hint at the address of somebody who has a password.
pub const HINT: &str = "A new email counts once confirmed from there, at the earliest 24 hours after it was entered. Until then links go to the old one.";
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
/// What stopping does.
pub const STOP_DOES: &str = "The old email stays, or comes back. If it comes back, all your devices are signed out.";
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
    "Your new email is confirmed. It counts 24 hours after it was entered. Until then use the old one.";
/// After stopping.
pub const STOPPED: &str = "The change is stopped. Your email stays as it is.";
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

/// When it counts at the earliest.
pub fn counts_from(when: &str, zone: &str) -> String {
    format!("Once confirmed, it counts from {when} ({zone}).")
}

/// On a person's page, while it waits; `counts` is when it counts, once it is confirmed.
pub fn pending(new: &str, counts: Option<&str>) -> String {
    match counts {
        Some(when) => format!("New email {new}, counts from {when}"),
        None => format!("New email {new}, not confirmed yet"),
    }
}

/// On the own account, while it waits.
pub fn own_pending(new: &str, counts: Option<&str>) -> String {
    match counts {
        Some(when) => format!("Your new email {new} counts from {when}."),
        None => format!("Waiting for confirmation from {new}."),
    }
}
