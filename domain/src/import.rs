//! An import of people: what each row of a list says, and why somebody on it can't become an account. How the list was
//! taken apart into cells is no matter of this file, nor whether an address is in use: for that one has to look.

use std::collections::HashMap;

use icu_properties::CodePointSetData;
use icu_properties::props::BidiControl;
use serde::{Deserialize, Serialize};

use crate::batch::{LineOutcome, MOST_LINES};
use crate::email::{Email, EmailProblem};
use crate::fold::collapse_blanks;
use crate::name::{NameProblem, PersonName};
use crate::role::Role;

/// The longest part of a row that can't be imported which is shown, in signs.
const MOST_SHOWN: usize = 100;

/// A row of the list, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the list on which it begins, as an editor counts.
    pub line: u32,
    /// What stands in it.
    pub cells: Vec<String>,
}

/// Why a list is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
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
    /// The name as it stands there, fit to be shown; the whole row, where it is malformed.
    pub name: String,
    /// The address as it stands there, fit to be shown.
    pub email: String,
    /// The role as it stands there, fit to be shown.
    pub role: String,
    /// Who it is; or why they can't be imported.
    pub person: Result<NewPerson, Refused>,
}

/// Reads a list. Its first row may name the columns: `name`, `email` and `role` in any order, among others that are left
/// alone. Without it they are name, email and role. A role that is left out is that of a user. Blank rows are none.
///
/// `may_give`: which roles whoever imports may give.
pub fn read(rows: &[Row], may_give: impl Fn(Role) -> bool) -> Result<Vec<Line>, NoList> {
    let mut rows = rows
        .iter()
        .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
        .peekable();
    let named = rows.peek().and_then(|row| Columns::named_by(&row.cells));
    if named.is_some() {
        rows.next();
    }
    let columns = named.unwrap_or(Columns::UNNAMED);
    let mut seen = HashMap::new();
    let mut lines = Vec::new();
    for row in rows {
        if lines.len() == MOST_LINES {
            return Err(NoList::TooLong);
        }
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
        lines.push(line);
    }
    if lines.is_empty() {
        Err(NoList::Empty)
    } else {
        Ok(lines)
    }
}

/// A role as people write it; nothing is a user.
pub fn parse_role(text: &str) -> Option<Role> {
    let word = collapse_blanks(text).to_lowercase().replace([' ', '_'], "-");
    match word.as_str() {
        "" => Some(Role::User),
        "readonly" => Some(Role::ReadOnly),
        "admin" => Some(Role::Administrator),
        word => word.parse().ok(),
    }
}

/// Where what stands.
struct Columns {
    name: usize,
    email: usize,
    role: Option<usize>,
    /// How many there are.
    all: usize,
}

impl Columns {
    /// Of a list whose first row is a person.
    const UNNAMED: Self = Self {
        name: 0,
        email: 1,
        role: Some(2),
        all: 3,
    };

    /// Of a list whose first row names them: name and address at least, and none of them twice.
    fn named_by(cells: &[String]) -> Option<Self> {
        let cells: Vec<_> = cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let of = |names: &[&str]| {
            let mut found = (0..).zip(&cells).filter(|(_, cell)| names.contains(&cell.as_str()));
            let first = found.next().map(|(place, _)| place);
            if found.next().is_some() { Err(()) } else { Ok(first) }
        };
        Some(Self {
            name: of(&["name"]).ok()??,
            email: of(&["email", "e-mail", "mail"]).ok()??,
            role: of(&["role"]).ok()?,
            all: cells.len(),
        })
    }
}

fn read_row(row: &Row, columns: &Columns, may_give: &impl Fn(Role) -> bool) -> Line {
    let cell = |place: usize| row.cells.get(place).map(String::as_str);
    let role = columns.role.and_then(cell).unwrap_or_default();
    let are_spare_blank = row.cells.iter().skip(columns.all).all(|cell| cell.trim().is_empty());
    let are_text = row.cells.iter().all(|cell| !cell.contains(is_no_text));
    match (cell(columns.name), cell(columns.email)) {
        (Some(name), Some(email)) if are_spare_blank && are_text => Line {
            line: row.line,
            name: shown(name),
            email: shown(email),
            role: shown(role),
            person: read_person(name, email, role, may_give),
        },
        _ => Line {
            line: row.line,
            name: shown(&row.cells.join(", ")),
            email: String::new(),
            role: String::new(),
            person: Err(Refused::Malformed),
        },
    }
}

fn read_person(name: &str, email: &str, role: &str, may_give: &impl Fn(Role) -> bool) -> Result<NewPerson, Refused> {
    let email = Email::parse(email).map_err(Refused::Email)?;
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

/// A cell on one line that reorders nothing, and not all of it where it is long.
fn shown(cell: &str) -> String {
    let cell = cell.trim();
    let mut signs = cell.chars().map(|c| {
        if c.is_control() || CodePointSetData::new::<BidiControl>().contains(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    });
    let mut shown: String = signs.by_ref().take(MOST_SHOWN).collect();
    if signs.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
