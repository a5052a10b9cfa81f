//! The operator ends all sessions of somebody.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;

use crate::server::service::accounts::take_back::end_sessions;
use crate::server::service::acting::operator::{Operated, find_person, note};
use crate::server::services::Services;

/// Ends them; how many of them lived.
pub async fn operator_sign_out(services: &Services, email: &Email) -> Operated<u64> {
    let tx = services.db.begin_write().await?;
    let person = find_person(&tx, email).await?;
    let ended = end_sessions(&tx, services, &person, None).await?;
    let target = Some((person.id, person.name.as_str()));
    note(&tx, services, person.company, Deed::UserSignedOut, target, None).await?;
    tx.commit().await?;
    Ok(ended)
}
