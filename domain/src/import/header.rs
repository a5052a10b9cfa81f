//! The first row of a list, where it names the columns: as we name them, or as other programs do that lists are exported
//! from (K9). What is ambiguous is not guessed at, and a header without what is needed is told as one: taken for somebody, it
//! would make every line wrong.

use super::{Column, NoList, Row, parse_role};
use crate::fold::search_key;
use crate::recipients;
use crate::text::TextLine;

/// More columns than these name nothing.
const MOST_COLUMNS: usize = 100;
/// So many rows tell where the addresses stand.
const TRIED: usize = 20;

/// How the column of the address is called, the surest names first: a later line counts only where no earlier one does.
const EMAIL: [&[&str]; 3] = [
    &[
        "email",
        "mail",
        "emailaddress",
        "mailaddress",
        "primaryemail",
        "primaryemailaddress",
        "primarysmtpaddress",
        "smtpaddress",
        "useremail",
        "workemail",
        "workemailaddress",
        "primaryworkemail",
        "emailprimarywork",
        "emailwork",
        "businessemail",
        "businessemailaddress",
        "companyemail",
        "companyemailaddress",
        "corporateemail",
        "contactemail",
        "email1value",
        "emailadresse",
        "mailadresse",
        "adresseemail",
        "adressemail",
        "adresseelectronique",
        "adressedemessagerie",
        "courriel",
        "correo",
        "correoelectronico",
        "direccionemail",
        "direcciondecorreoelectronico",
        "indirizzoemail",
        "indirizzodipostaelettronica",
        "postaelettronica",
        "enderecodeemail",
        "emailadres",
        "epost",
        "epostadress",
        "epostadresse",
        "adresemail",
        "eposta",
    ],
    &["userprincipalname", "upn"],
    &["username", "loginname", "signinname", "login", "benutzername"],
];
/// The whole name, and nothing but it, the surest names first.
const FULL_NAME: [&[&str]; 3] = [
    &[
        "fullname",
        "legalname",
        "vollstandigername",
        "vollername",
        "nomcomplet",
        "nombrecompleto",
        "nomecompleto",
        "volledigenaam",
        "imieinazwisko",
    ],
    &["displayname", "anzeigename", "nomaffiche"],
    &[
        "employee",
        "employeename",
        "membername",
        "contactname",
        "personname",
        "staffname",
        "mitarbeiter",
    ],
];
/// What may be the whole name where no other column is, and the address stands elsewhere.
const ACCOUNT_NAME: &[&str] = &["username", "benutzername"];
/// The name: the whole one, or what the other part leaves.
const NAME: &[&str] = &["name", "nom", "nombre", "nome", "naam"];
/// The first name.
const FIRST_NAME: &[&str] = &[
    "firstname",
    "first",
    "givenname",
    "givennames",
    "forename",
    "legalfirstname",
    "vorname",
    "prenom",
    "voornaam",
    "imie",
    "fornamn",
    "fornavn",
];
/// The last name.
const LAST_NAME: &[&str] = &[
    "lastname",
    "last",
    "surname",
    "familyname",
    "legallastname",
    "nachname",
    "familienname",
    "nomdefamille",
    "apellido",
    "apellidos",
    "cognome",
    "sobrenome",
    "apelido",
    "achternaam",
    "nazwisko",
    "efternamn",
    "efternavn",
    "etternavn",
];
/// The role, the surest names first.
const ROLE: [&[&str]; 2] = [
    &[
        "role",
        "userrole",
        "accountrole",
        "workspacerole",
        "rolle",
        "benutzerrolle",
        "ruolo",
        "rol",
        "papel",
        "roll",
        "rola",
    ],
    &["usertype", "accounttype", "accesslevel"],
];

/// Where what stands.
pub(super) struct Columns {
    /// Of the name: one, or the two that make it up.
    pub name: (usize, Option<usize>),
    /// Of the address.
    pub email: usize,
    /// Of the role.
    pub role: Option<usize>,
    /// How many there are.
    pub all: usize,
}

impl Columns {
    /// Of a list whose first row is somebody.
    pub const UNNAMED: Self = Self {
        name: (0, None),
        email: 1,
        role: Some(2),
        all: 3,
    };

