//! The press that lets an import happen: the draft becomes a batch that is carried out, in one guarded UPDATE. A second
//! press answers as the first.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::deed::Deed;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::entry;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::service::limits::limit_batches::{may_press, take_invitations};
use crate::server::services::Services;
use crate::server::store::activity::{self, Entry};
use crate::server::store::{batch_lines, batches};
use crate::texts::import as texts;
use crate::wire::error::AppError;
use crate::wire::import::InviteInput;

/// Presses one's own draft.
pub async fn press_import(services: &Services, client: &Client, who: &SignedIn, input: InviteInput) -> Outcome<()> {
    who.must_act_in(input.company)?;
    let tx = services.db.begin_write().await?;
    let actor = actor_now(&tx, who).await?;
    if let Err(refusal) = policy::decide(&actor, Action::CreateUser(Role::User), None) {
        activity::insert(&tx, entry(services, client, who, Deed::PeopleImported, false, None)).await?;
        tx.commit().await?;
        return Err(refusal.into());
    }
    let draft = batches::find_and_lock(&tx, input.draft, who.company).await?;
    let Some(draft) = draft.filter(|draft| draft.kind == BatchKind::Import && draft.made_by == Some(who.user)) else {
        return Err(AppError::NotFound.into());
    };
    if draft.state != BatchState::Draft {
        return Ok(());
    }
    let counts = batch_lines::count(&tx, draft.id).await?;
    let ready = counts.iter().find(|(outcome, _)| *outcome == LineOutcome::Ready);
    let Some(&(_, ready)) = ready else {
        return Err(AppError::BadRequest.into());
    };
    may_press(&tx, who).await?;
    batches::press(&tx, draft.id, None, services.clock.now()).await?;
    let people = texts::people(ready);
    let imported = Entry {
        detail: Some(&people),
        ..entry(services, client, who, Deed::PeopleImported, true, None)
    };
    activity::insert(&tx, imported).await?;
    take_invitations(&tx, services, who, &draft, ready).await?;
    tx.commit().await?;
    services.batches.ring();
    Ok(())
}
