//! What each mail says: data in, subject, preheader and both parts out.
//!
//! It knows no database, no configuration and no SMTP. All mails have one design: both parts are one structure, rendered
//! twice (`parts`), so they cannot differ in a fact or a link. Whatever people typed becomes one line here (case G3) and is escaped in the HTML
//! part (G4); the notice after a change names a contact and no password (G6). A letter holds the link: none of these
//! types can be printed with `{:?}`, so that no log can have it (G9).

use std::time::Duration;

use rekey_domain::company_details::Accent;
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;

use crate::server::times::{Zone, day_and_time, deadline_sentence, deadline_short, short_day_and_time};
use crate::texts::linked::called;
use crate::texts::mails;
use parts::{Aside, Fact, Letter, Link, fact, fact_if_known};

pub(super) use rekey_domain::one_line::one_line;

pub use email_change::{EmailChangeLetter, compose_confirm_email, compose_email_changing};
pub use notices::{
    About, AskManagerLetter, LinkShownLetter, LinkWithdrawnLetter, NotMeLetter, compose_ask_manager,
    compose_link_shown, compose_link_withdrawn, compose_not_me,
};

mod email_change;
mod notices;
pub mod palette;
mod parts;
#[cfg(test)]
mod tests;

/// A mail as it can be read, before it has headers.
pub struct Composed {
    /// One line of at most 60 characters, the company first.
    pub subject: String,
    /// What a mailbox shows beside the subject; stands hidden in the HTML part.
    pub preheader: String,
    /// The text part, for 72 columns; lines end in `\n`.
    pub text: String,
    /// The HTML part, a whole document.
    pub html: String,
}

/// The company that a mail comes from, and the person who reads it.
pub struct Parties {
    /// The company's name.
    pub company: String,
    /// The company's colour.
    pub accent: Accent,
    /// The company's contact, else the operator's.
    pub contact: Option<String>,
    /// The reader's name.
    pub name: String,
    /// The reader's account.
    pub email: String,
    /// The reader's zone, else the company's.
    pub zone: Zone,
}

impl Parties {
    fn company(&self) -> String {
        one_line(&self.company)
    }

    fn account(&self) -> Fact {
        fact(mails::LABEL_ACCOUNT, one_line(&self.email))
    }

    /// A time that stands alone in a mail has its zone beside it.
    fn in_zone(&self, at: Timestamp) -> String {
        format!("{} ({})", day_and_time(at, &self.zone), self.zone.name())
    }

    fn deadline(&self, lifetime: Duration, expires_at: Timestamp) -> Fact {
        fact(
            mails::LABEL_DEADLINE,
            deadline_sentence(lifetime, expires_at, &self.zone),
        )
    }

    /// The last lines of a mail to the owner of an account.
    fn closing(&self) -> Vec<String> {
        let contact = self
            .contact
            .as_deref()
            .map(one_line)
            .filter(|contact| !contact.is_empty());
        vec![
            mails::questions(&self.company(), contact.as_deref()),
            mails::NEVER_ASKED_FOR.to_owned(),
        ]
    }
}

/// Who asked for something.
pub struct Asker {
    /// Their name.
    pub name: String,
    /// Their company, where it is another one than the mail's.
    pub of: Option<String>,
    /// The role with which they acted.
    pub role: Role,
}

impl Asker {
    fn name_and_role(&self) -> (String, &'static str) {
        (one_line(&called(&self.name, self.of.as_deref())), self.role.as_str())
    }

    fn in_table(&self) -> String {
        let (name, role) = self.name_and_role();
        mails::named(&name, role)
    }
}

/// A mail with a link to set a password.
pub struct ResetLetter {
    /// Decides the words.
    pub kind: Kind,
    /// The two ends of the mail.
    pub parties: Parties,
    /// The account's role; an invitation names it.
    pub role: Role,
    /// Who asked, where it was not the recipient; `None` for the operator.
    pub asked_by: Option<Asker>,
    /// The start of the lifetime.
    pub asked_at: Timestamp,
    /// The end of the lifetime.
    pub expires_at: Timestamp,
    /// The whole address with the secret; one line without blanks.
    pub link: String,
    /// Where to say that it was not expected; invitations and restored accounts have no such link.
    pub not_me: Option<String>,
    /// The short code that stands in the history too.
    pub reference: String,
    /// The browser of a person who asked for themselves, in words.
    pub device: Option<String>,
    /// The network address of a person who asked for themselves.
    pub client_address: Option<String>,
}

