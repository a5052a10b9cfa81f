//! A reset by the operator, `rekey user reset`: for somebody whom nobody of the company can help just now. The mail goes to
//! the address on file, like every other.

use rekey_domain::account::Status;
use rekey_domain::email::Email;
use rekey_domain::reset::Kind;

use crate::server::service::error::Outcome;
use crate::server::service::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::activity::ActorIs;
use crate::server::store::users;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way.
    OnItsWay,
    /// One waits already, and goes.
    WaitsAlready,
    /// No account uses this address.
    NoSuchAccount,
}

/// Asks for a reset, in one transaction. Deleted people are not found: their address may be somebody else's by now.
pub async fn operator_reset(services: &Services, email: &Email) -> Outcome<Asked> {
    let tx = services.db.begin_write().await?;
    let Some(found) = users::find_by_email_key(&tx, email.key()).await? else {
        return Ok(Asked::NoSuchAccount);
    };
    let Some(person) = users::find_and_lock(&tx, found.id).await? else {
        return Ok(Asked::NoSuchAccount);
    };
    if person.status == Status::Deleted {
        return Ok(Asked::NoSuchAccount);
    }
    let asking = Asking {
        kind: Kind::Manager,
        actor: ActorIs::Operator,
        client: None,
        asked_at: services.clock.now(),
    };
    let is_new = start_reset(&tx, services, &person, asking).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(if is_new { Asked::OnItsWay } else { Asked::WaitsAlready })
}
