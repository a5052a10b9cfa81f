//! Somebody's name, by the operator. An address is changed by its owner, or corrected while it is only invited.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::name::PersonName;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::operator::{Operated, find_person};
use crate::server::services::Services;
use crate::server::store::users;

/// Renames them. False: that was the name already.
pub async fn operator_edit_user(services: &Services, email: &Email, name: &PersonName) -> Operated<bool> {
    let mut act = Act::begin(services, By::Operator).await?;
    let person = find_person(act.tx(), email).await?;
    act.has_locked();
    if person.name == name.as_str() {
        return Ok(false);
    }
    let same = Email::parse(&person.email).map_err(|_| ServiceError::bug("a stored address that can't be read"))?;
    users::set_name_and_email(act.tx(), person.id, name, &same).await?;
    act.note(Deed::UserRenamed, Some(&person), Some(name.as_str())).await?;
    act.commit().await?;
    Ok(true)
}
