//! What becomes of a mail that the mail server did not take, and of the others (G7, K6, K7). The rules are in
//! `mail_reply` and `breaker`; here is what they need to know, and what is kept.

use std::time::Duration;

use rekey_domain::breaker::{Lately, Likeness, in_a_row, mails_to_put_back};
use rekey_domain::id::MailId;
use rekey_domain::mail_reply::{Again, Fault, Judgement, Parties, Stage, Verdict, Whose, judge_answer};
use rekey_domain::outage::{PROBE_EVERY, ask_with_mail_after};
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::TryEnd;
use sea_orm::DatabaseTransaction;

use super::line::note_outage;
use super::put_back::put_back;
use super::record::{if_worth_waiting, put_off, record, settled};
use super::transport::Failure;
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::db::Db;
use crate::server::store::mail_tries::{self, MailTry};
use crate::server::store::mails::{Mail, MailReply, Settlement};
use crate::server::store::outages;

/// Whoever takes a refusal for one of us is alone with that.
const TURN: i64 = 0x6f75_7273;
/// Refusals and acceptances that are longer ago tell nothing of today.
const LATELY: Duration = Duration::from_hours(24);
/// An error of the breaker is held against it for so long.
const REMEMBERED: Duration = Duration::from_hours(1);
/// So many refusals are looked at.
const MOST_REFUSALS: u64 = 200;

/// Where the mail goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has its own way: refused, or put off for its own sake.
    Own,
    /// It waits with all others until the mail server takes mail from us again.
    Held,
    /// It goes over another connection: this one was one too many.
    Elsewhere,
}

/// Keeps what the mail server said, and decides what that means for this mail and for all. `another_works`: another
/// connection of this process does.
pub async fn record_failure(
    services: &Services,
    parties: &Parties<'_>,
    mail: &Mail,
    failure: &Failure,
    another_works: bool,
) -> Outcome<Fate> {
    let now = services.clock.now();
    let judgement = judge_answer(failure.stage, failure.code, failure.text.as_str(), parties);
    let reply = MailReply::from(failure.clone());
    let tx = services.db.begin_write().await?;
    let (fate, again) = if is_one_too_many(failure, judgement, another_works) {
        (Fate::Elsewhere, Vec::new())
    } else {
        decide(&tx, mail, &reply, judgement, now).await?
    };
    let settlement = match fate {
        Fate::Own if judgement.verdict == Verdict::Refused => settled(MailState::Refused, reply, now),
        Fate::Own => put_off(mail, Some(reply), now),
        Fate::Held => {
            // The database lets refused mails wait only while the server is out of order.
            note_outage(&tx, services, failure).await?;
            put_back(&tx, services, again, mail).await?;
            Settlement {
                next_try_at: Some(now + wait_for_question(&tx, now).await?),
                ..put_off(mail, Some(reply), now)
            }
        }
        Fate::Elsewhere => Settlement {
            state: MailState::Queued,
            next_try_at: Some(now),
            ..put_off(mail, Some(reply), now)
        },
    };
    let end = TryEnd::of(judgement.verdict, settlement.next_try_at.unwrap_or(now));
    let settlement = if_worth_waiting(&tx, mail, settlement).await?;
    record(&tx, services, mail, end, settlement).await?;
    tx.commit().await?;
    Ok(fate)
}

/// Nothing is wrong with a server that works over another connection, as long as it has only refused this one, in so many
/// words. A bare 421 to a recipient may be about that recipient.
fn is_one_too_many(failure: &Failure, judgement: Judgement, another_works: bool) -> bool {
    let is_permanent = failure.code.is_some_and(|code| code / 100 == 5);
    let is_of_connecting = matches!(failure.stage, Stage::Connect | Stage::Tls | Stage::Login);
    let again = judgement.fault.map(|fault| fault.again(is_permanent));
    let is_of_access = judgement.verdict == Verdict::Deferred(Whose::Relay);
    another_works && failure.code.is_some() && is_of_access && (is_of_connecting || again == Some(Again::OverAnother))
}

/// Until the mail server is asked again.
async fn wait_for_question(tx: &DatabaseTransaction, now: Timestamp) -> Outcome<Duration> {
    let outage = outages::find_open(tx).await?;
    let by_mail = outage.filter(|outage| outage.reply.stage == Stage::Body);
    Ok(by_mail.map_or(PROBE_EVERY, |outage| ask_with_mail_after(outage.began_at, now)))
}

/// Whether the mail goes its own way or waits with all others; and those that were refused for the same reason.
async fn decide(
    tx: &DatabaseTransaction,
    mail: &Mail,
    reply: &MailReply,
    judgement: Judgement,
    now: Timestamp,
) -> Outcome<(Fate, Vec<MailId>)> {
    let own = (Fate::Own, Vec::new());
    let is_relays = judgement.verdict == Verdict::Deferred(Whose::Relay);
    let is_doubtful = judgement.verdict == Verdict::Refused && judgement.fault == Some(Fault::Mail);
    if !is_relays && !is_doubtful {
        return Ok(own);
    }
    let Some(likeness) = reply.likeness() else {
        return Ok((Fate::Held, Vec::new()));
    };
    Db::one_at_a_time(tx, TURN).await?;
    if outages::find_open(tx).await?.is_some_and(|outage| outage.is_of_mails()) {
        return Ok((Fate::Held, Vec::new()));
    }
    let past = mail_tries::list_refused_alike(tx, likeness, now - LATELY, MOST_REFUSALS).await?;
    let lately = lately(tx, likeness, now).await?;
    if is_relays {
        if others_are_taken(tx, mail, likeness).await? {
            return Ok(own);
        }
        let alike = in_a_row(&past, lately);
        return Ok((Fate::Held, alike.iter().map(|refused| refused.mail).collect()));
    }
    // It was refused alike before: that was its second chance.
    let is_second = past.iter().any(|refused| refused.mail == mail.id);
    match mails_to_put_back(&past, mail.user, lately) {
        Some(again) if !is_second => Ok((Fate::Held, again)),
        _ => Ok(own),
    }
}

/// Whether the server took others, or said that it would, since it refused this mail so for the first time: then the
/// refusal, whatever it says of us, is not for all.
async fn others_are_taken(tx: &DatabaseTransaction, mail: &Mail, likeness: Likeness) -> Outcome<bool> {
    let tries = mail_tries::list_of(tx, mail.id).await?;
    let is_alike = |tried: &&MailTry| tried.reply.as_ref().and_then(MailReply::likeness) == Some(likeness);
    let Some(first) = tries.iter().find(is_alike) else {
        return Ok(false);
    };
    let accepted = mail_tries::find_last_accepted(tx).await?.map(|(_, at, _)| at);
    let cleared = outages::find_last_of_mails_ended(tx).await?;
    Ok(accepted.max(cleared).is_some_and(|at| at >= first.ended_at))
}

async fn lately(tx: &DatabaseTransaction, likeness: Likeness, now: Timestamp) -> Outcome<Lately> {
    let cleared = outages::list_ended_alike(tx, likeness, now - LATELY).await?;
    let of_late = cleared.iter().filter(|at| **at > now - REMEMBERED).count();
    Ok(Lately {
        accepted_at: mail_tries::find_last_accepted(tx).await?.map(|(_, at, _)| at),
        cleared_at: cleared.first().copied(),
        cleared: u32::try_from(of_late).unwrap_or(u32::MAX),
    })
}
