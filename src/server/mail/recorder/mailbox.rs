//! What the recorder keeps: the last mails, whole and as they came. It must not read them: see `recorded`.

use std::collections::VecDeque;

use rekey_domain::time::Timestamp;

/// Older mails fall out, so that a demo left running does not grow without end.
const KEPT_MAILS: usize = 2000;

/// One mail that the recorder has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedMail {
    /// Its number: from 1 upwards in the order of arrival, never given twice.
    pub id: u64,
    /// The envelope's sender; empty for a bounce.
    pub from: String,
    /// The envelope's recipients that were accepted, as written by the client.
    pub to: Vec<String>,
    /// The message, headers and body, dots unstuffed, line ends as they came.
    pub raw: Vec<u8>,
    /// When the final dot arrived, by the server's clock.
    pub at: Timestamp,
    /// The MAIL and RCPT lines of this mail as received, without the line end and with the refused ones: a second
    /// recipient or a parameter smuggled in shows here (G3).
    pub commands: Vec<String>,
}

/// A mail about to be kept.
pub(super) struct Draft {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) raw: Vec<u8>,
    pub(super) commands: Vec<String>,
}

/// The kept mails, oldest first.
#[derive(Default)]
pub(super) struct Mailbox {
    mails: VecDeque<RecordedMail>,
    last_id: u64,
}

impl Mailbox {
    /// Keeps a mail that came at `at`; returns its number.
    pub(super) fn keep(&mut self, draft: Draft, at: Timestamp) -> u64 {
        let Draft {
            from,
            to,
            raw,
            commands,
        } = draft;
        self.last_id += 1;
        if self.mails.len() == KEPT_MAILS {
            self.mails.pop_front();
        }
        self.mails.push_back(RecordedMail {
            id: self.last_id,
            from,
            to,
            raw,
            at,
            commands,
        });
        self.last_id
    }

    pub(super) fn newest_first(&self) -> Vec<RecordedMail> {
        self.mails.iter().rev().cloned().collect()
    }

    pub(super) fn find(&self, id: u64) -> Option<RecordedMail> {
        self.mails.iter().find(|mail| mail.id == id).cloned()
    }

    pub(super) fn clear(&mut self) {
        self.mails.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, KEPT_MAILS, Mailbox};
    use rekey_domain::time::Timestamp;

    fn draft() -> Draft {
        Draft {
            from: String::new(),
            to: Vec::new(),
            raw: Vec::new(),
            commands: Vec::new(),
        }
    }

    #[test]
    fn the_oldest_mails_fall_out() {
        let mut mailbox = Mailbox::default();
        for _ in 0..KEPT_MAILS + 2 {
            mailbox.keep(draft(), Timestamp::from_millis(0));
        }
        assert_eq!(mailbox.newest_first().len(), KEPT_MAILS);
        assert!(mailbox.find(2).is_none());
        assert!(mailbox.find(3).is_some());
    }

    #[test]
    fn a_number_is_never_given_twice() {
        let mut mailbox = Mailbox::default();
        mailbox.keep(draft(), Timestamp::from_millis(0));
        mailbox.clear();
        assert_eq!(mailbox.keep(draft(), Timestamp::from_millis(0)), 2);
    }
}
