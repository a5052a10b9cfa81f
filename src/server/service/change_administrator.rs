//! The role administrator, by the operator: nobody in a company gives or takes it.

use rekey_domain::email::Email;
use rekey_domain::operator::may_leave;
use rekey_domain::role::Role;
use sea_orm::DatabaseTransaction;

use crate::server::service::operator::{Operated, Refused, find_person, note};
use crate::server::services::Services;
use crate::server::store::users::{self, User};

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
    let found = users::find_by_email_key(&tx, email.key()).await?;
    let found = found.ok_or_else(|| Refused::NoSuchAccount(email.clone()))?;
    // All of them before the person, so that two who are revoked at once see each other.
    let administrators = users::lock_administrators(&tx, found.company).await?;
    let person = find_person(&tx, email).await?;
    if person.role != Role::Administrator {
        return change(tx, services, &person, person.role).await;
    }
    let others = administrators
        .iter()
        .filter(|other| other.id != person.id && other.password_hash.is_some());
    may_leave(person.role, others.count())?;
    change(tx, services, &person, to).await
}

async fn change(tx: DatabaseTransaction, services: &Services, person: &User, role: Role) -> Operated<Changed> {
    let is_new = person.role != role;
    if is_new {
        users::set_role(&tx, person.id, role).await?;
        let target = Some((person.id, person.name.as_str()));
        note(
            &tx,
            services,
            person.company,
            "role_changed",
            target,
            Some(role.as_str()),
        )
        .await?;
        tx.commit().await?;
    }
    Ok(Changed { role, is_new })
}
