use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::id::{CompanyId, UserId};
use crate::policy::{Action, Actor, decide};
use crate::time::Timestamp;

/// What somebody of the company with this role may give.
fn given_by(role: Role) -> impl Fn(Role) -> bool {
    let actor = Actor {
        user: UserId::mint(Timestamp::from_millis(1), [1; 10]),
        company: CompanyId::mint(Timestamp::from_millis(1), [2; 10]),
        role,
    };
    move |new| decide(&actor, Action::CreateUser(new), None).is_ok()
}

fn rows(list: &[&[&str]]) -> Vec<Row> {
    let row = |(line, cells): (u32, &&[&str])| Row {
        line,
        cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
    };
    (1..).zip(list).map(row).collect()
}

fn read_by(role: Role, list: &[&[&str]]) -> Vec<Line> {
    read(&rows(list), given_by(role)).expect("a list")
}

/// Name, address and role of whoever can be imported, else why not.
fn results(lines: &[Line]) -> Vec<Result<(&str, &str, Role), Refused>> {
    lines
        .iter()
        .map(|line| match &line.person {
            Ok(person) => Ok((person.name.as_str(), person.email.as_str(), person.role)),
            Err(why) => Err(*why),
        })
        .collect()
}

#[test]
fn a_list_without_names_of_columns_has_name_email_and_role() {
    let lines = read_by(
        Role::Administrator,
        &[
            &[" Ana  Lima ", " Ana@Example.com ", "Manager"],
            &["", " ", ""],
            &["Bo", "bo@example.com"],
            &["Cy", "cy@example.com", "", "", " "],
        ],
    );
    assert_eq!(
        results(&lines),
        [
            Ok(("Ana Lima", "Ana@example.com", Role::Manager)),
            Ok(("Bo", "bo@example.com", Role::User)),
            Ok(("Cy", "cy@example.com", Role::User)),
        ]
    );
    assert_eq!(lines.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 3, 4]);
}

#[test]
fn the_first_row_may_name_the_columns_in_any_order() {
    for (head, row) in [
        (
            &["Role", "NAME", " E-Mail "][..],
            &["read only", "Ana", "ana@example.com"][..],
        ),
        (&["mail", "name", "Role"], &["ana@example.com", "Ana", "Read-Only"]),
        (
            &["Name", "Phone", "Email", "Role", "Status"],
            &["Ana", "+49 30", "ana@example.com", "read-only", "active"],
        ),
    ] {
        let lines = read_by(Role::Manager, &[&[""], head, row]);
        let ana = Ok(("Ana", "ana@example.com", Role::ReadOnly));
        assert_eq!(results(&lines), [ana], "{head:?}");
        assert_eq!(lines[0].line, 3);
    }
    let lines = read_by(Role::Manager, &[&["email", "name"], &["ana@example.com", "Ana"]]);
    assert_eq!(results(&lines), [Ok(("Ana", "ana@example.com", Role::User))]);
}

