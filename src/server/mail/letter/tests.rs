//! Every mail in every kind: both parts agree, nothing typed by people gets out of its place.

use std::time::Duration;

use scraper::{Html, Selector};

use super::*;
use crate::texts::mails::NEVER_ASKED_FOR;

const LINK: &str = "https://rekey.example/reset-password/abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";
const CHANGE_NOT_ME: &str = "https://rekey.example/not-me/qrstuvwxyz234567abcdefghijklmnopqrstuvwxyz234567abcdef";
const EMAIL_LINK: &str = "https://rekey.example/confirm-email/qrstuvwxyz234567abcdefghijklmnopqrstuvwxyz234567abcdef";
const PAGE: &str = "https://rekey.example/company/users/019a0000-0000-7000-8000-000000000001";
const ASKED_AT: Timestamp = Timestamp::from_millis(1_795_527_128_000); // 2026-11-24T13:32:08Z
const KINDS: [Kind; 4] = [Kind::Manager, Kind::Oneself, Kind::Invitation, Kind::Restore];

pub(super) fn parties() -> Parties {
    Parties {
        company: "Acme".to_owned(),
        accent: Accent::Teal,
        contact: Some("it@acme.example".to_owned()),
        name: "Ana Lima".to_owned(),
        email: "ana@example.com".to_owned(),
        zone: Zone::named(Some("Europe/Berlin")),
    }
}

fn reset(kind: Kind) -> ResetLetter {
    let hours = if matches!(kind, Kind::Invitation | Kind::Restore) {
        72
    } else {
        24
    };
    ResetLetter {
        kind,
        parties: parties(),
        role: Role::ReadOnly,
        asked_by: (kind != Kind::Oneself).then(|| Asker {
            name: "Bo Chen".to_owned(),
            of: None,
            role: Role::Manager,
        }),
        asked_at: ASKED_AT,
        expires_at: ASKED_AT + Duration::from_hours(hours),
        link: LINK.to_owned(),
        not_me: matches!(kind, Kind::Manager | Kind::Oneself).then(|| format!("{LINK}/not-me")),
        reference: "7KQ2M4".to_owned(),
        device: Some("Firefox on Linux".to_owned()),
        client_address: Some("203.0.113.7".to_owned()),
    }
}

fn changed(how: How) -> PasswordChangedLetter {
    PasswordChangedLetter {
        parties: parties(),
        changed_at: ASKED_AT + Duration::from_mins(9),
        how,
        device: Some("Firefox on Linux".to_owned()),
        client_address: Some("203.0.113.7".to_owned()),
        signed_out: 3,
        cancelled_email: None,
        not_me: CHANGE_NOT_ME.to_owned(),
    }
}

fn withdrawn() -> LinkWithdrawnLetter {
    LinkWithdrawnLetter {
        parties: parties(),
        by: Asker {
            name: "Bo Chen".to_owned(),
            of: None,
            role: Role::Manager,
        },
        at: ASKED_AT + Duration::from_mins(3),
    }
}

fn ask_manager(helpers: &[&str]) -> AskManagerLetter {
    AskManagerLetter {
        parties: parties(),
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
    }
}

