//! What the answer of a mail server means: for this mail, for the next try, and in plain words (case G7).
//!
//! Pure: the conversation itself and the clock are elsewhere. Reply codes by RFC 5321 §4.2, enhanced codes by
//! RFC 3463 and RFC 2034.

use std::time::Duration;

use crate::word::words;

words! {
    /// How far the conversation with the mail server had come.
    pub enum Stage {
        /// Connecting and greeting.
        Connect = "connect",
        /// STARTTLS and the check of the certificate.
        Tls = "tls",
        /// AUTH.
        Login = "login",
        /// MAIL FROM.
        Sender = "sender",
        /// RCPT TO.
        Recipient = "recipient",
        /// DATA, up to the answer to the final dot.
        Body = "body",
    }
}

/// Whose trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// This mail's own; others may go.
    Mail,
    /// The mail server's, or our access to it; no other mail would fare better.
    Relay,
}

/// What becomes of the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The mail server took it.
    Accepted,
    /// Try again later.
    Deferred(Whose),
    /// Never try again.
    Refused,
}

/// Judges an answer, or its absence (`None`: the connection broke or time ran out).
///
/// Only 5xx to RCPT TO or to the body is the mail's own and final. Everything that goes wrong earlier would go wrong
/// for each mail, so none may be given up for it (case G7).
pub const fn judge(stage: Stage, code: Option<u16>) -> Verdict {
    match (stage, code) {
        (Stage::Body, Some(200..=299)) => Verdict::Accepted,
        (Stage::Recipient | Stage::Body, Some(500..=599)) => Verdict::Refused,
        (Stage::Recipient | Stage::Body, _) => Verdict::Deferred(Whose::Mail),
        (Stage::Connect | Stage::Tls | Stage::Login | Stage::Sender, _) => Verdict::Deferred(Whose::Relay),
    }
}

/// How long to wait after the given try, the first being 1: 15 s, 1, 5, 15, 30 min, then an hour each. `jitter` from 0
/// to 1000 (more counts as 1000) spreads it evenly from 10 % less to 10 % more, so that mails put off together do not
/// come back together.
pub fn wait_after(attempt: u32, jitter: u16) -> Duration {
    let seconds: u64 = match attempt {
        0 | 1 => 15,
        2 => 60,
        3 => 5 * 60,
        4 => 15 * 60,
        5 => 30 * 60,
        _ => 60 * 60,
    };
    let permille_of_ten = 9_000 + 2 * u64::from(jitter.min(1000));
    Duration::from_millis(seconds * permille_of_ten / 10)
}

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
        /// The answer gave no reason that we know.
        Other = "other",
    }
}

impl PlainReason {
    /// The reason in a reply: by the enhanced code in its text, else by the reply code alone. No code means that no
    /// reply came. For a trouble known to be with TLS use [`at`](Self::at).
    pub fn of(code: Option<u16>, text: &str) -> Self {
        let Some(code) = code else {
            return Self::NoAnswer;
        };
        let class = code / 100;
        match (enhanced_code(class, text), code) {
            (Some([_, 2, 2]), _) | (None, 552) => Self::MailboxFull,
            (_, 400..=499) => Self::TemporaryTrouble,
            // 5.1.0 and 5.1.3 say nothing of the mailbox; 5.1.6 is one that moved away.
            (Some([5, 1, 1 | 6]), _) => Self::NoSuchMailbox,
            (Some([5, 2, 1]), _) => Self::MailboxClosed,
            // 5.1.2: bad domain; 5.1.10: its MX record says that it takes no mail (RFC 7505).
            (Some([5, 4, 4] | [5, 1, 2 | 10]), _) => Self::DomainTakesNoMail,
            (Some([5, 7, _]), _) => Self::RefusedByRules,
            _ => Self::Other,
        }
    }

    /// As [`of`](Self::of), knowing where the conversation stopped. Before the recipient was named, the answer says
    /// nothing about the person's mailbox.
    pub fn at(stage: Stage, code: Option<u16>, text: &str) -> Self {
        match (stage, code) {
            (Stage::Tls, _) => Self::NoSecureConnection,
            (Stage::Connect | Stage::Login | Stage::Sender, Some(_)) => Self::TemporaryTrouble,
            _ => Self::of(code, text),
        }
    }
}

/// The enhanced code in a reply's text, as `5.1.1`, where there is one of the reply code's own class.
pub fn enhanced(code: u16, text: &str) -> Option<String> {
    enhanced_code(code / 100, text).map(|[class, subject, detail]| format!("{class}.{subject}.{detail}"))
}

