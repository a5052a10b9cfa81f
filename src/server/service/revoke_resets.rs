//! The button **Revoke**: every living link of a person stops working, and what waits to be sent is not sent (G8).

use rekey_domain::id::ActivityId;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::act_on_person::act_on_person;
use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::resets;
use crate::wire::forms::OnPerson;

const WORD: &str = "links_revoked";

/// Withdraws them. Where none lives, nothing is done and nothing noted: a double press is harmless.
pub async fn revoke_resets(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    let (tx, person) = act_on_person(services, client, who, input, Action::RevokeReset, WORD).await?;
    let now = services.clock.now();
    if resets::revoke_living(&tx, person.id, who.user, now).await? > 0 {
        let entry = Entry {
            id: ActivityId::mint(now, random::bytes()),
            company: who.company,
            at: now,
            actor: ActorIs::User(who.user, &who.name),
            action: WORD,
            granted: true,
            target: Some((person.id, &person.name)),
            detail: None,
            client_address: Some(client.address_text()),
        };
        activity::insert(&tx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
