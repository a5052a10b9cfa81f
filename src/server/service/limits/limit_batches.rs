//! How many batches of a company are carried out at a time, and how many drafts of one person are kept (F10): neither the
//! queue of batches nor the table of lines grows with the presses of one.

use rekey_domain::batch::{BatchKind, KEPT_DRAFTS, MOST_OPEN};
use sea_orm::DatabaseTransaction;

use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_asks::limited_for_good;
use crate::server::service::limits::limit_invitations;
use crate::server::services::Services;
use crate::server::store::batch_lines::{self, Line};
use crate::server::store::batches::{self, Batch};
use crate::server::store::db::Db;
use crate::wire::error::Limit;

/// Keeps a draft with its lines; the oldest ones of its maker go, where there are too many.
pub async fn keep_draft(tx: &DatabaseTransaction, draft: &Batch, lines: &[Line]) -> Outcome<()> {
    let maker = draft.made_by.ok_or_else(|| ServiceError::bug("a draft is nobody's"))?;
    batches::insert(tx, draft).await?;
    batch_lines::insert(tx, draft.id, lines).await?;
    Ok(batches::purge_drafts_of(tx, maker, KEPT_DRAFTS).await?)
}

/// Whether one more batch of the company acted in may be pressed. Two presses at once see each other.
pub async fn may_press(tx: &DatabaseTransaction, who: &SignedIn) -> Outcome<()> {
    Db::one_at_a_time_of(tx, who.company.as_uuid()).await?;
    if batches::count_pressed(tx, who.company).await? < MOST_OPEN {
        return Ok(());
    }
    Err(limited_for_good(Limit::OpenBatches(MOST_OPEN)).into())
}

/// Takes the places of the invitations that a batch will send, which was pressed in this transaction. `ready`: its lines.
pub async fn take_invitations(
    tx: &DatabaseTransaction,
    services: &Services,
    who: &SignedIn,
    batch: &Batch,
    ready: u64,
) -> Outcome<()> {
    let invited = match batch.kind {
        BatchKind::Import => ready,
        BatchKind::Resets => batch_lines::count_ready_without_password(tx, batch.id).await?,
    };
    limit_invitations::take(tx, services, who, batch.company, invited).await
}