/// The first enhanced code of the reply's own class in the text, as in `5.1.1 <x@y.example>: unknown` or
/// `#4.2.2 mailbox full`. An IP address has four numbers and is none.
fn enhanced_code(class: u16, text: &str) -> Option<[u16; 3]> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_end_matches('.'))
        .find_map(|word| {
            let mut numbers = word.split('.').map(|number| {
                let is_short = (1..=3).contains(&number.len());
                if is_short { number.parse::<u16>().ok() } else { None }
            });
            let code = [numbers.next()??, numbers.next()??, numbers.next()??];
            (numbers.next().is_none() && code[0] == class).then_some(code)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn g7_only_a_5xx_to_recipient_or_body_is_the_mails_own() {
        for &stage in Stage::ALL {
            let is_own = matches!(stage, Stage::Recipient | Stage::Body);
            for code in [
                None,
                Some(354),
                Some(421),
                Some(451),
                Some(500),
                Some(535),
                Some(550),
                Some(554),
                Some(599),
            ] {
                let is_final = code.is_some_and(|code| code >= 500);
                let expected = match (is_own, is_final) {
                    (true, true) => Verdict::Refused,
                    (true, false) => Verdict::Deferred(Whose::Mail),
                    (false, _) => Verdict::Deferred(Whose::Relay),
                };
                assert_eq!(judge(stage, code), expected, "G7 {stage} {code:?}");
            }
            let is_accepted = judge(stage, Some(250)) == Verdict::Accepted;
            assert_eq!(
                is_accepted,
                stage == Stage::Body,
                "only the final 250 is the mail's: {stage}"
            );
        }
    }

    #[test]
    fn g7_waits_grow_to_an_hour() {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        for (attempt, wait) in [
            (1, Duration::from_secs(15)),
            (2, minutes(1)),
            (3, minutes(5)),
            (4, minutes(15)),
            (5, minutes(30)),
            (6, minutes(60)),
            (7, minutes(60)),
            (u32::MAX, minutes(60)),
        ] {
            assert_eq!(wait_after(attempt, 500), wait, "after try {attempt}");
            assert_eq!(wait_after(attempt, 0), wait * 9 / 10, "after try {attempt}");
            assert_eq!(wait_after(attempt, 1000), wait * 11 / 10, "after try {attempt}");
            assert_eq!(wait_after(attempt, u16::MAX), wait * 11 / 10, "after try {attempt}");
        }
        assert_eq!(wait_after(0, 500), wait_after(1, 500));
    }

    #[test]
    fn replies_of_real_servers_in_plain_words() {
        for (code, text, reason) in [
            (
                550,
                "5.1.1 <ana@example.com>: Recipient address rejected: User unknown",
                PlainReason::NoSuchMailbox,
            ),
            (
                550,
                "5.1.1 The email account that you tried to reach does not exist.",
                PlainReason::NoSuchMailbox,
            ),
            (550, "#5.1.1 no such user", PlainReason::NoSuchMailbox),
            (551, "5.1.6 moved", PlainReason::NoSuchMailbox),
            (550, "5.2.1 The email account is disabled", PlainReason::MailboxClosed),
            (552, "5.2.2 Mailbox full", PlainReason::MailboxFull),
            (
                452,
                "4.2.2 The recipient's inbox is out of storage space",
                PlainReason::MailboxFull,
            ),
            (552, "over quota", PlainReason::MailboxFull),
            (550, "5.4.4 Host not found", PlainReason::DomainTakesNoMail),
            (
                556,
                "5.1.10 Domain does not accept mail (nullMX)",
                PlainReason::DomainTakesNoMail,
            ),
            (
                550,
                "5.7.1 Service unavailable; client [5.1.1.7] blocked",
                PlainReason::RefusedByRules,
            ),
            (554, "[5.7.509]: Access denied", PlainReason::RefusedByRules),
            (451, "4.7.1 Greylisted", PlainReason::TemporaryTrouble),
            (451, "5.1.1 of another class", PlainReason::TemporaryTrouble),
            (421, "", PlainReason::TemporaryTrouble),
            (550, "was 4.2.2 full; now 5.1.1 gone", PlainReason::NoSuchMailbox),
            (550, "4.2.2 of another class", PlainReason::Other),
            (550, "no such user here", PlainReason::Other),
            (550, "our version 5.1.1.2, see RFC 5321.", PlainReason::Other),
            (554, "5.6.0 bad content", PlainReason::Other),
            (550, "5.1.99999 5..1 .5.1.1. 5.1", PlainReason::Other),
        ] {
            assert_eq!(PlainReason::of(Some(code), text), reason, "{code} {text}");
        }
        assert_eq!(PlainReason::of(None, "5.1.1"), PlainReason::NoAnswer);
        assert_eq!(enhanced(550, "#5.1.1 no such user").as_deref(), Some("5.1.1"));
        assert_eq!(enhanced(550, "4.2.2 of another class"), None);
    }

    #[test]
    fn trouble_before_the_recipient_says_nothing_about_the_person() {
        for stage in [Stage::Connect, Stage::Login, Stage::Sender] {
            assert_eq!(
                PlainReason::at(stage, Some(550), "5.1.1 unknown"),
                PlainReason::TemporaryTrouble,
                "{stage}"
            );
            assert_eq!(PlainReason::at(stage, None, ""), PlainReason::NoAnswer, "{stage}");
        }
        assert_eq!(
            PlainReason::at(Stage::Tls, None, ""),
            PlainReason::NoSecureConnection,
            "G5"
        );
        assert_eq!(
            PlainReason::at(Stage::Tls, Some(454), "4.7.0"),
            PlainReason::NoSecureConnection,
            "G5"
        );
        assert_eq!(
            PlainReason::at(Stage::Recipient, Some(550), "5.1.1 unknown"),
            PlainReason::NoSuchMailbox
        );
        assert_eq!(PlainReason::at(Stage::Body, None, ""), PlainReason::NoAnswer);
    }

    proptest! {
        #[test]
        fn waits_never_shrink_and_stay_within_a_tenth(attempt in 1_u32..20, jitter in 0_u16..=1000) {
            let wait = wait_after(attempt, jitter);
            prop_assert!(wait_after(attempt + 1, jitter) >= wait);
            prop_assert!(wait >= wait_after(attempt, 500) * 9 / 10);
            prop_assert!(wait <= wait_after(attempt, 500) * 11 / 10);
        }

        #[test]
        fn any_reply_has_a_reason(code in prop::option::of(0_u16..1000), text: String) {
            let reason = PlainReason::of(code, &text);
            if code.is_some_and(|code| (400..500).contains(&code)) {
                prop_assert!(matches!(reason, PlainReason::TemporaryTrouble | PlainReason::MailboxFull));
            }
        }
    }
}
