//! `/company/edit` and `/company/notice`: what the pages show, and the inputs of their forms.

use rekey_domain::company_details::Accent;
use rekey_domain::id::CompanyId;
use rekey_domain::text::Typed;
use serde::{Deserialize, Serialize};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyEditPage {
    /// The company acted in.
    pub company: CompanyId,
    /// What was read, as a number that every change makes greater.
    pub version: i64,
    /// Empty where there is none.
    pub website: String,
    /// Empty where there is none.
    pub phone: String,
    /// Empty where there is none.
    pub contact_email: String,
    /// Empty where there is none.
    pub banner: String,
    /// What only administrators change; none for others.
    pub defaults: Option<CompanyDefaults>,
}

/// What only administrators change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyDefaults {
    /// The company's name.
    pub name: String,
    /// The zone of people who chose none; empty is UTC.
    pub time_zone: String,
    /// The colour of its pages.
    pub accent: Accent,
    /// Empty: the company's own name with the product's.
    pub sender_name: String,
    /// Whether only administrators and managers start resets.
    pub only_managers: bool,
    /// All zones there are, by name.
    pub zones: Vec<String>,
}

/// The form. What is not in a manager's form stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompanyInput {
    /// The company that the page showed (D3).
    pub company: Option<CompanyId>,
    /// What the page had read.
    pub version: Option<i64>,
    /// As typed.
    pub website: Typed,
    /// As typed.
    pub phone: Typed,
    /// As typed.
    pub contact_email: Typed,
    /// As typed.
    pub banner: Typed,
    /// Whether the form has the fields below: any value means yes. Empty fields mean something, so they can't tell.
    pub all: Option<Typed>,
    /// As typed.
    pub name: Typed,
    /// A zone's name; empty is UTC.
    pub time_zone: Typed,
    /// The word of a colour.
    pub accent: Typed,
    /// As typed.
    pub sender_name: Typed,
    /// Any value means yes.
    pub only_managers: Option<Typed>,
}

/// `/company/notice`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticePage {
    /// The company acted in.
    pub company: CompanyId,
    /// The notice that stands there; empty where there is none.
    pub banner: String,
}

/// Its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// As typed; empty takes the notice away.
    #[serde(default)]
    pub banner: Typed,
}

impl CompanyInput {
    /// Whether it changes what only administrators change, whatever the form says of itself.
    pub fn has_defaults(&self) -> bool {
        let fields = [&self.name, &self.time_zone, &self.accent, &self.sender_name];
        self.all.is_some() || self.only_managers.is_some() || fields.iter().any(|field| !field.is_empty())
    }
}
