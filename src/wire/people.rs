//! Creating and editing people: what the pages show, and the inputs of their forms.

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::policy::Refusal;
use rekey_domain::repeated::PasswordRefusal;
use rekey_domain::role::Role;
use rekey_domain::text::Typed;
use serde::{Deserialize, Serialize};

use crate::wire::email_change::PendingEmail;
use crate::wire::views::Moment;

/// `/company/users/new`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUserPage {
    /// The roles that the reader may give, highest first.
    pub roles: Vec<Role>,
    /// The name of whoever was created just before, from this page.
    pub created: Option<String>,
}

/// Its form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateUserInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// As typed.
    #[serde(default)]
    pub name: Typed,
    /// As typed.
    #[serde(default)]
    pub email: Typed,
    /// The chosen word of `Role`; empty where nothing was chosen.
    #[serde(default)]
    pub role: Typed,
    /// A checkbox: any value leads back to the form, for the next person.
    #[serde(default)]
    pub another: Option<String>,
}

/// A password that was refused for the person of a page (F14), within one minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPassword {
    /// When for the first time.
    pub at: Moment,
    /// From where.
    pub network: String,
    /// Why.
    pub why: PasswordRefusal,
    /// How often.
    pub times: u32,
}

/// What the reader may change about the person of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    /// Whether the reader edits anybody at all.
    pub edits_people: bool,
    /// Name and address; or why not.
    pub details: Result<(), Refusal>,
    /// Whether another address counts at once, as nobody has ever set a password.
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
    /// Whose they are.
    pub user: UserId,
    /// As typed.
    #[serde(default)]
    pub name: Typed,
    /// As typed.
    #[serde(default)]
    pub email: Option<Typed>,
    /// The name that the page showed: somebody else may have changed it since.
    #[serde(default)]
    pub was_name: Typed,
    /// The address that the page showed.
    #[serde(default)]
    pub was_email: Option<Typed>,
}

/// The form `Role` of a person's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRoleInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// Whose it is.
    pub user: UserId,
    /// The chosen word of `Role`.
    #[serde(default)]
    pub role: Typed,
    /// The role that the page showed.
    #[serde(default)]
    pub was_role: Typed,
}

/// The form of `/company/users/{id}/restore`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoreUserInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// As typed, where the address of the account is somebody else's by now.
    #[serde(default)]
    pub email: Option<Typed>,
}

/// What a search of the list of people has found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPeople {
    /// The parts of the list that are others now, as HTML of the server's: elements that say by `data-live` which part they are.
    pub html: String,
    /// How many were found, in words.
    pub said: String,
    /// The company whose people they are.
    pub company: String,
}

/// What saving a person's details did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// They are saved.
    Saved,
    /// The same, and an invitation goes to the corrected address.
    InvitedAnew,
    /// The same, and the new address waits to be confirmed.
    EmailEntered,
}

/// What is true by now of a person, or a company, that somebody else has changed since the page was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
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
