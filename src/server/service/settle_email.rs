//! A new address comes to count: at once where it was the person's own, else when its day is over. Then living links end
//! (A9), since they were mailed to the old one.

use rekey_domain::email::Email;
use rekey_domain::email_change::{ChangeEnd, STOP_FOR};
use rekey_domain::id::ActivityId;
use rekey_domain::name::PersonName;
use rekey_domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::server::random;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::free_email::wait_for_turn;
use crate::server::service::limit_asks;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::email_changes::{self, EmailChange};
use crate::server::store::users::{self, User};
use crate::server::store::{mails, resets};

/// Settled in one tick at most.
const BATCH: u64 = 50;

/// Settles those whose time has come, each in a transaction of its own.
pub async fn settle_due(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    for due in email_changes::list_due(services.db.reader(), now, BATCH).await? {
        let tx = services.db.begin_write().await?;
        if let Some(person) = users::find_and_lock(&tx, due.user).await?
            // Again, now that nobody else can end it.
            && let Some(change) = email_changes::find(&tx, due.id).await?
            && change.facts.is_due(now)
        {
            settle(&tx, services, &change, &person).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Puts the new address in place of the old one; the person is locked. Not if it is somebody else's by now.
pub async fn settle(
    tx: &DatabaseTransaction,
    services: &Services,
    change: &EmailChange,
    person: &User,
) -> Outcome<bool> {
    let now = services.clock.now();
    let email = stored_email(&change.new_email)?;
    wait_for_turn(tx, &email).await?;
    let counts = owner_of(tx, &email, now)
        .await?
        .is_none_or(|owner| owner.id == person.id);
    if counts {
        put(tx, services, person, &email, now).await?;
    }
    let end = if counts {
        ChangeEnd::Counted
    } else {
        ChangeEnd::Cancelled
    };
    email_changes::end(tx, change.id, end, now).await?;
    let detail = format!("{} {email}", change.old_email);
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor: ActorIs::Recipient(person.id, &person.name),
        action: if counts { "email_changed" } else { "email_not_free" },
        granted: true,
        target: Some((person.id, &person.name)),
        detail: Some(&detail),
        client_address: None,
    };
    activity::insert(tx, entry).await?;
    Ok(counts)
}

/// Who has this address, or may still want it back.
pub async fn owner_of(on: &impl ConnectionTrait, email: &Email, now: Timestamp) -> Outcome<Option<User>> {
    if let Some(user) = users::find_by_email_key(on, email.key()).await? {
        return Ok(Some(user));
    }
    let former = email_changes::find_former_owner(on, email.key(), now - STOP_FOR).await?;
    Ok(match former {
        Some(id) => users::find(on, id)
            .await?
            .filter(|user| user.status != rekey_domain::account::Status::Deleted),
        None => None,
    })
}

/// Gives the person this address and ends the links that were mailed to the one before.
pub async fn put(
    tx: &DatabaseTransaction,
    services: &Services,
    person: &User,
    email: &Email,
    now: Timestamp,
) -> Outcome<()> {
    let name = PersonName::parse(&person.name).map_err(|_| ServiceError::bug("a stored name that can't be read"))?;
    users::set_name_and_email(tx, person.id, &name, email).await?;
    let ended = resets::cancel_living(tx, person.id, now).await?;
    mails::drop_waiting_of_user(tx, person.id, Some(mails::MailKind::ConfirmEmail), now).await?;
    limit_asks::give_back_dropped(tx, services, &ended.dropped).await
}

/// A stored address, read.
pub fn stored_email(email: &str) -> Outcome<Email> {
    Email::parse(email).map_err(|_| ServiceError::bug("a stored address that can't be read"))
}
