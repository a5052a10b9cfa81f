//! The letters without a link to set a password: that a link was withdrawn or made by the operator, and to the administrators that somebody said "this was not
//! me".

use rekey_domain::time::Timestamp;

use super::parts::{Block, Letter, Link, fact, paragraph, shortened};
use super::{Asker, Composed, NAME_IN_SUBJECT, contact, in_zone, one_line};
use crate::server::times::{Zone, deadline_sentence, short_day_and_time};
use crate::texts::mails;

/// The notice to the owner that somebody withdrew a link that a mail had brought.
pub struct LinkWithdrawnLetter {
    /// The company's name.
    pub company: String,
    /// The greeting's name.
    pub recipient_name: String,
    /// Who withdrew it.
    pub by: Asker,
    /// When.
    pub at: Timestamp,
    /// The recipient's zone, else the company's.
    pub zone: Zone,
    /// The company's contact, else the operator's.
    pub contact: Option<String>,
}

/// The notice to the owner that the operator's command has shown a link.
pub struct LinkShownLetter {
    /// The company's name.
    pub company: String,
    /// The greeting's name.
    pub recipient_name: String,
    /// The account, which is also where the mail goes.
    pub recipient_email: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// The short code of the reset.
    pub reference: String,
    /// Where to say "this was not me": the whole address with its secret.
    pub not_me: String,
    /// The recipient's zone, else the company's.
    pub zone: Zone,
    /// The company's contact, else the operator's.
    pub contact: Option<String>,
}

/// To somebody who asked for a link where only managers start resets: whom to ask.
pub struct AskManagerLetter {
    /// The company's name.
    pub company: String,
    /// The greeting's name.
    pub recipient_name: String,
    /// When they asked, if it was they.
    pub asked_at: Timestamp,
    /// Browser and system, where known.
    pub device: Option<String>,
    /// From where.
    pub client_address: String,
    /// Who can help, by name.
    pub helpers: Vec<Asker>,
    /// The recipient's zone, else the company's.
    pub zone: Zone,
    /// The company's contact, else the operator's.
    pub contact: Option<String>,
}

/// What was disavowed.
pub enum About {
    /// A mail with a link.
    Link {
        /// Who asked for it, where that was somebody signed in.
        asked_by: Option<String>,
        /// When.
        asked_at: Timestamp,
        /// The short code in that mail.
        reference: String,
        /// How many sessions ended now.
        signed_out: u64,
    },
    /// A changed password.
    Change {
        /// When it was changed.
        changed_at: Timestamp,
        /// How many sessions ended now.
        signed_out: u64,
    },
}

/// To an administrator: somebody said "this was not me".
pub struct NotMeLetter {
    /// The company's name.
    pub company: String,
    /// The greeting's name: the administrator's.
    pub recipient_name: String,
    /// Who said it.
    pub name: String,
    /// Their address.
    pub email: String,
    /// When.
    pub said_at: Timestamp,
    /// About what.
    pub about: About,
    /// The address of their page.
    pub page: String,
    /// The administrator's zone, else the company's.
    pub zone: Zone,
}

/// The notice that a link is dead.
pub fn compose_link_withdrawn(letter: &LinkWithdrawnLetter) -> Composed {
    let company = one_line(&letter.company);
    let (name, role) = letter.by.name_and_role();
    let questions = mails::questions(&company, contact(letter.contact.as_deref()).as_deref());
    Letter {
        company: &company,
        subject: mails::SUBJECT_LINK_WITHDRAWN,
        preheader: mails::PREHEADER_LINK_WITHDRAWN.to_owned(),
        greeting: mails::greeting(&one_line(&letter.recipient_name)),
        blocks: vec![
            paragraph(mails::withdrawn(
                &name,
                role,
                &company,
                &in_zone(letter.at, &letter.zone),
            )),
            paragraph(mails::OLD_LINK_IS_DEAD),
            paragraph(questions),
            paragraph(mails::NEVER_ASKED_FOR),
        ],
    }
    .render()
}

