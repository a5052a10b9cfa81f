//! What each mail says: data in, subject, preheader and both parts out.
//!
//! It knows no database, no configuration and no SMTP. Both parts are one structure, rendered twice (`parts`), so they
//! cannot differ in a fact or a link. Whatever people typed becomes one line here (case G3) and is escaped in the HTML
//! part (G4); the notice after a change names a contact and no password (G6). A letter holds the link: none of these
//! types can be printed with `{:?}`, so that no log can have it (G9).

use rekey_domain::reset::Kind;
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;

use crate::server::times::{Zone, day_and_time, deadline_sentence, deadline_short, short_day_and_time};
use crate::texts::linked::called;
use crate::texts::mails;
use parts::{Block, Letter, Link, fact, paragraph, shortened};

pub(super) use rekey_domain::one_line::one_line;

pub use email_change::{EmailChangeLetter, compose_confirm_email, compose_email_changing};
pub use notices::{
    About, AskManagerLetter, LinkShownLetter, LinkWithdrawnLetter, NotMeLetter, compose_ask_manager,
    compose_link_shown, compose_link_withdrawn, compose_not_me,
};

mod email_change;
mod notices;
mod parts;
#[cfg(test)]
mod tests;

/// At most so much of a name that stands in a subject behind the company's.
const NAME_IN_SUBJECT: usize = 20;

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
}

/// A mail with a link to set a password.
pub struct ResetLetter {
    /// Decides the words.
    pub kind: Kind,
    /// The company's name.
    pub company: String,
    /// The greeting's name.
    pub recipient_name: String,
    /// The account, which is also where the mail goes.
    pub recipient_email: String,
    /// The account's role; an invitation names it.
    pub recipient_role: Role,
    /// Who asked, where it was not the recipient; `None` for the operator.
    pub asked_by: Option<Asker>,
    /// The start of the lifetime.
    pub asked_at: Timestamp,
    /// The end of the lifetime.
    pub expires_at: Timestamp,
    /// The recipient's zone, else the company's.
    pub zone: Zone,
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
    /// The company's contact, else the operator's.
    pub contact: Option<String>,
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
    /// The company's name.
    pub company: String,
    /// The greeting's name.
    pub recipient_name: String,
    /// The account, which is also where the mail goes.
    pub recipient_email: String,
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
    /// The recipient's zone, else the company's.
    pub zone: Zone,
    /// The company's contact, else the operator's.
    pub contact: Option<String>,
}

/// The mail of any kind of reset.
pub fn compose_reset(letter: &ResetLetter) -> Composed {
    let company = one_line(&letter.company);
    let asker = letter.asked_by.as_ref().map(Asker::name_and_role);
    let by = asker.as_ref().map(|(name, role)| (name.as_str(), *role));
    let by_name = by.map_or(company.as_str(), |(name, _)| name);
    let email = one_line(&letter.recipient_email);
    let asked_at = in_zone(letter.asked_at, &letter.zone);
    let deadline = deadline_short(letter.expires_at, &letter.zone);
    let lifetime = letter.expires_at.since(letter.asked_at);
    let valid = paragraph(deadline_sentence(lifetime, letter.expires_at, &letter.zone));
    let link = |label| {
        Block::Link(Link {
            label,
            url: letter.link.clone(),
        })
    };

    let (subject, preheader, mut blocks) = match letter.kind {
        Kind::Manager => (
            letter.asked_by.as_ref().map_or_else(
                || mails::SUBJECT_ASKED_BY_COMPANY.to_owned(),
                |asker| mails::subject_asked_by(&shortened(&one_line(&asker.name), NAME_IN_SUBJECT)),
            ),
            mails::preheader_reset(&deadline),
            vec![
                paragraph(mails::asked_by(by, &company)),
                link(mails::BUTTON_NEW_PASSWORD),
                paragraph(mails::account(&email)),
                valid,
                paragraph(mails::NOTHING_CHANGES_YET),
            ],
        ),
        Kind::Oneself => {
            let device = letter.device.as_deref().map(one_line);
            let client_address = letter.client_address.as_deref().map(one_line);
            (
                mails::SUBJECT_ASKED_BY_ONESELF.to_owned(),
                mails::preheader_reset(&deadline),
                vec![
                    paragraph(mails::asked_by_oneself(
                        &asked_at,
                        device.as_deref(),
                        client_address.as_deref(),
                    )),
                    link(mails::BUTTON_NEW_PASSWORD),
                    paragraph(mails::account(&email)),
                    valid,
                    paragraph(mails::NOTHING_CHANGES_YET),
                ],
            )
        }
        Kind::Invitation => (
            mails::SUBJECT_INVITATION.to_owned(),
            mails::preheader_invitation(by_name, &deadline),
            vec![
                paragraph(mails::what_this_is(&company)),
                paragraph(mails::invited(by, &company, letter.recipient_role.as_str())),
                link(mails::BUTTON_FIRST_PASSWORD),
                paragraph(mails::sign_in_name(&email)),
                valid,
                paragraph(mails::too_late(by.map(|(name, _)| name), &company)),
            ],
        ),
        Kind::Restore => (
            mails::SUBJECT_RESTORED.to_owned(),
            mails::preheader_restored(by_name, &deadline),
            vec![
                paragraph(mails::restored(by, &company, &asked_at)),
                link(mails::BUTTON_FIRST_PASSWORD),
                paragraph(mails::OLD_PASSWORD_IS_GONE),
                paragraph(mails::sign_in_name(&email)),
                valid,
            ],
        ),
    };
    let questions = mails::questions(&company, contact(letter.contact.as_deref()).as_deref());
    match &letter.not_me {
        None => blocks.push(paragraph(format!("{} {questions}", mails::NOT_EXPECTED))),
        Some(not_me) => blocks.extend([
            paragraph(mails::NOT_EXPECTED_OR),
            Block::QuietLink(Link {
                label: mails::THIS_WAS_NOT_ME,
                url: not_me.clone(),
            }),
            paragraph(questions),
        ]),
    }
    blocks.extend([
        paragraph(mails::NEVER_ASKED_FOR),
        Block::Facts(vec![
            fact(mails::LABEL_REFERENCE, one_line(&letter.reference)),
            fact(mails::LABEL_ASKED, asked_at),
        ]),
    ]);
    Letter {
        company: &company,
        subject: &subject,
        preheader,
        greeting: mails::greeting(&one_line(&letter.recipient_name)),
        blocks,
    }
    .render()
}

