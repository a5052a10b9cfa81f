//! Words of importing people.

use rekey_domain::batch::LineOutcome;
use rekey_domain::role::Role;

use crate::texts::pages;
use crate::texts::totals;

/// Link.
pub const TITLE: &str = "Import users";
/// Heading of the page that takes a list, however it comes.
pub const TITLE_LIST: &str = "Invite people from a list";
/// Heading of the same page where lines are pasted.
pub const TITLE_LINES: &str = "Invite people: paste lines";
/// Heading of the same page where a file is chosen.
pub const TITLE_FILE: &str = "Invite people: CSV file";
/// The ways to invite people, as links.
pub const WAYS: &str = "Ways to invite";
/// Link: the form for one person.
pub const ONE_PERSON: &str = "One person";
/// Link: the form for pasted lines.
pub const PASTE_LINES: &str = "Paste lines";
/// Field, where lines are pasted and no file is asked for.
pub const LINES_ALONE: &str = "Lines: name, email, role";
/// Which columns a list has.
pub const COLUMNS: &str = "The columns are name, email and role. Other columns are left alone.";
/// Hint at the columns: what other programs write.
pub const OTHER_PROGRAMS: &str =
    "With a first line that names them, lists of Google, Microsoft and most HR programs work as they are.";
/// Link.
pub const DOWNLOAD_SAMPLE: &str = "Download a sample file";
/// The sample: it is read as it is.
pub const SAMPLE: &str = "Name,Email,Role\r\n\
    Ana Lima,ana.lima@example.com,user\r\n\
    Bo Chen,bo.chen@example.com,read-only\r\n\
    Cy Diaz,cy.diaz@example.com,\r\n";
/// What stands where nothing else does: a line in the field for pasted ones.
pub const LINES_HINT: &str = "One person a line, such as: Ana Lima, ana.lima@example.com, user. Or as a mail program writes them: Ana Lima <ana.lima@example.com>.";
/// Field.
pub const FILE: &str = "CSV file";
/// Field.
pub const LINES: &str = "Or paste lines: name, email, role";
/// Button.
pub const CHECK: &str = "Check lines";
/// What it is about.
pub const FIRST_CHECKED: &str =
    "Nobody is created and nobody gets a mail before you have seen what will come of each line.";
/// Hint at the file.
pub const FILE_HINT: &str =
    "One person a line, at most 10,000, as UTF-8 text of at most 1 MiB. In Excel, save as \"CSV UTF-8\".";
/// Column.
pub const LINE: &str = "Line";
/// Column.
pub const NAME: &str = "Name";
/// Column.
pub const ROLE: &str = "Role";
/// Column.
pub const WHY: &str = "Reason";
/// Link: the same lines, to be changed and checked once more.
pub const CHANGE_LINES: &str = "Change lines";
/// Link.
pub const START_AGAIN: &str = "Start again";
/// Heading where nobody can be invited.
pub const NOBODY: &str = "Nobody on this list can be invited";
/// What the press does.
pub const WHAT_HAPPENS: &str =
    "Each of them gets an account and a mail with a link to set a password. It works for 72 hours.";
/// A draft that was pressed before.
pub const PRESSED: &str = "This list was confirmed.";
/// Link.
pub const TO_BATCH: &str = "See what comes of it";

/// A detail: there is nothing.
pub const EMPTY: &str = "empty";
/// A detail: there is too much.
pub const TOO_LONG: &str = "too-long";
/// A detail: there is a web address in it.
pub const WEB_ADDRESS: &str = "web-address";

/// Which roles can stand in a line.
pub fn roles_hint(roles: &[Role]) -> String {
    format!("The role is {}. Without one it is user.", either(roles))
}

/// Roles as a choice: `manager, user or read-only`.
fn either(roles: &[Role]) -> String {
    let words: Vec<_> = roles.iter().map(|role| pages::role_in_sentence(*role)).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// Heading of a list that was checked.
pub fn invite_heading(count: u64) -> String {
    match count {
        0 => NOBODY.to_owned(),
        n => format!("Invite {}?", totals::number_of(n, "person", "people")),
    }
}

/// Button.
pub fn invite(count: u64) -> String {
    format!("Invite {}", totals::number_of(count, "person", "people"))
}

/// Link to a table.
pub fn count_ready(lines: u64) -> String {
    format!("{lines} will be invited")
}

/// Link to a table.
pub fn count_here(lines: u64) -> String {
    match lines {
        1 => "1 is already here".to_owned(),
        n => format!("{n} are already here"),
    }
}

/// Link to a table.
pub fn count_refused(lines: u64) -> String {
    format!("{lines} cannot be imported")
}

/// Heading, and name of the table.
pub fn will_be_invited(lines: u64) -> String {
    format!("Will be invited ({lines})")
}

/// Heading, and name of the table.
pub fn already_here(lines: u64) -> String {
    format!("Already here ({lines})")
}

/// Heading, and name of the table.
pub fn cannot_be_imported(lines: u64) -> String {
    format!("Cannot be imported ({lines})")
}

/// Under a table that does not show all.
pub fn more(lines: u64) -> String {
    match lines {
        1 => "And 1 line more.".to_owned(),
        n => format!("And {n} lines more."),
    }
}

/// A role as a table shows it: the word of a role that there is, or what stood there.
pub fn role(written: &str) -> String {
    match written.parse() {
        Ok(role) => pages::role(role).to_owned(),
        Err(_) => written.to_owned(),
    }
}

/// Why nobody comes of a line, or what comes of it. `roles`: those that whoever reads it may give.
pub fn outcome(outcome: LineOutcome, detail: Option<&str>, roles: &[Role]) -> String {
    let said = detail.unwrap_or_default();
    match outcome {
        LineOutcome::Ready => "Will be invited.".to_owned(),
        LineOutcome::Done => "Invited.".to_owned(),
        LineOutcome::AlreadyHere => "Already here.".to_owned(),
        LineOutcome::Malformed => "The line should have a name, an email and a role, and nothing else.".to_owned(),
        LineOutcome::BadEmail if said == EMPTY => "The email is missing.".to_owned(),
        LineOutcome::BadEmail => "The email is not like name@example.com.".to_owned(),
        LineOutcome::BadName if said == EMPTY => "The name is missing.".to_owned(),
        LineOutcome::BadName if said == TOO_LONG => "The name has more than 100 characters.".to_owned(),
        LineOutcome::BadName if said == WEB_ADDRESS => "The name has a web address in it.".to_owned(),
        LineOutcome::BadName => "The name has characters that no name has.".to_owned(),
        LineOutcome::BadRole => format!("The role should be {}.", either(roles)),
        LineOutcome::RoleNotAllowed if said == Role::Administrator.as_str() => {
            "Only the operator of this server makes administrators.".to_owned()
        }
        LineOutcome::RoleNotAllowed => "You can give roles below your own.".to_owned(),
        LineOutcome::Twice => format!("The same email is on line {said}."),
        LineOutcome::Unusable => "This email cannot be used. Ask support.".to_owned(),
        LineOutcome::Limit => {
            format!("Not checked: too many emails cannot be used. Import this line again at {said}.")
        }
        LineOutcome::Revoked => "Withdrawn before it was invited.".to_owned(),
        LineOutcome::NotAllowed => "Whoever imported may not create people any more.".to_owned(),
        // Of links for people who are there.
        LineOutcome::Deleted | LineOutcome::AlreadyWaiting | LineOutcome::NotHere | LineOutcome::You => {
            outcome.as_str().to_owned()
        }
    }
}
