//! The role administrator, by the operator: nobody in a company gives or takes it.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::role::Role;
use sea_orm::DatabaseTransaction;

use crate::server::service::acting::operator::{Operated, find_person, find_person_who_may_leave, note};
use crate::server::service::companies::end_grants::By;
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
    let tx = services.db.begin_write().await?;
    let person = find_person(&tx, email).await?;
    change(tx, services, &person, Role::Administrator).await
}

/// Gives an administrator the role `to` instead; of others nothing is taken. The last administrator stays.
pub async fn revoke_administrator(services: &Services, email: &Email, to: Role) -> Operated<Changed> {
    let tx = services.db.begin_write().await?;
    let person = find_person_who_may_leave(&tx, email).await?;
    let to = if person.role == Role::Administrator {
        to
    } else {
        person.role
    };
    change(tx, services, &person, to).await
}

async fn change(tx: DatabaseTransaction, services: &Services, person: &User, role: Role) -> Operated<Changed> {
    let is_new = person.role != role;
    if is_new {
        let target = Some((person.id, person.name.as_str()));
        if give_role(&tx, services, person, role, By::Operator).await? {
            note(&tx, services, person.company, Deed::EmailCancelled, target, None).await?;
        }
        note(
            &tx,
            services,
            person.company,
            Deed::RoleChanged,
            target,
            Some(role.as_str()),
        )
        .await?;
        tx.commit().await?;
    }
    Ok(Changed { role, is_new })
}
