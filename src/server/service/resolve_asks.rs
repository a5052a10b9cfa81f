//! Turns queued asks into resets, where the address belongs to an account; the others end silently.
//!
//! Runs in jittered ticks of its own, so that no answer's time tells what was found (B3).

use std::net::IpAddr;

use rekey_domain::policy;
use rekey_domain::reset::Kind;

use crate::server::client::Client;
use crate::server::service::ask_manager;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::start_reset::{Asking, refuse_own_reset, start_reset};
use crate::server::services::Services;
use crate::server::store::activity::ActorIs;
use crate::server::store::asks::{self, Ask};
use crate::server::store::{companies, limits, users};

/// Asks resolved in one tick at most.
const BATCH: u64 = 50;
/// Old rows of the limits removed in one tick at most: more than one server gets in the same time.
const PURGED: u64 = 500;

/// Resolves the oldest asks, each in a transaction of its own; how many there were.
pub async fn resolve_asks(services: &Services) -> Outcome<usize> {
    let waiting = asks::list_oldest(services.db.reader(), BATCH).await?;
    for ask in &waiting {
        resolve(services, ask).await?;
    }
    if !waiting.is_empty() {
        services.bell.ring();
    }
    purge_limits(services).await?;
    Ok(waiting.len())
}

/// What asking and signing in left behind in the limits goes here too, where nobody waits for it (C8).
async fn purge_limits(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    if limits::is_any_old(services.db.reader(), now).await? {
        let tx = services.db.begin_write().await?;
        limits::purge(&tx, now, PURGED).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn resolve(services: &Services, ask: &Ask) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    if !asks::take(&tx, ask.id).await? {
        return Ok(());
    }
    if let Some(found) = users::find_by_email_key(&tx, &ask.email_key).await?
        && let Some(person) = users::find_and_lock(&tx, found.id).await?
    {
        let address = ask.client_address.parse().unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let client = Client::new(address, &ask.user_agent);
        let actor = ActorIs::Recipient(person.id, &person.name);
        let company = companies::find(&tx, person.company).await?;
        let company = company.ok_or_else(|| ServiceError::bug("a person without a company"))?;
        if policy::start_own_reset(person.role, company.only_managers).is_err() {
            refuse_own_reset(&tx, services, &person, actor, &client).await?;
            ask_manager::tell(&tx, services, &person, ask, &client).await?;
            tx.commit().await?;
            return Ok(());
        }
        let asking = Asking {
            kind: Kind::Oneself,
            actor,
            client: Some(&client),
            asked_at: ask.asked_at,
            of_batch: None,
        };
        start_reset(&tx, services, &person, asking).await?;
    }
    tx.commit().await?;
    Ok(())
}