/// The notice that the operator made a link.
pub fn compose_link_shown(letter: &LinkShownLetter) -> Composed {
    let company = one_line(&letter.company);
    let questions = mails::questions(&company, contact(letter.contact.as_deref()).as_deref());
    let made_at = in_zone(letter.made_at, &letter.zone);
    let lifetime = letter.expires_at.since(letter.made_at);
    Letter {
        company: &company,
        subject: mails::SUBJECT_LINK_SHOWN,
        preheader: mails::PREHEADER_LINK_SHOWN.to_owned(),
        greeting: mails::greeting(&one_line(&letter.recipient_name)),
        blocks: vec![
            paragraph(mails::link_shown(&made_at)),
            paragraph(mails::HANDED_OVER),
            paragraph(mails::account(&one_line(&letter.recipient_email))),
            paragraph(deadline_sentence(lifetime, letter.expires_at, &letter.zone)),
            paragraph(mails::NOTHING_CHANGES_YET),
            paragraph(mails::NOT_HANDED_OVER),
            Block::Link(Link {
                label: mails::THIS_WAS_NOT_ME,
                url: letter.not_me.clone(),
            }),
            paragraph(questions),
            paragraph(mails::NEVER_ASKED_FOR),
            Block::Facts(vec![fact(mails::LABEL_REFERENCE, one_line(&letter.reference))]),
        ],
    }
    .render()
}

/// The mail without a link, for those who must ask a manager.
pub fn compose_ask_manager(letter: &AskManagerLetter) -> Composed {
    let company = one_line(&letter.company);
    let asked_at = in_zone(letter.asked_at, &letter.zone);
    let device = letter.device.as_deref().map(one_line);
    let helpers: Vec<_> = letter.helpers.iter().map(Asker::name_and_role).collect();
    let questions = mails::questions(&company, contact(letter.contact.as_deref()).as_deref());
    Letter {
        company: &company,
        subject: mails::SUBJECT_ASK_MANAGER,
        preheader: mails::PREHEADER_ASK_MANAGER.to_owned(),
        greeting: mails::greeting(&one_line(&letter.recipient_name)),
        blocks: vec![
            paragraph(mails::asked_without_link(
                &asked_at,
                device.as_deref(),
                &one_line(&letter.client_address),
            )),
            paragraph(mails::no_own_resets(&company)),
            paragraph(mails::ask_one_of(&helpers, &company)),
            paragraph(mails::PASSWORD_UNCHANGED),
            paragraph(questions),
            paragraph(mails::NEVER_ASKED_FOR),
        ],
    }
    .render()
}

/// The mail to an administrator.
pub fn compose_not_me(letter: &NotMeLetter) -> Composed {
    let company = one_line(&letter.company);
    let name = one_line(&letter.name);
    let said_at = in_zone(letter.said_at, &letter.zone);
    let mut blocks = vec![paragraph(mails::said_not_me(&name, &one_line(&letter.email), &said_at))];
    match &letter.about {
        About::Link {
            asked_by,
            asked_at,
            reference,
            signed_out,
        } => {
            let asked_by = asked_by.as_deref().map(one_line);
            let asked_at = in_zone(*asked_at, &letter.zone);
            blocks.extend([
                paragraph(mails::about_link(asked_by.as_deref(), &asked_at)),
                paragraph(mails::all_ended(*signed_out)),
                paragraph(mails::THEIR_PASSWORD_STAYS),
                paragraph(mails::LOOK_AT_LINK),
                Block::Facts(vec![fact(mails::LABEL_REFERENCE, one_line(reference))]),
            ]);
        }
        About::Change { changed_at, signed_out } => blocks.extend([
            paragraph(mails::about_change(&in_zone(*changed_at, &letter.zone))),
            paragraph(mails::all_ended(*signed_out)),
            paragraph(mails::THEIR_PASSWORD_IS_GONE),
            paragraph(mails::LOOK_AT_CHANGE),
        ]),
    }
    blocks.extend([
        Block::Link(Link {
            label: mails::OPEN_THEIR_PAGE,
            url: letter.page.clone(),
        }),
        paragraph(mails::NEVER_ASKED_FOR),
    ]);
    Letter {
        company: &company,
        subject: &mails::subject_not_me(&shortened(&name, NAME_IN_SUBJECT)),
        preheader: mails::preheader_not_me(&short_day_and_time(letter.said_at, &letter.zone)),
        greeting: mails::greeting(&one_line(&letter.recipient_name)),
        blocks,
    }
    .render()
}