#[test]
fn k9_headers_of_other_programs_are_understood() {
    for (head, row) in [
        (
            &["Email address", "Full name"][..],
            &["ana@example.com", "Ana Lima"][..],
        ),
        (&["E-Mail-Adresse", "Anzeigename"], &["ana@example.com", "Ana Lima"]),
        (&["displayName", "userPrincipalName"], &["Ana Lima", "ana@example.com"]),
        (
            &["Mail", "Display name", "userPrincipalName"],
            &["ana@example.com", "Ana Lima", "al@intern.example"],
        ),
        (
            &["First name", "Last name", "Mail"],
            &["Ana", "Lima", "ana@example.com"],
        ),
        (&["Nachname", "Vorname", "E-Mail"], &["Lima", "Ana", "ana@example.com"]),
        (&["Name", "Vorname", "E-Mail"], &["Lima", "Ana", "ana@example.com"]),
        (&["Name", "Surname", "Email"], &["Ana", "Lima", "ana@example.com"]),
        (
            &["Nom", "Prénom", "Adresse e-mail"],
            &["Lima", "Ana", "ana@example.com"],
        ),
        (
            &["GivenName", "Name", "Surname", "UserPrincipalName"],
            &["A.", "Ana Lima", "L.", "ana@example.com"],
        ),
        (
            &[
                "First Name [Required]",
                "Last Name [Required]",
                "Email Address [Required]",
            ],
            &["Ana", "Lima", "ana@example.com"],
        ),
        (&["Name", "E-mail 1 - Value"], &["Ana Lima", "ana@example.com"]),
        (&["Username", "Display name"], &["ana@example.com", "Ana Lima"]),
        (
            &["First name", "Last name", "Email"],
            &["Ana", "Lima", "ana@example.com"],
        ),
        (&["First", "Last", "Work Email"], &["Ana", "Lima", "ana@example.com"]),
        (
            &[
                "Display name",
                "First name",
                "Last name",
                "User principal name",
                "User type",
            ],
            &["Ana Lima", "A.", "L.", "ana@example.com", "Member"],
        ),
        (
            &["username", "email", "status", "fullname", "displayname"],
            &["ana", "ana@example.com", "Active", "Ana Lima", "Ana"],
        ),
        (
            &["User id", "User name", "email"],
            &["712020", "Ana Lima", "ana@example.com"],
        ),
        (
            &["Employee Name", "Job title", "Email (work)"],
            &["Ana Lima", "Viewer of maps", "ana@example.com"],
        ),
        (
            &["Legal Name", "Email - Primary Work"],
            &["Ana Lima", "ana@example.com"],
        ),
        (&["Apellidos", "Nombre", "Correo"], &["Lima", "Ana", "ana@example.com"]),
        (
            &["Imi\u{119}", "Nazwisko", "Adres e-mail"],
            &["Ana", "Lima", "ana@example.com"],
        ),
        (
            &["F\u{f6}rnamn", "Efternamn", "E-post"],
            &["Ana", "Lima", "ana@example.com"],
        ),
        (
            &["e mail", "NAME", "Rolle"],
            &["Lima, Ana <ana@example.com>", "Ana Lima", "user"],
        ),
    ] {
        let lines = read_by(Role::Manager, &[head, row]);
        assert_eq!(
            results(&lines),
            [Ok(("Ana Lima", "ana@example.com", Role::User))],
            "{head:?}"
        );
    }
}

#[test]
fn k9_a_header_without_what_is_needed_is_told_as_one() {
    let refused = |list: &[&[&str]]| read(&rows(list), |_| true).map(|lines| lines.len());
    let ana = &["Ana", "ana@example.com", "user"][..];
    let no = |column, found: &str| Err(NoList::NoColumn(column, TextLine::of(found)));
    for (head, why) in [
        (
            &["Kunde", "Adresse", "Art"][..],
            no(Column::Email, "Kunde, Adresse, Art"),
        ),
        (&["Name", "Adresse", ""], no(Column::Email, "Name, Adresse")),
        (&["First name", "Email"], no(Column::Name, "First name, Email")),
        (&["Email"], no(Column::Name, "Email")),
        (
            &["Name", "Email", "Mail"],
            Err(NoList::TwoColumns(Column::Email, TextLine::of("Name, Email, Mail"))),
        ),
    ] {
        assert_eq!(refused(&[head, ana, ana]), why, "{head:?}");
    }
    assert_eq!(
        refused(&[&["name", "email", "mail"]]),
        Err(NoList::TwoColumns(Column::Email, TextLine::of("name, email, mail")))
    );
    // A list of something else.
    let shop = |first: &[&str]| refused(&[first, &["Anvil", "7"], &["Rope", "12"]]);
    assert_eq!(shop(&["Article", "Price"]), no(Column::Email, "Article, Price"));
    let nobody = &["Al", "al at heron", "user"][..];
    assert_eq!(
        refused(&[&["Bo", "bo at heron", "user"], nobody]),
        Ok(2),
        "two whose addresses are wrong"
    );
    assert_eq!(
        refused(&[&["Bo", "bo at heron"], &["Al", "al@"]]),
        Ok(2),
        "and two more"
    );
    // Somebody whose address is wrong is no header, where nothing else says so.
    for first in [
        &["Bo", "bo at heron"][..],
        &["Bo", "bo at heron", "user"],
        &["Bo", "", "user"],
        &["Bo"],
    ] {
        let alone = read(&rows(&[first]), |_| true).expect("a list");
        assert!(alone[0].person.is_err(), "{first:?}");
    }
    for first in [&["Bo", "bo at heron", "user"][..], &["Bo", "", ""], &["Bo"]] {
        assert_eq!(refused(&[first, ana]), Ok(2), "{first:?}");
    }
}