#[test]
fn whoever_must_ask_a_manager_is_told_whom_and_gets_no_link() {
    let mail = compose_ask_manager(&ask_manager(&["Bo Chen", "Cy\r\nDiaz <b>"]));
    assert_eq!(mail.subject, "Acme: ask a manager for a new password");
    assert_eq!(mail.preheader, "Your company does not allow own resets.");
    let words = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Someone, probably you, asked for a new password.",
        "Ask one of them to send you one: Bo Chen (manager), Cy Diaz <b> (manager).",
        "Questions: Acme, it@acme.example.",
    ] {
        assert!(words.contains(said), "{said}\n{words}");
        assert!(seen(&mail.html).contains(said), "{said}\n{}", seen(&mail.html));
    }
    for row in [
        ("Account", "ana@example.com"),
        ("Asked", "24 Nov 2026, 14:32 (Europe/Berlin)"),
        ("Browser", "Firefox on Linux"),
        ("IP address", "203.0.113.7"),
    ] {
        assert_row(&mail, row);
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
        parties: Parties {
            name: "Cy Diaz".to_owned(),
            email: "cy@acme.example".to_owned(),
            ..parties()
        },
        name: "Ana Lima".to_owned(),
        email: "ana@example.com".to_owned(),
        said_at: ASKED_AT + Duration::from_mins(18),
        about,
        page: PAGE.to_owned(),
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

fn shown() -> LinkShownLetter {
    LinkShownLetter {
        parties: parties(),
        made_at: ASKED_AT,
        expires_at: ASKED_AT + Duration::from_hours(24),
        reference: "7KQ2M4".to_owned(),
        not_me: format!("{LINK}/not-me"),
    }
}

fn email_change() -> EmailChangeLetter {
    EmailChangeLetter {
        parties: parties(),
        old: "ana@example.com".to_owned(),
        new: "ana@new.example".to_owned(),
        by: Some(bo()),
        restores: false,
        entered_at: ASKED_AT,
        counts_from: Some(ASKED_AT + Duration::from_hours(24)),
        lifetime: Duration::from_hours(24),
        expires_at: ASKED_AT + Duration::from_hours(24),
        link: EMAIL_LINK.to_owned(),
    }
}

fn bo() -> Asker {
    Asker {
        name: "Bo Chen".to_owned(),
        of: None,
        role: Role::Manager,
    }
}

/// The mails of resets, the notices after a change, those to administrators, and the others: every kind there is.
fn all() -> Vec<Composed> {
    let bo = || Some("Bo Chen".to_owned());
    let changes = [
        How::ManagerAsked {
            name: "Bo Chen".to_owned(),
        },
        How::OwnerAsked,
        How::Operator,
        How::SignedIn,
        How::Invitation { name: None },
        How::Restored { name: bo() },
    ];
    let resets = KINDS.map(|kind| compose_reset(&reset(kind)));
    resets
        .into_iter()
        .chain(changes.map(|how| compose_password_changed(&changed(how))))
        .chain([about_link(), about_change()].map(|about| compose_not_me(&not_me(about))))
        .chain([
            compose_link_withdrawn(&withdrawn()),
            compose_link_shown(&shown()),
            compose_ask_manager(&ask_manager(&["Bo Chen"])),
            compose_confirm_email(&email_change()),
            compose_email_changing(&email_change()),
        ])
        .collect()
}

/// The words that a reader of the HTML part sees, without the hidden preheader.
fn seen(html: &str) -> String {
    let document = Html::parse_document(html);
    let mail = Selector::parse("table.mail").unwrap();
    let words = document.select(&mail).next().unwrap().text().collect::<Vec<_>>();
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(html: &str, selector: &str) -> Vec<String> {
    Html::parse_document(html)
        .select(&Selector::parse(selector).unwrap())
        .map(|found| found.text().collect::<String>())
        .collect()
}

fn links(html: &str) -> Vec<String> {
    let anchor = Selector::parse("a").unwrap();
    Html::parse_document(html)
        .select(&anchor)
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect()
}

/// The small table of the HTML part.
fn rows(html: &str) -> Vec<(String, String)> {
    texts(html, "td.label")
        .into_iter()
        .zip(texts(html, "td.value"))
        .collect()
}

/// Both parts have this row.
fn assert_row(mail: &Composed, (label, value): (&str, &str)) {
    let rows = rows(&mail.html);
    assert!(
        rows.contains(&(label.to_owned(), value.to_owned())),
        "{label}: {value} in {rows:?}"
    );
    let text = format!("\n{}", mail.text.replace('\n', " \n"));
    let begin = format!("\n{label}: ");
    assert!(text.contains(&begin), "{label} in {text}");
    assert!(
        mail.text.replace('\n', " ").contains(&format!(" {label}: {value}")),
        "{label}: {value} in {text}"
    );
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
        notice,
        notice,
        to_administrator,
        to_administrator,
        ("Acme: your password link was withdrawn", "Your password is unchanged."),
        (
            "Acme: a password link was made for you",
            "By the operator of this server.",
        ),
        (
            "Acme: ask a manager for a new password",
            "Your company does not allow own resets.",
        ),
        (
            "Acme: confirm your new email",
            "Bo Chen entered this address for your account.",
        ),
        (
            "Acme: your email is about to change",
            "To ana@new.example, from 25 Nov, 14:32.",
        ),
    ]
    .map(|(subject, preheader)| (subject.to_owned(), preheader.to_owned()));
    assert_eq!(written, expected);
}

#[test]
fn every_mail_has_one_heading_that_says_what_it_is_below_the_company() {
    let expected = [
        "Set a new password",
        "Reset your password",
        "Set up your account",
        "Your account is back",
        "Your password was changed",
        "Your password was changed",
        "Your password was changed",
        "Your password was changed",
        "Your password was changed",
        "Your password was changed",
        "Ana Lima said \"this was not me\"",
        "Ana Lima said \"this was not me\"",
        "Your password link was withdrawn",
        "A password link was made for you",
        "Ask a manager for a new password",
        "Confirm your new email",
        "Your email is about to change",
    ];
    for (mail, title) in all().iter().zip(expected) {
        assert_eq!(texts(&mail.html, "h1"), [title]);
        let begin = format!("Acme {title} Hello ");
        assert!(seen(&mail.html).starts_with(&begin), "{}", seen(&mail.html));
    }
    assert_eq!(all().len(), expected.len());
}

#[test]
fn the_whole_text_of_a_mail_asked_by_a_manager() {
    let expected = format!(
        "Hello Ana Lima,

Bo Chen, manager at Acme, asked us to send you this link.

Set a new password:

{LINK}

Nothing changes until you set a new password. Then all your devices are
signed out.

Account: ana@example.com
Deadline: Valid for 24 hours, until Wednesday 25 November 2026, 14:32
(Europe/Berlin, UTC+1).
Asked by: Bo Chen, manager
Asked: 24 Nov 2026, 14:32 (Europe/Berlin)
Reference: 7KQ2M4

Not expected?
Ignore this mail and nothing changes. Or tell us, and we withdraw the
link.

This was not me:

{LINK}/not-me

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    assert_eq!(compose_reset(&reset(Kind::Manager)).text, expected);
}

#[test]
fn the_whole_text_of_a_mail_asked_by_oneself() {
    let expected = format!(
        "Hello Ana Lima,

Someone, probably you, asked us to send you this link.

Set a new password:

{LINK}

Nothing changes until you set a new password. Then all your devices are
signed out.

Account: ana@example.com
Deadline: Valid for 24 hours, until Wednesday 25 November 2026, 14:32
(Europe/Berlin, UTC+1).
Asked: 24 Nov 2026, 14:32 (Europe/Berlin)
Browser: Firefox on Linux
IP address: 203.0.113.7
Reference: 7KQ2M4

Not expected?
Ignore this mail and nothing changes. Or tell us, and we withdraw the
link.

This was not me:

{LINK}/not-me

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    assert_eq!(compose_reset(&reset(Kind::Oneself)).text, expected);
}

#[test]
fn the_whole_text_of_an_invitation_and_of_a_restored_account() {
    let invitation = format!(
        "Hello Ana Lima,

Acme uses Rekey to look after the accounts of its people.

Bo Chen, manager at Acme, made an account for you.

Set your password:

{LINK}

Too late? Ask Bo Chen for a new link, or use Forgot password? on the
sign-in page.

Sign in with: ana@example.com
Role: read-only
Deadline: Valid for 72 hours, until Friday 27 November 2026, 14:32
(Europe/Berlin, UTC+1).
Invited by: Bo Chen, manager
Invited: 24 Nov 2026, 14:32 (Europe/Berlin)
Reference: 7KQ2M4

Not expected?
Ignore this mail. The link stops working by itself.

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    let restored = format!(
        "Hello Ana Lima,

Bo Chen, manager at Acme, restored your account.

Your old password does not come back: set a new one.

Set your password:

{LINK}

Sign in with: ana@example.com
Deadline: Valid for 72 hours, until Friday 27 November 2026, 14:32
(Europe/Berlin, UTC+1).
Restored by: Bo Chen, manager
Restored: 24 Nov 2026, 14:32 (Europe/Berlin)
Reference: 7KQ2M4

Not expected?
Ignore this mail. The link stops working by itself.

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    for (kind, expected) in [(Kind::Invitation, invitation), (Kind::Restore, restored)] {
        assert_eq!(compose_reset(&reset(kind)).text, expected);
    }
}

#[test]
fn g6_the_whole_text_of_the_notice_after_a_change() {
    let expected = format!(
        "Hello Ana Lima,

A new password was set for your account at Acme. If that was you, there
is nothing to do.

Account: ana@example.com
When: 24 Nov 2026, 14:41 (Europe/Berlin)
How: With the link that Bo Chen asked us to send you
Browser: Firefox on Linux
IP address: 203.0.113.7
Devices: 3 signed out

Not you?
Say so now. It ends the new password, signs out all your devices and
tells your administrators.

This was not me:

{CHANGE_NOT_ME}

The link works for 7 days. After that, use Forgot password? on the
sign-in page.

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
fn the_whole_text_of_what_the_owner_reads_of_a_link_that_the_operator_made() {
    let expected = format!(
        "Hello Ana Lima,

The operator of this server made a link for you to set a new password.

The link is not in this mail: it is handed over to you in another way.

Nothing changes until you set a new password. Then all your devices are
signed out.

Account: ana@example.com
Deadline: Valid for 24 hours, until Wednesday 25 November 2026, 14:32
(Europe/Berlin, UTC+1).
Made: 24 Nov 2026, 14:32 (Europe/Berlin)
Reference: 7KQ2M4

Did you not ask for help?
Say so now. It withdraws the link and tells your administrators.

This was not me:

{LINK}/not-me

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    assert_eq!(compose_link_shown(&shown()).text, expected);
}

#[test]
fn the_whole_texts_about_a_new_address() {
    let to_new = format!(
        "Hello Ana Lima,

Bo Chen, manager at Acme, entered a new email for your account.

Confirm this address:

{EMAIL_LINK}

Once confirmed, it counts from 25 Nov 2026, 14:32 (Europe/Berlin). Until
then everything stays as it is.

Old email: ana@example.com
New email: ana@new.example
Entered by: Bo Chen, manager
Entered: 24 Nov 2026, 14:32 (Europe/Berlin)
Deadline: Valid for 24 hours, until Wednesday 25 November 2026, 14:32
(Europe/Berlin, UTC+1).

Not expected?
Ignore this mail. The link stops working by itself.

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    let to_old = format!(
        "Hello Ana Lima,

Bo Chen, manager at Acme, entered a new email for your account.

Once confirmed, it counts from 25 Nov 2026, 14:32 (Europe/Berlin). Until
then everything stays as it is.

Old email: ana@example.com
New email: ana@new.example
Entered by: Bo Chen, manager
Entered: 24 Nov 2026, 14:32 (Europe/Berlin)

Not wanted?
Stop the change here. That works after the change too, and brings this
address back.

Stop this change:

{EMAIL_LINK}

Valid for 24 hours, until Wednesday 25 November 2026, 14:32
(Europe/Berlin, UTC+1).

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
"
    );
    assert_eq!(compose_confirm_email(&email_change()).text, to_new);
    assert_eq!(compose_email_changing(&email_change()).text, to_old);
}

#[test]
fn both_parts_say_the_same() {
    for mail in all() {
        let words = seen(&mail.html);
        let rows = rows(&mail.html);
        let mut labels = rows.iter().map(|(label, _)| format!("{label}: "));
        let first_label = labels.next().unwrap();
        for row in &rows {
            assert_row(&mail, (&row.0, &row.1));
        }
        for block in mail.text.split("\n\n").filter(|block| !block.starts_with(&first_label)) {
            let block = block.replace('\n', " ");
            let block = block.trim().trim_end_matches(':');
            if !block.contains("://") {
                assert!(words.contains(block), "{block:?} is not in {words:?}");
            }
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
    // In the HTML part the first is a button, and stands once more to be copied; the second is only a link.
    let expected: Vec<_> = in_text.iter().take(1).chain(&in_text).cloned().collect();
    assert_eq!(in_html, expected);
    let bare = seen(&mail.html).matches("://").count();
    let question = seen(&mail.html).matches("Button does not work?").count();
    assert_eq!((bare, question), (in_text.len().min(1), in_text.len().min(1)));
    for link in &in_text {
        assert!(mail.text.contains(&format!("\n\n{link}\n\n")), "{link} is not alone");
    }
    in_text
}

#[test]
fn every_mail_has_the_links_that_it_needs_and_no_other() {
    let not_me = format!("{LINK}/not-me");
    let both = vec![LINK, &not_me];
    let expected = [
        both.clone(),
        both,
        vec![LINK],
        vec![LINK],
        vec![CHANGE_NOT_ME],
        vec![CHANGE_NOT_ME],
        vec![CHANGE_NOT_ME],
        vec![CHANGE_NOT_ME],
        vec![CHANGE_NOT_ME],
        vec![CHANGE_NOT_ME],
        vec![PAGE],
        vec![PAGE],
        vec![],
        vec![&not_me],
        vec![],
        vec![EMAIL_LINK],
        vec![EMAIL_LINK],
    ];
    let found = all().iter().map(links_of_both).collect::<Vec<_>>();
    assert_eq!(found, expected);
}

#[test]
fn the_whole_text_of_the_notice_that_a_link_is_dead() {
    let expected = "Hello Ana Lima,

Bo Chen, manager at Acme, withdrew your link to set a password.

The link in our earlier mail does not work any more. Your password is
unchanged. There is nothing to do.

Account: ana@example.com
Withdrawn by: Bo Chen, manager
Withdrawn: 24 Nov 2026, 14:35 (Europe/Berlin)

Questions: Acme, it@acme.example.
We never ask for your password by mail or phone.
";
    assert_eq!(compose_link_withdrawn(&withdrawn()).text, expected);
}

#[test]
fn the_whole_text_of_what_an_administrator_reads() {
    let about_link_text = format!(
        "Hello Cy Diaz,

Ana Lima said \"this was not me\" about a link to set a password.

We withdrew all links and ended all sessions. The password is unchanged.

Find out who asked for it, and why.

Open their page:

{PAGE}

Account: ana@example.com
Reported: 24 Nov 2026, 14:50 (Europe/Berlin)
Asked by: Bo Chen
Asked: 24 Nov 2026, 14:32 (Europe/Berlin)
Devices: 1 signed out
Reference: 7KQ2M4

We never ask for your password by mail or phone.
"
    );
    let about_change_text = format!(
        "Hello Cy Diaz,

Ana Lima said \"this was not me\" about a new password.

We withdrew all links and ended all sessions. The password that was set
does not work any more.

Talk to the person now. Somebody else may know their password, or read
their mail. Then send them a new link.

Open their page:

{PAGE}

Account: ana@example.com
Reported: 24 Nov 2026, 14:50 (Europe/Berlin)
Password set: 24 Nov 2026, 14:41 (Europe/Berlin)
Devices: 3 signed out

We never ask for your password by mail or phone.
"
    );
    for (about, words) in [(about_link(), about_link_text), (about_change(), about_change_text)] {
        assert_eq!(compose_not_me(&not_me(about)).text, words);
    }
}

#[test]
fn lines_of_the_text_part_fit_72_columns() {
    let mut letter = reset(Kind::Oneself);
    letter.parties.company = "Ünïcödé Länge ".repeat(7);
    letter.parties.name = "名前 ".repeat(33);
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
    letter.parties.email = format!("{}@{}.example", "a-b".repeat(20), "c-d".repeat(20));
    assert!(compose_reset(&letter).text.contains(&letter.parties.email));
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
                letter.parties.company.clone_from(&company);
                letter.asked_by = Some(Asker {
                    name: name.clone(),
                    of: None,
                    role: Role::Manager,
                });
                let subject = compose_reset(&letter).subject;
                let mut told = not_me(about_change());
                told.parties.company.clone_from(&company);
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
}

#[test]
fn a_subject_drops_who_asked_before_it_cuts_the_company() {
    for (company, asker, subject) in [
        (
            "Blue Heron",
            "Max Manager",
            "Blue Heron: set a new password (asked by Max Manager)",
        ),
        // 60 characters, and one more.
        (
            "Blue Heron Cargos",
            "Max Manager",
            "Blue Heron Cargos: set a new password (asked by Max Manager)",
        ),
        (
            "Blue Heron Freight",
            "Max Manager",
            "Blue Heron Freight: set a new password",
        ),
        (
            "Blue Heron Logistics and Sons of the Northern Hemisphere",
            "Max Manager",
            "Blue Heron Logistics and Sons of the No…: set a new password",
        ),
    ] {
        let mut letter = reset(Kind::Manager);
        letter.parties.company = company.to_owned();
        letter.asked_by = Some(Asker {
            name: asker.to_owned(),
            ..bo()
        });
        assert_eq!(compose_reset(&letter).subject, subject);
    }
}

#[test]
fn g3_no_line_breaks_from_names() {
    let evil = "Eve\r\nBcc: all@example.com\u{2028}\u{85}\u{202e}\0x";
    let mut letter = reset(Kind::Manager);
    letter.parties.company = evil.to_owned();
    letter.parties.name = evil.to_owned();
    letter.asked_by = Some(Asker {
        name: evil.to_owned(),
        of: None,
        role: Role::Manager,
    });
    letter.parties.contact = Some(evil.to_owned());
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
    dead.parties.company = evil.to_owned();
    dead.parties.name = evil.to_owned();
    dead.by.name = evil.to_owned();
    dead.parties.contact = Some(evil.to_owned());
    let mut to_administrator = not_me(About::Link {
        asked_by: Some(evil.to_owned()),
        asked_at: ASKED_AT,
        reference: evil.to_owned(),
        signed_out: 0,
    });
    to_administrator.parties.company = evil.to_owned();
    to_administrator.parties.name = evil.to_owned();
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
    letter.parties.company = evil.to_owned();
    letter.parties.name = evil.to_owned();
    letter.parties.email = evil.to_owned();
    letter.device = Some(evil.to_owned());
    letter.client_address = Some(evil.to_owned());
    letter.reference = evil.to_owned();
    letter.parties.contact = Some(evil.to_owned());
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
            "<img",
            "<script",
            "<link",
            "<form",
            "<iframe",
            "url(",
            "@import",
            "src=",
            "position",
            "http-equiv",
            "@font",
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
        letter.parties.contact = Some("  ".to_owned());
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
    let text = compose_reset(&letter).text;
    assert!(!text.contains("Browser:") && !text.contains("IP address:"), "{text}");
    let mut notice = changed(How::OwnerAsked);
    notice.device = None;
    notice.client_address = None;
    notice.signed_out = 1;
    let text = compose_password_changed(&notice).text;
    assert!(!text.contains("Browser:") && !text.contains("IP address:") && text.contains("\nDevices: 1 signed out\n"));
}

#[test]
fn nobody_was_signed_in_where_no_session_ended() {
    let mut notice = changed(How::OwnerAsked);
    notice.signed_out = 0;
    assert_row(&compose_password_changed(&notice), ("Devices", "None was signed in"));
}

#[test]
fn a_cancelled_address_is_named() {
    let mut notice = changed(How::OwnerAsked);
    notice.cancelled_email = Some("new@x.example".to_owned());
    let mail = compose_password_changed(&notice);
    let said = "The new email new@x.example, which did not count yet, is cancelled.";
    assert!(mail.text.replace('\n', " ").contains(said) && seen(&mail.html).contains(said));
}

#[test]
fn a_mail_has_the_colours_of_its_company_in_light_and_dark() {
    for &accent in Accent::ALL {
        let mut letter = reset(Kind::Manager);
        letter.parties.accent = accent;
        let html = compose_reset(&letter).html;
        let (light, dark) = (palette::light(accent), palette::dark(accent));
        for (scheme, rule) in [
            (&light, "class=\"rule\" height=\"6\" bgcolor=\""),
            (&dark, ".rule, .button { background-color: "),
        ] {
            assert!(html.contains(&format!("{rule}{}", scheme.accent)), "{accent}: {html}");
        }
        assert!(html.contains(&format!("bgcolor=\"{}\"", light.accent)));
        assert!(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"));
    }
}

#[test]
fn lines_begin_at_the_side_of_the_writing_direction() {
    let parties = parties();
    let letter = || parts::Letter {
        parties: &parties,
        headline: mails::HEADLINE_ASK_MANAGER,
        fuller_subject: None,
        preheader: String::new(),
        opening: vec!["שלום".to_owned()],
        button: None,
        details: Vec::new(),
        facts: vec![parties.account()],
        aside: None,
        closing: parties.closing(),
    };
    let html = letter().render_in("he", "rtl").html;
    assert!(
        html.starts_with("<!DOCTYPE html>\n<html lang=\"he\" dir=\"rtl\">"),
        "{html}"
    );
    assert!(html.contains("lang=\"he\" dir=\"rtl\" width=") && html.contains("text-align: right"));
    assert!(!html.contains("left"), "{html}");
    assert!(!letter().render().html.contains("right"));
}
