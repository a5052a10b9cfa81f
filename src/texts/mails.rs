//! The words of the mails, in English: the only place that holds them.
//!
//! Plain functions from data to a sentence. They know no layout, no escaping and no clock: times and deadlines come in
//! as text from `server::times`. Sentences have at most 20 words, without names and times.

/// The language tag of this catalogue.
pub const LANGUAGE: &str = "en";

/// The writing direction of this catalogue, as HTML writes it.
pub const DIRECTION: &str = "ltr";

// Subjects, without the company that stands before them.

/// A link that a manager or administrator asked for.
pub fn subject_asked_by(name: &str) -> String {
    format!("set a new password (asked by {name})")
}

/// The same where nobody is to be named.
pub const SUBJECT_ASKED_BY_COMPANY: &str = "set a new password";
/// A link that the person asked for.
pub const SUBJECT_ASKED_BY_ONESELF: &str = "reset your password";
/// The first link of a new account.
pub const SUBJECT_INVITATION: &str = "set up your account";
/// The link of an account that was deleted and is back.
pub const SUBJECT_RESTORED: &str = "your account is back";
/// The notice after a change.
pub const SUBJECT_PASSWORD_CHANGED: &str = "your password was changed";
/// The notice that a link is dead.
pub const SUBJECT_LINK_WITHDRAWN: &str = "your password link was withdrawn";

/// The notice that the operator made a link.
pub const SUBJECT_LINK_SHOWN: &str = "a password link was made for you";
/// To a new address.
pub const SUBJECT_CONFIRM_EMAIL: &str = "confirm your new email";
/// To the old address.
pub const SUBJECT_EMAIL_CHANGING: &str = "your email is about to change";
/// To somebody who must ask a manager.
pub const SUBJECT_ASK_MANAGER: &str = "ask a manager for a new password";

/// To an administrator.
pub fn subject_not_me(name: &str) -> String {
    format!("{name} said \"this was not me\"")
}

// Preheaders: what a mailbox shows beside the subject. `deadline` has no full stop.

/// Of a reset that somebody asked for.
pub fn preheader_reset(deadline: &str) -> String {
    format!("{deadline}. Nothing changes until you use it.")
}

/// Of an invitation; `by` is a person or the company.
pub fn preheader_invitation(by: &str, deadline: &str) -> String {
    format!("{by} made an account for you. {deadline}.")
}

/// Of a restored account; `by` is a person or the company.
pub fn preheader_restored(by: &str, deadline: &str) -> String {
    format!("{by} restored your account. {deadline}.")
}

/// Of the notice after a change; `at` is short, without the year.
pub fn preheader_password_changed(at: &str) -> String {
    format!("On {at}. Not you? Act now.")
}

/// Of the notice that a link is dead.
pub const PREHEADER_LINK_WITHDRAWN: &str = "Your password is unchanged.";

/// Of the notice that the operator made a link.
pub const PREHEADER_LINK_SHOWN: &str = "By the operator of this server.";

/// Of the mail to somebody who must ask a manager.
pub const PREHEADER_ASK_MANAGER: &str = "Your company does not allow own resets.";

/// Of the mail to an administrator; `at` is short, without the year.
pub fn preheader_not_me(at: &str) -> String {
    format!("On {at}.")
}

/// Of the mail to a new address; `by` is who entered it.
pub fn preheader_confirm_email(by: &str) -> String {
    format!("{by} entered this address for your account.")
}

/// Of the mail to the old address; `from` is short, without the year.
pub fn preheader_email_changing(new: &str, from: &str) -> String {
    format!("To {new}, from {from}.")
}

// Sentences that several mails share.

/// The first line.
pub fn greeting(name: &str) -> String {
    format!("Hello {name},")
}

/// Who acted, where the role is known: `Bo Chen, manager at Acme,`.
fn person_with_role(name: &str, role: &str, company: &str) -> String {
    format!("{name}, {role} at {company},")
}

/// Where the account belongs.
pub fn account(email: &str) -> String {
    format!("Account: {email}")
}

/// The name to sign in with, for people who never did.
pub fn sign_in_name(email: &str) -> String {
    format!("You sign in with {email}.")
}

/// What using the link does, and that nothing happens before.
pub const NOTHING_CHANGES_YET: &str =
    "Nothing changes until you set a new password. Then all your devices are signed out.";

/// For somebody who did not expect the mail.
pub const NOT_EXPECTED: &str = "Not expected? Ignore this mail.";

/// The same where there is a link below it to say so.
pub const NOT_EXPECTED_OR: &str = "Not expected? Ignore this mail, or";

/// That link.
pub const THIS_WAS_NOT_ME: &str = "This was not me";

/// Whom to ask.
pub fn questions(company: &str, contact: Option<&str>) -> String {
    match contact {
        Some(contact) => format!("Questions: {company}, {contact}."),
        None => format!("Questions: ask an administrator or manager of {company}."),
    }
}

/// Against people who pretend to be us.
pub const NEVER_ASKED_FOR: &str = "We never ask for your password by mail or phone.";

