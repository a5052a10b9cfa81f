//! Signing out: the session ends on the server (E3).

use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::sessions;

/// Ends the session, if there is one.
pub async fn sign_out(services: &Services, who: Option<&SignedIn>) -> Outcome<()> {
    if let Some(who) = who {
        let tx = services.db.begin_write().await?;
        sessions::delete(&tx, who.session).await?;
        tx.commit().await?;
    }
    Ok(())
}
