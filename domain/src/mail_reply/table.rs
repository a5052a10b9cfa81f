//! The table: which answer at which stage means what, as data, each row with its source. The first row that fits counts, and
//! the last of each stage fits everything.

use std::ops::RangeInclusive;

use crate::mail_reply::{Fault, Parties, PlainReason, Stage, enhanced_code, naming};

/// One row.
pub(super) struct Row {
    stages: &'static [Stage],
    codes: RangeInclusive<u16>,
    /// Which enhanced codes.
    pub(super) enhanced: Enhanced,
    fault: Fault,
    /// The plain reason where the answer is about a mail.
    pub(super) reason: PlainReason,
    /// Who says so.
    pub(super) source: &'static str,
}

/// Enhanced codes, whatever their class: it is the reply code's.
#[derive(Clone)]
pub(super) enum Enhanced {
    /// Any, or none.
    Any,
    /// None.
    Missing,
    /// Those of a subject with one of these details.
    Of(u16, RangeInclusive<u16>),
}

impl Enhanced {
    /// Whether they are of the subject of rules and security (RFC 3463 §3.8).
    pub(super) fn is_of_rules(&self) -> bool {
        matches!(self, Self::Of(7, _))
    }
}

const BEFORE: &[Stage] = &[Stage::Connect, Stage::Tls, Stage::Login];
const SENDER: &[Stage] = &[Stage::Sender];
const MAIL: &[Stage] = &[Stage::Recipient, Stage::Body];
const SAID: &[Stage] = &[Stage::Sender, Stage::Recipient, Stage::Body];
const ALL: &[Stage] = Stage::ALL;

const ANY: RangeInclusive<u16> = 0..=u16::MAX;
const TEMPORARY: RangeInclusive<u16> = 400..=499;
const PERMANENT: RangeInclusive<u16> = 500..=599;

const fn row(
    stages: &'static [Stage],
    codes: RangeInclusive<u16>,
    enhanced: Enhanced,
    fault: Fault,
    reason: PlainReason,
    source: &'static str,
) -> Row {
    Row {
        stages,
        codes,
        enhanced,
        fault,
        reason,
        source,
    }
}

use Enhanced::{Any, Missing, Of};
use Fault::{Connections, Mail, Mailbox, Quota, Sender, Server};
use PlainReason::{
    DomainTakesNoMail, MailboxClosed, MailboxFull, NoSuchMailbox, Other, OurLimit, OurSender, RefusedByRules,
    TemporaryTrouble,
};

const EXCHANGE: &str = "Exchange Online, \"Email non-delivery reports\"";