/// Above the bare address below a button, where only the HTML part has a button.
pub const BARE_ADDRESS: &str = "Or paste this address into your browser:";

/// The button of a person who has, or had, a password.
pub const BUTTON_NEW_PASSWORD: &str = "Set a new password";
/// The button of a person who has none.
pub const BUTTON_FIRST_PASSWORD: &str = "Set your password";

/// Label of the short code that stands in the mail and in the history.
pub const LABEL_REFERENCE: &str = "Reference";
/// Label of the time of asking.
pub const LABEL_ASKED: &str = "Asked";
/// Label of the browser.
pub const LABEL_BROWSER: &str = "Browser";
/// Label of the client's network address.
pub const LABEL_ADDRESS: &str = "Address";

// Asked by a manager, or by oneself.

/// Who asked for the link. `by` is name and role.
pub fn asked_by(by: Option<(&str, &str)>, company: &str) -> String {
    let who = by.map_or_else(
        || company.to_owned(),
        |(name, role)| person_with_role(name, role, company),
    );
    format!("{who} asked us to send you this link.")
}

/// Somebody entered the address; nothing proves that it was the person.
pub fn asked_by_oneself(at: &str, device: Option<&str>, client_address: Option<&str>) -> String {
    let device = device.map(|device| format!(", with {device}")).unwrap_or_default();
    let client_address = client_address
        .map(|address| format!(" from {address}"))
        .unwrap_or_default();
    format!("Someone, probably you, asked for this link on {at}{device}{client_address}.")
}

// Invitation.

/// What Rekey is, in one line.
pub fn what_this_is(company: &str) -> String {
    format!("{company} uses Rekey to look after the accounts of its people.")
}

/// Who made the account, and as what. `by` is name and role.
pub fn invited(by: Option<(&str, &str)>, company: &str, role: &str) -> String {
    let who = by.map_or_else(
        || company.to_owned(),
        |(name, role)| person_with_role(name, role, company),
    );
    format!("{who} made an account for you, with the role {role}.")
}

/// The way on when the link has expired.
pub fn too_late(ask: Option<&str>, company: &str) -> String {
    let ask = ask.unwrap_or(company);
    format!("Too late? Ask {ask} for a new link, or use Forgot password? on the sign-in page.")
}

// Restored.

/// Who restored the account, and when. `by` is name and role.
pub fn restored(by: Option<(&str, &str)>, company: &str, at: &str) -> String {
    let who = by.map_or_else(
        || company.to_owned(),
        |(name, role)| person_with_role(name, role, company),
    );
    format!("{who} restored your account on {at}.")
}

/// The old password is gone for good.
pub const OLD_PASSWORD_IS_GONE: &str = "Your old password does not come back: set a new one.";

// Password changed.

/// What happened and when. True for a first password too.
pub fn password_set(email: &str, company: &str, at: &str) -> String {
    format!("On {at}, a new password was set for your account {email} at {company}.")
}

/// How: with a link that a manager asked for.
pub fn set_with_link_of(name: &str) -> String {
    format!("It was set with the link that {name} asked us to send you.")
}

/// How: while signed in.
pub const SET_WHILE_SIGNED_IN: &str = "It was changed while signed in, with the old password.";
/// How: with a link that came after the address was entered by somebody.
pub const SET_WITH_OWN_LINK: &str = "It was set with a link that you, or someone who entered your email, asked for.";

/// How: with a link that the operator asked for or made.
pub const SET_WITH_OPERATORS_LINK: &str = "It was set with a link that the operator of this server made for you.";

/// How: with the invitation, of a person or of the company.
pub fn set_with_invitation(by: &str) -> String {
    format!("It was set with the link in the invitation from {by}.")
}

/// How: with the link of a restored account; `by` is a person or the company.
pub fn set_with_restore_link(by: &str) -> String {
    format!("It was set with the link that came when {by} restored your account.")
}

/// What the change did to the sessions; none where there were none.
pub fn signed_out(devices: u64) -> Option<String> {
    match devices {
        0 => None,
        1 => Some("1 device was signed out.".to_owned()),
        devices => Some(format!("{devices} devices were signed out.")),
    }
}

/// What the change did to a new address that waited.
pub fn email_cancelled(email: &str) -> String {
    format!("The new email {email}, which did not count yet, is cancelled.")
}

/// For somebody who did not change it, above the link to say so.
pub const NOT_YOU: &str =
    "Not you? Say so now. It ends the new password, signs out all your devices and tells your administrators.";

/// Below that link.
pub const NOT_YOU_THEN: &str = "It works for 7 days. Then use Forgot password? on the sign-in page.";

// Link withdrawn.

/// Who withdrew the link, and when.
pub fn withdrawn(name: &str, role: &str, company: &str, at: &str) -> String {
    let who = person_with_role(name, role, company);
    format!("{who} withdrew your link to set a password on {at}.")
}

/// What that means.
pub const OLD_LINK_IS_DEAD: &str =
    "The link in our earlier mail does not work any more. Your password is unchanged. There is nothing to do.";

