//! The owner of an account says that a change of its password was not theirs, by the link in the notice of it, not signed
//! in: the account is taken back, the password is gone, and the administrators are told.

use rekey_domain::not_me;
use rekey_domain::reset::RecipientSaid;
use rekey_domain::secret::Secret;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::look_at_not_me::find_notice;
use crate::server::service::resets::not_me_said::{Said, tell_administrators, withdraw_all};
use crate::server::services::Services;
use crate::server::store::disavowals::{self, Disavowed};
use crate::server::store::notice_facts::AboutFacts;
use crate::server::store::users;
use crate::wire::error::AppError;

/// Ends everything, once for each notice.
pub async fn disavow_change(services: &Services, client: &Client, token: &Secret) -> Outcome<Said> {
    let Some(notice) = find_notice(services.db.reader(), token.expose()).await? else {
        return Err(AppError::LinkDead.into());
    };
    let mut act = Act::begin(services, By::Recipient(Some(client))).await?;
    users::find_and_lock(act.tx(), notice.person.id).await?;
    act.has_locked();
    // Again, now that nobody else can say or change anything about this person.
    let Some(notice) = find_notice(act.tx(), token.expose()).await? else {
        return Err(AppError::LinkDead.into());
    };
    let (person, disavowed) = (&notice.person, Disavowed::Change(notice.mail.id));
    let was_said = disavowals::was_said(act.tx(), disavowed).await?.is_some();
    if not_me::about_change(notice.mail.created_at, act.now, was_said).is_err() {
        return Err(AppError::LinkDead.into());
    }
    let signed_out = withdraw_all(&act, person, RecipientSaid::NotAsked, None).await?;
    users::remove_password(act.tx(), person.id).await?;
    let about = AboutFacts::Change {
        changed_at: notice.change.changed_at,
        signed_out,
    };
    let is_told = tell_administrators(&act, person, disavowed, about).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(Said {
        told: is_told.then_some(notice.company.name),
    })
}
