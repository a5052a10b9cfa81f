//! The holder of a new address confirms it, by the link that was mailed there, not signed in. It counts at once, or when
//! its day is over.

use rekey_domain::deed::Deed;
use rekey_domain::secret::Secret;
use rekey_domain::token::TokenKind;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::emails::look_at_email_change::find_change;
use crate::server::service::emails::settle_email::settle;
use crate::server::services::Services;
use crate::server::store::{email_changes, users};
use crate::wire::error::AppError;

/// Confirms it, once. Whether it counts now.
pub async fn confirm_email(services: &Services, client: &Client, token: &Secret) -> Outcome<bool> {
    let kind = TokenKind::ConfirmEmail;
    let Some(known) = find_change(services.db.reader(), token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let mut act = Act::begin(services, By::Recipient(Some(client))).await?;
    users::find_and_lock(act.tx(), known.person.id).await?;
    act.has_locked();
    // Again, now that nobody else can end it.
    let Some(known) = find_change(act.tx(), token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let now = act.now;
    if !known.can_be_confirmed(now) {
        return Err(AppError::LinkDead.into());
    }
    let (mut change, person) = (known.change, known.person);
    email_changes::confirm(act.tx(), change.id, now).await?;
    change.facts.confirmed_at = Some(now);
    act.note(Deed::EmailConfirmed, Some(&person), Some(&change.new_email))
        .await?;
    let is_due = change.facts.is_due(now);
    let counts = is_due && settle(&act, &change, &person).await?;
    act.commit().await?;
    if is_due && !counts {
        // Somebody else has taken the address meanwhile.
        return Err(AppError::LinkDead.into());
    }
    Ok(counts)
}
