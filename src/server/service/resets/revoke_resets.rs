//! The button **Revoke**: every living link of a person stops working, and what waits to be sent is not sent (G8). Whoever
//! may have one of them in a mailbox is told.

use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::resets::withdraw_links::{Withdrawer, withdraw_links};
use crate::server::services::Services;
use crate::wire::forms::OnPerson;

/// Withdraws them, and returns the person's name. Where no link lives, nothing is done and nothing noted: a double press is
/// harmless.
pub async fn revoke_resets(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<String> {
    let (act, person) = act_on_person(services, client, who, input, Action::RevokeReset, Deed::LinksRevoked).await?;
    let by = Withdrawer {
        user: who.user,
        company: who.company,
        called: &who.called,
        role: who.role,
        client_address: Some(client.address_text()),
    };
    withdraw_links(&act, &by, &person).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(person.name)
}
