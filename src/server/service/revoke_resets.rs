//! The button **Revoke**: every living link of a person stops working, and what waits to be sent is not sent (G8).

use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::act_on_person::{act_on_person, entry};
use crate::server::service::error::Outcome;
use crate::server::service::limit_asks;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::{activity, resets};
use crate::wire::forms::OnPerson;

const WORD: &str = "links_revoked";

/// Withdraws them. Where none lives, nothing is done and nothing noted: a double press is harmless.
pub async fn revoke_resets(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    let (tx, person) = act_on_person(services, client, who, input, Action::RevokeReset, WORD).await?;
    let unsent = limit_asks::unsent(&tx, services, &person).await?;
    if resets::revoke_living(&tx, person.id, who.user, services.clock.now()).await? > 0 {
        limit_asks::give_back_all(&tx, services, &unsent).await?;
        activity::insert(&tx, entry(services, client, who, WORD, true, Some(&person))).await?;
    }
    tx.commit().await?;
    Ok(())
}
