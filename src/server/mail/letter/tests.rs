//! Every mail in every kind: both parts agree, nothing typed by people gets out of its place.

use std::time::Duration;

use scraper::{Html, Selector};

use super::*;
use crate::texts::mails::NEVER_ASKED_FOR;

const LINK: &str = "https://rekey.example/reset-password/abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";
const CHANGE_NOT_ME: &str = "https://rekey.example/not-me/qrstuvwxyz234567abcdefghijklmnopqrstuvwxyz234567abcdef";
const PAGE: &str = "https://rekey.example/company/users/019a0000-0000-7000-8000-000000000001";
const ASKED_AT: Timestamp = Timestamp::from_millis(1_795_527_128_000); // 2026-11-24T13:32:08Z
const KINDS: [Kind; 4] = [Kind::Manager, Kind::Oneself, Kind::Invitation, Kind::Restore];

fn reset(kind: Kind) -> ResetLetter {
    let hours = if matches!(kind, Kind::Invitation | Kind::Restore) {
        72
    } else {
        24
    };
    ResetLetter {
        kind,
        company: "Acme".to_owned(),
        recipient_name: "Ana Lima".to_owned(),
        recipient_email: "ana@example.com".to_owned(),
        recipient_role: Role::ReadOnly,
        asked_by: (kind != Kind::Oneself).then(|| Asker {
            name: "Bo Chen".to_owned(),
            of: None,
            role: Role::Manager,
        }),
        asked_at: ASKED_AT,
        expires_at: ASKED_AT + Duration::from_hours(hours),
        zone: Zone::named(Some("Europe/Berlin")),
        link: LINK.to_owned(),
        not_me: matches!(kind, Kind::Manager | Kind::Oneself).then(|| format!("{LINK}/not-me")),
        reference: "7KQ2M4".to_owned(),
        device: Some("Firefox on Linux".to_owned()),
        client_address: Some("203.0.113.7".to_owned()),
        contact: Some("it@acme.example".to_owned()),
    }
}

fn changed(how: How) -> PasswordChangedLetter {
    PasswordChangedLetter {
        company: "Acme".to_owned(),
        recipient_name: "Ana Lima".to_owned(),
        recipient_email: "ana@example.com".to_owned(),
        changed_at: ASKED_AT + Duration::from_mins(9),
        how,
        device: Some("Firefox on Linux".to_owned()),
        client_address: Some("203.0.113.7".to_owned()),
        signed_out: 3,
        cancelled_email: None,
        not_me: CHANGE_NOT_ME.to_owned(),
        zone: Zone::named(Some("Europe/Berlin")),
        contact: Some("it@acme.example".to_owned()),
    }
}

fn withdrawn() -> LinkWithdrawnLetter {
    LinkWithdrawnLetter {
        company: "Acme".to_owned(),
        recipient_name: "Ana Lima".to_owned(),
        by: Asker {
            name: "Bo Chen".to_owned(),
            of: None,
            role: Role::Manager,
        },
        at: ASKED_AT + Duration::from_mins(3),
        zone: Zone::named(Some("Europe/Berlin")),
        contact: Some("it@acme.example".to_owned()),
    }
}

fn ask_manager(helpers: &[&str]) -> AskManagerLetter {
    AskManagerLetter {
        company: "Acme".to_owned(),
        recipient_name: "Ana Lima".to_owned(),
        asked_at: ASKED_AT,
        device: Some("Firefox on Linux".to_owned()),
        client_address: "203.0.113.7".to_owned(),
        helpers: helpers
            .iter()
            .map(|name| Asker {
                name: (*name).to_owned(),
                of: None,
                role: Role::Manager,
            })
            .collect(),
        zone: Zone::named(Some("Europe/Berlin")),
        contact: Some("it@acme.example".to_owned()),
    }
}

#[test]
fn whoever_must_ask_a_manager_is_told_whom_and_gets_no_link() {
    let mail = compose_ask_manager(&ask_manager(&["Bo Chen", "Cy\r\nDiaz <b>"]));
    assert_eq!(mail.subject, "Acme: ask a manager for a new password");
    assert_eq!(mail.preheader, "Your company does not allow own resets.");
    let words = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Someone, probably you, asked for a new password on 24 Nov 2026, 14:32",
        "with Firefox on Linux from 203.0.113.7.",
        "Ask one of them to send you one: Bo Chen (manager), Cy Diaz <b> (manager).",
        "Questions: Acme, it@acme.example.",
    ] {
        assert!(words.contains(said), "{said}\n{words}");
        assert!(seen(&mail.html).contains(said), "{said}\n{}", seen(&mail.html));
    }
    assert!(!mail.text.contains("http") && links(&mail.html).is_empty());
    let alone = compose_ask_manager(&ask_manager(&[]));
    assert!(
        alone.text.contains("Ask an administrator or manager of Acme"),
        "{}",
        alone.text
    );
}

