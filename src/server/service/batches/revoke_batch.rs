//! **Revoke all unused**: every living link of a batch, with all other living links of its people. What was still to be sent
//! is not sent. The worker withdraws them a few at a time.

use rekey_domain::batch::BatchState;
use rekey_domain::deed::Deed;
use rekey_domain::id::BatchId;
use rekey_domain::policy::{self, Action};

use crate::server::client::Client;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::act_on_batch::act_on_batch;
use crate::server::services::Services;
use crate::server::store::{batch_lines, batch_resets, batches};
use crate::wire::batches::{BatchPress, RevokeBatchPage};
use crate::wire::error::AppError;

/// The page that asks whether it is meant.
pub async fn show_revoke_batch(services: &Services, reader: &SignedIn, id: BatchId) -> Outcome<RevokeBatchPage> {
    policy::decide(&reader.as_actor(), Action::ResetMany, None)?;
    let on = services.db.reader();
    let found = batches::find(on, id, reader.company).await?;
    found
        .filter(|batch| batch.state != BatchState::Draft)
        .ok_or(AppError::NotFound)?;
    Ok(RevokeBatchPage {
        id,
        living: batch_resets::count_living_of_batch(on, id, services.clock.now()).await?,
    })
}

/// Withdraws them. A second press answers as the first.
pub async fn revoke_batch(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    id: BatchId,
    input: BatchPress,
) -> Outcome<()> {
    let (act, _) = act_on_batch(services, client, who, (id, input.company), Deed::ManyLinksRevoked).await?;
    let living = batch_resets::count_living_of_batch(act.tx(), id, act.now).await?;
    if batches::begin_revoking(act.tx(), id, who.user).await? {
        batch_lines::revoke_ready(act.tx(), id).await?;
        let detail = living.to_string();
        act.note(Deed::ManyLinksRevoked, None, Some(&detail)).await?;
    }
    act.commit().await?;
    services.batches.ring();
    Ok(())
}
