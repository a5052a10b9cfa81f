//! Deleting somebody's account by the operator, administrators too, softly as by anybody else (A9, E3). The last administrator
//! of a company stays.

use rekey_domain::email::Email;
use rekey_domain::id::UserId;

use crate::server::service::end_grants::end_grants_of;
use crate::server::service::end_links::end_links;
use crate::server::service::operator::{Operated, find_person_who_may_leave, note};
use crate::server::services::Services;
use crate::server::store::{sessions, users};

/// Deletes it.
pub async fn operator_delete_user(services: &Services, email: &Email) -> Operated<UserId> {
    let tx = services.db.begin_write().await?;
    let person = find_person_who_may_leave(&tx, email).await?;
    users::delete(&tx, person.id, services.clock.now()).await?;
    sessions::delete_of_user(&tx, person.id).await?;
    end_links(&tx, services, &person).await?;
    end_grants_of(&tx, services, &person, None).await?;
    let target = Some((person.id, person.name.as_str()));
    note(&tx, services, person.company, "user_deleted", target, None).await?;
    tx.commit().await?;
    Ok(person.id)
}
