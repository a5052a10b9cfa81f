//! The recipient of a link withdraws it by the link itself, not signed in: because they did not ask for it, or do not
//! need it any more. All their living links end; where they did not ask, the account is taken back.

use rekey_domain::reset::RecipientSaid;
use rekey_domain::secret::Secret;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::look_at_link::find_link;
use crate::server::service::resets::look_at_not_me::may_withdraw;
use crate::server::service::resets::not_me_said::{Said, tell_administrators, withdraw_all};
use crate::server::services::Services;
use crate::server::store::disavowals::Disavowed;
use crate::server::store::notice_facts::AboutFacts;
use crate::server::store::{resets, users};
use crate::wire::error::AppError;

/// Withdraws it, once.
pub async fn withdraw_link(services: &Services, client: &Client, token: &Secret, said: RecipientSaid) -> Outcome<Said> {
    let Some(link) = find_link(services.db.reader(), token.expose()).await? else {
        return Err(AppError::LinkDead.into());
    };
    let mut act = Act::begin(services, By::Recipient(Some(client))).await?;
    users::find_and_lock(act.tx(), link.person.id).await?;
    act.has_locked();
    // Again, now that nobody else can say or change anything about this person.
    let Some(link) = find_link(act.tx(), token.expose()).await? else {
        return Err(AppError::LinkDead.into());
    };
    if may_withdraw(act.tx(), &link, act.now).await?.is_err() {
        return Err(AppError::LinkDead.into());
    }
    let (person, reset) = (&link.person, &link.reset);
    let signed_out = withdraw_all(&act, person, said, Some(&reset.reference)).await?;
    let is_told = match said {
        RecipientSaid::NotNeeded => false,
        RecipientSaid::NotAsked => {
            let about = AboutFacts::Link {
                asked_by: resets::find_asker(act.tx(), reset)
                    .await?
                    .map(|(asker, _)| called_as(&asker)),
                asked_at: reset.asked_at.as_millis(),
                reference: reset.reference.clone(),
                signed_out,
            };
            tell_administrators(&act, person, Disavowed::Reset(reset.id), about).await?
        }
    };
    act.commit().await?;
    services.bell.ring();
    Ok(Said {
        told: is_told.then_some(link.company.name),
    })
}
