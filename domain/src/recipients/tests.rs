use proptest::prelude::*;

use super::*;

/// What a text names: addresses, and in `[]` the pieces without one.
fn named(text: &str) -> Vec<String> {
    let name = |found: Recipient| match found.email {
        Some(email) => email.as_str().to_owned(),
        None => format!("[{}]", found.written),
    };
    read(text, usize::MAX).into_iter().map(name).collect()
}

#[test]
fn k8_a_to_line_of_outlook_names_its_people() {
    let text = "User, Uma <uma@a.example>; \"Reader, Rob (IT)\" <rob@a.example>;\r\n\
                Ivy Invited <ivy@a.example>,\r\n\
                \u{200b}ada@a.example\u{200b}\r\n\
                mailto:uma@a.example\r\nmailto:uma@a.example\r\n";
    assert_eq!(
        named(text),
        [
            "uma@a.example",
            "rob@a.example",
            "ivy@a.example",
            "ada@a.example",
            "uma@a.example",
            "uma@a.example"
        ]
    );
}

#[test]
fn k8_an_address_is_found_however_programs_write_it() {
    for text in [
        "uma@a.example",
        "  uma@a.example ;;, \n ,",
        "<uma@a.example>",
        "< uma@a.example >",
        "<<uma@a.example>>",
        "<mailto:uma@a.example>",
        "MAILTO:uma@a.example?subject=Hello%20there",
        "SMTP:uma@a.example",
        "To: uma@a.example",
        "To: Uma User <uma@a.example>",
        "'uma@a.example'",
        "'uma@a.example' <uma@a.example>",
        "\"uma@a.example\"",
        "\"User, Uma\" <uma@a.example>",
        "\"Uma \\\"the\\\" User; boss\" <uma@a.example>;",
        "“User, Uma” <uma@a.example>",
        "User, Uma, Dr. <uma@a.example>",
        "User, Uma uma@a.example",
        "Uma User\tuma@a.example",
        "Uma User (uma@a.example)",
        "Uma User [mailto:uma@a.example]",
        "uma@a.example (User, Uma; IT)",
        "uma@a.example <Uma User>",
        "uma@a.example.",
        "Uma <uma@a.example",
        "Uma User\r\n <uma@a.example>",
        "\u{feff}\u{202a}uma@a.example\u{202c}\u{a0}\u{3000}",
        "uma\u{ad}@a.\u{200b}example",
        "Team: uma@a.example;",
    ] {
        assert_eq!(named(text), ["uma@a.example"], "{text:?}");
    }
    assert_eq!(named("o'brien@a.example"), ["o'brien@a.example"]);
}

#[test]
fn k8_several_are_told_apart_whatever_stands_between_them() {
    for between in [", ", ";", "\n", "\r", "\u{2028}", " ", "\t", ",\r\n", "；", "，"] {
        let text = format!("uma@a.example{between}rob@a.example");
        assert_eq!(named(&text), ["uma@a.example", "rob@a.example"], "{between:?}");
    }
    assert_eq!(
        named("Uma <uma@a.example> Rob <rob@a.example>"),
        ["uma@a.example", "rob@a.example"]
    );
    // An address alone before an address in `<>` on the next line is no name.
    assert_eq!(
        named("uma@a.example\n<rob@a.example>"),
        ["uma@a.example", "rob@a.example"]
    );
}

#[test]
fn k8_a_piece_without_an_address_is_told() {
    for (text, expected) in [
        ("bo", &["[bo]"][..]),
        ("bo, al; uma@a.example", &["[bo]", "[al]", "uma@a.example"]),
        ("bo, uma@a.example", &["[bo]", "uma@a.example"]),
        ("User, Uma;\numa@a.example", &["[User]", "[Uma]", "uma@a.example"]),
        ("Uma <>", &["[Uma <>]"]),
        ("Uma </O=EXCHANGE/CN=UMA>", &["[Uma </O=EXCHANGE/CN=UMA>]"]),
        ("bo at heron <x@>", &["[bo at heron <x@>]"]),
        ("bo@, uma@a.example", &["[bo@]", "uma@a.example"]),
        ("uma @a.example", &["[uma @a.example]"]),
        ("uma@ a.example", &["[uma@ a.example]"]),
        ("\"uma@a.example", &["uma@a.example"]),
        ("\"no end, uma@a.example", &["[\"no end]", "uma@a.example"]),
        ("a\u{0}b", &["[a\u{fffd}b]"]),
        ("", &[]),
        (" ,;\n-;\u{200b}", &[]),
    ] {
        assert_eq!(named(text), expected, "{text:?}");
    }
}

#[test]
fn a_cell_names_one() {
    let cell = only("\"User, Uma\" <uma@a.example>;").expect("somebody");
    assert_eq!(cell.email.expect("an address").as_str(), "uma@a.example");
    assert_eq!(cell.written.as_str(), "User, Uma");
    assert_eq!(
        only("User, Uma <uma@a.example>").expect("somebody").written.as_str(),
        "User, Uma"
    );
    for (cell, problem) in [
        ("", EmailProblem::Empty),
        ("\u{200b} ", EmailProblem::Empty),
        ("uma", EmailProblem::Malformed),
        ("uma@a.example; rob@a.example", EmailProblem::Malformed),
        ("uma@a.example, boss", EmailProblem::Malformed),
        ("Uma\tuma@a.example\tuser", EmailProblem::Malformed),
    ] {
        assert_eq!(only(cell), Err(problem), "{cell:?}");
    }
}

#[test]
fn c8_no_more_are_read_than_are_wanted_and_the_worst_text_takes_no_time() {
    assert_eq!(read(&"a@a.example\n".repeat(50), 7).len(), 7);
    for piece in ["(", "<", "\"", "\" ", "a,", "<>", "()", "\\\"", "a@", "\"\\\" "] {
        let text = piece.repeat((1 << 17) / piece.len());
        for text in [
            text.clone(),
            format!("{text}@)"),
            format!("{text}@>"),
            format!("{text}\""),
        ] {
            assert!(read(&text, 10).len() <= 10, "{piece}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_pasted_nothing_breaks(text in "[ab@.,;<>()\"\\\\ \\n:?\u{200b}]{0,40}") {
        for found in read(&text, 100) {
            prop_assert!(found.email.is_some() || !found.written.as_str().is_empty());
        }
    }

    #[test]
    fn k8_every_address_among_names_is_found(
        people in proptest::collection::vec(("[A-Z][a-z]{1,8}", "[a-z]{1,8}@[a-z]{1,8}\\.example"), 1..8),
        between in "(; |;\\n|, |\\n| \\n)",
        style in 0_usize..4,
    ) {
        let written: Vec<_> = people
            .iter()
            .map(|(name, address)| match style {
                0 => address.clone(),
                1 => format!("{name}, X <{address}>"),
                2 => format!("\"{name}; X\" <{address}>"),
                _ => format!("{name} <{address}>"),
            })
            .collect();
        let expected: Vec<_> = people.iter().map(|(_, address)| address.clone()).collect();
        prop_assert_eq!(named(&written.join(&between)), expected);
    }
}
