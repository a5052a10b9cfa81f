//! What real servers say, and what becomes of it.

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
        let expected = if stage == Stage::Login {
            // Nobody but the operator can mend it.
            PlainReason::OurLogin
        } else {
            PlainReason::TemporaryTrouble
        };
        assert_eq!(PlainReason::at(stage, Some(550), "5.1.1 unknown"), expected, "{stage}");
        assert_eq!(
            PlainReason::at(stage, Some(454), "4.7.0 later"),
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
