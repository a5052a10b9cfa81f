//! The letters without a link to set a password: that a link was withdrawn or made by the operator, whom to ask for one, and
//! to the administrators that somebody said "this was not me".

use rekey_domain::time::Timestamp;

use super::parts::{Aside, Letter, Link, fact, fact_if_known, shortened};
use super::{Asker, Composed, Parties, one_line};
use crate::server::times::short_day_and_time;
use crate::texts::mails::{self, Headline};

/// At most so much of a name that stands in a subject behind the company's.
const NAME_IN_SUBJECT: usize = 20;

/// The notice to the owner that somebody withdrew a link that a mail had brought.
pub struct LinkWithdrawnLetter {
    /// The two ends of the mail.
    pub parties: Parties,
    /// Who withdrew it.
    pub by: Asker,
    /// When.
    pub at: Timestamp,
}

/// The notice to the owner that the operator's command has shown a link.
pub struct LinkShownLetter {
    /// The two ends of the mail.
    pub parties: Parties,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// The short code of the reset.
    pub reference: String,
    /// Where to say "this was not me": the whole address with its secret.
    pub not_me: String,
}

/// To somebody who asked for a link where only managers start resets: whom to ask.
pub struct AskManagerLetter {
    /// The two ends of the mail.
    pub parties: Parties,
    /// When they asked, if it was they.
    pub asked_at: Timestamp,
    /// Browser and system, where known.
    pub device: Option<String>,
    /// From where.
    pub client_address: String,
    /// Who can help, by name.
    pub helpers: Vec<Asker>,
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
    /// The two ends of the mail; an administrator reads it.
    pub parties: Parties,
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
}

/// The notice that a link is dead.
pub fn compose_link_withdrawn(letter: &LinkWithdrawnLetter) -> Composed {
    let parties = &letter.parties;
    let (name, role) = letter.by.name_and_role();
    Letter {
        parties,
        headline: mails::HEADLINE_LINK_WITHDRAWN,
        fuller_subject: None,
        preheader: mails::PREHEADER_LINK_WITHDRAWN.to_owned(),
        opening: vec![
            mails::withdrawn(&name, role, &parties.company()),
            mails::OLD_LINK_IS_DEAD.to_owned(),
        ],
        button: None,
        details: Vec::new(),
        facts: vec![
            parties.account(),
            fact(mails::LABEL_WITHDRAWN_BY, letter.by.in_table()),
            fact(mails::LABEL_WITHDRAWN, parties.in_zone(letter.at)),
        ],
        aside: None,
        closing: parties.closing(),
    }
    .render()
}

/// The notice that the operator made a link.
pub fn compose_link_shown(letter: &LinkShownLetter) -> Composed {
    let parties = &letter.parties;
    let lifetime = letter.expires_at.since(letter.made_at);
    Letter {
        parties,
        headline: mails::HEADLINE_LINK_SHOWN,
        fuller_subject: None,
        preheader: mails::PREHEADER_LINK_SHOWN.to_owned(),
        opening: vec![
            mails::LINK_SHOWN.to_owned(),
            mails::HANDED_OVER.to_owned(),
            mails::NOTHING_CHANGES_YET.to_owned(),
        ],
        button: None,
        details: Vec::new(),
        facts: vec![
            parties.account(),
            parties.deadline(lifetime, letter.expires_at),
            fact(mails::LABEL_MADE, parties.in_zone(letter.made_at)),
            fact(mails::LABEL_REFERENCE, one_line(&letter.reference)),
        ],
        aside: Some(Aside {
            question: mails::NOT_HANDED_OVER,
            answer: mails::SAY_NOT_HANDED_OVER,
            link: Some(Link {
                label: mails::THIS_WAS_NOT_ME,
                url: letter.not_me.clone(),
            }),
            after: None,
        }),
        closing: parties.closing(),
    }
    .render()
}

/// The mail without a link, for those who must ask a manager.
pub fn compose_ask_manager(letter: &AskManagerLetter) -> Composed {
    let parties = &letter.parties;
    let company = parties.company();
    let helpers: Vec<_> = letter.helpers.iter().map(Asker::name_and_role).collect();
    let facts = [
        Some(parties.account()),
        Some(fact(mails::LABEL_ASKED, parties.in_zone(letter.asked_at))),
        fact_if_known(mails::LABEL_BROWSER, letter.device.as_deref()),
        Some(fact(mails::LABEL_IP_ADDRESS, one_line(&letter.client_address))),
    ];
    Letter {
        parties,
        headline: mails::HEADLINE_ASK_MANAGER,
        fuller_subject: None,
        preheader: mails::PREHEADER_ASK_MANAGER.to_owned(),
        opening: vec![
            mails::ASKED_WITHOUT_LINK.to_owned(),
            mails::no_own_resets(&company),
            mails::ask_one_of(&helpers, &company),
            mails::PASSWORD_UNCHANGED.to_owned(),
        ],
        button: None,
        details: Vec::new(),
        facts: facts.into_iter().flatten().collect(),
        aside: None,
        closing: parties.closing(),
    }
    .render()
}

/// The mail to an administrator.
pub fn compose_not_me(letter: &NotMeLetter) -> Composed {
    let parties = &letter.parties;
    let name = one_line(&letter.name);
    let account = fact(mails::LABEL_ACCOUNT, one_line(&letter.email));
    let reported = fact(mails::LABEL_REPORTED, parties.in_zone(letter.said_at));
    let devices = |signed_out| fact(mails::LABEL_DEVICES, mails::devices_signed_out(signed_out));
    let (what, password, advice, facts) = match &letter.about {
        About::Link {
            asked_by,
            asked_at,
            reference,
            signed_out,
        } => (
            mails::about_link(&name),
            mails::THEIR_PASSWORD_STAYS,
            mails::LOOK_AT_LINK,
            [
                Some(account),
                Some(reported),
                fact_if_known(mails::LABEL_ASKED_BY, asked_by.as_deref()),
                Some(fact(mails::LABEL_ASKED, parties.in_zone(*asked_at))),
                Some(devices(*signed_out)),
                Some(fact(mails::LABEL_REFERENCE, one_line(reference))),
            ],
        ),
        About::Change { changed_at, signed_out } => (
            mails::about_change(&name),
            mails::THEIR_PASSWORD_IS_GONE,
            mails::LOOK_AT_CHANGE,
            [
                Some(account),
                Some(reported),
                Some(fact(mails::LABEL_PASSWORD_SET, parties.in_zone(*changed_at))),
                Some(devices(*signed_out)),
                None,
                None,
            ],
        ),
    };
    Letter {
        parties,
        headline: Headline {
            subject: &mails::said_not_me(&shortened(&name, NAME_IN_SUBJECT)),
            title: &mails::said_not_me(&name),
        },
        fuller_subject: None,
        preheader: mails::preheader_not_me(&short_day_and_time(letter.said_at, &parties.zone)),
        opening: vec![what, format!("{} {password}", mails::ALL_ENDED), advice.to_owned()],
        button: Some(Link {
            label: mails::OPEN_THEIR_PAGE,
            url: letter.page.clone(),
        }),
        details: Vec::new(),
        facts: facts.into_iter().flatten().collect(),
        aside: None,
        closing: vec![mails::NEVER_ASKED_FOR.to_owned()],
    }
    .render()
}