/// How a password came to be changed.
pub enum How {
    /// With a link that a manager or administrator asked for.
    ManagerAsked {
        /// Who asked.
        name: String,
    },
    /// With a link that was asked for on the sign-in page.
    OwnerAsked,
    /// With a link that the operator asked for or made.
    Operator,
    /// While signed in, with the old password.
    SignedIn,
    /// With an invitation.
    Invitation {
        /// Who invited; `None` for the operator.
        name: Option<String>,
    },
    /// With the link of a restored account.
    Restored {
        /// Who restored it; `None` for the operator.
        name: Option<String>,
    },
}

/// The notice to the owner after a change.
pub struct PasswordChangedLetter {
    /// The two ends of the mail.
    pub parties: Parties,
    /// When it was changed.
    pub changed_at: Timestamp,
    /// How it was changed.
    pub how: How,
    /// The browser that set the password, in words.
    pub device: Option<String>,
    /// The network address that set the password.
    pub client_address: Option<String>,
    /// How many sessions ended by it.
    pub signed_out: u64,
    /// The new address that waited and was cancelled by it.
    pub cancelled_email: Option<String>,
    /// Where to say "this was not me": the whole address with a secret of its own.
    pub not_me: String,
}

/// The mail of any kind of reset.
pub fn compose_reset(letter: &ResetLetter) -> Composed {
    let parties = &letter.parties;
    let company = parties.company();
    let asker = letter.asked_by.as_ref().map(Asker::name_and_role);
    let by = asker.as_ref().map(|(name, role)| (name.as_str(), *role));
    let by_name = by.map_or(company.as_str(), |(name, _)| name);
    let deadline = deadline_short(letter.expires_at, &parties.zone);

    let (headline, preheader, opening, details) = match letter.kind {
        Kind::Manager => (
            mails::HEADLINE_ASKED_BY_MANAGER,
            mails::preheader_reset(&deadline),
            vec![mails::asked_by(by, &company)],
            Some(mails::NOTHING_CHANGES_YET.to_owned()),
        ),
        Kind::Oneself => (
            mails::HEADLINE_ASKED_BY_ONESELF,
            mails::preheader_reset(&deadline),
            vec![mails::ASKED_BY_ONESELF.to_owned()],
            Some(mails::NOTHING_CHANGES_YET.to_owned()),
        ),
        Kind::Invitation => (
            mails::HEADLINE_INVITATION,
            mails::preheader_invitation(by_name, &deadline),
            vec![mails::what_this_is(&company), mails::invited(by, &company)],
            Some(mails::too_late(by.map(|(name, _)| name), &company)),
        ),
        Kind::Restore => (
            mails::HEADLINE_RESTORED,
            mails::preheader_restored(by_name, &deadline),
            vec![mails::restored(by, &company), mails::OLD_PASSWORD_IS_GONE.to_owned()],
            None,
        ),
    };
    let fuller_subject = match (letter.kind, &letter.asked_by) {
        (Kind::Manager, Some(asker)) => Some(mails::subject_asked_by(&one_line(&asker.name))),
        _ => None,
    };
    let label = match letter.kind {
        Kind::Manager | Kind::Oneself => mails::BUTTON_NEW_PASSWORD,
        Kind::Invitation | Kind::Restore => mails::BUTTON_FIRST_PASSWORD,
    };
    let not_me = letter.not_me.clone().map(|url| Link {
        label: mails::THIS_WAS_NOT_ME,
        url,
    });
    Letter {
        parties,
        headline,
        fuller_subject,
        preheader,
        opening,
        button: Some(Link {
            label,
            url: letter.link.clone(),
        }),
        details: details.into_iter().collect(),
        facts: facts_of_reset(letter),
        aside: Some(Aside {
            question: mails::NOT_EXPECTED,
            answer: if not_me.is_some() {
                mails::IGNORE_OR_TELL
            } else {
                mails::IGNORE
            },
            link: not_me,
            after: None,
        }),
        closing: parties.closing(),
    }
    .render()
}