#[test]
fn k8_the_column_of_the_address_may_have_the_name_too() {
    let lines = read_by(
        Role::Manager,
        &[
            &["Name", "Email"],
            &["Uma", "User, Uma <uma@a.example>"],
            &["Rob", "\"Reader, Rob (IT)\" <rob@a.example>;"],
            &["Ada", "\u{200b}ada@a.example\u{200b}"],
            &["Ivy", "mailto:ivy@a.example"],
            &["", "Lima, Ana <ana@a.example>"],
            &["Bo", "bo@a.example; al@a.example"],
            &["Uma", "UMA <uma@a.example>"],
        ],
    );
    let user = |name, email| Ok((name, email, Role::User));
    assert_eq!(
        results(&lines),
        [
            user("Uma", "uma@a.example"),
            user("Rob", "rob@a.example"),
            user("Ada", "ada@a.example"),
            user("Ivy", "ivy@a.example"),
            user("Lima, Ana", "ana@a.example"),
            Err(Refused::Email(EmailProblem::Malformed)),
            Err(Refused::Twice(2)),
        ]
    );
}

#[test]
fn k8_people_without_columns_may_be_written_as_in_a_mail_program() {
    let user = |name, email| Ok((name, email, Role::User));
    let lines = read_by(
        Role::Administrator,
        &[
            &["Tom Tau <tom@a.example>"],
            &["uma.user@a.example"],
            &["rob@a.example", "Rob Reader"],
            &["Ada Admin <ada@a.example>", "manager"],
            &["ivy.invited@a.example", "", "read-only"],
            &["max@a.example", "Max Manager", "Manager"],
            &["Cy", "cy@a.example"],
            &["Lima", " Ana <ana@a.example>", "manager"],
            &["Ed Eger", "Ed <ed@a.example>"],
            &["", "bo@a.example"],
            &["bo@a.example", "Bo", "owner"],
            &["bo@a.example", "Bo", "user", "4711"],
        ],
    );
    assert_eq!(
        results(&lines),
        [
            user("Tom Tau", "tom@a.example"),
            user("Uma User", "uma.user@a.example"),
            user("Rob Reader", "rob@a.example"),
            Ok(("Ada Admin", "ada@a.example", Role::Manager)),
            Ok(("Ivy Invited", "ivy.invited@a.example", Role::ReadOnly)),
            Ok(("Max Manager", "max@a.example", Role::Manager)),
            user("Cy", "cy@a.example"),
            Ok(("Lima, Ana", "ana@a.example", Role::Manager)),
            user("Ed Eger", "ed@a.example"),
            Err(Refused::Name(NameProblem::Empty)),
            Err(Refused::UnknownRole),
            Err(Refused::Malformed),
        ]
    );
    assert_eq!(lines[2].line, 3);
    // An address in place of a name is none; another one in it is somebody, who is not swallowed.
    let lines = read_by(
        Role::Manager,
        &[
            &["uma.user@a.example <uma.user@a.example>"],
            &["Zoe <zoe@a.example; \"Tau, Tom\" <tom@a.example>"],
            &["zoe@a", "Tom <tom@a.example>"],
        ],
    );
    assert_eq!(
        results(&lines),
        [
            user("Uma User", "uma.user@a.example"),
            Err(Refused::Malformed),
            user("zoe@a", "tom@a.example"),
        ]
    );
    // A To line: each is somebody, and of a second line too.
    let lines = read_by(
        Role::Manager,
        &[
            &["User, Uma <uma@a.example>", " Tom <tom@a.example>", "ivy@a.example", ""],
            &["rob@a.example"],
        ],
    );
    assert_eq!(
        results(&lines),
        [
            user("User, Uma", "uma@a.example"),
            user("Tom", "tom@a.example"),
            user("Ivy", "ivy@a.example"),
            user("Rob", "rob@a.example"),
        ]
    );
    assert_eq!(lines.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn f10_a_name_with_a_web_address_is_refused() {
    let lines = read_by(Role::Manager, &[&["Win at www.evil.example", "a@a.example"]]);
    assert_eq!(results(&lines), [Err(Refused::Name(NameProblem::WebAddress))]);
}

#[test]
fn roles_are_read_as_people_write_them() {
    for (text, role) in [
        ("", Some(Role::User)),
        ("  ", Some(Role::User)),
        ("user", Some(Role::User)),
        (" USER\t", Some(Role::User)),
        ("Read only", Some(Role::ReadOnly)),
        ("read  ONLY", Some(Role::ReadOnly)),
        ("read_only", Some(Role::ReadOnly)),
        ("readonly", Some(Role::ReadOnly)),
        ("Manager", Some(Role::Manager)),
        ("Admin", Some(Role::Administrator)),
        ("administrator", Some(Role::Administrator)),
        ("Viewer", Some(Role::ReadOnly)),
        ("View-only", Some(Role::ReadOnly)),
        ("Guest", Some(Role::ReadOnly)),
        ("Member", Some(Role::User)),
        ("Employee", Some(Role::User)),
        ("Standard user", Some(Role::User)),
        ("Benutzer", Some(Role::User)),
        ("Invit\u{e9}", Some(Role::ReadOnly)),
        ("Super Admin", Some(Role::Administrator)),
        ("Global Administrator", Some(Role::Administrator)),
        ("users", None),
        ("-", None),
        ("owner", None),
        ("user manager", Some(Role::Manager)),
        ("manager of nobody", None),
    ] {
        assert_eq!(parse_role(text), role, "{text:?}");
    }
}

#[test]
fn what_another_program_calls_a_role_gives_no_more_than_one_may() {
    let lines = read_by(
        Role::Manager,
        &[
            &["First name", "Last name", "Email", "User type"],
            &["Ana", "Lima", "ana@example.com", "Guest"],
            &["Bo", "Chen", "bo@example.com", "Super admin"],
            &["Cy", "Diaz", "cy@example.com", "Manager"],
        ],
    );
    assert_eq!(
        results(&lines),
        [
            Ok(("Ana Lima", "ana@example.com", Role::ReadOnly)),
            Err(Refused::RoleNotAllowed(Role::Administrator)),
            Err(Refused::RoleNotAllowed(Role::Manager)),
        ]
    );
}

#[test]
fn the_names_of_columns_win_over_their_places() {
    let lines = read_by(
        Role::Manager,
        &[
            &["Role", "Last name", "Email address", "First name"],
            &["viewer", "Lima", "ana@example.com", "Ana"],
        ],
    );
    assert_eq!(results(&lines), [Ok(("Ana Lima", "ana@example.com", Role::ReadOnly))]);
}

#[test]
fn pasted_people_become_a_list_that_reads_back() {
    let list = list_of([
        (None, "ana.lima+hr@example.com"),
        (Some(" Diaz, Cy \"C\" "), "cy@example.com"),
        (Some("www.evil.example"), "bo_chen-2@example.com"),
        (None, "+x@example.com"),
    ]);
    assert_eq!(
        list,
        "\"Ana Lima\",\"ana.lima+hr@example.com\"\n\
         \"Diaz, Cy \"\"C\"\"\",\"cy@example.com\"\n\
         \"Bo Chen 2\",\"bo_chen-2@example.com\"\n\
         \"+x\",\"+x@example.com\"\n"
    );
}

#[test]
fn d8_nobody_of_a_company_imports_an_administrator_or_their_own_equal() {
    for (by, allowed) in [
        (Role::Administrator, &[Role::Manager, Role::User, Role::ReadOnly][..]),
        (Role::Manager, &[Role::User, Role::ReadOnly]),
        (Role::User, &[]),
        (Role::ReadOnly, &[]),
    ] {
        for &role in Role::ALL {
            let lines = read_by(by, &[&["Ana", "ana@example.com", role.as_str()]]);
            let expected = if allowed.contains(&role) {
                Ok(("Ana", "ana@example.com", role))
            } else {
                Err(Refused::RoleNotAllowed(role))
            };
            assert_eq!(results(&lines), [expected], "{by} gives {role}");
        }
    }
}

#[test]
fn of_one_address_the_first_line_that_can_be_imported_counts() {
    let lines = read_by(
        Role::Manager,
        &[
            &["Ana", "ana@example.com", "owner"],
            &["Ana", "Ana@Example.com", "user"],
            &["Ana L.", "\u{ff21}NA@EXAMPLE.COM", "read-only"],
            &["", "ana@example.com"],
        ],
    );
    assert_eq!(
        results(&lines),
        [
            Err(Refused::UnknownRole),
            Ok(("Ana", "Ana@example.com", Role::User)),
            Err(Refused::Twice(2)),
            Err(Refused::Name(NameProblem::Empty)),
        ]
    );
}

#[test]
fn what_is_wrong_with_a_row_is_told() {
    let long = "n".repeat(300);
    for (row, why) in [
        (&["Ana"][..], Refused::Malformed),
        (&["Lima", "Ana", "ana@example.com", "user"], Refused::Malformed),
        (&["A\0na", "ana@example.com"], Refused::Malformed),
        (&["Ana", "ana@example.com", "user\u{7}"], Refused::Malformed),
        (&["Ana", "ana@example.com", "user", "\u{1b}"], Refused::Malformed),
        (&["Ana", "ana at example.com"], Refused::Email(EmailProblem::Malformed)),
        (&["Ana", ""], Refused::Email(EmailProblem::Empty)),
        (&["", "ana@example.com"], Refused::Name(NameProblem::Empty)),
        (&[&long, "ana@example.com"], Refused::Name(NameProblem::TooLong)),
        (
            &["A\nna", "ana@example.com"],
            Refused::Name(NameProblem::ForbiddenCharacter),
        ),
        (
            &["A\u{202e}na", "ana@example.com"],
            Refused::Name(NameProblem::ForbiddenCharacter),
        ),
        (&["Ana", "ana@example.com", "owner"], Refused::UnknownRole),
    ] {
        let lines = read_by(Role::Manager, &[row]);
        assert_eq!(results(&lines), [Err(why)], "{row:?}");
    }
    // A formula is a name like another: it is only ever shown, and downloads write it as words.
    let lines = read_by(Role::Manager, &[&["=HYPERLINK(1)", "ana@example.com"]]);
    assert_eq!(results(&lines), [Ok(("=HYPERLINK(1)", "ana@example.com", Role::User))]);
}

#[test]
fn what_was_written_is_shown_without_signs_that_reorder_and_cut_where_it_is_long() {
    let long = "a".repeat(MOST_SHOWN);
    // Something of an address in it, so that this is a list of people.
    let too_long = format!("{long}@");
    let lines = read_by(
        Role::Manager,
        &[&[" Ana\u{202e}\tB ", "no address", "owner"], &[&long, &too_long]],
    );
    let cells = |line: &Line| [line.name.to_string(), line.email.to_string(), line.role.to_string()];
    assert_eq!(cells(&lines[0]), ["Ana\u{fffd}\u{fffd}B", "no address", "owner"]);
    assert_eq!(cells(&lines[1]), [long.clone(), format!("{long}…"), String::new()]);
}

#[test]
fn a_list_has_somebody_and_not_too_many() {
    let read = |rows: &[Row]| read(rows, |_| true).map(|lines| lines.len());
    assert_eq!(read(&[]), Err(NoList::Empty));
    assert_eq!(read(&rows(&[&["", " "], &["Name", "Email"]])), Err(NoList::Empty));
    let row = |number: usize| Row {
        line: u32::try_from(number + 2).expect("a line"),
        cells: vec!["Ana".to_owned(), format!("ana{number}@example.com")],
    };
    let mut list = rows(&[&["Name", "Email"]]);
    list.extend((0..MOST_LINES).map(row));
    assert_eq!(read(&list), Ok(MOST_LINES));
    list.push(row(MOST_LINES));
    assert_eq!(read(&list), Err(NoList::TooLong));
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        "[a-c]@[x-y]\\.example",
        Just("name".to_owned()),
        Just("Email".to_owned()),
        Just("manager".to_owned()),
        Just(String::new()),
        proptest::collection::vec(any::<char>(), 0..200).prop_map(|signs| signs.into_iter().collect()),
    ]
}

proptest! {
    #[test]
    fn every_row_gets_one_answer_and_no_address_is_ready_twice(
        list in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..6), 0..20)
    ) {
        let list: Vec<_> = (1..).zip(list).map(|(line, cells)| Row { line, cells }).collect();
        let is_somebody = |row: &&Row| row.cells.iter().any(|cell| !cell.trim().is_empty());
        let written: Vec<_> = list.iter().filter(is_somebody).map(|row| row.line).collect();
        let lines = match read(&list, given_by(Role::Manager)) {
            Ok(lines) => lines,
            // A header that has not what is needed is told instead of its people.
            Err(NoList::NoColumn(..) | NoList::TwoColumns(..)) => return Ok(()),
            Err(_) => {
                // Blank, or nothing but the names of the columns.
                prop_assert!(written.len() <= 1);
                return Ok(());
            }
        };
        let answered: Vec<_> = lines.iter().map(|line| line.line).collect();
        let are_counted = answered.iter().copied().eq(1..=u32::try_from(answered.len()).expect("few"));
        let is_one_each = written.ends_with(&answered) && written.len() - answered.len() <= 1;
        prop_assert!(is_one_each || are_counted && answered.len() > written.len());
        let mut keys = HashSet::new();
        for line in &lines {
            for shown in [&line.name, &line.email, &line.role] {
                prop_assert!(shown.as_str().chars().count() <= MOST_SHOWN + 1 && !shown.as_str().contains(char::is_control));
            }
            match &line.person {
                Ok(person) => {
                    prop_assert!(keys.insert(person.email.key().to_owned()), "{} is there twice", person.email);
                    prop_assert!(matches!(person.role, Role::User | Role::ReadOnly));
                }
                Err(Refused::Twice(first)) => {
                    prop_assert!(*first < line.line);
                    prop_assert!(lines.iter().any(|other| other.line == *first && other.person.is_ok()));
                }
                Err(_) => {}
            }
        }
    }
}
