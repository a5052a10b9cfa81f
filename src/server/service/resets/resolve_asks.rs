//! Turns queued asks into resets, where the address belongs to an account; the others end silently.
//!
//! Runs in jittered ticks of its own, so that no answer's time tells what was found (B3). A tick takes all that waits, many
//! asks in a transaction: after a scare thousands ask at once (F18). One that can't be resolved waits, and holds up nobody (F4).

use std::collections::HashSet;
use std::net::IpAddr;
use std::time::Duration;

use rekey_domain::id::AskId;
use rekey_domain::policy;
use rekey_domain::reset::Kind;
use tokio::time::Instant;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::resets::ask_manager;
use crate::server::service::resets::start_reset::{Asking, refuse_own_resets, start_resets};
use crate::server::services::Services;
use crate::server::store::activity::ActorIs;
use crate::server::store::asks::{self, Ask};
use crate::server::store::users::User;
use crate::server::store::{companies, limits, users};
use crate::server::work::{Piece, contained_outcome};

/// Asks of one transaction at most: it is short for whoever waits to write, and costs about ten statements for all of them.
const AT_ONCE: u64 = 50;
/// A tick goes on for so long at most while more waits: others have work in it, too.
const LONGEST: Duration = Duration::from_secs(2);
/// Old rows of the limits removed in one tick at most: more than one server gets in the same time.
const PURGED: u64 = 500;

/// Resolves what waits, the oldest asks first; how many there were.
pub async fn resolve_asks(services: &Services) -> Outcome<usize> {
    let began = Instant::now();
    let mut resolved = 0;
    let mut aside = services
        .work
        .put_off
        .waiting(services.clock.now(), |piece| match piece {
            Piece::Ask(id) => Some(id),
            _ => None,
        });
    let mut is_any_left = asks::is_any(services.db.reader()).await?;
    while is_any_left {
        let looked_at = match contained_outcome(resolve_together(services, &aside)).await {
            Ok(looked_at) => looked_at,
            Err(error) if error.is_passing() => return Err(error),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "asks can't be resolved together: one by one"
                );
                resolve_one_by_one(services, &aside).await?
            }
        };
        resolved += looked_at.resolved;
        if looked_at.resolved > 0 {
            services.bell.ring();
        }
        is_any_left = looked_at.all >= AT_ONCE && began.elapsed() < LONGEST;
        aside.extend(looked_at.left);
    }
    Ok(resolved)
}

/// What asking and signing in left behind in the limits goes where nobody waits for it, too (C8).
pub async fn purge_limits(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    if limits::is_any_old(services.db.reader(), now).await? {
        let tx = services.db.begin_write().await?;
        limits::purge(&tx, now, PURGED).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What became of a few asks.
struct LookedAt {
    /// How many there were.
    all: u64,
    /// How many of them are resolved.
    resolved: usize,
    /// The others, which wait for the next tick.
    left: Vec<AskId>,
}

impl LookedAt {
    fn at(asks: &[Ask], left: Vec<AskId>) -> Self {
        Self {
            all: asks.len().try_into().unwrap_or(u64::MAX),
            resolved: asks.len() - left.len(),
            left,
        }
    }
}

/// The oldest asks but those in `aside`, in one transaction.
async fn resolve_together(services: &Services, aside: &[AskId]) -> Outcome<LookedAt> {
    let mut act = Act::begin(services, By::Server).await?;
    let asks = asks::lock_oldest(act.tx(), aside, AT_ONCE).await?;
    let left = resolve(&mut act, &asks).await?;
    act.commit().await?;
    Ok(LookedAt::at(&asks, left))
}

/// The same asks, each in a transaction of its own: those that can be resolved are.
async fn resolve_one_by_one(services: &Services, aside: &[AskId]) -> Outcome<LookedAt> {
    let asks = asks::list_oldest(services.db.reader(), aside, AT_ONCE).await?;
    let mut left = Vec::new();
    for ask in &asks {
        let alone = resolve_alone(services, ask.id);
        match services
            .work
            .put_off
            .attempt(services, Piece::Ask(ask.id), alone)
            .await?
        {
            Some(still) => left.extend(still),
            None => left.push(ask.id),
        }
    }
    Ok(LookedAt::at(&asks, left))
}

async fn resolve_alone(services: &Services, id: AskId) -> Outcome<Vec<AskId>> {
    let mut act = Act::begin(services, By::Server).await?;
    // Where it is gone, another process has resolved it.
    let asks: Vec<_> = asks::lock_one(act.tx(), id).await?.into_iter().collect();
    let left = resolve(&mut act, &asks).await?;
    act.commit().await?;
    Ok(left)
}

/// Resolves asks that are locked. Those are left whose person somebody else has locked just now: whoever holds one person
/// and waits for the next would else wait for somebody who does the same the other way round.
async fn resolve(act: &mut Act<'_>, asks: &[Ask]) -> Outcome<Vec<AskId>> {
    if asks.is_empty() {
        return Ok(Vec::new());
    }
    let mut keys: Vec<_> = asks.iter().map(|ask| ask.email_key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let people = users::lock_free_by_email_keys(act.tx(), &keys).await?;
    act.has_locked();
    keys.retain(|key| !people.contains_key(*key));
    let busy = if keys.is_empty() {
        HashSet::new()
    } else {
        users::list_email_keys(act.tx(), &keys).await?
    };
    let (left, taken): (Vec<_>, Vec<_>) = asks.iter().partition(|ask| busy.contains(&ask.email_key));
    asks::remove(act.tx(), taken.iter().map(|ask| ask.id)).await?;
    let known: Vec<_> = taken
        .into_iter()
        .filter_map(|ask| Some((ask, people.get(&ask.email_key)?, client_of(ask))))
        .collect();
    answer(act, &known).await?;
    Ok(left.into_iter().map(|ask| ask.id).collect())
}

/// Starts the resets, or tells whom to ask where only managers start them.
async fn answer(act: &Act<'_>, known: &[(&Ask, &User, Client)]) -> Outcome<()> {
    if known.is_empty() {
        return Ok(());
    }
    let companies = companies::list_of(act.tx(), known.iter().map(|(_, person, _)| person.company)).await?;
    let (mut wanted, mut told, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (ask, person, client) in known {
        let company = companies.get(&person.company);
        let company = company.ok_or_else(|| ServiceError::bug("a person without a company"))?;
        let actor = ActorIs::Recipient(person.id, &person.name);
        if policy::start_own_reset(person.role, company.only_managers).is_err() {
            told.push((*person, *ask, client));
            refused.push((*person, actor, client));
            continue;
        }
        let asking = Asking {
            kind: Kind::Oneself,
            actor,
            client: Some(client),
            asked_at: ask.asked_at,
            of_batch: None,
        };
        wanted.push((*person, asking));
    }
    refuse_own_resets(act, refused).await?;
    ask_manager::tell_all(act, told).await?;
    start_resets(act, wanted).await
}

fn client_of(ask: &Ask) -> Client {
    let address = ask.client_address.parse().unwrap_or(IpAddr::from([0, 0, 0, 0]));
    Client::new(address, &ask.user_agent)
}