fn facts_of_reset(letter: &ResetLetter) -> Vec<Fact> {
    let parties = &letter.parties;
    let (account, by, at) = match letter.kind {
        Kind::Manager | Kind::Oneself => (mails::LABEL_ACCOUNT, mails::LABEL_ASKED_BY, mails::LABEL_ASKED),
        Kind::Invitation => (mails::LABEL_SIGN_IN_WITH, mails::LABEL_INVITED_BY, mails::LABEL_INVITED),
        Kind::Restore => (
            mails::LABEL_SIGN_IN_WITH,
            mails::LABEL_RESTORED_BY,
            mails::LABEL_RESTORED,
        ),
    };
    let is_own = letter.kind == Kind::Oneself;
    let is_new = letter.kind == Kind::Invitation;
    let lifetime = letter.expires_at.since(letter.asked_at);
    [
        Some(fact(account, one_line(&parties.email))),
        is_new.then(|| fact(mails::LABEL_ROLE, letter.role.as_str())),
        Some(parties.deadline(lifetime, letter.expires_at)),
        letter.asked_by.as_ref().map(|asker| fact(by, asker.in_table())),
        Some(fact(at, parties.in_zone(letter.asked_at))),
        fact_if_known(mails::LABEL_BROWSER, letter.device.as_deref()).filter(|_| is_own),
        fact_if_known(mails::LABEL_IP_ADDRESS, letter.client_address.as_deref()).filter(|_| is_own),
        Some(fact(mails::LABEL_REFERENCE, one_line(&letter.reference))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The notice to the owner that the password is another one now.
pub fn compose_password_changed(letter: &PasswordChangedLetter) -> Composed {
    let parties = &letter.parties;
    let company = parties.company();
    let name_or_company = |name: &Option<String>| name.as_deref().map_or_else(|| company.clone(), one_line);
    let how = match &letter.how {
        How::ManagerAsked { name } => mails::set_with_link_of(&one_line(name)),
        How::OwnerAsked => mails::SET_WITH_OWN_LINK.to_owned(),
        How::Operator => mails::SET_WITH_OPERATORS_LINK.to_owned(),
        How::SignedIn => mails::SET_WHILE_SIGNED_IN.to_owned(),
        How::Invitation { name } => mails::set_with_invitation(&name_or_company(name)),
        How::Restored { name } => mails::set_with_restore_link(&name_or_company(name)),
    };
    let cancelled = letter.cancelled_email.as_deref().map(one_line);
    let facts = [
        Some(parties.account()),
        Some(fact(mails::LABEL_WHEN, parties.in_zone(letter.changed_at))),
        Some(fact(mails::LABEL_HOW, how)),
        fact_if_known(mails::LABEL_BROWSER, letter.device.as_deref()),
        fact_if_known(mails::LABEL_IP_ADDRESS, letter.client_address.as_deref()),
        Some(fact(mails::LABEL_DEVICES, mails::devices_signed_out(letter.signed_out))),
    ];
    Letter {
        parties,
        headline: mails::HEADLINE_PASSWORD_CHANGED,
        fuller_subject: None,
        preheader: mails::preheader_password_changed(&short_day_and_time(letter.changed_at, &parties.zone)),
        opening: vec![mails::password_set(&company)],
        button: None,
        details: cancelled
            .map(|email| mails::email_cancelled(&email))
            .into_iter()
            .collect(),
        facts: facts.into_iter().flatten().collect(),
        aside: Some(Aside {
            question: mails::NOT_YOU,
            answer: mails::SAY_NOT_YOU,
            link: Some(Link {
                label: mails::THIS_WAS_NOT_ME,
                url: letter.not_me.clone(),
            }),
            after: Some(mails::NOT_YOU_THEN.to_owned()),
        }),
        closing: parties.closing(),
    }
    .render()
}
