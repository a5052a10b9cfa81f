//! Who may do what to whom: the role table of Rekey, and the one decision made from it (case D1).
//!
//! The table drives the checks, the pages and the tests. It knows roles, companies and people by id only; what a
//! page shows and whether a limit is reached is decided elsewhere. That the last administrator of a company stays
//! is no matter of two people's roles either: the store has to look for others. Cases D1, D2, D3 and D8.

use serde::{Deserialize, Deserializer, Serialize};

use crate::account::Status;
use crate::id::{CompanyId, UserId};
use crate::role::Role::{self, Administrator, Manager, ReadOnly, User};

/// Who acts. Made from the session, never from a request (case D3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// The company acted in: the person's own, or a linked one by a grant.
    pub company: CompanyId,
    /// The person's role in their own company, which also counts in a linked one.
    pub role: Role,
}

/// On whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The person.
    pub user: UserId,
    /// The company that the person belongs to.
    pub company: CompanyId,
    /// The person's role.
    pub role: Role,
    /// The account's status.
    pub status: Status,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the company's profile.
    ViewProfile,
    /// See and search the company's users (no target), or one of them (a target).
    ViewUsers,
    /// Change the company's name.
    ChangeCompanyName,
    /// Change the company's defaults: language, zone, accent, sender name, who may start resets.
    ChangeDefaults,
    /// Change the company's contact details and banner.
    ChangeContact,
    /// Ask for a reset for another user, or send one again.
    TriggerReset,
    /// Ask for many resets at once, send them again, or withdraw them; each of the people is decided for alone.
    ResetMany,
    /// Withdraw the links of a user.
    RevokeReset,
    /// See the life of others' resets, list deleted users, download lists.
    SeeResets,
    /// Create or import a user with this role.
    CreateUser(Role),
    /// Change another's name or e-mail address.
    EditUser,
    /// Delete another's account.
    DeleteUser,
    /// Restore a deleted account.
    RestoreUser,
    /// End all sessions of another.
    SignOutUser,
    /// Give another this role.
    ChangeRole(Role),
    /// Give a manager or administrator access to a linked company, or take it away.
    GrantLinked,
    /// Act in a linked company, for which one needs a grant too.
    ActInLinked,
    /// See and export the company's activity; API keys and webhooks.
    SeeActivity,
    /// One's own name, address, password, sessions and resets.
    OwnAccount,
}

/// On whom an action may be done, roles aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// The company as a whole: there need not be a target.
    Company,
    /// Anybody of the company.
    Anybody,
    /// Another person whose account is not deleted, whatever their role.
    Another,
    /// A manager or administrator whose account is not deleted.
    ManagerUp,
    /// Another person with a lower role, whose account is not deleted.
    Below,
    /// Another person with a lower role, also if the account is deleted.
    BelowOrDeleted,
    /// The actor only.
    Oneself,
}

/// One line of the role table.
#[derive(Debug)]
struct Row {
    actions: &'static [Action],
    /// Who may, highest first.
    roles: &'static [Role],
    whom: Whom,
}

const EVERYBODY: &[Role] = &[Administrator, Manager, User, ReadOnly];
const MANAGER_UP: &[Role] = &[Administrator, Manager];
const ADMINISTRATOR: &[Role] = &[Administrator];

/// The role table. An action without a line is nobody's.
const TABLE: &[Row] = &[
    Row {
        actions: &[Action::ViewProfile, Action::ViewUsers],
        roles: EVERYBODY,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::ChangeCompanyName, Action::ChangeDefaults],
        roles: ADMINISTRATOR,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::ChangeContact],
        roles: MANAGER_UP,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::TriggerReset],
        roles: MANAGER_UP,
        whom: Whom::Another,
    },
    Row {
        // One's own too, since own resets are one's own matter; a deleted person's too, since it opens nothing.
        actions: &[Action::RevokeReset],
        roles: MANAGER_UP,
        whom: Whom::Anybody,
    },
    Row {
        actions: &[Action::ResetMany],
        roles: MANAGER_UP,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::SeeResets],
        roles: MANAGER_UP,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::CreateUser(Manager)],
        roles: ADMINISTRATOR,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::CreateUser(User), Action::CreateUser(ReadOnly)],
        roles: MANAGER_UP,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::EditUser, Action::DeleteUser, Action::SignOutUser],
        roles: MANAGER_UP,
        whom: Whom::Below,
    },
    Row {
        actions: &[Action::RestoreUser],
        roles: MANAGER_UP,
        whom: Whom::BelowOrDeleted,
    },
    Row {
        actions: &[
            Action::ChangeRole(Manager),
            Action::ChangeRole(User),
            Action::ChangeRole(ReadOnly),
        ],
        roles: MANAGER_UP,
        whom: Whom::Below,
    },
    Row {
        actions: &[Action::GrantLinked],
        roles: ADMINISTRATOR,
        whom: Whom::ManagerUp,
    },
    Row {
        actions: &[Action::ActInLinked],
        roles: MANAGER_UP,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::SeeActivity],
        roles: ADMINISTRATOR,
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::OwnAccount],
        roles: EVERYBODY,
        whom: Whom::Oneself,
    },
    // Only the operator makes an administrator, on the command line.
    Row {
        actions: &[Action::CreateUser(Administrator)],
        roles: &[],
        whom: Whom::Company,
    },
    Row {
        actions: &[Action::ChangeRole(Administrator)],
        roles: &[],
        whom: Whom::Below,
    },
];

