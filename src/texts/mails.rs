//! The words of the mails, in English: the only place that holds them.
//!
//! Plain functions from data to a sentence. They know no layout, no escaping and no clock: times and deadlines come in
//! as text from `server::times`. Sentences have at most 20 words, without names and times.

/// The language tag of this catalogue.
pub const LANGUAGE: &str = "en";

/// The writing direction of this catalogue, as HTML writes it.
pub const DIRECTION: &str = "ltr";

/// What a mail is, in the two places that say it in a few words.
pub struct Headline<'a> {
    /// The subject, without the company that stands before it.
    pub subject: &'a str,
    /// The heading on top of the HTML part.
    pub title: &'a str,
}

/// A link that a manager or administrator asked for.
pub const HEADLINE_ASKED_BY_MANAGER: Headline<'_> = Headline {
    subject: "set a new password",
    title: "Set a new password",
};
/// A link that the person asked for.
pub const HEADLINE_ASKED_BY_ONESELF: Headline<'_> = Headline {
    subject: "reset your password",
    title: "Reset your password",
};
/// The first link of a new account.
pub const HEADLINE_INVITATION: Headline<'_> = Headline {
    subject: "set up your account",
    title: "Set up your account",
};
/// The link of an account that was deleted and is back.
pub const HEADLINE_RESTORED: Headline<'_> = Headline {
    subject: "your account is back",
    title: "Your account is back",
};
/// The notice after a change.
pub const HEADLINE_PASSWORD_CHANGED: Headline<'_> = Headline {
    subject: "your password was changed",
    title: "Your password was changed",
};
/// The notice that a link is dead.
pub const HEADLINE_LINK_WITHDRAWN: Headline<'_> = Headline {
    subject: "your password link was withdrawn",
    title: "Your password link was withdrawn",
};
/// The notice that the operator made a link.
pub const HEADLINE_LINK_SHOWN: Headline<'_> = Headline {
    subject: "a password link was made for you",
    title: "A password link was made for you",
};
/// The mail to a new address.
pub const HEADLINE_CONFIRM_EMAIL: Headline<'_> = Headline {
    subject: "confirm your new email",
    title: "Confirm your new email",
};
/// The mail to the old address.
pub const HEADLINE_EMAIL_CHANGING: Headline<'_> = Headline {
    subject: "your email is about to change",
    title: "Your email is about to change",
};
/// The mail to somebody who must ask a manager.
pub const HEADLINE_ASK_MANAGER: Headline<'_> = Headline {
    subject: "ask a manager for a new password",
    title: "Ask a manager for a new password",
};

/// The subject of a link that a manager asked for, where there is room for the manager's name.
pub fn subject_asked_by(name: &str) -> String {
    format!("{} (asked by {name})", HEADLINE_ASKED_BY_MANAGER.subject)
}

