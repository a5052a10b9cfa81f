//! The operator ends all sessions of somebody.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;

use crate::server::service::accounts::take_back::end_sessions;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::operator::{Operated, find_person};
use crate::server::services::Services;

/// Ends them; how many of them lived.
pub async fn operator_sign_out(services: &Services, email: &Email) -> Operated<u64> {
    let mut act = Act::begin(services, By::Operator).await?;
    let person = find_person(act.tx(), email).await?;
    act.has_locked();
    let ended = end_sessions(&act, &person, None).await?;
    act.note(Deed::UserSignedOut, Some(&person), None).await?;
    act.commit().await?;
    Ok(ended)
}