/// Why an action is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// There is no such person, or not in this company, or not for the actor's eyes (case D2).
    #[error("not found")]
    NotFound,
    /// It takes one of these roles, highest first: the actor to act, or the target to be granted access.
    #[error("needs another role")]
    NeedsRole(#[serde(deserialize_with = "known_roles")] &'static [Role]),
    /// Nobody does this to themselves.
    #[error("not to oneself")]
    Oneself,
    /// The account is deleted.
    #[error("the account is deleted")]
    Deleted,
    /// The target's role is not below the actor's.
    #[error("the target's role is not below the actor's")]
    NotBelow,
    /// The role to be given is not below the actor's.
    #[error("the role to be given is not below the actor's")]
    RoleNotBelow,
    /// The company lets only administrators and managers start resets, for others than themselves.
    #[error("only managers start resets")]
    OnlyManagersStart,
}

/// Reads the roles of [`Refusal::NeedsRole`], which are always those of a line of the table.
fn known_roles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static [Role], D::Error> {
    let roles = Vec::<Role>::deserialize(deserializer)?;
    [EVERYBODY, MANAGER_UP, ADMINISTRATOR]
        .into_iter()
        .find(|known| *known == roles)
        .ok_or_else(|| serde::de::Error::custom("no line of the role table has these roles"))
}

/// The decision. `target` is the person acted on as the store found them, or nothing if it found nobody: a person
/// who does not exist and one of another company get the same answer, before anything else is looked at (case D2).
///
/// Actions on the company as a whole need no target. [`Action::OwnAccount`] takes none or the actor; inside a linked
/// company pass none, since the actor's own account is not of that company.
pub fn decide(actor: &Actor, action: Action, target: Option<&Target>) -> Result<(), Refusal> {
    let row = row(action).ok_or(Refusal::NotFound)?;
    let Some(target) = target else {
        return match row.whom {
            Whom::Company | Whom::Oneself => by_role(actor.role, action),
            _ => Err(Refusal::NotFound),
        };
    };
    if target.company != actor.company {
        return Err(Refusal::NotFound);
    }
    let is_deleted = target.status == Status::Deleted;
    // Who may not list deleted users must not find one by its address either.
    if is_deleted && !allows(actor.role, Action::SeeResets) {
        return Err(Refusal::NotFound);
    }
    let is_oneself = target.user == actor.user;
    let is_on_another = matches!(row.whom, Whom::Another | Whom::Below | Whom::BelowOrDeleted);
    // Before the role: that it is oneself is the better answer, since no role would change it.
    if is_oneself && is_on_another {
        return Err(Refusal::Oneself);
    }
    by_role(actor.role, action)?;
    match row.whom {
        Whom::Oneself if !is_oneself => Err(Refusal::NotFound),
        Whom::Below | Whom::BelowOrDeleted if !actor.role.is_above(target.role) => Err(Refusal::NotBelow),
        Whom::Another | Whom::ManagerUp | Whom::Below if is_deleted => Err(Refusal::Deleted),
        Whom::ManagerUp if !MANAGER_UP.contains(&target.role) => Err(Refusal::NeedsRole(MANAGER_UP)),
        Whom::Company
        | Whom::Anybody
        | Whom::Another
        | Whom::ManagerUp
        | Whom::Below
        | Whom::BelowOrDeleted
        | Whom::Oneself => Ok(()),
    }
}

/// Whether somebody with this role may do this to anybody at all. For pages, which leave out what is not allowed;
/// it is no check.
pub fn allows(role: Role, action: Action) -> bool {
    by_role(role, action).is_ok()
}

/// Whether somebody may start a reset of their own, with or without being signed in: where the company has said that
/// only managers may start resets, its administrators may still help themselves. Managers ask one another.
pub fn start_own_reset(role: Role, only_managers: bool) -> Result<(), Refusal> {
    if only_managers && role != Administrator {
        Err(Refusal::OnlyManagersStart)
    } else {
        Ok(())
    }
}

fn by_role(role: Role, action: Action) -> Result<(), Refusal> {
    let roles = row(action).map_or(&[][..], |row| row.roles);
    match action {
        // No role may, so naming one would be no help.
        _ if roles.is_empty() => Err(Refusal::RoleNotBelow),
        _ if !roles.contains(&role) => Err(Refusal::NeedsRole(roles)),
        Action::CreateUser(new) | Action::ChangeRole(new) if !role.is_above(new) => Err(Refusal::RoleNotBelow),
        _ => Ok(()),
    }
}

fn row(action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.actions.contains(&action))
}

#[cfg(test)]
mod tests;
