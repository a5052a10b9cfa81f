//! Words for what was typed and could not be taken: it is kept, and can be sent again.

/// Heading, where the session had ended.
pub const SIGNED_OUT: &str = "Your session has ended";
/// What became of it.
pub const NOTHING_DONE: &str = "Nothing was done. What you typed is kept on this page.";
/// Link, in a tab of its own.
pub const SIGN_IN: &str = "Sign in in a new tab";
/// What to do then.
pub const THEN_SEND: &str = "Then come back to this tab and send it again.";
/// Heading above what was typed.
pub const TYPED: &str = "What you typed";
/// Button.
pub const SEND_AGAIN: &str = "Send again";
/// Where a secret was among it.
pub const NO_PASSWORDS: &str = "Passwords are not kept: you will be asked for them again.";
/// Where there was a file that is no text.
pub const NO_FILE: &str = "Choose the file again: it is not kept.";
/// In a page that is live.
pub const SIGNED_OUT_HERE: &str = "You are signed out. Nothing was done, and what you typed is still here.";

/// What a field is called on its page.
pub fn label(field: &str) -> &str {
    match field {
        "name" => "Name",
        "email" => "Email",
        "emails" => "Email addresses",
        "lines" => "Lines",
        "reason" => "Reason",
        "website" => "Website",
        "phone" => "Phone",
        "contact_email" => "Contact email",
        "banner" => "Banner",
        "sender_name" => "Sender name of mails",
        "time_zone" => "Time zone",
        other => other,
    }
}
