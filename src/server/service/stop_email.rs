//! The holder of the old address stops a change, by the link that was mailed there, not signed in. One that counts already
//! is taken back, with whatever came after it, and all sessions and links end.

use rekey_domain::email_change::ChangeEnd;
use rekey_domain::id::ActivityId;
use rekey_domain::secret::Secret;
use rekey_domain::token::TokenKind;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::enter_email::end_open;
use crate::server::service::error::Outcome;
use crate::server::service::free_email::wait_for_turn;
use crate::server::service::look_at_email_change::find_change;
use crate::server::service::settle_email::{owner_of, put, stored_email};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::{email_changes, sessions, users};
use crate::wire::error::AppError;

/// Stops it. Whether the old address was brought back.
pub async fn stop_email(services: &Services, client: &Client, token: &Secret) -> Outcome<bool> {
    let kind = TokenKind::StopEmail;
    let Some(known) = find_change(services.db.reader(), token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let tx = services.db.begin_write().await?;
    users::find_and_lock(&tx, known.person.id).await?;
    // Again, now that nobody else can change anything about this person.
    let Some(known) = find_change(&tx, token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let now = services.clock.now();
    let (change, person) = (known.change, known.person);
    if !change.facts.can_be_stopped(now) {
        return Err(AppError::LinkDead.into());
    }
    let is_taken_back = change.facts.end == Some(ChangeEnd::Counted);
    if is_taken_back {
        let old = stored_email(&change.old_email)?;
        wait_for_turn(&tx, &old).await?;
        // Nobody else gets it as long as it can be wanted back.
        if owner_of(&tx, &old, now)
            .await?
            .is_some_and(|owner| owner.id != person.id)
        {
            return Err(AppError::LinkDead.into());
        }
        end_open(&tx, &person, now).await?;
        put(&tx, services, &person, &old, now).await?;
        sessions::delete_of_user(&tx, person.id).await?;
    }
    // Also those after it: whoever has the address that is given up must not take it back by their links.
    email_changes::stop_since(&tx, &change, now).await?;
    let detail = format!("{} {}", change.old_email, change.new_email);
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor: ActorIs::Recipient(person.id, &person.name),
        action: "email_stopped",
        granted: true,
        target: Some((person.id, &person.name)),
        detail: Some(&detail),
        client_address: Some(client.address_text()),
    };
    activity::insert(&tx, entry).await?;
    tx.commit().await?;
    Ok(is_taken_back)
}
