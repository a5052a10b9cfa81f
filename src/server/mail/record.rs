//! What a conversation about a mail has come to, kept with the mail and as a try. It decides nothing about the server.

use rekey_domain::mail_reply::{Stage, wait_after};
use rekey_domain::reset::{LinkState, MailState, link_state};
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::TryEnd;
use sea_orm::DatabaseTransaction;

use super::transport::Reply;
use crate::server::random;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks;
use crate::server::services::Services;
use crate::server::store::mail_tries::{self, MailTry};
use crate::server::store::mails::{self, Mail, MailReply, Settlement};
use crate::server::store::resets::{self, Reset, ResetWithMail};
use crate::server::work::Trap;

/// What is too late, or was used, replaced or withdrawn meanwhile, is not sent (G8).
pub fn is_over(mail: &Mail, reset: Option<&Reset>, now: Timestamp) -> bool {
    let is_late = mail.deadline.is_some_and(|deadline| now >= deadline);
    // That a link was shown is told also when it has been used.
    let is_dead = |reset: &Reset| !reset.is_shown && state(reset, now) != LinkState::Living;
    is_late || reset.is_some_and(is_dead)
}

fn state(reset: &Reset, now: Timestamp) -> LinkState {
    link_state(reset.end.map(|(end, _)| end), reset.expires_at, now)
}

/// To be tried again after its wait.
pub fn put_off(mail: &Mail, reply: Option<MailReply>, now: Timestamp) -> Settlement {
    Settlement {
        state: MailState::Deferred,
        next_try_at: Some(now + wait_after(mail.attempts, random::below(1001))),
        reply,
        now,
    }
}

/// It ends here, with the server's answer.
pub fn settled(state: MailState, reply: MailReply, now: Timestamp) -> Settlement {
    Settlement {
        state,
        next_try_at: None,
        reply: Some(reply),
        now,
    }
}

/// Keeps that the mail server took these mails, in a few statements for all of them. The older resets of each person end
/// (A7).
pub async fn record_acceptances(
    tx: &DatabaseTransaction,
    services: &Services,
    taken: &[(&Mail, &Reply)],
) -> Outcome<()> {
    if taken.is_empty() {
        return Ok(());
    }
    for (mail, _) in taken {
        services.work.traps.spring(Trap::AcceptanceKept, &mail.recipient);
    }
    let now = services.clock.now();
    let taken: Vec<_> = taken
        .iter()
        .map(|(mail, reply)| (*mail, MailReply::from(*reply)))
        .collect();
    for (mail, reply) in &taken {
        log(mail, MailState::Accepted, Some(reply));
    }
    let ours = mails::settle_accepted(tx, &taken, now).await?;
    let (ours, lost): (Vec<_>, Vec<_>) = taken.into_iter().partition(|(mail, _)| ours.contains(&mail.id));
    for (mail, _) in lost {
        log_lost(mail);
    }
    let mut mailed: Vec<_> = ours
        .iter()
        .filter_map(|(mail, _)| Some((mail.reset?, mail.user)))
        .collect();
    let tries: Vec<_> = ours
        .into_iter()
        .map(|(mail, reply)| MailTry {
            mail: mail.id,
            attempt: mail.attempts,
            ended_at: now,
            end: TryEnd::Accepted,
            reply: Some(reply),
        })
        .collect();
    mail_tries::insert_many(tx, &tries).await?;
    if mailed.is_empty() {
        return Ok(());
    }
    let living = resets::list_living_of(tx, mailed.iter().map(|(_, person)| *person), now).await?;
    // Of two of one person the older one first, which the newer one then replaces.
    mailed.sort_unstable();
    for (id, person) in mailed {
        let is_of_person = |living: &&ResetWithMail| living.reset.user == person;
        let mut of_person = living.iter().filter(is_of_person).map(|living| &living.reset);
        let has_older = of_person.clone().any(|reset| reset.id < id);
        if let (Some(newer), true) = (of_person.find(|reset| reset.id == id), has_older) {
            let older = resets::replace_older(tx, newer, now).await?;
            limit_asks::give_back_dropped(tx, services, &older.dropped).await?;
        }
    }
    Ok(())
}

/// The settlement, unless the mail would only wait to be dropped when its time comes. Whoever ends the reset just now is
/// waited for, or waits and finds the mail put off.
pub async fn if_worth_waiting(tx: &DatabaseTransaction, mail: &Mail, settlement: Settlement) -> Outcome<Settlement> {
    let waits = matches!(settlement.state, MailState::Deferred | MailState::Queued);
    if !waits {
        return Ok(settlement);
    }
    let reset = match mail.reset {
        Some(id) => resets::find_and_lock(tx, id).await?,
        None => None,
    };
    if !is_over(mail, reset.as_ref(), settlement.now) {
        return Ok(settlement);
    }
    Ok(Settlement {
        state: MailState::Dropped,
        next_try_at: None,
        ..settlement
    })
}

/// Keeps what became of the mail, and how the try ended; whether the claim still held.
pub async fn record(
    tx: &DatabaseTransaction,
    services: &Services,
    mail: &Mail,
    end: TryEnd,
    settlement: Settlement,
) -> Outcome<bool> {
    let state = settlement.state;
    log(mail, state, settlement.reply.as_ref());
    let still_ours = mails::settle(tx, mail, &settlement).await?;
    if still_ours {
        let tried = MailTry {
            mail: mail.id,
            attempt: mail.attempts,
            ended_at: settlement.now,
            end,
            reply: settlement.reply,
        };
        mail_tries::insert(tx, &tried).await?;
        limit_asks::give_back_unsent(tx, services, mail, state).await?;
    } else {
        log_lost(mail);
    }
    Ok(still_ours)
}

fn log(mail: &Mail, state: MailState, reply: Option<&MailReply>) {
    tracing::info!(
        mail.id = %mail.id,
        mail.attempt = mail.attempts,
        mail.state = state.as_str(),
        mail.reply_stage = reply.map(|reply| reply.stage.as_str()),
        mail.reply_code = reply.and_then(|reply| reply.code),
        "mail.attempt"
    );
}

fn log_lost(mail: &Mail) {
    tracing::warn!(mail.id = %mail.id, "mail.claim was lost before it was recorded");
}

impl From<&Reply> for MailReply {
    fn from(reply: &Reply) -> Self {
        Self {
            stage: Stage::Body,
            code: Some(reply.code),
            text: reply.text.clone(),
        }
    }
}
