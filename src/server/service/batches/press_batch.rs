//! The one press under a draft: from now on it is carried out, whatever happens to this server (H1). It answers at once; the
//! mails follow at their pace.

use rekey_domain::batch::{self, BatchState, LineOutcome};
use rekey_domain::deed::Deed;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::entry;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::act_on_batch::act_on_batch;
use crate::server::service::limits::limit_batches::{may_press, take_invitations};
use crate::server::services::Services;
use crate::server::store::activity::{self, Entry};
use crate::server::store::{batch_lines, batches};
use crate::texts::batches as texts;
use crate::wire::batches::SendInput;
use crate::wire::forms::{Field, Reason};

/// Presses it. A second press answers as the first.
pub async fn press_batch(services: &Services, client: &Client, who: &SignedIn, input: &SendInput) -> Outcome<()> {
    let (tx, draft) = act_on_batch(
        services,
        client,
        who,
        (input.draft, input.company),
        Deed::ManyResetsAsked,
    )
    .await?;
    if draft.state != BatchState::Draft {
        return Ok(());
    }
    let reason = batch::reason(&input.reason).map_err(|_| ServiceError::invalid(Field::Reason, Reason::BadReason))?;
    let counts = batch_lines::count(&tx, draft.id).await?;
    let ready = counts.into_iter().find(|(outcome, _)| *outcome == LineOutcome::Ready);
    let Some((_, people)) = ready else {
        return Err(ServiceError::invalid(Field::Reason, Reason::NobodyLeft));
    };
    may_press(&tx, who).await?;
    batches::press(&tx, draft.id, reason.as_deref(), services.clock.now()).await?;
    let detail = texts::in_activity(people, reason.as_deref());
    let pressed = Entry {
        detail: Some(&detail),
        ..entry(services, client, who, Deed::ManyResetsAsked, true, None)
    };
    activity::insert(&tx, pressed).await?;
    take_invitations(&tx, services, who, &draft, people).await?;
    tx.commit().await?;
    services.batches.ring();
    Ok(())
}
