//! The one press under a draft: from now on it is carried out, whatever happens to this server (H1). It answers at once; the
//! mails follow at their pace.

use rekey_domain::batch::{self, BatchState, LineOutcome};
use rekey_domain::deed::{Deed, ManyPeople};

use crate::server::client::Client;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::act_on_batch::act_on_batch;
use crate::server::service::limits::limit_batches::{may_press, take_invitations};
use crate::server::services::Services;
use crate::server::store::{batch_lines, batches};
use crate::wire::batches::SendInput;
use crate::wire::forms::{Field, Reason};

/// Presses it. A second press answers as the first.
pub async fn press_batch(services: &Services, client: &Client, who: &SignedIn, input: &SendInput) -> Outcome<()> {
    let (act, draft) = act_on_batch(
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
    let counts = batch_lines::count(act.tx(), draft.id).await?;
    let ready = counts.into_iter().find(|(outcome, _)| *outcome == LineOutcome::Ready);
    let Some((_, people)) = ready else {
        return Err(ServiceError::invalid(Field::Reason, Reason::NobodyLeft));
    };
    may_press(act.tx(), who).await?;
    batches::press(act.tx(), draft.id, reason.as_deref(), act.now).await?;
    let reason = reason.as_deref();
    let detail = ManyPeople { people, reason }.to_string();
    act.note(Deed::ManyResetsAsked, None, Some(&detail)).await?;
    take_invitations(act.tx(), services, who, &draft, people).await?;
    act.commit().await?;
    services.batches.ring();
    Ok(())
}
