//! The holder of a new address confirms it, by the link that was mailed there, not signed in. It counts at once, or when
//! its day is over.

use rekey_domain::deed::Deed;
use rekey_domain::id::ActivityId;
use rekey_domain::secret::Secret;
use rekey_domain::token::TokenKind;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::acting::error::Outcome;
use crate::server::service::emails::look_at_email_change::find_change;
use crate::server::service::emails::settle_email::settle;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::{email_changes, users};
use crate::wire::error::AppError;

/// Confirms it, once. Whether it counts now.
pub async fn confirm_email(services: &Services, client: &Client, token: &Secret) -> Outcome<bool> {
    let kind = TokenKind::ConfirmEmail;
    let Some(known) = find_change(services.db.reader(), token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let tx = services.db.begin_write().await?;
    users::find_and_lock(&tx, known.person.id).await?;
    // Again, now that nobody else can end it.
    let Some(known) = find_change(&tx, token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let now = services.clock.now();
    if !known.can_be_confirmed(now) {
        return Err(AppError::LinkDead.into());
    }
    let (mut change, person) = (known.change, known.person);
    email_changes::confirm(&tx, change.id, now).await?;
    change.facts.confirmed_at = Some(now);
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor: ActorIs::Recipient(person.id, &person.name),
        deed: Deed::EmailConfirmed,
        granted: true,
        target: Some((person.id, &person.name)),
        detail: Some(&change.new_email),
        client_address: Some(client.address_text()),
    };
    activity::insert(&tx, entry).await?;
    let is_due = change.facts.is_due(now);
    let counts = is_due && settle(&tx, services, &change, &person).await?;
    tx.commit().await?;
    if is_due && !counts {
        // Somebody else has taken the address meanwhile.
        return Err(AppError::LinkDead.into());
    }
    Ok(counts)
}
