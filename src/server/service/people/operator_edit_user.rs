//! Somebody's name, by the operator. An address is changed by its owner, or corrected while it is only invited.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::name::PersonName;

use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::operator::{Operated, find_person, note};
use crate::server::services::Services;
use crate::server::store::users;

/// Renames them. False: that was the name already.
pub async fn operator_edit_user(services: &Services, email: &Email, name: &PersonName) -> Operated<bool> {
    let tx = services.db.begin_write().await?;
    let person = find_person(&tx, email).await?;
    if person.name == name.as_str() {
        return Ok(false);
    }
    let same = Email::parse(&person.email).map_err(|_| ServiceError::bug("a stored address that can't be read"))?;
    users::set_name_and_email(&tx, person.id, name, &same).await?;
    let target = Some((person.id, person.name.as_str()));
    note(
        &tx,
        services,
        person.company,
        Deed::UserRenamed,
        target,
        Some(name.as_str()),
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}