/// Every row, in their order.
pub(super) const TABLE: &[Row] = &[
    // Whatever it was said to.
    row(
        ALL,
        421..=421,
        Any,
        Connections,
        TemporaryTrouble,
        "RFC 5321 §3.8, §4.2.3",
    ),
    row(
        ALL,
        432..=432,
        Of(7, 12..=12),
        Server,
        TemporaryTrouble,
        "RFC 4954 §4.7.12",
    ),
    row(
        ALL,
        432..=432,
        Any,
        Connections,
        TemporaryTrouble,
        "Exchange: 432 4.3.2 STOREDRV, concurrent connections",
    ),
    // Before a mail is spoken of, nothing is the mail's.
    row(
        BEFORE,
        ANY,
        Any,
        Server,
        TemporaryTrouble,
        "RFC 5321 §4.3.2, RFC 3207 §4, RFC 4954 §6",
    ),
    // Our access, whatever else it is said with.
    row(
        SAID,
        454..=454,
        Any,
        Server,
        TemporaryTrouble,
        "RFC 4954 §6, RFC 3207 §4",
    ),
    row(
        SAID,
        500..=500,
        Any,
        Sender,
        OurSender,
        "RFC 5321 §4.2.2: the command was not understood",
    ),
    row(
        SAID,
        502..=504,
        Any,
        Sender,
        OurSender,
        "RFC 5321 §4.2.2: commands, their order and parameters",
    ),
    row(
        SAID,
        521..=521,
        Any,
        Sender,
        OurSender,
        "RFC 7504 §3: the host takes no mail",
    ),
    row(SAID, 523..=525, Of(7, 0..=999), Sender, OurSender, "RFC 5248 §2.4"),
    row(SAID, 530..=530, Any, Sender, OurSender, "RFC 4954 §6: log in first"),
    row(SAID, 534..=535, Any, Sender, OurSender, "RFC 4954 §6: the login"),
    row(
        SAID,
        538..=538,
        Any,
        Sender,
        OurSender,
        "RFC 4954 §6: encryption for the login",
    ),
    row(SAID, 455..=455, Any, Sender, OurSender, "RFC 5321 §4.2.2: parameters"),
    row(SAID, 555..=555, Any, Sender, OurSender, "RFC 5321 §4.2.2: parameters"),
    row(MAIL, 556..=556, Any, Mailbox, DomainTakesNoMail, "RFC 7504 §4"),
    // Addresses.
    row(
        SAID,
        ANY,
        Of(1, 7..=8),
        Sender,
        OurSender,
        "RFC 3463 §3.2: the sender's address or its system",
    ),
    row(MAIL, ANY, Of(1, 2..=2), Mailbox, DomainTakesNoMail, "RFC 3463 §3.2"),
    row(MAIL, ANY, Of(1, 10..=10), Mailbox, DomainTakesNoMail, "RFC 7505 §4.2"),
    // 5.1.6 is one that moved away.
    row(MAIL, ANY, Of(1, 1..=1), Mailbox, NoSuchMailbox, "RFC 3463 §3.2"),
    row(MAIL, ANY, Of(1, 6..=6), Mailbox, NoSuchMailbox, "RFC 3463 §3.2"),
    row(
        MAIL,
        ANY,
        Of(1, 3..=4),
        Mailbox,
        Other,
        "RFC 3463 §3.2: how the address is written",
    ),
    // Mailboxes.
    row(MAIL, ANY, Of(2, 252..=252), Sender, OurSender, "Exchange: SendAsDenied"),
    row(MAIL, ANY, Of(2, 1..=1), Mailbox, MailboxClosed, "RFC 3463 §3.3"),
    row(MAIL, ANY, Of(2, 2..=2), Mailbox, MailboxFull, "RFC 3463 §3.3"),
    row(MAIL, ANY, Of(2, 0..=999), Mailbox, Other, "RFC 3463 §3.3"),
    // The mail system.
    row(
        MAIL,
        ANY,
        Of(3, 4..=4),
        Mailbox,
        Other,
        "RFC 3463 §3.4: this mail is too big",
    ),
    row(MAIL, ANY, Of(3, 1..=3), Server, TemporaryTrouble, "RFC 3463 §3.4"),
    row(MAIL, ANY, Of(3, 5..=5), Server, TemporaryTrouble, "RFC 3463 §3.4"),
    // The network and the way.
    row(
        SAID,
        ANY,
        Of(4, 5..=5),
        Quota,
        OurLimit,
        "RFC 3463 §3.5; Gmail: daily sending limit",
    ),
    row(
        MAIL,
        ANY,
        Of(4, 4..=4),
        Mailbox,
        DomainTakesNoMail,
        "RFC 3463 §3.5: no way to the domain",
    ),
    // The protocol. 5.5.0 with 550 is how Outlook.com says that there is no such mailbox.
    row(
        MAIL,
        ANY,
        Of(5, 3..=3),
        Quota,
        OurLimit,
        "RFC 3463 §3.6: too many recipients; each mail of ours has one",
    ),
    row(
        MAIL,
        550..=550,
        Of(5, 0..=0),
        Mail,
        Other,
        "RFC 5321 §4.2.2: 550 is about the mailbox",
    ),
    row(SAID, ANY, Of(5, 0..=999), Sender, OurSender, "RFC 3463 §3.6"),
    // The content: an address outside ASCII that the way can't carry.
    row(MAIL, ANY, Of(6, 7..=7), Mailbox, Other, "RFC 6531 §4.1.3"),
    row(MAIL, ANY, Of(6, 9..=9), Mailbox, Other, "RFC 6531 §4.1.3"),
    // Rules and security. What is about the recipient first.
    row(
        MAIL,
        ANY,
        Of(7, 2..=2),
        Mailbox,
        RefusedByRules,
        "RFC 3463 §3.8: a mailing list",
    ),
    row(
        MAIL,
        ANY,
        Of(7, 17..=18),
        Mailbox,
        RefusedByRules,
        "RFC 7293 §14.4: the mailbox has another owner",
    ),
    row(MAIL, ANY, Of(7, 100..=199), Mailbox, RefusedByRules, EXCHANGE),
    row(
        SAID,
        ANY,
        Of(7, 28..=28),
        Quota,
        OurLimit,
        "RFC 7372 and IANA: mail flood",
    ),
    row(SAID, ANY, Of(7, 232..=233), Quota, OurLimit, EXCHANGE),
    row(
        SAID,
        ANY,
        Of(7, 4..=4),
        Sender,
        OurSender,
        "RFC 3463 §3.8: security features",
    ),
    row(
        SAID,
        ANY,
        Of(7, 8..=16),
        Sender,
        OurSender,
        "RFC 4954 §6, RFC 5248 §2.4: login and encryption",
    ),
    row(
        SAID,
        ANY,
        Of(7, 20..=27),
        Sender,
        OurSender,
        "RFC 7372 §3, RFC 7505 §4.2: DKIM, SPF, reverse DNS",
    ),
    row(
        SAID,
        ANY,
        Of(7, 29..=30),
        Sender,
        OurSender,
        "RFC 8617 and RFC 8689: ARC, REQUIRETLS",
    ),
    row(SAID, ANY, Of(7, 57..=64), Sender, OurSender, EXCHANGE),
    row(SAID, ANY, Of(7, 200..=999), Sender, OurSender, EXCHANGE),
    // The sender was named, and refused or put off.
    row(SENDER, PERMANENT, Any, Sender, OurSender, "RFC 5321 §3.3"),
    row(SENDER, ANY, Any, Server, TemporaryTrouble, "RFC 5321 §3.3"),
    // What is left says for itself nothing of us.
    row(MAIL, TEMPORARY, Any, Mail, TemporaryTrouble, "RFC 5321 §4.2.1"),
    row(MAIL, ANY, Of(7, 0..=999), Mail, RefusedByRules, "RFC 3463 §3.8"),
    row(
        MAIL,
        551..=551,
        Missing,
        Mail,
        Other,
        "RFC 5321 §3.4: not a user of the server; others say so where they do not relay",
    ),
    // A server whose own room or whose quota for us is used up may say so, too: only the code of a mailbox is sure.
    row(MAIL, 552..=552, Missing, Mail, MailboxFull, "RFC 5321 §4.2.3"),
    row(MAIL, ANY, Any, Mail, Other, "RFC 5321 §4.2.1"),
];

