//! The role administrator, by the operator: nobody in a company gives or takes it.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::role::Role;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::operator::{Operated, find_person, find_person_who_may_leave};
use crate::server::service::people::give_role::give_role;
use crate::server::services::Services;
use crate::server::store::users::User;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The role that the person has now.
    pub role: Role,
    /// False: it was so already.
    pub is_new: bool,
}

/// Makes somebody an administrator of their company.
pub async fn grant_administrator(services: &Services, email: &Email) -> Operated<Changed> {
    let act = Act::begin(services, By::Operator).await?;
    let person = find_person(act.tx(), email).await?;
    change(act, &person, Role::Administrator).await
}

/// Gives an administrator the role `to` instead; of others nothing is taken. The last administrator stays.
pub async fn revoke_administrator(services: &Services, email: &Email, to: Role) -> Operated<Changed> {
    let act = Act::begin(services, By::Operator).await?;
    let person = find_person_who_may_leave(act.tx(), email).await?;
    let to = if person.role == Role::Administrator {
        to
    } else {
        person.role
    };
    change(act, &person, to).await
}

async fn change(mut act: Act<'_>, person: &User, role: Role) -> Operated<Changed> {
    let is_new = person.role != role;
    if is_new {
        act.has_locked();
        if give_role(&act, person, role).await? {
            act.note(Deed::EmailCancelled, Some(person), None).await?;
        }
        act.note(Deed::RoleChanged, Some(person), Some(role.as_str())).await?;
        act.commit().await?;
    }
    Ok(Changed { role, is_new })
}
