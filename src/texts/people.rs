//! Words of creating, editing, deleting and restoring people.

use rekey_domain::role::Role;

/// Link, and heading of the page for one person.
pub const INVITE: &str = "Invite people";
/// Checkbox.
pub const ANOTHER: &str = "Create another after this one";
/// Button.
pub const CREATE_AND_SEND: &str = "Create user and send link";
/// Legend of the choice, and heading.
pub const ROLE: &str = "Role";
/// Button.
pub const SAVE_ROLE: &str = "Save role";
/// Hint at the address of somebody who was invited.
pub const CORRECTED_AT_ONCE: &str =
    "A corrected email counts at once. The old links end, and a new invitation goes out.";
/// In place of what one may not edit.
pub const BELOW_ONLY: &str = "You can edit people below your own role.";
/// Heading.
pub const REFUSED_SIGN_INS: &str = "Refused sign-ins";
/// Heading.
pub const ACCOUNT: &str = "Account";
/// Button.
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out everywhere";
/// Link and button.
pub const DELETE: &str = "Delete user";
/// Link.
pub const KEEP: &str = "Keep user";
/// Link and button.
pub const RESTORE: &str = "Restore user";
/// Link.
pub const KEEP_DELETED: &str = "Keep deleted";
/// What deleting does.
pub const DELETING_DOES: [&str; 3] = [
    "All their devices are signed out. No link that we sent them works any more.",
    "Their email is free for another account.",
    "You can restore the account later. The old password does not come back.",
];
/// What restoring does.
pub const RESTORING_DOES: &str =
    "We send a link to set a new password. It works for 72 hours. The old password does not come back.";
/// Where the address is somebody else's by now.
pub const NEEDS_EMAIL: &str = "The email of this account is used by somebody else now. Enter another one.";
/// The same, where somebody has had a password.
pub const NEEDS_CONFIRMED_EMAIL: &str = "The email of this account is used by somebody else now. Enter another one. The account comes back once that is confirmed from there, at the earliest 24 hours after the old one was told.";
/// Heading of a page about somebody who is not deleted.
pub const NOT_DELETED: &str = "This account is not deleted";

/// What a role is for, beside the choice.
pub fn role_line(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Runs the company's accounts.",
        Role::Manager => "Helps people in, and creates users.",
        Role::User => "Has an account.",
        Role::ReadOnly => "Can view, but not change.",
    }
}

/// Result.
pub fn created(name: &str) -> String {
    format!("{name} is created. The invitation is waiting to be sent.")
}

/// Result.
pub fn saved(name: &str) -> String {
    format!("The details of {name} are saved.")
}

/// Result.
pub fn invited_anew(name: &str) -> String {
    format!("The details of {name} are saved. A new invitation is waiting to be sent.")
}

/// Result, where the email is another one.
pub fn email_entered(name: &str) -> String {
    format!(
        "{name} has to confirm the new email: the mail that asks for it is on its way. Until it counts, links go to the old one."
    )
}

/// Result.
pub fn role_saved(name: &str) -> String {
    format!("The role of {name} is saved.")
}

/// Result.
pub fn signed_out(name: &str) -> String {
    format!("{name} is signed out everywhere.")
}

/// Result.
pub fn deleted(name: &str) -> String {
    format!("{name} is deleted.")
}

/// Result.
pub fn restored(name: &str) -> String {
    format!("{name} is restored. The mail with a link is waiting to be sent.")
}

/// Result.
pub fn restoring(name: &str) -> String {
    format!("{name} comes back once the new email is confirmed, at the earliest 24 hours after the old one was told.")
}

/// Heading.
pub fn delete_title(name: &str) -> String {
    format!("Delete {name}?")
}

/// Heading.
pub fn restore_title(name: &str) -> String {
    format!("Restore {name}?")
}

/// What deleting means first of all.
pub fn no_sign_in(name: &str) -> String {
    format!("{name} can't sign in any more.")
}

/// Before the name of whoever uses an address.
pub fn used_by(company: &str) -> String {
    format!("Someone at {company} uses this email:")
}
