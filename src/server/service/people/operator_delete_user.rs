//! Deleting somebody's account by the operator, administrators too, as by anybody else. The last administrator of a company
//! stays.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;

use crate::server::service::accounts::delete_account::delete_account;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::operator::{Operated, find_person_who_may_leave};
use crate::server::services::Services;

/// Deletes it.
pub async fn operator_delete_user(services: &Services, email: &Email) -> Operated<UserId> {
    let mut act = Act::begin(services, By::Operator).await?;
    let person = find_person_who_may_leave(act.tx(), email).await?;
    act.has_locked();
    delete_account(&act, &person).await?;
    act.note(Deed::UserDeleted, Some(&person), None).await?;
    act.commit().await?;
    Ok(person.id)
}