/// The row for this answer.
pub(super) fn row_of(stage: Stage, code: u16, text: &str) -> &'static Row {
    let enhanced = enhanced_code(code, text);
    let fits = |row: &&Row| {
        let is_enhanced = match (&row.enhanced, enhanced) {
            (Any, _) | (Missing, None) => true,
            (Of(subject, details), Some([_, its, detail])) => its == *subject && details.contains(&detail),
            (Missing, Some(_)) | (Of(..), None) => false,
        };
        row.stages.contains(&stage) && row.codes.contains(&code) && is_enhanced
    };
    TABLE.iter().find(fits).unwrap_or(&TABLE[TABLE.len() - 1])
}

/// What is at fault.
pub(super) fn fault(stage: Stage, code: Option<u16>, text: &str, parties: &Parties<'_>) -> Fault {
    let Some(code) = code else {
        return match stage {
            Stage::Recipient | Stage::Body => Mail,
            Stage::Connect | Stage::Tls | Stage::Login | Stage::Sender => Server,
        };
    };
    let fault = row_of(stage, code, text).fault;
    match fault {
        Mail | Server => naming::fault(stage, code, text, parties).unwrap_or(fault),
        // A refusal of the sender may be for what it has sent.
        Sender => naming::fault(stage, code, text, parties)
            .filter(|named| *named == Quota)
            .unwrap_or(fault),
        Mailbox | Quota | Connections => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail_reply::{Again, Judgement, Verdict, Whose, judge_answer};

    const PARTIES: Parties<'static> = Parties {
        sender: "accounts@rekey.test",
        hello: "id.rekey.test",
        recipient: "ana@example.com",
    };

    fn judged(stage: Stage, code: u16, text: &str) -> Judgement {
        judge_answer(stage, Some(code), text, &PARTIES)
    }

    #[test]
    fn each_stage_has_a_row_for_every_answer_and_each_row_a_source() {
        for &stage in Stage::ALL {
            for code in 0..1000 {
                assert!(row_of(stage, code, "").stages.contains(&stage), "{stage} {code}");
            }
        }
        assert!(TABLE.iter().all(|row| !row.source.is_empty() && !row.stages.is_empty()));
    }

    #[test]
    fn k6_what_is_ours_is_held_whatever_it_was_said_to() {
        for (code, text, fault) in [
            (
                553,
                "5.7.1 <accounts@rekey.test>: this login may not send as it",
                Sender,
            ),
            (
                553,
                "5.7.1 <Accounts@Rekey.Test>: Sender address rejected: not owned by user",
                Sender,
            ),
            (504, "5.5.2 <host>: HELO needs a full name", Sender),
            (
                504,
                "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
                Sender,
            ),
            (554, "5.7.1 <unknown[10.0.0.1]>: client not wanted here", Sender),
            (554, "5.7.1 <unknown[IPv6:2001:db8::7]>: client not wanted here", Sender),
            (
                554,
                "5.7.1 Service unavailable; client [203.0.113.9] blocked using a list",
                Sender,
            ),
            (
                550,
                "5.7.1 Mail from IP 203.0.113.9 was rejected due to listing",
                Sender,
            ),
            (
                550,
                "5.7.1 <id.rekey.test>: Helo command rejected: Access denied",
                Sender,
            ),
            (550, "5.7.1 the domain rekey.test is not verified here", Sender),
            (550, "5.1.7 <accounts@rekey.test>: Sender address rejected", Sender),
            (550, "5.1.8 <accounts@rekey.test>: Domain not found", Sender),
            (
                450,
                "4.1.8 <accounts@rekey.test>: Sender address rejected: Domain not found",
                Sender,
            ),
            (
                450,
                "4.7.1 <unknown[10.0.0.1]>: Client host rejected: cannot find your hostname",
                Sender,
            ),
            (503, "5.5.1 Error: need MAIL command", Sender),
            (530, "5.7.0 Must issue a STARTTLS command first", Sender),
            (535, "5.7.8 no", Sender),
            (
                550,
                "5.7.60 SMTP; Client does not have permissions to send as this sender",
                Sender,
            ),
            (
                554,
                "5.2.252 SendAsDenied; accounts@rekey.test not allowed to send as x",
                Sender,
            ),
            (550, "5.7.26 Unauthenticated email is not accepted due to DMARC", Sender),
            (550, "5.7.511 Access denied, banned sender", Sender),
            (521, "", Sender),
            (550, "5.4.5 Daily user sending limit exceeded", Quota),
            (550, "5.7.1 Your daily quota for outgoing mail is used up", Quota),
            (451, "4.7.1 You have exceeded your hourly sending limit", Quota),
            (452, "4.5.3 Too many recipients", Quota),
            (550, "5.7.233 tenant exceeded its limit", Quota),
            (450, "4.7.0 Too many concurrent connections from you", Connections),
            (
                432,
                "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
                Connections,
            ),
            (452, "4.3.1 Insufficient system storage", Server),
        ] {
            for &stage in MAIL {
                let expected = Judgement {
                    verdict: Verdict::Deferred(Whose::Relay),
                    fault: Some(fault),
                };
                assert_eq!(judged(stage, code, text), expected, "K6 {stage} {code} {text}");
            }
        }
    }

    #[test]
    fn k6_what_is_the_mailboxs_is_the_mails_own() {
        for (code, text, fault) in [
            (
                550,
                "5.1.1 <ana@example.com>: Recipient address rejected: User unknown",
                Mailbox,
            ),
            (550, "5.1.1 client [203.0.113.9] asked for somebody unknown", Mailbox),
            (552, "5.2.2 mailbox full, daily quota of the sender", Mailbox),
            (550, "5.7.133 sender not authenticated for group", Mailbox),
            (
                553,
                "5.6.7 not tried: the mail server takes no addresses outside ASCII",
                Mailbox,
            ),
            (
                550,
                "5.7.1 <ana@example.com>: Recipient address rejected: not from accounts@rekey.test",
                Mail,
            ),
            (554, "5.7.1 <ana@example.com>: Relay access denied", Mail),
            (550, "5.5.0 Requested action not taken: mailbox unavailable", Mail),
            (550, "no such user", Mail),
            (551, "we do not relay", Mail),
            (552, "over quota", Mail),
            (550, "", Mail),
            (554, "5.7.1 Message content rejected", Mail),
            (554, "5.7.1 blocked: https://id.rekey.test/reset-password/[…]", Mail),
            (
                554,
                "5.7.1 blocked: https://rekey.test/reset-password/[…], http://10.0.0.1/x",
                Mail,
            ),
            (554, "5.3.0 Access denied", Mail),
            (550, "our version 5.1.1.2, see RFC 5321.", Mail),
        ] {
            for &stage in MAIL {
                let expected = Judgement {
                    verdict: Verdict::Refused,
                    fault: Some(fault),
                };
                assert_eq!(judged(stage, code, text), expected, "{stage} {code} {text}");
            }
        }
        for (code, text) in [
            (451, "4.7.1 Greylisted, try again later"),
            (451, "4.7.1 Greylisting in action for [10.0.0.1], come back later"),
            (450, "4.2.1 The user is receiving mail at a rate that prevents more"),
            (452, "4.2.2 mailbox full"),
            (451, "4.3.0 Temporary trouble, try again later"),
            (421, "4.3.2 shutting down"),
            (451, ""),
        ] {
            let verdict = judged(Stage::Recipient, code, text).verdict;
            assert_eq!(verdict, Verdict::Deferred(Whose::Mail), "{code} {text}");
        }
    }

    #[test]
    fn k6_a_name_counts_whole_and_by_itself() {
        for text in [
            "5.7.1 notaccounts@notrekey.test",
            "5.7.1 accounts@rekey.test.example",
            "5.7.1 notrekey.test, sub.rekey.tests",
        ] {
            assert_eq!(judged(Stage::Recipient, 550, text).fault, Some(Mail), "{text}");
        }
        let to_ourselves = Parties {
            recipient: "accounts@rekey.test",
            ..PARTIES
        };
        let text = "5.7.1 <accounts@rekey.test>: not today";
        assert_eq!(
            judge_answer(Stage::Recipient, Some(550), text, &to_ourselves).fault,
            Some(Mail)
        );
        let colleague = Parties {
            recipient: "ana@rekey.test",
            ..PARTIES
        };
        let text = "5.7.1 rekey.test takes nothing";
        assert_eq!(
            judge_answer(Stage::Recipient, Some(550), text, &colleague).fault,
            Some(Mail)
        );
        let unknown = Parties::default();
        assert_eq!(
            judge_answer(Stage::Recipient, Some(550), text, &unknown).fault,
            Some(Mail)
        );
    }

    #[test]
    fn k7_too_many_connections_are_told_from_a_server_that_is_out_of_order() {
        for (stage, code, text, fault) in [
            (
                Stage::Connect,
                421,
                "4.7.0 too many connections from 127.0.0.1",
                Connections,
            ),
            (Stage::Login, 432, "4.3.2 concurrent connections", Connections),
            (Stage::Login, 454, "4.7.0 too many concurrent sessions", Connections),
            (Stage::Sender, 451, "4.7.0 maximum of connections reached", Connections),
            (Stage::Sender, 550, "5.4.5 daily limit", Quota),
            (Stage::Sender, 552, "quota exceeded", Quota),
            (
                Stage::Sender,
                552,
                "5.7.1 quota exceeded for accounts@rekey.test",
                Quota,
            ),
            (Stage::Sender, 552, "5.3.4 message size exceeds the limit", Sender),
            (Stage::Sender, 550, "5.7.1 no mail from you", Sender),
            (Stage::Sender, 451, "4.3.0 later", Server),
            (Stage::Login, 432, "4.7.12 a password transition is needed", Server),
            (Stage::Login, 535, "5.7.8 wrong", Server),
            (Stage::Connect, 554, "5.7.1 client [10.0.0.1] blocked", Server),
        ] {
            let judgement = judged(stage, code, text);
            assert_eq!(judgement.fault, Some(fault), "{stage} {code} {text}");
            assert_eq!(
                judgement.verdict,
                Verdict::Deferred(Whose::Relay),
                "{stage} {code} {text}"
            );
        }
    }

    #[test]
    fn when_to_try_again_follows_from_whose_fault_it_is() {
        for (fault, permanent, temporary) in [
            (Mailbox, Again::Never, Again::AfterItsWait),
            (Mail, Again::Never, Again::AfterItsWait),
            (Sender, Again::WhenAsked, Again::WhenAsked),
            (Quota, Again::WhenAsked, Again::WhenAsked),
            (Server, Again::WhenAsked, Again::WhenAsked),
            (Connections, Again::OverAnother, Again::OverAnother),
        ] {
            assert_eq!(
                (fault.again(true), fault.again(false)),
                (permanent, temporary),
                "{fault:?}"
            );
        }
    }
}
