//! A reset by the operator, `rekey user reset`: for somebody whom nobody of the company can help just now. The mail goes to
//! the address on file, like every other.

use rekey_domain::email::Email;
use rekey_domain::reset::Kind;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::operator::{Operated, find_person};
use crate::server::service::limits::limit_invitations;
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way.
    OnItsWay,
    /// One waits already, and goes.
    WaitsAlready,
}

/// Asks for a reset, in one transaction.
pub async fn operator_reset(services: &Services, email: &Email) -> Operated<Asked> {
    let mut act = Act::begin(services, By::Operator).await?;
    let person = find_person(act.tx(), email).await?;
    act.has_locked();
    let asking = Asking::of(&act, &person, Kind::Manager);
    let is_new = start_reset(&act, &person, asking).await?;
    if is_new && !person.has_had_password {
        limit_invitations::count(act.tx(), services, person.company, 1).await?;
    }
    act.commit().await?;
    services.bell.ring();
    Ok(if is_new { Asked::OnItsWay } else { Asked::WaitsAlready })
}
