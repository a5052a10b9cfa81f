//! Words of the pages of "this was not me".

/// Link on a link's page.
pub const DID_NOT_EXPECT: &str = "I did not expect this";
/// Heading of both forms.
pub const TITLE: &str = "Was this not you?";
/// The choice about a link.
pub const WHAT_HAPPENED: &str = "What happened?";
/// One answer.
pub const NOT_ASKED: &str = "I did not ask for this";
/// The other.
pub const NOT_NEEDED: &str = "I do not need it any more";
/// Button.
pub const WITHDRAW: &str = "Withdraw link";
/// Checkbox.
pub const YES: &str = "Yes, this was not me";
/// Button.
pub const SIGN_OUT_ALL: &str = "Sign out all my devices";
/// What withdrawing does.
pub const WITHDRAW_DOES: &str = "No link that we sent you works then. Your password stays as it is. If you did not ask for it, all your devices are signed out, and your administrators are told.";
/// What saying it about a change does.
pub const SIGN_OUT_DOES: &str = "All your devices are signed out, and that password does not work any more. No link that we sent you works then. Your administrators are told.";

/// Heading of a notice's link that was used.
pub const SAID_TITLE: &str = "This link was used";

/// Under it.
pub fn said(when: &str) -> String {
    format!("You said on {when} that this was not you. All your devices were signed out.")
}

/// Heading, after either form.
pub const DONE: &str = "Done.";
/// Under it, after a link was withdrawn.
pub const LINK_WITHDRAWN: &str = "No link that we sent you works any more. Your password is unchanged.";
/// The same, after one that was not asked for.
pub const LINK_NOT_MINE: &str =
    "No link that we sent you works any more. Your password is unchanged. All your devices are signed out.";
/// Under it, after a change was disavowed.
pub const SIGNED_OUT: &str =
    "All your devices are signed out. The password does not work any more. Now set one that nobody else knows.";

/// The same page, where they were; `company` where it is known.
pub fn told(company: Option<&str>) -> String {
    match company {
        Some(company) => format!("{company}'s administrators have been told."),
        None => "Your administrators have been told.".to_owned(),
    }
}

/// Which change the form is about.
pub fn about_change(email: &str, company: &str, when: &str) -> String {
    format!("The password of {email} at {company} was changed on {when}.")
}