// Link made by the operator.

/// Who made it, and when.
pub fn link_shown(at: &str) -> String {
    format!("On {at}, the operator of this server made a link for you to set a new password.")
}

/// How it reaches the person.
pub const HANDED_OVER: &str = "The link is not in this mail: it is handed over to you in another way.";

/// For somebody who knows nothing of it, above the link to say so.
pub const NOT_HANDED_OVER: &str =
    "Did you not ask for help? Say so now. It withdraws the link and tells your administrators.";

// Only managers start resets.

/// Somebody entered the address; nothing proves that it was the person.
pub fn asked_without_link(at: &str, device: Option<&str>, client_address: &str) -> String {
    let device = device.map(|device| format!(", with {device}")).unwrap_or_default();
    format!("Someone, probably you, asked for a new password on {at}{device} from {client_address}.")
}

/// Why there is no link.
pub fn no_own_resets(company: &str) -> String {
    format!("{company} lets only its administrators and managers start that, so this mail has no link.")
}

/// Who can help, as names with roles.
pub fn ask_one_of(helpers: &[(String, &str)], company: &str) -> String {
    if helpers.is_empty() {
        return format!("Ask an administrator or manager of {company} to send you one.");
    }
    let names: Vec<_> = helpers.iter().map(|(name, role)| format!("{name} ({role})")).collect();
    format!("Ask one of them to send you one: {}.", names.join(", "))
}

/// Nothing was done.
pub const PASSWORD_UNCHANGED: &str = "Your password is unchanged.";

// To an administrator, after "this was not me".

/// Who said it, and when.
pub fn said_not_me(name: &str, email: &str, at: &str) -> String {
    format!("{name} ({email}) said \"this was not me\" on {at}.")
}

/// It was about a mail with a link.
pub fn about_link(asked_by: Option<&str>, asked_at: &str) -> String {
    match asked_by {
        Some(name) => format!("It was about the link that {name} asked for on {asked_at}."),
        None => format!("It was about the link that someone asked for on {asked_at}."),
    }
}

/// It was about a changed password.
pub fn about_change(changed_at: &str) -> String {
    format!("It was about the password that was set on {changed_at}.")
}

/// What it did to the password, where it was about a link.
pub const THEIR_PASSWORD_STAYS: &str = "The password is unchanged.";
/// What it did to the password, where it was about a change.
pub const THEIR_PASSWORD_IS_GONE: &str = "The password that was set does not work any more.";

/// What we did, with the number of sessions that ended.
pub fn all_ended(devices: u64) -> String {
    match signed_out(devices) {
        Some(devices) => format!("We withdrew all links and ended all sessions. {devices}"),
        None => "We withdrew all links. There was no session to end.".to_owned(),
    }
}

/// What to do about a link.
pub const LOOK_AT_LINK: &str = "Look who asked for it, and ask them why.";
/// What to do about a change.
pub const LOOK_AT_CHANGE: &str =
    "Talk to the person now. Somebody else may know their password, or read their mail. Then send them a new link.";
/// The link to their page.
pub const OPEN_THEIR_PAGE: &str = "Open their page";

// A new address.

/// Label of the address before.
pub const LABEL_OLD_EMAIL: &str = "Old email";
/// Label of the address to be.
pub const LABEL_NEW_EMAIL: &str = "New email";
/// The button of the new address.
pub const BUTTON_CONFIRM_EMAIL: &str = "Confirm this address";
/// The button of the old address.
pub const BUTTON_STOP_EMAIL: &str = "Stop this change";

/// Who entered it, and when. `by` is name and role; none where it was the person, signed in.
pub fn email_entered(by: Option<(&str, &str)>, company: &str, at: &str) -> String {
    match by {
        Some((name, role)) => {
            let who = person_with_role(name, role, company);
            format!("{who} entered a new email for your account on {at}.")
        }
        None => {
            format!("You, or someone with your password, entered a new email for your account at {company} on {at}.")
        }
    }
}

/// The same, where the account was deleted and is to come back with it.
pub fn email_restores(by: (&str, &str), company: &str, at: &str) -> String {
    let who = person_with_role(by.0, by.1, company);
    format!("{who} wants to bring your deleted account back with a new email. Entered on {at}.")
}

/// From when it counts, where somebody else entered it.
pub fn email_counts_from(at: &str) -> String {
    format!("Once confirmed, it counts from {at}. Until then everything stays as it is.")
}

/// From when it counts, where the person entered it.
pub const EMAIL_COUNTS_WHEN_CONFIRMED: &str =
    "It counts as soon as it is confirmed. Until then everything stays as it is.";
/// Above the button of the old address.
pub const NOT_WANTED: &str = "Not wanted? Stop it here.";
/// Below it.
pub const STOPS_LATER_TOO: &str = "It works after the change too, and brings this address back.";
/// The same, where the account was deleted and is to come back.
pub const STOPS_RESTORING_LATER_TOO: &str = "It works after that too, and deletes the account again.";
