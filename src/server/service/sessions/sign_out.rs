//! Signing out: the session ends on the server (E3), and so does every other one whose cookie the browser sent (K2).

use rekey_domain::deed::Deed;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::sessions;

/// Ends the browser's sessions, if there is one.
pub async fn sign_out(services: &Services, client: &Client, who: Option<&SignedIn>) -> Outcome<()> {
    if let Some(who) = who {
        let home = who.at_home();
        let act = Act::begin(services, By::Person(&home, client)).await?;
        for session in who.all_sessions() {
            sessions::delete(act.tx(), session).await?;
        }
        act.note(Deed::SignedOut, None, None).await?;
        act.commit().await?;
        tracing::info!(
            target: "rekey::security",
            {
                client.address = client.address_text(),
                client.network = client.network_text(),
                user.id = %who.user,
            },
            "signed_out"
        );
    }
    Ok(())
}
