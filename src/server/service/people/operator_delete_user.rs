//! Deleting somebody's account by the operator, administrators too, as by anybody else. The last administrator of a company
//! stays.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;

use crate::server::service::accounts::delete_account::delete_account;
use crate::server::service::acting::operator::{Operated, find_person_who_may_leave, note};
use crate::server::service::companies::end_grants::By;
use crate::server::services::Services;

/// Deletes it.
pub async fn operator_delete_user(services: &Services, email: &Email) -> Operated<UserId> {
    let tx = services.db.begin_write().await?;
    let person = find_person_who_may_leave(&tx, email).await?;
    delete_account(&tx, services, &person, By::Operator).await?;
    let target = Some((person.id, person.name.as_str()));
    note(&tx, services, person.company, Deed::UserDeleted, target, None).await?;
    tx.commit().await?;
    Ok(person.id)
}
