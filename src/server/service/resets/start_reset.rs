//! What every reset begins with: the reset, its mail, and an entry in the activity, in the transaction of the caller.
//!
//! While one waits for the same person, asking again answers with that one: a double press is harmless.

use std::collections::HashSet;

use rekey_domain::account::Status;
use rekey_domain::deed::Deed;
use rekey_domain::id::{BatchId, MailId, ResetId};
use rekey_domain::reset::{self, Kind, LinkState};
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::resets::{self, Reset, ResetWithMail};
use crate::server::store::users::User;
use crate::server::work::Trap;

/// Who asks, and how.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// Manager, oneself …; for somebody without a password it becomes an invitation, unless they were restored just now, or
    /// ask themselves and have had one.
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

impl<'a> Asking<'a> {
    /// Whoever acts asks for it now, for `person`.
    pub fn of(act: &Act<'a>, person: &'a User, kind: Kind) -> Self {
        Self {
            kind,
            actor: act.by.actor_on(person),
            client: act.by.client(),
            asked_at: act.now,
            of_batch: None,
        }
    }
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
pub async fn start_reset(act: &Act<'_>, person: &User, asking: Asking<'_>) -> Outcome<bool> {
    if is_waiting(act.tx(), person, act.now).await? {
        return Ok(false);
    }
    start(act, vec![(person, asking)]).await?;
    Ok(true)
}

/// Starts a reset for each of these people, whose rows the caller has locked, in a few statements for all of them. Of several
/// for one person the first counts, as if they had come one after the other; and whoever is first here gets mail first.
pub async fn start_resets(act: &Act<'_>, mut wanted: Vec<(&User, Asking<'_>)>) -> Outcome<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let living = resets::list_living_of(act.tx(), wanted.iter().map(|(person, _)| person.id), act.now).await?;
    let mut answered: HashSet<_> = living
        .iter()
        .filter(|living| brings_link(living))
        .map(|living| living.reset.user)
        .collect();
    wanted.retain(|(person, _)| answered.insert(person.id));
    start(act, wanted).await
}

async fn start(act: &Act<'_>, wanted: Vec<(&User, Asking<'_>)>) -> Outcome<()> {
    let (tx, services, now) = (act.tx(), act.services, act.now);
    // From now, not from the asking: the newest reset is the one that was started last.
    let mut ids: Vec<_> = wanted.iter().map(|_| act.mint(MailId::mint)).collect();
    // Of mails that are due at the same time the one with the lower id goes first.
    ids.sort_unstable();
    let (mut new, mut asked) = (Vec::new(), Vec::new());
    for (person, asking) in wanted {
        let reset = reset_of(act, person, &asking);
        new.push(reset);
        asked.push((person, asking));
    }
    resets::insert_many(tx, &new).await?;
    let started = || ids.iter().zip(&new).zip(&asked);
    let mails = started().map(|((id, reset), (person, asking))| NewMail {
        id: *id,
        kind: MailKind::Reset,
        company: person.company,
        user: person.id,
        reset: Some(reset.id),
        recipient: &person.email,
        now,
        deadline: Some(reset.expires_at),
        facts: None,
        of_batch: asking.of_batch.map(|of| of.send_at),
    });
    mails::insert_many(tx, mails.collect()).await?;
    for (person, _) in &asked {
        services.work.traps.spring(Trap::ResetWritten, &person.email);
    }
    let entries = started().map(|((_, reset), (person, asking))| {
        let whose = (person.company, asking.actor.clone());
        let target = Some((person.id, person.name.as_str()));
        let entry = act.entry(whose, Deed::ResetAsked, target, Some(reset.kind.as_str()));
        entry.sent_from(reset.client_address.clone())
    });
    activity::insert_many(tx, entries.collect()).await?;
    Ok(())
}

fn reset_of(act: &Act<'_>, person: &User, asking: &Asking<'_>) -> Reset {
    let kind = match asking.kind {
        Kind::Restore => Kind::Restore,
        Kind::Oneself if person.has_had_password => Kind::Oneself,
        _ if person.status == Status::Invited => Kind::Invitation,
        kind => kind,
    };
    let asked_by = match asking.actor {
        ActorIs::User(id, _) => Some(id),
        ActorIs::Recipient(..) | ActorIs::Operator | ActorIs::Somebody => None,
    };
    Reset {
        id: act.mint(ResetId::mint),
        company: person.company,
        user: person.id,
        kind,
        asked_by,
        asked_at: asking.asked_at,
        expires_at: asking.asked_at + reset::lifetime(kind, act.services.settings.lifetime),
        reference: act.reference().as_str().to_owned(),
        client_address: asking.client.map(Client::address_text),
        user_agent: asking.client.map(|client| client.user_agent.to_string()),
        end: None,
        ended_by: None,
        recipient_said: None,
        cancelled_for: None,
        is_shown: false,
        batch: asking.of_batch.map(|of| of.batch),
    }
}

/// Whether a link for this person waits to be sent.
pub async fn is_waiting(tx: &DatabaseTransaction, person: &User, now: Timestamp) -> Outcome<bool> {
    let living = resets::list_living(tx, person.id, now).await?;
    Ok(living.iter().any(brings_link))
}

/// Whether a living reset has a mail with its link that still waits. The notice of a shown link brings none.
fn brings_link(living: &ResetWithMail) -> bool {
    !living.reset.is_shown && reset::waits_for_mail(living.mail.state, LinkState::Living)
}

/// The entry that somebody asked for a reset of their own, whose company does not allow it.
pub async fn refuse_own_reset(act: &Act<'_>, person: &User, actor: ActorIs<'_>, client: &Client) -> Outcome<()> {
    refuse_own_resets(act, vec![(person, actor, client)]).await
}

/// The entries that people asked for resets of their own, whose companies do not allow it.
pub async fn refuse_own_resets(act: &Act<'_>, asked: Vec<(&User, ActorIs<'_>, &Client)>) -> Outcome<()> {
    if asked.is_empty() {
        return Ok(());
    }
    let entries = asked.into_iter().map(|(person, actor, client)| {
        let target = Some((person.id, person.name.as_str()));
        let asked = Some(Kind::Oneself.as_str());
        let entry = act.entry((person.company, actor), Deed::ResetAsked, target, asked);
        entry.sent_from(Some(client.address_text())).refused()
    });
    activity::insert_many(act.tx(), entries.collect()).await?;
    Ok(())
}
