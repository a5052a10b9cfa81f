//! The beginning of everything that somebody does to a batch: the actor as of now (D6), the batch inside the actor's company,
//! and the decision, in one transaction with what follows. A refusal is an entry in the activity (D7).

use rekey_domain::batch::{BatchKind, BatchState};
use rekey_domain::deed::Deed;
use rekey_domain::id::{BatchId, CompanyId};
use rekey_domain::policy::{self, Action, Refusal};
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::entry;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::services::Services;
use crate::server::store::activity;
use crate::server::store::batches::{self, Batch};

/// Begins: the transaction to go on in, and the batch, whose row is locked. A draft is there for its maker alone. `shown`: the
/// company that the page showed (D3); `deed` names the act in the activity.
pub async fn act_on_batch(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    (id, shown): (BatchId, CompanyId),
    deed: Deed,
) -> Outcome<(DatabaseTransaction, Batch)> {
    who.must_act_in(shown)?;
    let tx = services.db.begin_write().await?;
    let actor = actor_now(&tx, who).await?;
    if let Err(refusal) = policy::decide(&actor, Action::ResetMany, None) {
        return refuse(tx, services, client, who, deed, refusal).await;
    }
    let is_seen = |batch: &Batch| {
        batch.kind == BatchKind::Resets && (batch.state != BatchState::Draft || batch.made_by == Some(who.user))
    };
    match batches::find_and_lock(&tx, id, who.company).await? {
        Some(batch) if is_seen(&batch) => Ok((tx, batch)),
        _ => refuse(tx, services, client, who, deed, Refusal::NotFound).await,
    }
}

/// Ends the transaction with the entry that something was refused.
pub async fn refuse<T>(
    tx: DatabaseTransaction,
    services: &Services,
    client: &Client,
    who: &SignedIn,
    deed: Deed,
    refusal: Refusal,
) -> Outcome<T> {
    activity::insert(&tx, entry(services, client, who, deed, false, None)).await?;
    tx.commit().await?;
    Err(ServiceError::from(refusal))
}
