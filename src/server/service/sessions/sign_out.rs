//! Signing out: the session ends on the server (E3), and so does every other one whose cookie the browser sent (K2).

use rekey_domain::deed::Deed;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::entry;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::{activity, sessions};

/// Ends the browser's sessions, if there is one.
pub async fn sign_out(services: &Services, client: &Client, who: Option<&SignedIn>) -> Outcome<()> {
    if let Some(who) = who {
        let tx = services.db.begin_write().await?;
        for session in who.all_sessions() {
            sessions::delete(&tx, session).await?;
        }
        let who = who.at_home();
        activity::insert(&tx, entry(services, client, &who, Deed::SignedOut, true, None)).await?;
        tx.commit().await?;
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
