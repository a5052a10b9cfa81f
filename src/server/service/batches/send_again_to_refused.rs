//! The button **Send again to refused**: a new batch of everybody whose mail the mail server has refused, pressed at once. Their
//! addresses may be right by now.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::deed::Deed;
use rekey_domain::id::BatchId;

use crate::server::client::Client;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::act_on_batch::act_on_batch;
use crate::server::service::batches::choose_people::{Found, decided, new_batch};
use crate::server::service::limits::limit_batches::{may_press, take_invitations};
use crate::server::services::Services;
use crate::server::store::batches::{self, Batch};
use crate::server::store::{batch_lines, batch_resets};
use crate::wire::batches::BatchPress;
use crate::wire::error::AppError;

/// Sends again; the new batch.
pub async fn send_again_to_refused(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    id: BatchId,
    input: BatchPress,
) -> Outcome<BatchId> {
    let (act, _) = act_on_batch(services, client, who, (id, input.company), Deed::ManyResetsAsked).await?;
    let refused = batch_resets::list_refused_of_batch(act.tx(), id).await?;
    let lines = decided(act.tx(), services, who, refused.into_iter().map(Found::of).collect()).await?;
    if lines.is_empty() {
        return Err(AppError::NotFound.into());
    }
    may_press(act.tx(), who).await?;
    let now = act.now;
    let batch = Batch {
        state: BatchState::Pressed,
        pressed_at: Some(now),
        ..new_batch(&act, client, who, BatchKind::Resets)
    };
    batches::insert(act.tx(), &batch).await?;
    batch_lines::insert(act.tx(), batch.id, &lines).await?;
    let people = lines.iter().filter(|line| line.outcome == LineOutcome::Ready).count();
    let people = u64::try_from(people).map_err(|error| ServiceError::bug(error.to_string()))?;
    let detail = people.to_string();
    act.note(Deed::ManyResetsAsked, None, Some(&detail)).await?;
    take_invitations(act.tx(), services, who, &batch, people).await?;
    act.commit().await?;
    services.batches.ring();
    Ok(batch.id)
}
