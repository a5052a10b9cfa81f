//! What every reset begins with: the reset, its mail, and an entry in the activity, in the transaction of the caller.
//!
//! While one waits for the same person, asking again answers with that one: a double press is harmless.

use rekey_domain::account::Status;
use rekey_domain::id::{ActivityId, BatchId, MailId, ResetId};
use rekey_domain::reset::{self, Kind, LinkState, Reference};
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::resets::{self, Reset};
use crate::server::store::users::User;

/// Who asks, and how.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// Manager, oneself …; for somebody without a password it becomes an invitation, unless they were restored just now.
    pub kind: Kind,
    /// For the activity.
    pub actor: ActorIs<'a>,
    /// From where.
    pub client: Option<&'a Client>,
    /// When it was asked: the life of the link begins here.
    pub asked_at: Timestamp,
    /// The batch that it is a part of.
    pub of_batch: Option<OfBatch>,
}

/// A part of a batch.
#[derive(Clone, Copy, Debug)]
pub struct OfBatch {
    /// Which.
    pub batch: BatchId,
    /// Its mail is not sent before.
    pub send_at: Timestamp,
}

/// Starts a reset for `person`, whose row the caller has locked. Whether a new one was started.
pub async fn start_reset(
    tx: &DatabaseTransaction,
    services: &Services,
    person: &User,
    asking: Asking<'_>,
) -> Outcome<bool> {
    let now = services.clock.now();
    if is_waiting(tx, person, now).await? {
        return Ok(false);
    }
    let kind = if person.status == Status::Invited && asking.kind != Kind::Restore {
        Kind::Invitation
    } else {
        asking.kind
    };
    let asked_by = match asking.actor {
        ActorIs::User(id, _) => Some(id),
        ActorIs::Recipient(..) | ActorIs::Operator => None,
    };
    let new = Reset {
        // From now, not from the asking: the newest reset is the one that was started last.
        id: ResetId::mint(now, random::bytes()),
        company: person.company,
        user: person.id,
        kind,
        asked_by,
        asked_at: asking.asked_at,
        expires_at: asking.asked_at + reset::lifetime(kind, services.settings.lifetime),
        reference: Reference::from_random(random::bytes()).as_str().to_owned(),
        client_address: asking.client.map(Client::address_text),
        user_agent: asking.client.map(|client| client.user_agent.clone()),
        end: None,
        ended_by: None,
        recipient_said: None,
        is_shown: false,
        batch: asking.of_batch.map(|of| of.batch),
    };
    resets::insert(tx, &new).await?;
    let mail = NewMail {
        id: MailId::mint(now, random::bytes()),
        kind: MailKind::Reset,
        company: person.company,
        user: person.id,
        reset: Some(new.id),
        recipient: &person.email,
        now,
        deadline: Some(new.expires_at),
        facts: None,
        of_batch: asking.of_batch.map(|of| of.send_at),
    };
    mails::insert(tx, mail).await?;
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor: asking.actor,
        action: "reset_asked",
        granted: true,
        target: Some((person.id, &person.name)),
        detail: Some(kind.as_str()),
        client_address: new.client_address,
    };
    activity::insert(tx, entry).await?;
    Ok(true)
}

/// Whether a link for this person waits to be sent.
pub async fn is_waiting(tx: &DatabaseTransaction, person: &User, now: Timestamp) -> Outcome<bool> {
    let living = resets::list_living(tx, person.id, now).await?;
    // The notice of a shown link brings none.
    let mut living = living.iter().filter(|living| !living.reset.is_shown);
    Ok(living.any(|living| reset::waits_for_mail(living.mail.state, LinkState::Living)))
}

/// The entry that somebody asked for a reset of their own, whose company does not allow it.
pub async fn refuse_own_reset(
    tx: &DatabaseTransaction,
    services: &Services,
    person: &User,
    actor: ActorIs<'_>,
    client: &Client,
) -> Outcome<()> {
    let now = services.clock.now();
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor,
        action: "reset_asked",
        granted: false,
        target: Some((person.id, &person.name)),
        detail: Some(Kind::Oneself.as_str()),
        client_address: Some(client.address_text()),
    };
    activity::insert(tx, entry).await?;
    Ok(())
}
