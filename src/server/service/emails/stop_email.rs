//! The holder of the old address stops a change, by the link that was mailed there, not signed in. One that counts already
//! is taken back, with whatever came after it.
//!
//! Whoever entered the own address, or has the account since, is in it: then the account is taken back, and its password is
//! gone (F7). An account that came back by the change is deleted again, under its old address.

use rekey_domain::deed::Deed;
use rekey_domain::email_change::ChangeEnd;
use rekey_domain::reset::CancelledFor;
use rekey_domain::secret::Secret;
use rekey_domain::token::TokenKind;

use crate::server::client::Client;
use crate::server::service::accounts::address::{owner_of, stored_email, wait_for_turn};
use crate::server::service::accounts::delete_account::delete_account;
use crate::server::service::accounts::take_back::{LinksEnd, take_back};
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::emails::look_at_email_change::find_change;
use crate::server::service::emails::settle_email::put;
use crate::server::services::Services;
use crate::server::store::mails::{self, MailKind};
use crate::server::store::{email_changes, users};
use crate::wire::email_change::StopDoes;
use crate::wire::error::AppError;

/// Stops it.
pub async fn stop_email(services: &Services, client: &Client, token: &Secret) -> Outcome<StopDoes> {
    let kind = TokenKind::StopEmail;
    let Some(known) = find_change(services.db.reader(), token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let mut act = Act::begin(services, By::Recipient(Some(client))).await?;
    users::find_and_lock(act.tx(), known.person.id).await?;
    act.has_locked();
    // Again, now that nobody else can change anything about this person.
    let Some(known) = find_change(act.tx(), token.expose(), kind).await? else {
        return Err(AppError::LinkDead.into());
    };
    let now = act.now;
    let (change, person) = (&known.change, &known.person);
    if !change.facts.can_be_stopped(now) {
        return Err(AppError::LinkDead.into());
    }
    let (counts, stopping) = (change.facts.end == Some(ChangeEnd::Counted), known.stopping());
    let old = stored_email(&change.old_email)?;
    if stopping == StopDoes::BringsBack {
        wait_for_turn(act.tx(), &old).await?;
        // Nobody else gets it as long as it can be wanted back.
        if owner_of(act.tx(), &old, now)
            .await?
            .is_some_and(|owner| owner.id != person.id)
        {
            return Err(AppError::LinkDead.into());
        }
    }
    // Also those after it: whoever has the address that is given up must not take it back by their links.
    email_changes::stop_since(act.tx(), change, now).await?;
    mails::drop_waiting_of_user(act.tx(), person.id, MailKind::ConfirmEmail, now).await?;
    let mut deeds = vec![Deed::EmailStopped];
    match stopping {
        StopDoes::Stops => {}
        StopDoes::SignsOut | StopDoes::BringsBack => {
            take_back(&act, person, LinksEnd::Cancelled(CancelledFor::EmailChanged), None).await?;
            users::remove_password(act.tx(), person.id).await?;
        }
        StopDoes::StaysDeleted if person.is_deleted() || !counts => {}
        StopDoes::StaysDeleted => {
            delete_account(&act, person).await?;
            deeds.push(Deed::UserDeleted);
        }
    }
    if counts {
        put(&act, person, &old).await?;
    }
    let detail = format!("{} {}", change.old_email, change.new_email);
    for deed in deeds {
        act.note(deed, Some(person), Some(&detail)).await?;
    }
    act.commit().await?;
    Ok(stopping)
}
