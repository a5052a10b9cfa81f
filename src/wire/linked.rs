//! Linked companies: what the pages show, and the inputs of their forms.

use rekey_domain::id::CompanyId;
use rekey_domain::text::SearchTerm;
use serde::{Deserialize, Serialize};

/// `/settings`, as far as it differs from reader to reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettingsPage {
    /// Whether the link `Linked companies` stands there.
    pub linked_companies: bool,
    /// Whether the link `Activity` does.
    pub activity: bool,
}

/// `/companies`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedPage {
    /// What was searched for.
    pub search: SearchTerm,
    /// The company acted in.
    pub company: CompanyId,
    /// By name.
    pub rows: Vec<LinkedRow>,
    /// Whether there are more than are shown.
    pub has_more: bool,
    /// Whether the reader may give access.
    pub gives: bool,
}

/// A company in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedRow {
    /// Which.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// The day since when the reader has access; none without.
    pub since: Option<String>,
}

/// The section `Linked companies` of a person's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessOfPerson {
    /// Those that the person has access to, by name.
    pub given: Vec<LinkedRow>,
    /// The others, by name.
    pub others: Vec<LinkedRow>,
}

/// The forms that give access and take it away.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// The linked company.
    pub child: CompanyId,
}

/// The buttons that switch to a linked company and back.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwitchInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
}
