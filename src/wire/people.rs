//! Creating and editing people: what the pages show, and the inputs of their forms.

use rekey_domain::id::CompanyId;
use rekey_domain::policy::Refusal;
use rekey_domain::role::Role;
use serde::{Deserialize, Serialize};

use crate::wire::email_change::PendingEmail;

/// `/company/users/new`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUserPage {
    /// The company acted in, carried by the form.
    pub company: CompanyId,
    /// The roles that the reader may give, highest first.
    pub roles: Vec<Role>,
}

/// Its form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateUserInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// As typed.
    #[serde(default)]
    pub name: String,
    /// As typed.
    #[serde(default)]
    pub email: String,
    /// The chosen word of `Role`; empty where nothing was chosen.
    #[serde(default)]
    pub role: String,
}

/// What the reader may change about the person of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editing {
    /// Whether the reader edits anybody at all.
    pub edits_people: bool,
    /// Name and address; or why not.
    pub details: Result<(), Refusal>,
    /// Whether the address may be corrected at once, as nobody has set a password yet.
    pub corrects_email: bool,
    /// The new address that does not count yet.
    pub pending_email: Option<PendingEmail>,
    /// The roles that the reader may give this person, highest first; none where they may not.
    pub roles: Vec<Role>,
    /// Whether the person's sessions may be ended; or why not.
    pub signs_out: Result<(), Refusal>,
    /// Whether the account may be deleted; or why not.
    pub deletes: Result<(), Refusal>,
    /// Whether the account may be restored; or why not.
    pub restores: Result<(), Refusal>,
    /// Whether somebody else uses the address of the deleted account, so that restoring asks for another.
    pub needs_email: bool,
}

/// The form `Details` of a person's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditUserInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// As typed.
    #[serde(default)]
    pub name: String,
    /// As typed.
    #[serde(default)]
    pub email: Option<String>,
    /// The name that the page showed: somebody else may have changed it since.
    #[serde(default)]
    pub was_name: String,
    /// The address that the page showed.
    #[serde(default)]
    pub was_email: Option<String>,
}

/// The form `Role` of a person's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRoleInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// The chosen word of `Role`.
    #[serde(default)]
    pub role: String,
    /// The role that the page showed.
    #[serde(default)]
    pub was_role: String,
}

/// The form of `/company/users/{id}/restore`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoreUserInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// As typed, where the address of the account is somebody else's by now.
    #[serde(default)]
    pub email: Option<String>,
}

/// What saving a person's details did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edited {
    /// They are saved.
    Saved,
    /// The same, and an invitation goes to the corrected address.
    InvitedAnew,
}

/// What stands in a form about a person that is shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedPerson {
    /// What stood in `Name`, where the form has it.
    pub name: Option<String>,
    /// The choice of `Role`, where the form has it.
    pub role: Option<String>,
}

/// What is true by now of a person, or a company, that somebody else has changed since the page was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangedTo {
    /// Other details.
    Details {
        /// The name.
        name: String,
        /// The address.
        email: String,
    },
    /// Another role.
    Role(Role),
    /// Other details of a company, which are this version now.
    Company(i64),
}
