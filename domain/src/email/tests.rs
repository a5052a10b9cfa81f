//! Tests of the e-mail address.

use super::*;
use proptest::prelude::*;

#[test]
fn spellings_of_one_address_have_one_key() {
    for (one, other) in [
        ("ana@example.com", "  Ana@EXAMPLE.com\n"),
        ("jos\u{e9}@example.com", "JOSE\u{301}@example.com"),
        ("ana@b\u{fc}cher.example", "ana@xn--bcher-kva.example"),
        ("ana@b\u{fc}cher.example", "ana@BU\u{308}CHER.example"),
        ("kai@example.com", "\u{212a}ai@example.com"),
        ("stra\u{df}e@example.com", "STRASSE@example.com"),
        ("ana@example.com", "ana@example\u{3002}com"),
    ] {
        assert_eq!(
            Email::parse(one).unwrap().key(),
            Email::parse(other).unwrap().key(),
            "{one:?} {other:?}"
        );
    }
}

#[test]
fn different_addresses_have_different_keys() {
    for (one, other) in [
        ("ana@example.com", "ana@example.org"),
        ("a.na@example.com", "ana@example.com"),
        ("ana+1@a.de", "ana@a.de"),
    ] {
        assert_ne!(Email::parse(one).unwrap().key(), Email::parse(other).unwrap().key());
    }
}

#[test]
fn shows_the_local_part_as_typed_and_the_domain_in_ascii() {
    let email = Email::parse(" Jose\u{301}@B\u{fc}cher.Example ").unwrap();
    assert_eq!(email.as_str(), "Jos\u{e9}@xn--bcher-kva.example");
    assert_eq!(email.key(), "jos\u{e9}@xn--bcher-kva.example");
    assert_eq!(email.to_string(), email.as_str());
}