/// The notice to the owner that the password is another one now.
pub fn compose_password_changed(letter: &PasswordChangedLetter) -> Composed {
    let company = one_line(&letter.company);
    let changed_at = in_zone(letter.changed_at, &letter.zone);
    let name_or_company = |name: &Option<String>| name.as_deref().map_or_else(|| company.clone(), one_line);
    let how = match &letter.how {
        How::ManagerAsked { name } => mails::set_with_link_of(&one_line(name)),
        How::OwnerAsked => mails::SET_WITH_OWN_LINK.to_owned(),
        How::Operator => mails::SET_WITH_OPERATORS_LINK.to_owned(),
        How::SignedIn => mails::SET_WHILE_SIGNED_IN.to_owned(),
        How::Invitation { name } => mails::set_with_invitation(&name_or_company(name)),
        How::Restored { name } => mails::set_with_restore_link(&name_or_company(name)),
    };
    let from = [
        (mails::LABEL_BROWSER, &letter.device),
        (mails::LABEL_ADDRESS, &letter.client_address),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some(fact(label, one_line(value.as_deref()?))))
    .collect::<Vec<_>>();

    let mut blocks = vec![
        paragraph(mails::password_set(
            &one_line(&letter.recipient_email),
            &company,
            &changed_at,
        )),
        paragraph(how),
    ];
    if !from.is_empty() {
        blocks.push(Block::Facts(from));
    }
    let questions = mails::questions(&company, contact(letter.contact.as_deref()).as_deref());
    let cancelled = letter.cancelled_email.as_deref().map(one_line);
    let cancelled = cancelled.map(|email| paragraph(mails::email_cancelled(&email)));
    blocks.extend(mails::signed_out(letter.signed_out).map(paragraph));
    blocks.extend(cancelled);
    blocks.extend([
        paragraph(mails::NOT_YOU),
        Block::Link(Link {
            label: mails::THIS_WAS_NOT_ME,
            url: letter.not_me.clone(),
        }),
        paragraph(format!("{} {questions}", mails::NOT_YOU_THEN)),
        paragraph(mails::NEVER_ASKED_FOR),
    ]);
    Letter {
        company: &company,
        subject: mails::SUBJECT_PASSWORD_CHANGED,
        preheader: mails::preheader_password_changed(&short_day_and_time(letter.changed_at, &letter.zone)),
        greeting: mails::greeting(&one_line(&letter.recipient_name)),
        blocks,
    }
    .render()
}

/// A time that stands alone in a mail has its zone beside it.
fn in_zone(at: Timestamp, zone: &Zone) -> String {
    format!("{} ({})", day_and_time(at, zone), zone.name())
}

fn contact(typed: Option<&str>) -> Option<String> {
    typed.map(one_line).filter(|contact| !contact.is_empty())
}