/// The subject and the heading of the mail to an administrator; a subject may have the name cut.
pub fn said_not_me(name: &str) -> String {
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

/// What using the link does, and that nothing happens before.
pub const NOTHING_CHANGES_YET: &str =
    "Nothing changes until you set a new password. Then all your devices are signed out.";

/// Above what to do for somebody who did not expect the mail.
pub const NOT_EXPECTED: &str = "Not expected?";

/// What to do about an unexpected link that has no link beside it to withdraw it.
pub const IGNORE: &str = "Ignore this mail. The link stops working by itself.";

/// What to do about an unexpected link, above the link to say so.
pub const IGNORE_OR_TELL: &str = "Ignore this mail and nothing changes. Or tell us, and we withdraw the link.";

/// The link to say that a mail or a change was not expected.
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

/// Above the bare address of the button, which only the HTML part has.
pub const BUTTON_DOES_NOT_WORK: &str = "Button does not work?";

/// Between that question and the bare address.
pub const PASTE_ADDRESS: &str = "Paste this address into your browser:";

/// The button of a person who has, or had, a password.
pub const BUTTON_NEW_PASSWORD: &str = "Set a new password";
/// The button of a person who has none.
pub const BUTTON_FIRST_PASSWORD: &str = "Set your password";

// Labels of the small table.

/// Label of the address of the account.
pub const LABEL_ACCOUNT: &str = "Account";
/// Label of that address for people who never signed in.
pub const LABEL_SIGN_IN_WITH: &str = "Sign in with";
/// Label of the role of a new account.
pub const LABEL_ROLE: &str = "Role";
/// Label of how long a link works.
pub const LABEL_DEADLINE: &str = "Deadline";
/// Label of who asked for a link.
pub const LABEL_ASKED_BY: &str = "Asked by";
/// Label of the time of asking.
pub const LABEL_ASKED: &str = "Asked";
/// Label of who made an account.
pub const LABEL_INVITED_BY: &str = "Invited by";
/// Label of the time at which an account was made.
pub const LABEL_INVITED: &str = "Invited";
/// Label of who restored an account.
pub const LABEL_RESTORED_BY: &str = "Restored by";
/// Label of the time at which an account was restored.
pub const LABEL_RESTORED: &str = "Restored";
/// Label of who withdrew a link.
pub const LABEL_WITHDRAWN_BY: &str = "Withdrawn by";
/// Label of the time at which a link was withdrawn.
pub const LABEL_WITHDRAWN: &str = "Withdrawn";
/// Label of the time at which the operator made a link.
pub const LABEL_MADE: &str = "Made";
/// Label of the time of a change.
pub const LABEL_WHEN: &str = "When";
/// Label of the way of a change.
pub const LABEL_HOW: &str = "How";
/// Label of the browser.
pub const LABEL_BROWSER: &str = "Browser";
/// Label of the client's network address.
pub const LABEL_IP_ADDRESS: &str = "IP address";
/// Label of how many sessions ended.
pub const LABEL_DEVICES: &str = "Devices";
/// Label of the time at which somebody said "this was not me".
pub const LABEL_REPORTED: &str = "Reported";
/// Label of the time at which the disavowed password was set.
pub const LABEL_PASSWORD_SET: &str = "Password set";
/// Label of the address before a change.
pub const LABEL_OLD_EMAIL: &str = "Old email";
/// Label of the address after a change.
pub const LABEL_NEW_EMAIL: &str = "New email";
/// Label of who entered a new address.
pub const LABEL_ENTERED_BY: &str = "Entered by";
/// Label of the time at which a new address was entered.
pub const LABEL_ENTERED: &str = "Entered";
/// Label of the short code that stands in the mail and in the history.
pub const LABEL_REFERENCE: &str = "Reference";

/// A person with their role, as a value in the table.
pub fn named(name: &str, role: &str) -> String {
    format!("{name}, {role}")
}

/// How many sessions ended, as a value in the table.
pub fn devices_signed_out(devices: u64) -> String {
    match devices {
        0 => "None was signed in".to_owned(),
        devices => format!("{devices} signed out"),
    }
}

// Asked by a manager, or by oneself.

/// Who asked for the link. `by` is name and role.
pub fn asked_by(by: Option<(&str, &str)>, company: &str) -> String {
    let who = by.map_or_else(
        || company.to_owned(),
        |(name, role)| person_with_role(name, role, company),
    );
    format!("{who} asked us to send you this link.")
}

/// Who asked, as far as it is known: somebody entered the address, and nothing proves that it was the person.
pub const ASKED_BY_ONESELF: &str = "Someone, probably you, asked us to send you this link.";

// Invitation.

/// What Rekey is, in one line.
pub fn what_this_is(company: &str) -> String {
    format!("{company} uses Rekey to look after the accounts of its people.")
}

/// Who made the account. `by` is name and role.
pub fn invited(by: Option<(&str, &str)>, company: &str) -> String {
    let who = by.map_or_else(
        || company.to_owned(),
        |(name, role)| person_with_role(name, role, company),
    );
    format!("{who} made an account for you.")
}

/// The way on when the link has expired.
pub fn too_late(ask: Option<&str>, company: &str) -> String {
    let ask = ask.unwrap_or(company);
    format!("Too late? Ask {ask} for a new link, or use Forgot password? on the sign-in page.")
}

// Restored.

/// Who restored the account. `by` is name and role.
pub fn restored(by: Option<(&str, &str)>, company: &str) -> String {
    let who = by.map_or_else(
        || company.to_owned(),
        |(name, role)| person_with_role(name, role, company),
    );
    format!("{who} restored your account.")
}

/// The old password is gone for good.
pub const OLD_PASSWORD_IS_GONE: &str = "Your old password does not come back: set a new one.";

// Password changed.

/// What happened. True for a first password too.
pub fn password_set(company: &str) -> String {
    format!("A new password was set for your account at {company}. If that was you, there is nothing to do.")
}

/// How: with a link that a manager asked for.
pub fn set_with_link_of(name: &str) -> String {
    format!("With the link that {name} asked us to send you")
}

/// How: while signed in.
pub const SET_WHILE_SIGNED_IN: &str = "While signed in, with the old password";
/// How: with a link that came after the address was entered by somebody.
pub const SET_WITH_OWN_LINK: &str = "With a link that you, or someone who entered your email, asked for";

/// How: with a link that the operator asked for or made.
pub const SET_WITH_OPERATORS_LINK: &str = "With a link that the operator of this server made for you";

/// How: with the invitation, of a person or of the company.
pub fn set_with_invitation(by: &str) -> String {
    format!("With the link in the invitation from {by}")
}

/// How: with the link of a restored account; `by` is a person or the company.
pub fn set_with_restore_link(by: &str) -> String {
    format!("With the link that came when {by} restored your account")
}

/// What the change did to a new address that waited.
pub fn email_cancelled(email: &str) -> String {
    format!("The new email {email}, which did not count yet, is cancelled.")
}

/// Above what to do for somebody who did not change it.
pub const NOT_YOU: &str = "Not you?";

/// What saying so does.
pub const SAY_NOT_YOU: &str =
    "Say so now. It ends the new password, signs out all your devices and tells your administrators.";

/// Below that link.
pub const NOT_YOU_THEN: &str = "The link works for 7 days. After that, use Forgot password? on the sign-in page.";

// Link withdrawn.

/// Who withdrew the link.
pub fn withdrawn(name: &str, role: &str, company: &str) -> String {
    let who = person_with_role(name, role, company);
    format!("{who} withdrew your link to set a password.")
}

/// What that means.
pub const OLD_LINK_IS_DEAD: &str =
    "The link in our earlier mail does not work any more. Your password is unchanged. There is nothing to do.";

// Link made by the operator.

/// Who made it.
pub const LINK_SHOWN: &str = "The operator of this server made a link for you to set a new password.";

/// How it reaches the person.
pub const HANDED_OVER: &str = "The link is not in this mail: it is handed over to you in another way.";

/// Above what to do for somebody who knows nothing of it.
pub const NOT_HANDED_OVER: &str = "Did you not ask for help?";

/// What saying so does.
pub const SAY_NOT_HANDED_OVER: &str = "Say so now. It withdraws the link and tells your administrators.";

// Only managers start resets.

/// Who asked, as far as it is known: somebody entered the address, and nothing proves that it was the person.
pub const ASKED_WITHOUT_LINK: &str = "Someone, probably you, asked for a new password.";

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

/// The disavowed thing was a mail with a link.
pub fn about_link(name: &str) -> String {
    format!("{} about a link to set a password.", said_not_me(name))
}

/// The disavowed thing was a changed password.
pub fn about_change(name: &str) -> String {
    format!("{} about a new password.", said_not_me(name))
}

/// What we did.
pub const ALL_ENDED: &str = "We withdrew all links and ended all sessions.";
/// What it did to the password, where it was about a link.
pub const THEIR_PASSWORD_STAYS: &str = "The password is unchanged.";
/// What it did to the password, where it was about a change.
pub const THEIR_PASSWORD_IS_GONE: &str = "The password that was set does not work any more.";

/// What to do about a link.
pub const LOOK_AT_LINK: &str = "Find out who asked for it, and why.";
/// What to do about a change.
pub const LOOK_AT_CHANGE: &str =
    "Talk to the person now. Somebody else may know their password, or read their mail. Then send them a new link.";
/// The link to their page.
pub const OPEN_THEIR_PAGE: &str = "Open their page";

// A new address.

/// The button of the new address.
pub const BUTTON_CONFIRM_EMAIL: &str = "Confirm this address";
/// The button of the old address.
pub const BUTTON_STOP_EMAIL: &str = "Stop this change";

/// Who entered it. `by` is name and role; none where it was the person, signed in.
pub fn email_entered(by: Option<(&str, &str)>, company: &str) -> String {
    match by {
        Some((name, role)) => {
            let who = person_with_role(name, role, company);
            format!("{who} entered a new email for your account.")
        }
        None => format!("You, or someone with your password, entered a new email for your account at {company}."),
    }
}

/// Who entered it, where the account was deleted and is to come back with it.
pub fn email_restores(by: (&str, &str), company: &str) -> String {
    let who = person_with_role(by.0, by.1, company);
    format!("{who} wants to bring your deleted account back with a new email.")
}

/// From when it counts, where somebody else entered it.
pub fn email_counts_from(at: &str) -> String {
    format!("Once confirmed, it counts from {at}. Until then everything stays as it is.")
}

/// From when it counts, where the person entered it.
pub const EMAIL_COUNTS_WHEN_CONFIRMED: &str =
    "It counts as soon as it is confirmed. Until then everything stays as it is.";
/// Above what to do for somebody who does not want the change.
pub const NOT_WANTED: &str = "Not wanted?";
/// What the button of the old address does.
pub const STOPS_LATER_TOO: &str =
    "Stop the change here. That works after the change too, and brings this address back.";
/// What the button of the old address does to an account that was deleted and is to come back.
pub const STOPS_RESTORING_LATER_TOO: &str =
    "Stop the change here. That works after the change too, and deletes the account again.";
