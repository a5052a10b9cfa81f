//! A new address comes to count: at once where it was the person's own, else when its day is over. Then living links end
//! (A9), since they were mailed to the old one. An account that was deleted comes back by one that was entered for that.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::email_change::ChangeEnd;
use rekey_domain::name::PersonName;
use rekey_domain::reset::{CancelledFor, Kind};
use rekey_domain::time::Timestamp;

use crate::server::service::accounts::address::{owner_of, stored_email, wait_for_turn};
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::limits::limit_asks;
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::email_changes::{self, EmailChange};
use crate::server::store::users::{self, User};
use crate::server::store::{mails, named, resets};
use crate::server::work::{Piece, Trap};

/// Settled in one tick at most.
const BATCH: u64 = 50;

/// Settles those whose time has come, each in a transaction of its own. One that fails waits, and the others go on (F4).
pub async fn settle_due(services: &Services) -> Outcome<()> {
    let (now, put_off) = (services.clock.now(), &services.work.put_off);
    let failed = put_off.waiting(now, |piece| match piece {
        Piece::Change(id) => Some(id),
        _ => None,
    });
    for due in email_changes::list_due(services.db.reader(), now, &failed, BATCH).await? {
        put_off
            .attempt(services, Piece::Change(due.id), settle_one(services, &due, now))
            .await?;
    }
    Ok(())
}

async fn settle_one(services: &Services, due: &EmailChange, now: Timestamp) -> Outcome<()> {
    let act = Act::begin(services, By::Recipient(None)).await?;
    if let Some(person) = users::find_and_lock(act.tx(), due.user).await?
        // Again, now that nobody else can end it.
        && let Some(change) = email_changes::find(act.tx(), due.id).await?
        && change.facts.is_due(now)
    {
        settle(&act, &change, &person).await?;
        act.commit().await?;
        services.bell.ring();
    }
    Ok(())
}

/// Puts the new address in place of the old one; the person is locked. Not if it is somebody else's by now, and never for an
/// account that is deleted (F9), unless it was entered to restore it.
pub async fn settle(act: &Act<'_>, change: &EmailChange, person: &User) -> Outcome<bool> {
    let (tx, now) = (act.tx(), act.now);
    if person.is_deleted() != change.restores {
        email_changes::end(tx, change.id, ChangeEnd::Cancelled, now).await?;
        return Ok(false);
    }
    let email = stored_email(&change.new_email)?;
    wait_for_turn(tx, &email).await?;
    let counts = owner_of(tx, &email, now)
        .await?
        .is_none_or(|owner| owner.id == person.id);
    if counts {
        put(act, person, &email).await?;
        act.services.work.traps.spring(Trap::AddressPut, email.as_str());
        if change.restores {
            restore(act, change).await?;
        }
    }
    let end = if counts {
        ChangeEnd::Counted
    } else {
        ChangeEnd::Cancelled
    };
    email_changes::end(tx, change.id, end, now).await?;
    let detail = format!("{} {email}", change.old_email);
    let deed = if counts { Deed::EmailChanged } else { Deed::EmailNotFree };
    act.note(deed, Some(person), Some(&detail)).await?;
    Ok(counts)
}

/// The account is back, with a link to its new address, as if it was restored just now by whoever entered that.
async fn restore(act: &Act<'_>, change: &EmailChange) -> Outcome<()> {
    let tx = act.tx();
    users::restore(tx, change.user).await?;
    let (person, by) = (
        users::find(tx, change.user).await?,
        named::find(tx, change.entered_by, change.company).await?,
    );
    let (Some(person), Some((by, _))) = (person, by) else {
        return Err(ServiceError::bug(
            "a restored account, or who restored it, is not there",
        ));
    };
    let called = called_as(&by);
    let actor = ActorIs::User(change.entered_by, &called);
    let target = Some((person.id, person.name.as_str()));
    let entry = act.entry((person.company, actor.clone()), Deed::UserRestored, target, None);
    activity::insert(tx, entry).await?;
    let asking = Asking {
        kind: Kind::Restore,
        actor,
        client: None,
        asked_at: act.now,
        of_batch: None,
    };
    start_reset(act, &person, asking).await?;
    Ok(())
}

/// Gives the person this address and ends the links that were mailed to the one before.
pub async fn put(act: &Act<'_>, person: &User, email: &Email) -> Outcome<()> {
    let (tx, now) = (act.tx(), act.now);
    let name = PersonName::stored(&person.name).map_err(|_| ServiceError::bug("a stored name that can't be read"))?;
    users::set_name_and_email(tx, person.id, &name, email).await?;
    let ended = resets::cancel_living(tx, person.id, CancelledFor::EmailChanged, now).await?;
    mails::drop_waiting_of_user(tx, person.id, mails::MailKind::ConfirmEmail, now).await?;
    limit_asks::give_back_dropped(tx, act.services, &ended.dropped).await
}