fn not_me(about: About) -> NotMeLetter {
    NotMeLetter {
        company: "Acme".to_owned(),
        recipient_name: "Cy Diaz".to_owned(),
        name: "Ana Lima".to_owned(),
        email: "ana@example.com".to_owned(),
        said_at: ASKED_AT + Duration::from_mins(18),
        about,
        page: PAGE.to_owned(),
        zone: Zone::named(Some("Europe/Berlin")),
    }
}

fn about_link() -> About {
    About::Link {
        asked_by: Some("Bo Chen".to_owned()),
        asked_at: ASKED_AT,
        reference: "7KQ2M4".to_owned(),
        signed_out: 1,
    }
}

fn about_change() -> About {
    About::Change {
        changed_at: ASKED_AT + Duration::from_mins(9),
        signed_out: 3,
    }
}

/// The mails of resets, the notices after a change, and the three without a secret.
fn all() -> Vec<Composed> {
    let notices = [
        How::ManagerAsked {
            name: "Bo Chen".to_owned(),
        },
        How::OwnerAsked,
        How::Invitation { name: None },
        How::Restored {
            name: Some("Bo Chen".to_owned()),
        },
    ];
    let resets = KINDS.map(|kind| compose_reset(&reset(kind)));
    resets
        .into_iter()
        .chain(notices.map(|how| compose_password_changed(&changed(how))))
        .chain([compose_link_withdrawn(&withdrawn())])
        .chain([about_link(), about_change()].map(|about| compose_not_me(&not_me(about))))
        .collect()
}

