//! Words of one's own account, its password, and the end of a session.

/// Heading and navigation.
pub const SETTINGS: &str = "Settings";
/// Link.
pub const COMPANY_PROFILE: &str = "My company profile";
/// What it leads to.
pub const COMPANY_PROFILE_LINE: &str = "The company's details and its people.";
/// Link.
pub const ACCOUNT_SETTINGS: &str = "My account settings";
/// What it leads to.
pub const ACCOUNT_SETTINGS_LINE: &str = "Your name, time zone, password, and where you are signed in.";

/// Heading.
pub const TITLE: &str = "My account";
/// Heading.
pub const DETAILS: &str = "Details";
/// Field.
pub const NAME: &str = "Name";
/// Field.
pub const TIME_ZONE: &str = "Time zone";
/// Button.
pub const SAVE: &str = "Save details";
/// Result.
pub const SAVED: &str = "Your details are saved.";
/// Result, where the email is another one.
pub const EMAIL_ENTERED: &str =
    "Almost done: open the mail that we sent to your new email, and confirm it. Until then your email stays as it is.";
/// Heading.
pub const PASSWORD: &str = "Password";
/// Link, heading and button.
pub const CHANGE_PASSWORD: &str = "Change password";
/// Button.
pub const EMAIL_ME: &str = "Email me a reset link";
/// Instead of it, where the company has said so.
pub const NO_OWN_RESETS: &str = "Your company does not allow own resets. Ask an administrator or manager for a link.";
/// Result.
pub const LINK_ON_ITS_WAY: &str = "A reset link is on its way to you.";
/// Heading.
pub const SIGNED_IN: &str = "Where you are signed in";
/// Column.
pub const DEVICE: &str = "Device";
/// Column.
pub const ADDRESS: &str = "Address";
/// Column.
pub const LAST_ACTIVE: &str = "Last active";
/// Column.
pub const ACTION: &str = "Action";
/// In place of the button.
pub const THIS_DEVICE: &str = "This device";
/// A browser that does not say what it is.
pub const UNKNOWN_DEVICE: &str = "Unknown device";
/// Button.
pub const SIGN_OUT_OTHERS: &str = "Sign out everywhere else";
/// Result.
pub const DEVICE_SIGNED_OUT: &str = "That device is signed out.";
/// Result.
pub const OTHERS_SIGNED_OUT: &str = "All your other devices are signed out.";
/// Field.
pub const CURRENT_PASSWORD: &str = "Current password";
/// What the button in the field of the current password shows.
pub const A_CURRENT_PASSWORD: &str = "current password";
/// What the button in the field of the new password shows.
pub const A_NEW_PASSWORD: &str = "new password";

/// Name of the dialog before a session ends.
pub const STILL_THERE: &str = "Are you still there?";
/// Button.
pub const STAY: &str = "Stay signed in";
/// Button.
pub const SIGN_OUT_NOW: &str = "Sign out now";

/// The choice that follows the company.
pub fn company_zone(zone: &str) -> String {
    format!("The company's ({zone})")
}

/// Button.
pub fn sign_out(device: &str) -> String {
    format!("Sign out {device}")
}

/// Result of a changed password.
pub fn password_changed(devices: Option<u64>) -> String {
    match devices {
        None | Some(0) => "Password changed.".to_owned(),
        Some(1) => "Password changed. 1 other device was signed out.".to_owned(),
        Some(n) => format!("Password changed. {n} other devices were signed out."),
    }
}

/// In the dialog, before the idle end.
pub fn ends_idle(minutes: u64) -> String {
    match minutes {
        0 | 1 => "You will be signed out in a minute, since nothing happened here.".to_owned(),
        n => format!("You will be signed out in {n} minutes, since nothing happened here."),
    }
}

/// In the dialog, before the absolute end.
pub fn ends_anyway(minutes: u64) -> String {
    match minutes {
        0 | 1 => "You will be signed out in a minute. Finish what you do, then sign in again.".to_owned(),
        n => format!("You will be signed out in {n} minutes. Finish what you do, then sign in again."),
    }
}

/// On the sign-in page, after the idle end.
pub fn ended_idle(minutes: u64) -> String {
    format!("You were signed out after {minutes} minutes without activity.")
}