#[test]
fn ordinary_addresses_pass() {
    for text in [
        "ana@example.com",
        "ana.lima+rekey@mail.example.co.uk",
        "o'brien@example.com",
        "1@2.example",
        "_@example.com",
        "a/b=c@example.com",
        "ana@r3---sn.example.com",
        "\u{7528}\u{6237}@\u{4f8b}\u{5b50}.\u{6d4b}\u{8bd5}",
    ] {
        assert!(Email::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn g2_g3_other_texts_are_refused() {
    for text in [
        "ana",
        "@",
        "@example.com",
        "ana@",
        "ana@@example.com",
        "ana@localhost",
        "ana@example..com",
        "ana@.example.com",
        "ana@example.com.",
        "ana@-a.example",
        "ana@a_b.example",
        "a na@example.com",
        ".ana@example.com",
        "ana.@example.com",
        "a..b@example.com",
        "\"ana\"@example.com",
        "\"a@b\"@example.com",
        "Ana <ana@example.com>",
        "<ana@example.com>",
        "ana@example.com (Ana)",
        "ana(x)@example.com",
        "ana@[127.0.0.1]",
        "ana@127.0.0.1",
        "ana@[IPv6:::1]",
        "ana@example.com,bo@example.com",
        "ana@example.com;bo@example.com",
        "ana@example.com bo@example.com",
        "bo\u{ff0c}ana@example.com",
        "ana@example.com\r\nBcc: bo@a.de",
        "ana\r\n@example.com",
        "a\u{2028}b@example.com",
        "ana\u{202e}@example.com",
        "a\u{200b}na@example.com",
        "a\0na@example.com",
        "evil\u{ff20}a.example@example.com",
        "' OR 1=1 --",
        "[\"ana@example.com\"]",
        "{\"$ne\": \"a@b.example\"}",
        "mailto:ana@example.com",
        "ana@xn--a.example",
        "ana@example.c\u{200d}om\u{202e}",
    ] {
        assert_eq!(Email::parse(text), Err(EmailProblem::Malformed), "{text:?}");
    }
}

#[test]
fn blanks_are_empty() {
    for text in ["", " ", "\t\n", "\u{a0}"] {
        assert_eq!(Email::parse(text), Err(EmailProblem::Empty), "{text:?}");
    }
}

#[test]
fn length_is_counted_in_bytes() {
    let domain = |label: usize| format!("{0}.{0}.{0}.example", "d".repeat(label));
    let longest = format!("{}@{}", "a".repeat(MAX - 1 - domain(60).len()), domain(60));
    assert_eq!(longest.len(), MAX);
    assert!(Email::parse(&longest).is_ok());
    assert_eq!(Email::parse(&format!("a{longest}")), Err(EmailProblem::TooLong));
    assert!(Email::parse(&format!("{}@a.example", "\u{e9}".repeat(32))).is_ok());
    assert_eq!(
        Email::parse(&format!("{}@a.example", "\u{e9}".repeat(33))),
        Err(EmailProblem::TooLong)
    );
    assert_eq!(Email::parse(&"a@".repeat(1 << 20)), Err(EmailProblem::TooLong));
}

#[test]
fn json_reads_back_and_refuses_what_is_no_address() {
    let email = Email::parse("Ana@example.com").unwrap();
    assert_eq!(serde_json::to_string(&email).unwrap(), "\"Ana@example.com\"");
    assert_eq!(serde_json::from_str::<Email>("\"Ana@example.com\"").unwrap(), email);
    for json in [
        "\"ana\"",
        "[\"ana@example.com\"]",
        "{\"address\":\"ana@example.com\"}",
        "null",
    ] {
        assert!(serde_json::from_str::<Email>(json).is_err(), "{json}");
    }
}

#[test]
fn the_key_of_a_key_is_that_key_for_every_single_sign() {
    for c in '\0'..='\u{1ffff}' {
        if let Ok(email) = Email::parse(&format!("a{c}\u{323}@example.com")) {
            let again = Email::parse(email.key()).unwrap();
            assert_eq!(again.key(), email.key(), "U+{:04X}", u32::from(c));
        }
    }
}

/// Texts that are nearly addresses, with the signs that cause trouble.
fn nearly() -> impl Strategy<Value = String> {
    "[ \\t]?[a-zA-Zäßéﬁ\u{301}İK＠，<>\"(.+-]{1,8}@[a-zA-Zäß\u{308}。.-]{1,8}[.][a-zA-Z]{2,4}[ .>]?"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn text_reads_back(text in nearly()) {
        if let Ok(email) = Email::parse(&text) {
            prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
        }
    }

    #[test]
    fn the_key_of_a_key_is_that_key(text in nearly()) {
        if let Ok(email) = Email::parse(&text) {
            let again = Email::parse(email.key()).unwrap();
            prop_assert_eq!(again.key(), email.key());
            prop_assert_eq!(again.as_str(), email.key());
        }
    }

    #[test]
    fn g3_an_address_is_one_recipient_on_one_line(text: String) {
        if let Ok(email) = Email::parse(&text) {
            let is_bad = |c: char| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c);
            prop_assert!(!email.as_str().contains(is_bad));
            prop_assert_eq!(email.key().matches('@').count(), 1);
            prop_assert!(email.as_str().len() <= MAX);
        }
    }

    #[test]
    fn plain_addresses_pass_whatever_their_case(text in "[a-z0-9]{1,20}(\\.[a-z0-9]{1,20})?@[a-z]{1,10}\\.[a-z]{2,6}") {
        let (lower, upper) = (Email::parse(&text).unwrap(), Email::parse(&text.to_uppercase()).unwrap());
        prop_assert_eq!(lower.key(), upper.key());
        prop_assert_eq!(lower.as_str(), text);
    }
}

#[test]
fn a_short_address_may_be_spelt_long() {
    // Full-width letters take three bytes and mean one: twice the longest address, and still a good one.
    let label = "\u{ff41}".repeat(60);
    let typed = format!("ana@{label}.{label}.example");
    assert!(typed.len() > MAX + 4);
    let plain = "a".repeat(60);
    let email = Email::parse(&typed).expect("an address");
    assert_eq!(email.as_str(), format!("ana@{plain}.{plain}.example"));
}

#[test]
fn what_is_far_too_long_is_not_looked_at() {
    assert_eq!(Email::parse(&"a".repeat(MAX * 4)), Err(EmailProblem::Malformed));
    assert_eq!(Email::parse(&"a".repeat(MAX * 4 + 1)), Err(EmailProblem::TooLong));
}
