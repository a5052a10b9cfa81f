//! An answer of the mail server in plain words, for people.

use crate::mail_reply::table::{self, Row};
use crate::mail_reply::{Fault, Parties, Stage};
use crate::word::words;

words! {
    /// The mail server's answer in plain words (experience.md §1.2).
    pub enum PlainReason {
        /// The address does not exist.
        NoSuchMailbox = "no-such-mailbox",
        /// The mailbox exists and takes no mail.
        MailboxClosed = "mailbox-closed",
        /// The mailbox is full.
        MailboxFull = "mailbox-full",
        /// The domain does not exist or takes no mail at all.
        DomainTakesNoMail = "domain-takes-no-mail",
        /// Spam filters, blocklists, missing permission.
        RefusedByRules = "refused-by-rules",
        /// It may work later.
        TemporaryTrouble = "temporary-trouble",
        /// TLS failed, so nothing was sent (case G5).
        NoSecureConnection = "no-secure-connection",
        /// Our mail server does not answer.
        NoAnswer = "no-answer",
        /// Our sender, our server's address or name: no mail of ours is taken (case K6).
        OurSender = "our-sender",
        /// Our login: no mail of ours is taken before somebody mends it (case K6).
        OurLogin = "our-login",
        /// We have sent as much as we may.
        OurLimit = "our-limit",
        /// The answer gave no reason that we know.
        Other = "other",
    }
}

impl PlainReason {
    /// Whether the address is to blame, so that another one is the remedy.
    pub const fn blames_the_address(self) -> bool {
        matches!(
            self,
            Self::NoSuchMailbox | Self::MailboxClosed | Self::DomainTakesNoMail
        )
    }

    /// The reason in a reply: by the enhanced code in its text, else by the reply code alone. No code means that no
    /// reply came. For a trouble known to be with TLS use [`at`](Self::at).
    pub fn of(code: Option<u16>, text: &str) -> Self {
        let Some(code) = code else {
            return Self::NoAnswer;
        };
        let Row { enhanced, reason, .. } = table::row_of(Stage::Recipient, code, text);
        match *reason {
            Self::MailboxFull => Self::MailboxFull,
            _ if code / 100 == 4 => Self::TemporaryTrouble,
            // The reply alone does not tell that it was about us.
            Self::OurSender | Self::OurLimit if enhanced.is_of_rules() => Self::RefusedByRules,
            Self::OurSender | Self::OurLogin | Self::OurLimit | Self::TemporaryTrouble => Self::Other,
            reason => reason,
        }
    }

    /// As [`of`](Self::of), knowing where the conversation stopped. Before the recipient was named, the answer says
    /// nothing about the person's mailbox.
    pub fn at(stage: Stage, code: Option<u16>, text: &str) -> Self {
        match (stage, code) {
            (Stage::Tls, _) => Self::NoSecureConnection,
            (Stage::Login, Some(500..=599)) => Self::OurLogin,
            (Stage::Connect | Stage::Login | Stage::Sender, Some(_)) => Self::TemporaryTrouble,
            _ => Self::of(code, text),
        }
    }

    /// Why a mail was put off. One that was put off although it was refused for good was so since the refusal meant us.
    pub fn of_delay(stage: Stage, code: Option<u16>, text: &str) -> Self {
        let is_permanent = code.is_some_and(|code| code / 100 == 5);
        match Self::of_ours(stage, code, text) {
            Some(reason) => reason,
            None if is_permanent && matches!(stage, Stage::Recipient | Stage::Body) => Self::OurSender,
            None => Self::at(stage, code, text),
        }
    }

    /// Why the mail server takes no mail at all. What it said to a recipient or to a mail was then meant for us.
    pub fn of_outage(stage: Stage, code: Option<u16>, text: &str) -> Self {
        match Self::of_ours(stage, code, text) {
            Some(reason) => reason,
            None if code.is_some() && matches!(stage, Stage::Recipient | Stage::Body) => Self::OurSender,
            None => Self::at(stage, code, text),
        }
    }

    /// The reason in an answer that is about us by its codes.
    fn of_ours(stage: Stage, code: Option<u16>, text: &str) -> Option<Self> {
        if !matches!(stage, Stage::Sender | Stage::Recipient | Stage::Body) || code.is_none() {
            return None;
        }
        match table::fault(stage, code, text, &Parties::default()) {
            Fault::Sender => Some(Self::OurSender),
            Fault::Quota => Some(Self::OurLimit),
            Fault::Connections | Fault::Server => Some(Self::TemporaryTrouble),
            Fault::Mailbox | Fault::Mail => None,
        }
    }
}
