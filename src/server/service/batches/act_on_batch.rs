//! The beginning of everything that somebody does to a batch: the actor as of now (D6), the batch inside the actor's company,
//! and the decision, in one transaction with what follows. A refusal is an entry in the activity (D7).

use rekey_domain::batch::{BatchKind, BatchState};
use rekey_domain::deed::Deed;
use rekey_domain::id::{BatchId, CompanyId};
use rekey_domain::policy::{Action, Refusal};

use crate::server::client::Client;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::batches::{self, Batch};

/// Begins: the act to go on with, and the batch, whose row is locked. A draft is there for its maker alone. `shown`: the company
/// that the page showed (D3); `deed` names the act in the activity.
pub async fn act_on_batch<'a>(
    services: &'a Services,
    client: &'a Client,
    who: &'a SignedIn,
    (id, shown): (BatchId, CompanyId),
    deed: Deed,
) -> Outcome<(Act<'a>, Batch)> {
    let mut act = Act::allowed(services, (who, client), shown, &[Action::ResetMany], deed).await?;
    let is_seen = |batch: &Batch| {
        batch.kind == BatchKind::Resets && (batch.state != BatchState::Draft || batch.made_by == Some(who.user))
    };
    let found = batches::find_and_lock(act.tx(), id, who.company).await?;
    act.has_locked();
    match found {
        Some(batch) if is_seen(&batch) => Ok((act, batch)),
        _ => Err(act.refuse(deed, None, Refusal::NotFound).await),
    }
}
