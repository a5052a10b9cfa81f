//! Importing people: what the page shows, and the inputs of its forms.

use rekey_domain::batch::LineOutcome;
use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::role::Role;
use serde::{Deserialize, Serialize};

use crate::wire::paths;

/// A way to invite people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One person, in a form.
    One,
    /// Lines that are pasted.
    Lines,
    /// A file.
    File,
}

impl Way {
    /// Where a list comes from, by the word in the query of its page; none where either may be.
    pub fn of_list(word: &str) -> Option<Self> {
        [Self::Lines, Self::File].into_iter().find(|way| way.word() == word)
    }

    /// Its word in the query of the page that takes a list.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Lines => "lines",
            Self::File => "file",
        }
    }

    /// Its page.
    pub fn address(self) -> &'static str {
        match self {
            Self::One => paths::NEW_USER,
            Self::Lines => paths::IMPORT_LINES,
            Self::File => paths::IMPORT_FILE,
        }
    }
}

/// `/company/users/import`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPage {
    /// The roles that the reader may give, highest first.
    pub roles: Vec<Role>,
    /// What was checked.
    pub draft: Option<ImportDraft>,
    /// The lines of a draft that are to be changed, as they can be checked once more.
    pub lines: Option<String>,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportDraft {
    /// Its id, which stays that of the batch.
    pub id: BatchId,
    /// It was pressed before: then the batch's page says what comes of it.
    pub is_pressed: bool,
    /// Who will be invited.
    pub ready: ImportLines,
    /// Who is in the company already.
    pub here: ImportLines,
    /// Who can't be imported.
    pub refused: ImportLines,
    /// There are few enough lines to be changed in a field.
    pub can_change: bool,
}

/// Lines of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportLines {
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub shown: Vec<ImportLine>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Its number, as an editor counts.
    pub line: u32,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The word of the role; as it was written, where nobody comes of the line.
    pub role: String,
    /// Who is here already.
    pub user: Option<UserId>,
    /// What will come of it.
    pub outcome: LineOutcome,
    /// The same in words.
    pub why: String,
}

/// The button **Invite these 3** on a draft of reset links: it has those addresses checked that are nobody's in the company.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteUnknownInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// The draft that names them.
    pub unknown_of: BatchId,
}

/// The button **Invite 10 people**.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// What was checked.
    pub draft: BatchId,
}