    /// Of a list whose first row names them; none where it is somebody.
    pub fn named_by(first: &Row, others: &[&Row]) -> Result<Option<Self>, NoList> {
        // No column is called like an address.
        if first.cells.iter().any(|cell| cell.contains('@')) {
            return Ok(None);
        }
        let head = Head::read(first);
        if !head.knows_any() {
            return if first.cells.len() > 1 && looks_like_a_header(first, others) {
                Err(NoList::NoColumn(Column::Email, head.found()))
            } else {
                Ok(None)
            };
        }
        let email = head.first_of(&EMAIL, Column::Email)?;
        let name = match head.name()? {
            // Some programs call the name of a person that of a user.
            None => head
                .one_of(ACCOUNT_NAME, Column::Name)?
                .filter(|place| Some(*place) != email)
                .map(|place| (place, None)),
            found => found,
        };
        Ok(Some(Self {
            email: email.ok_or_else(|| NoList::NoColumn(Column::Email, head.found()))?,
            name: name.ok_or_else(|| NoList::NoColumn(Column::Name, head.found()))?,
            role: head.first_of(&ROLE, Column::Role)?,
            all: first.cells.len(),
        }))
    }
}

/// Whether a row that names no column of ours stands where only a header can: words, where the others have addresses; or
/// above rows of which none has anything like an address, so that it is another list than one of people.
fn looks_like_a_header(first: &Row, others: &[&Row]) -> bool {
    let is_address = |cell: &String| cell.contains('@') && recipients::only(cell).is_ok();
    let place = |row: &&Row| row.cells.iter().position(is_address);
    let cell = |place: usize| first.cells.get(place).map_or("", |cell| cell.trim());
    let has_role = !cell(2).is_empty() && parse_role(cell(2)).is_some();
    let tried = || others.iter().take(TRIED);
    let is_of_words = match tried().find_map(place) {
        Some(place) => !cell(place).is_empty(),
        None => !others.is_empty() && !tried().any(|row| row.cells.iter().any(|cell| cell.contains('@'))),
    };
    is_of_words && !has_role
}

/// The names in a first row, as far as letters and digits go.
struct Head<'a> {
    cells: &'a [String],
    keys: Vec<String>,
}

impl<'a> Head<'a> {
    fn read(row: &'a Row) -> Self {
        let cells = &row.cells[..row.cells.len().min(MOST_COLUMNS)];
        Self {
            keys: cells.iter().map(|cell| key(cell)).collect(),
            cells,
        }
    }

    fn knows_any(&self) -> bool {
        let all = EMAIL.into_iter().chain(FULL_NAME).chain(ROLE);
        let all = all.chain([NAME, FIRST_NAME, LAST_NAME]);
        let known: Vec<_> = all.flatten().collect();
        self.keys.iter().any(|key| known.contains(&&key.as_str()))
    }

    /// The one column that is called like this.
    fn one_of(&self, names: &[&str], column: Column) -> Result<Option<usize>, NoList> {
        let mut found = (0..).zip(&self.keys).filter(|(_, key)| names.contains(&key.as_str()));
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(NoList::TwoColumns(column, self.found())),
            (first, _) => Ok(first.map(|(place, _)| place)),
        }
    }

    /// The one that is called by the surest names.
    fn first_of(&self, tiers: &[&[&str]], column: Column) -> Result<Option<usize>, NoList> {
        for names in tiers {
            if let Some(place) = self.one_of(names, column)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Where the name stands. Beside a first or last name alone, the column `Name` is the other part; beside both, it is the
    /// whole one.
    fn name(&self) -> Result<Option<(usize, Option<usize>)>, NoList> {
        let column = Column::Name;
        let full = self.first_of(&FULL_NAME, column)?;
        let (name, first, last) = (
            self.one_of(NAME, column)?,
            self.one_of(FIRST_NAME, column)?,
            self.one_of(LAST_NAME, column)?,
        );
        Ok(match (full, name, first, last) {
            (Some(full), ..) => Some((full, None)),
            (None, Some(name), None, None) | (None, Some(name), Some(_), Some(_)) => Some((name, None)),
            (None, Some(name), Some(first), None) => Some((first, Some(name))),
            (None, Some(name), None, Some(last)) => Some((name, Some(last))),
            (None, None, Some(first), Some(last)) => Some((first, Some(last))),
            (None, None, ..) => None,
        })
    }

    /// What the row says, fit to be shown.
    fn found(&self) -> TextLine<100> {
        let words: Vec<_> = self
            .cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        TextLine::shortened(&words.join(", "))
    }
}

/// What counts of a column's name: letters and digits, without marks and case, and without remarks in brackets.
fn key(cell: &str) -> String {
    let end = cell.find(['[', '(']).unwrap_or(cell.len());
    search_key(&cell[..end])
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}
