//! An import of people: what each row of a list says, and why somebody on it can't become an account. How the list was
//! taken apart into cells is no matter of this file, nor whether an address is in use: for that one has to look.

mod header;
mod unnamed;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::batch::{LineOutcome, MOST_LINES};
use crate::email::{Email, EmailProblem};
use crate::fold::search_key;
use crate::name::{NameProblem, PersonName};
use crate::recipients;
use crate::role::Role;
use crate::text::TextLine;
use header::Columns;
use unnamed::in_usual_order;

/// The longest part of a row that is shown, in characters, and one more where it was cut.
pub const MOST_SHOWN: usize = 100;
/// A part of a row, fit to be shown.
pub type ShownCell = TextLine<{ MOST_SHOWN + 1 }>;

/// A row of the list, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the list on which it begins, as an editor counts.
    pub line: u32,
    /// What stands in it.
    pub cells: Vec<String>,
}

/// A column that a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The name.
    Name,
    /// The address.
    Email,
    /// The role.
    Role,
}

/// Why a list is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NoList {
    /// It is no text in UTF-8.
    #[error("the list is not in UTF-8")]
    NotUtf8,
    /// On this line begins a cell in quotes that does not end.
    #[error("line {0} opens a quote that is not closed")]
    OpenQuote(u32),
    /// There is nobody on it.
    #[error("the list is empty")]
    Empty,
    /// It has more rows than one import may have.
    #[error("the list has more than {MOST_LINES} rows")]
    TooLong,
    /// Its first row names columns, and none that can be this one. With what the row says.
    #[error("the header has no column for the {0:?}: {1}")]
    NoColumn(Column, TextLine<100>),
    /// Its first row names this column twice. With what the row says.
    #[error("the header has two columns for the {0:?}: {1}")]
    TwoColumns(Column, TextLine<100>),
}

/// Somebody who can become an account, if nobody uses the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: Email,
    /// Their role.
    pub role: Role,
}

/// Why somebody can't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The row has not the columns that it should, or signs that are no text.
    Malformed,
    /// The address can't be one.
    Email(EmailProblem),
    /// The name can't be one.
    Name(NameProblem),
    /// No role is called like this.
    UnknownRole,
    /// Whoever imports may not give this role.
    RoleNotAllowed(Role),
    /// The address stands on an earlier line, which comes first.
    Twice(u32),
}

impl Refused {
    /// The same as the outcome of a batch's line.
    pub fn outcome(self) -> LineOutcome {
        match self {
            Self::Malformed => LineOutcome::Malformed,
            Self::Email(_) => LineOutcome::BadEmail,
            Self::Name(_) => LineOutcome::BadName,
            Self::UnknownRole => LineOutcome::BadRole,
            Self::RoleNotAllowed(_) => LineOutcome::RoleNotAllowed,
            Self::Twice(_) => LineOutcome::Twice,
        }
    }
}

/// What a row came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line of the list.
    pub line: u32,
    /// The name as it stands there; the whole row, where it is malformed.
    pub name: ShownCell,
    /// The address as it stands there.
    pub email: ShownCell,
    /// The role as it stands there.
    pub role: ShownCell,
    /// Who it is; or why they can't be imported.
    pub person: Result<NewPerson, Refused>,
}

/// Reads a list. Its first row may name the columns, in any order and among others that are left alone. Without it they are
/// name, email and role, or people as a mail program writes them (`Ana Lima <ana@example.com>`). A role that is left out is that
/// of a user. Blank rows are none.
///
/// `may_give`: which roles whoever imports may give.
pub fn read(rows: &[Row], may_give: impl Fn(Role) -> bool) -> Result<Vec<Line>, NoList> {
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
        .collect();
    let (first, others) = rows.split_first().ok_or(NoList::Empty)?;
    let named = Columns::named_by(first, others)?;
    let people = match &named {
        Some(_) => others.iter().copied().cloned().collect(),
        None => in_usual_order(&rows),
    };
    if people.is_empty() {
        return Err(NoList::Empty);
    }
    if people.len() > MOST_LINES {
        return Err(NoList::TooLong);
    }
    let columns = named.unwrap_or(Columns::UNNAMED);
    let mut seen = HashMap::new();
    let lines = people.iter().map(|row| {
        let mut line = read_row(row, &columns, &may_give);
        // Whoever can't be imported is in nobody's way.
        if let Ok(person) = &line.person {
            match seen.get(person.email.key()) {
                Some(first) => line.person = Err(Refused::Twice(*first)),
                None => {
                    seen.insert(person.email.key().to_owned(), row.line);
                }
            }
        }
        line
    });
    Ok(lines.collect())
}

