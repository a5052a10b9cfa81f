//! The press that lets an import happen: the draft becomes a batch that is carried out, in one guarded UPDATE. A second
//! press answers as the first.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;
use rekey_domain::role::Role;

use crate::server::client::Client;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_batches::{may_press, take_invitations};
use crate::server::services::Services;
use crate::server::store::{batch_lines, batches};
use crate::wire::error::AppError;
use crate::wire::import::InviteInput;

/// Presses one's own draft.
pub async fn press_import(services: &Services, client: &Client, who: &SignedIn, input: InviteInput) -> Outcome<()> {
    let creates = [Action::CreateUser(Role::User)];
    let mut act = Act::allowed(services, (who, client), input.company, &creates, Deed::PeopleImported).await?;
    let draft = batches::find_and_lock(act.tx(), input.draft, who.company).await?;
    act.has_locked();
    let Some(draft) = draft.filter(|draft| draft.kind == BatchKind::Import && draft.made_by == Some(who.user)) else {
        return Err(AppError::NotFound.into());
    };
    if draft.state != BatchState::Draft {
        return Ok(());
    }
    let counts = batch_lines::count(act.tx(), draft.id).await?;
    let ready = counts.iter().find(|(outcome, _)| *outcome == LineOutcome::Ready);
    let Some(&(_, ready)) = ready else {
        return Err(AppError::BadRequest.into());
    };
    may_press(act.tx(), who).await?;
    batches::press(act.tx(), draft.id, None, act.now).await?;
    let people = ready.to_string();
    act.note(Deed::PeopleImported, None, Some(&people)).await?;
    take_invitations(act.tx(), services, who, &draft, ready).await?;
    act.commit().await?;
    services.batches.ring();
    Ok(())
}