/// The words that a reader of the HTML part sees, without the hidden preheader.
fn seen(html: &str) -> String {
    let document = Html::parse_document(html);
    let cell = Selector::parse("td.words").unwrap();
    let words = document.select(&cell).next().unwrap().text().collect::<String>();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn links(html: &str) -> Vec<String> {
    let anchor = Selector::parse("a").unwrap();
    Html::parse_document(html)
        .select(&anchor)
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect()
}

#[test]
fn subjects_and_preheaders() {
    let written = all()
        .into_iter()
        .map(|mail| (mail.subject, mail.preheader))
        .collect::<Vec<_>>();
    let notice = ("Acme: your password was changed", "On 24 Nov, 14:41. Not you? Act now.");
    let to_administrator = ("Acme: Ana Lima said \"this was not me\"", "On 24 Nov, 14:50.");
    let expected = [
        (
            "Acme: set a new password (asked by Bo Chen)",
            "Valid until Wed 25 Nov, 14:32 (Europe/Berlin). Nothing changes until you use it.",
        ),
        (
            "Acme: reset your password",
            "Valid until Wed 25 Nov, 14:32 (Europe/Berlin). Nothing changes until you use it.",
        ),
        (
            "Acme: set up your account",
            "Bo Chen made an account for you. Valid until Fri 27 Nov, 14:32 (Europe/Berlin).",
        ),
        (
            "Acme: your account is back",
            "Bo Chen restored your account. Valid until Fri 27 Nov, 14:32 (Europe/Berlin).",
        ),
        notice,
        notice,
        notice,
        notice,
        ("Acme: your password link was withdrawn", "Your password is unchanged."),
        to_administrator,
        to_administrator,
    ]
    .map(|(subject, preheader)| (subject.to_owned(), preheader.to_owned()));
    assert_eq!(written, expected);
}

#[test]
fn the_whole_text_of_a_mail_asked_by_a_manager() {
    let expected = format!(
        "Hello Ana Lima,

Bo Chen, manager at Acme, asked us to send you this link.

Set a new password:

{LINK}

Account: ana@example.com

Valid for 24 hours, until Wednesday 25 November 2026, 14:32
(Europe/Berlin, UTC+1).

Nothing changes until you set a new password. Then all your devices are
signed out.

Not expected? Ignore this mail, or

This was not me:

{LINK}/not-me

Questions: Acme, it@acme.example.

We never ask for your password by mail or phone.

Reference: 7KQ2M4
Asked: 24 Nov 2026, 14:32 (Europe/Berlin)
"
    );
    assert_eq!(compose_reset(&reset(Kind::Manager)).text, expected);
}

#[test]
fn g6_the_whole_text_of_the_notice_after_a_change() {
    let expected = format!(
        "Hello Ana Lima,

On 24 Nov 2026, 14:41 (Europe/Berlin), a new password was set for your
account ana@example.com at Acme.

It was set with the link that Bo Chen asked us to send you.

Browser: Firefox on Linux
Address: 203.0.113.7

3 devices were signed out.

Not you? Say so now. It ends the new password, signs out all your
devices and tells your administrators.

This was not me:

{CHANGE_NOT_ME}

It works for 7 days. Then use Forgot password? on the sign-in page.
Questions: Acme, it@acme.example.

We never ask for your password by mail or phone.
"
    );
    assert_eq!(
        compose_password_changed(&changed(How::ManagerAsked {
            name: "Bo Chen".to_owned()
        }))
        .text,
        expected
    );
}

#[test]
fn both_parts_say_the_same() {
    for mail in all() {
        let words = seen(&mail.html).replace(crate::texts::mails::BARE_ADDRESS, "");
        for block in mail.text.split("\n\n") {
            let block = block.replace('\n', " ");
            let block = block.trim().trim_end_matches(':');
            assert!(words.contains(block), "{block:?} is not in {words:?}");
        }
        assert!(mail.text.contains(NEVER_ASKED_FOR));
    }
}

#[test]
fn both_parts_have_the_same_link_and_the_same_deadline() {
    for kind in KINDS {
        let mail = compose_reset(&reset(kind));
        let day = if matches!(kind, Kind::Invitation | Kind::Restore) {
            "Valid for 72 hours, until Friday 27 November 2026, 14:32 (Europe/Berlin, UTC+1)."
        } else {
            "Valid for 24 hours, until Wednesday 25 November 2026, 14:32 (Europe/Berlin, UTC+1)."
        };
        assert!(mail.text.replace('\n', " ").contains(day), "{}", mail.text);
        assert!(seen(&mail.html).contains(day), "{}", mail.html);
        let not_me = format!("{LINK}/not-me");
        let expected = match kind {
            Kind::Manager | Kind::Oneself => vec![LINK, &not_me],
            Kind::Invitation | Kind::Restore => vec![LINK],
        };
        assert_eq!(
            links_of_both(&mail),
            expected,
            "the one to set the password comes first"
        );
    }
}

/// The links in their order, which must be the same in both parts.
fn links_of_both(mail: &Composed) -> Vec<String> {
    let in_text = mail.text.lines().filter(|line| line.contains("://"));
    let in_text: Vec<_> = in_text.map(str::to_owned).collect();
    let in_html = links(&mail.html);
    // In the HTML part each stands twice: behind its words, and bare.
    let twice: Vec<_> = in_text.iter().flat_map(|link| [link.clone(), link.clone()]).collect();
    assert_eq!(in_html, twice);
    in_text
}

#[test]
fn notices_have_the_links_that_they_need() {
    let mails = all();
    let (resets, notices) = mails.split_at(KINDS.len());
    assert_eq!(resets.len(), 4);
    let (changes, rest) = notices.split_at(4);
    for notice in changes {
        assert_eq!(links_of_both(notice), [CHANGE_NOT_ME]);
    }
    let rest: Vec<_> = rest.iter().map(links_of_both).collect();
    assert_eq!(rest, [vec![], vec![PAGE.to_owned()], vec![PAGE.to_owned()]]);
}

#[test]
fn the_whole_text_of_the_notice_that_a_link_is_dead() {
    let expected = "Hello Ana Lima,

Bo Chen, manager at Acme, withdrew your link to set a password on 24 Nov
2026, 14:35 (Europe/Berlin).

The link in our earlier mail does not work any more. Your password is
unchanged. There is nothing to do.

Questions: Acme, it@acme.example.

We never ask for your password by mail or phone.
";
    assert_eq!(compose_link_withdrawn(&withdrawn()).text, expected);
}

#[test]
fn the_whole_text_of_what_an_administrator_reads() {
    let begin = "Hello Cy Diaz,

Ana Lima (ana@example.com) said \"this was not me\" on 24 Nov 2026, 14:50
(Europe/Berlin).
";
    let end = format!(
        "
Open their page:

{PAGE}

We never ask for your password by mail or phone.
"
    );
    let about_link_text = "
It was about the link that Bo Chen asked for on 24 Nov 2026, 14:32
(Europe/Berlin).

We withdrew all links and ended all sessions. 1 device was signed out.

The password is unchanged.

Look who asked for it, and ask them why.

Reference: 7KQ2M4
";
    let about_change_text = "
It was about the password that was set on 24 Nov 2026, 14:41
(Europe/Berlin).

We withdrew all links and ended all sessions. 3 devices were signed out.

The password that was set does not work any more.

Talk to the person now. Somebody else may know their password, or read
their mail. Then send them a new link.
";
    for (about, words) in [(about_link(), about_link_text), (about_change(), about_change_text)] {
        assert_eq!(compose_not_me(&not_me(about)).text, format!("{begin}{words}{end}"));
    }
}

#[test]
fn lines_of_the_text_part_fit_72_columns() {
    let mut letter = reset(Kind::Oneself);
    letter.company = "Ünïcödé Länge ".repeat(7);
    letter.recipient_name = "名前 ".repeat(33);
    for mail in all().into_iter().chain([compose_reset(&letter)]) {
        for line in mail.text.lines().filter(|line| !line.starts_with("https://")) {
            assert!(textwrap::core::display_width(line) <= 72, "{line:?}");
        }
        assert!(
            !mail.text.contains("\n\n\n") && mail.text.ends_with('\n'),
            "{}",
            mail.text
        );
    }
}

#[test]
fn an_address_is_never_broken() {
    let mut letter = reset(Kind::Invitation);
    letter.recipient_email = format!("{}@{}.example", "a-b".repeat(20), "c-d".repeat(20));
    assert!(compose_reset(&letter).text.contains(&letter.recipient_email));
}

#[test]
fn subjects_have_at_most_60_characters_and_begin_with_the_company() {
    for (company, name) in [
        ("Acme", "N"),
        ("Ä", "Ö"),
        ("Acme and Sons of the Northern Hemisphere", "Bo Chen"),
    ] {
        for (company, name) in [
            (company.to_owned(), name.to_owned()),
            (company.repeat(40), name.repeat(100)),
        ] {
            for kind in KINDS {
                let mut letter = reset(kind);
                letter.company.clone_from(&company);
                letter.asked_by = Some(Asker {
                    name: name.clone(),
                    of: None,
                    role: Role::Manager,
                });
                let subject = compose_reset(&letter).subject;
                let mut told = not_me(about_change());
                told.company.clone_from(&company);
                told.name.clone_from(&name);
                let told = compose_not_me(&told).subject;
                assert!(told.chars().count() <= 60 && told.contains("said"), "{told}");
                assert!(subject.chars().count() <= 60, "{subject}");
                assert!(
                    subject.starts_with(&company.chars().take(6).collect::<String>()),
                    "{subject}"
                );
            }
        }
    }
    let mut letter = reset(Kind::Manager);
    letter.company = "Blue Heron Logistics International".to_owned();
    letter.asked_by = Some(Asker {
        name: "Maximilian Alexander Manager".to_owned(),
        of: None,
        role: Role::Manager,
    });
    assert_eq!(
        compose_reset(&letter).subject,
        "Blue He…: set a new password (asked by Maximilian Alexande…)"
    );
}

#[test]
fn g3_no_line_breaks_from_names() {
    let evil = "Eve\r\nBcc: all@example.com\u{2028}\u{85}\u{202e}\0x";
    let mut letter = reset(Kind::Manager);
    letter.company = evil.to_owned();
    letter.recipient_name = evil.to_owned();
    letter.asked_by = Some(Asker {
        name: evil.to_owned(),
        of: None,
        role: Role::Manager,
    });
    letter.contact = Some(evil.to_owned());
    let mail = compose_reset(&letter);
    for line in [&mail.subject, &mail.preheader] {
        assert!(
            !line.contains(|sign: char| sign.is_control() || sign == '\u{2028}' || sign == '\u{202e}'),
            "{line:?}"
        );
    }
    assert!(
        mail.text.starts_with("Hello Eve Bcc: all@example.com x,\n\n"),
        "{}",
        mail.text
    );
}

#[test]
fn g3_g4_what_people_typed_stays_in_its_place_in_notices_too() {
    let evil = "<img src=x onerror=alert(1)> \"' & {{ 1 }} </title></style>\r\nBcc: all@example.com";
    let told = evil.replace("\r\n", " ");
    let mut dead = withdrawn();
    dead.company = evil.to_owned();
    dead.recipient_name = evil.to_owned();
    dead.by.name = evil.to_owned();
    dead.contact = Some(evil.to_owned());
    let mut to_administrator = not_me(About::Link {
        asked_by: Some(evil.to_owned()),
        asked_at: ASKED_AT,
        reference: evil.to_owned(),
        signed_out: 0,
    });
    to_administrator.company = evil.to_owned();
    to_administrator.recipient_name = evil.to_owned();
    to_administrator.name = evil.to_owned();
    to_administrator.email = evil.to_owned();
    for mail in [compose_link_withdrawn(&dead), compose_not_me(&to_administrator)] {
        assert!(!mail.html.contains("<img"), "{}", mail.html);
        assert!(!mail.subject.contains('\n') && !mail.subject.contains('\r'));
        assert!(seen(&mail.html).contains(&format!("Hello {told},")), "{}", mail.html);
        assert!(mail.text.replace('\n', " ").contains(&format!("Hello {told},")));
    }
}

#[test]
fn g4_markup_in_names_is_text() {
    let evil = "<img src=x onerror=alert(1)> \"' & {{ 1 }} </title></style>";
    let mut letter = reset(Kind::Oneself);
    letter.company = evil.to_owned();
    letter.recipient_name = evil.to_owned();
    letter.recipient_email = evil.to_owned();
    letter.device = Some(evil.to_owned());
    letter.client_address = Some(evil.to_owned());
    letter.reference = evil.to_owned();
    letter.contact = Some(evil.to_owned());
    let mail = compose_reset(&letter);
    assert!(!mail.html.contains("<img"), "{}", mail.html);
    assert!(seen(&mail.html).contains(&format!("Hello {evil},")));
    assert!(mail.text.replace('\n', " ").contains(&format!("Hello {evil},")));
    assert_eq!(links_of_both(&mail)[0], LINK);
}

#[test]
fn a_link_with_signs_of_html_stays_whole() {
    let mut letter = reset(Kind::Manager);
    let odd = "https://rekey.example/?a=1&b=\"2\"".to_owned();
    letter.link.clone_from(&odd);
    letter.not_me = Some(odd.clone());
    assert_eq!(links_of_both(&compose_reset(&letter)), [odd.as_str(), &odd]);
}

#[test]
fn the_html_part_is_small_and_loads_nothing() {
    for mail in all() {
        assert!(mail.html.len() < 15_000, "{} bytes", mail.html.len());
        assert!(
            mail.html.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">"),
            "{}",
            mail.html
        );
        let title = Html::parse_document(&mail.html);
        let title = title.select(&Selector::parse("title").unwrap()).next().unwrap();
        assert_eq!(title.text().collect::<String>(), mail.subject);
        for outside in [
            "<img", "<script", "<link", "<form", "<iframe", "url(", "@import", "src=", "position",
        ] {
            assert!(!mail.html.contains(outside), "{outside}");
        }
        assert_eq!(
            mail.html.matches("<table").count(),
            mail.html.matches("<table role=\"presentation\"").count()
        );
    }
}

#[test]
fn nobody_is_named_where_nobody_is_known() {
    for kind in [Kind::Manager, Kind::Invitation, Kind::Restore] {
        let mut letter = reset(kind);
        letter.asked_by = None;
        letter.contact = Some("  ".to_owned());
        let mail = compose_reset(&letter);
        let text = mail.text.replace('\n', " ");
        assert!(
            text.contains("Questions: ask an administrator or manager of Acme."),
            "{text}"
        );
        assert!(!mail.text.contains("Bo Chen") && !mail.subject.contains("asked by"));
    }
}

#[test]
fn what_is_not_known_about_a_browser_is_left_out() {
    let mut letter = reset(Kind::Oneself);
    letter.device = None;
    letter.client_address = None;
    let text = compose_reset(&letter).text.replace('\n', " ");
    assert!(
        text.contains("asked for this link on 24 Nov 2026, 14:32 (Europe/Berlin). "),
        "{text}"
    );
    let mut notice = changed(How::OwnerAsked);
    notice.device = None;
    notice.client_address = None;
    notice.signed_out = 1;
    let text = compose_password_changed(&notice).text;
    assert!(!text.contains("Browser:") && !text.contains("Address:") && text.contains("1 device was signed out."));
}