/// What a read-only account is called elsewhere.
const READERS: &[&str] = &[
    "readonly", "read", "reader", "viewer", "viewonly", "guest", "observer", "leser", "nurlesen", "gast", "lecteur",
    "invite", "lector", "invitado", "lettore", "ospite", "lezer",
];
/// What an ordinary account is called elsewhere.
const ORDINARY: &[&str] = &[
    "user",
    "standard",
    "standarduser",
    "regular",
    "regularuser",
    "normal",
    "normaluser",
    "basic",
    "basicuser",
    "member",
    "teammember",
    "employee",
    "staff",
    "benutzer",
    "nutzer",
    "mitglied",
    "mitarbeiter",
    "utilisateur",
    "membre",
    "usuario",
    "miembro",
    "utente",
    "membro",
    "gebruiker",
    "lid",
];
/// What a manager is called elsewhere.
const MANAGERS: &[&str] = &[
    "manager",
    "usermanager",
    "usermanagement",
    "verwalter",
    "gestionnaire",
    "gestor",
];
/// What an administrator is called elsewhere.
const ADMINISTRATORS: &[&str] = &[
    "administrator",
    "admin",
    "superadmin",
    "superadministrator",
    "globaladmin",
    "globaladministrator",
    "administrateur",
    "administrador",
    "amministratore",
    "beheerder",
];

/// A role as people write it, or as the programs that they leave call it; an empty text is a user. It says what the text
/// means: whether the reader may give that role is another question.
pub fn parse_role(text: &str) -> Option<Role> {
    let word: String = search_key(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .collect();
    if word.is_empty() {
        return text.trim().is_empty().then_some(Role::User);
    }
    let meant = [
        (READERS, Role::ReadOnly),
        (ORDINARY, Role::User),
        (MANAGERS, Role::Manager),
        (ADMINISTRATORS, Role::Administrator),
    ];
    meant
        .into_iter()
        .find(|(words, _)| words.contains(&word.as_str()))
        .map(|(_, role)| role)
}

/// A name for somebody of whom only the address is known: its first part, in words. `ana.lima+hr@example.com` is Ana Lima.
pub fn name_in_address(email: &Email) -> String {
    let address = email.as_str();
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let local = local.split('+').next().filter(|part| !part.is_empty()).unwrap_or(local);
    let words = local
        .split(['.', '_', '-'])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut rest = word.chars();
            let first = rest.next().into_iter().flat_map(char::to_uppercase);
            first.chain(rest).collect::<String>()
        });
    words.collect::<Vec<_>>().join(" ")
}

/// Pasted people as a list to be imported, a line each: the name that stood beside the address, else one made of the address.
pub fn list_of<'a>(people: impl IntoIterator<Item = (Option<&'a str>, &'a str)>) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let mut list = String::new();
    for (name, address) in people {
        let written = name.map(str::trim).filter(|name| PersonName::parse(name).is_ok());
        let name = match (written, Email::parse(address)) {
            (Some(name), _) => name.to_owned(),
            (None, Ok(email)) => name_in_address(&email),
            (None, Err(_)) => address.to_owned(),
        };
        list.extend([&quoted(&name), ",", &quoted(address), "\n"]);
    }
    list
}

fn read_row(row: &Row, columns: &Columns, may_give: &impl Fn(Role) -> bool) -> Line {
    let cell = |place: usize| row.cells.get(place).map(String::as_str);
    let name = match columns.name {
        (place, None) => cell(place).map(str::to_owned),
        (first, Some(last)) => cell(first)
            .zip(cell(last))
            .map(|(first, last)| format!("{} {}", first.trim(), last.trim())),
    };
    let role = columns.role.and_then(cell).unwrap_or_default();
    let are_spare_blank = row.cells.iter().skip(columns.all).all(|cell| cell.trim().is_empty());
    let are_text = row.cells.iter().all(|cell| !cell.contains(is_no_text));
    match (name, cell(columns.email)) {
        (Some(name), Some(email)) if are_spare_blank && are_text => Line {
            line: row.line,
            name: ShownCell::shortened(&name),
            email: ShownCell::shortened(email),
            role: ShownCell::shortened(role),
            person: read_person(&name, email, role, may_give),
        },
        _ => Line {
            line: row.line,
            name: ShownCell::shortened(&row.cells.join(", ")),
            email: ShownCell::default(),
            role: ShownCell::default(),
            person: Err(Refused::Malformed),
        },
    }
}

/// Where the name is left out, one that stands before the address counts: `Ana Lima <ana@example.com>` (K8).
fn read_person(name: &str, email: &str, role: &str, may_give: &impl Fn(Role) -> bool) -> Result<NewPerson, Refused> {
    let recipient = recipients::only(email).map_err(Refused::Email)?;
    let email = recipient.email.ok_or(Refused::Email(EmailProblem::Malformed))?;
    let name = if name.trim().is_empty() {
        recipient.written.as_str()
    } else {
        name
    };
    let name = PersonName::parse(name).map_err(Refused::Name)?;
    let role = parse_role(role).ok_or(Refused::UnknownRole)?;
    if may_give(role) {
        Ok(NewPerson { name, email, role })
    } else {
        Err(Refused::RoleNotAllowed(role))
    }
}

/// Signs that no list has which somebody wrote. A line break or a tab can stand between quotes; what it does to a name or an
/// address is theirs to say.
fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests;
