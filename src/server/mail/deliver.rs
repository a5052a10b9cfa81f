//! One delivery: claim, mint, commit, send, record.
//!
//! The claim and the new link are committed before anything is sent, and nothing is locked while the mail server thinks.
//! Each attempt has a link of its own, and all of them work: a retry never kills one that may have arrived (A8). On
//! acceptance the older resets of the person end (A7). The record of one mail is committed with the claim of the next,
//! before that is sent. Where the process dies between two steps, the claim lapses and the mail is tried again: nothing is
//! lost, and at most one mail of each sender comes twice (H1).

use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use rekey_domain::mail_reply::{Stage, Verdict, judge, wait_after};
use rekey_domain::outage::PROBE_EVERY;
use rekey_domain::reset::{LinkState, MailState, link_state};
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::TryEnd;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DatabaseTransaction;
use tokio::sync::watch;

use super::compose::{Letterhead, reset_message};
use super::line::Line;
use super::notices::{notice_message, shown_message};
use super::transport::{Failure, Relay, Reply};
use crate::server::hold::{self, Point};
use crate::server::random;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::limit_asks;
use crate::server::services::Services;
use crate::server::store::links;
use crate::server::store::mail_tries::{self, MailTry};
use crate::server::store::mails::{self, Mail, MailKind, MailReply, Settlement};
use crate::server::store::resets::{self, Reset};

/// How long a mail that is being handed over may go on when the server stops; the rest of the 10 s is for giving back.
const PATIENCE: Duration = Duration::from_secs(7);

/// Sends mail over a line of its own.
pub struct Sender {
    services: Services,
    line: Line,
    stopped: watch::Receiver<bool>,
    handed_over: Option<HandedOver>,
}

/// A mail that was handed over, or not, and is still to be recorded.
struct HandedOver {
    mail: Mail,
    result: Result<Reply, Failure>,
    is_outage: bool,
}

impl Sender {
    /// A sender without a connection yet. `stopped` tells when to give up.
    pub fn new(services: Services, relay: Relay, from: Mailbox, stopped: watch::Receiver<bool>) -> Self {
        Self {
            line: Line::new(services.clone(), relay, from),
            services,
            stopped,
            handed_over: None,
        }
    }

    /// Records the mail that was handed over last and delivers the one that has been due longest; whether there may be
    /// more to do at once.
    pub async fn deliver_next(&mut self) -> Outcome<bool> {
        let services = self.services.clone();
        let (now, wall) = (services.clock.now(), services.clock.wall_now());
        let tx = match self.handed_over.take() {
            // One commit, so one wait for the disk, for the mail before and the next one.
            Some(handed_over) if self.line.is_fresh() => {
                let tx = services.db.begin_write().await?;
                record(&tx, &services, handed_over).await?;
                tx
            }
            Some(handed_over) => {
                // The way to the mail server may be long: what it has said is kept first.
                record_alone(&services, handed_over).await?;
                return Ok(true);
            }
            None => {
                if !mails::is_any_due(services.db.reader(), now, wall).await? || !self.line.is_ready().await? {
                    return Ok(false);
                }
                services.db.begin_write().await?
            }
        };
        // Longer than the longest conversation, so that no living worker loses its claim.
        let lease = self.line.longest() * 5 / 4;
        let Some(mail) = mails::claim(&tx, now, wall, wall + lease).await? else {
            tx.commit().await?;
            return Ok(false);
        };
        let prepared = match prepare(&tx, &services, self.line.from(), &mail, now).await {
            Err(ServiceError::Bug(error)) => {
                // It waits like one that was put off, so that it does not hold up the others.
                tracing::error!(mail.id = %mail.id, error = error.as_ref(), "mail.compose failed");
                mails::settle(&tx, &mail, &put_off(&mail, None, now)).await?;
                None
            }
            prepared => prepared?,
        };
        tx.commit().await?;
        // Another sender may look for more meanwhile.
        services.bell.ring();

        let Some(message) = prepared else { return Ok(true) };
        hold::at(Point::MailClaimed).await;
        let Some(result) = self.send(&message).await else {
            give_back(&services, &mail).await?;
            return Ok(false);
        };
        hold::at(Point::MailSent).await;
        let is_outage = match &result {
            Ok(_) => false,
            Err(failure) => self.line.heed(failure).await?,
        };
        self.handed_over = Some(HandedOver {
            mail,
            result,
            is_outage,
        });
        Ok(true)
    }

    /// None: the server stops and could not wait any longer.
    async fn send(&mut self, message: &Message) -> Option<Result<Reply, Failure>> {
        let mut stopped = self.stopped.clone();
        let give_up = async {
            // Whoever could stop it is gone: then it is being stopped.
            let _ = stopped.wait_for(|stopped| *stopped).await;
            tokio::time::sleep(PATIENCE).await;
        };
        tokio::select! {
            result = self.line.send(message) => Some(result),
            () = give_up => None,
        }
    }

    /// Records what is still to be recorded, and ends the connection politely, where there is one.
    pub async fn rest(&mut self) -> Outcome<()> {
        let recorded = match self.handed_over.take() {
            Some(handed_over) => record_alone(&self.services, handed_over).await,
            None => Ok(()),
        };
        self.line.rest().await;
        recorded
    }
}

/// The mail may have gone or not: whoever is next tries it again at once.
async fn give_back(services: &Services, mail: &Mail) -> Outcome<()> {
    let now = services.clock.now();
    let again = Settlement {
        state: MailState::Deferred,
        next_try_at: Some(now),
        reply: None,
        now,
    };
    let tx = services.db.begin_write().await?;
    mails::settle(&tx, mail, &again).await?;
    tx.commit().await?;
    Ok(())
}

/// In the transaction of the claim: is the mail still worth sending, and with which link? None: it was settled here.
async fn prepare(
    tx: &DatabaseTransaction,
    services: &Services,
    from: &Mailbox,
    mail: &Mail,
    now: Timestamp,
) -> Outcome<Option<Message>> {
    let head = Letterhead {
        settings: &services.settings,
        from,
        now,
    };
    let reset = match mail.reset {
        Some(id) => resets::find(tx, id).await?,
        None => None,
    };
    if is_over(mail, reset.as_ref(), now) {
        let dropped = Settlement {
            state: MailState::Dropped,
            next_try_at: None,
            reply: None,
            now,
        };
        mails::settle(tx, mail, &dropped).await?;
        limit_asks::give_back_unsent(tx, services, mail, MailState::Dropped).await?;
        return Ok(None);
    }
    match (mail.kind, reset) {
        (MailKind::Reset, Some(reset)) => {
            let token = Token::from_random(random::bytes());
            links::insert(tx, &token.hash(TokenKind::SetPassword), reset.id, mail.attempts, now).await?;
            if reset.is_shown {
                shown_message(tx, &head, mail, &reset, &token).await.map(Some)
            } else {
                reset_message(tx, &head, mail, &reset, &token).await.map(Some)
            }
        }
        _ => notice_message(tx, &head, mail).await.map(Some),
    }
}

/// What is too late, or was used, replaced or withdrawn meanwhile, is not sent (G8).
fn is_over(mail: &Mail, reset: Option<&Reset>, now: Timestamp) -> bool {
    let is_late = mail.deadline.is_some_and(|deadline| now >= deadline);
    // That a link was shown is told also when it has been used.
    let is_dead = |reset: &Reset| !reset.is_shown && state(reset, now) != LinkState::Living;
    is_late || reset.is_some_and(is_dead)
}

fn state(reset: &Reset, now: Timestamp) -> LinkState {
    link_state(reset.end.map(|(end, _)| end), reset.expires_at, now)
}

/// To be tried again after its wait.
fn put_off(mail: &Mail, reply: Option<MailReply>, now: Timestamp) -> Settlement {
    Settlement {
        state: MailState::Deferred,
        next_try_at: Some(now + wait_after(mail.attempts, random::below(1001))),
        reply,
        now,
    }
}

async fn record_alone(services: &Services, handed_over: HandedOver) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    record(&tx, services, handed_over).await?;
    tx.commit().await?;
    Ok(())
}

/// The same, so that whoever ends the reset just now is waited for, or waits and finds the mail put off.
async fn is_over_for_good(tx: &DatabaseTransaction, mail: &Mail, now: Timestamp) -> Outcome<bool> {
    let reset = match mail.reset {
        Some(id) => resets::find_and_lock(tx, id).await?,
        None => None,
    };
    Ok(is_over(mail, reset.as_ref(), now))
}

/// Keeps what the mail server said. In an outage the mail is due when the server is asked next.
async fn record(tx: &DatabaseTransaction, services: &Services, handed_over: HandedOver) -> Outcome<()> {
    let HandedOver {
        ref mail,
        result,
        is_outage,
    } = handed_over;
    let now = services.clock.now();
    let (verdict, reply) = match result {
        Ok(Reply { code, text }) => (
            Verdict::Accepted,
            MailReply {
                stage: Stage::Body,
                code: Some(code),
                text,
            },
        ),
        Err(Failure { stage, code, text }) => (judge(stage, code), MailReply { stage, code, text }),
    };
    let settlement = match verdict {
        Verdict::Deferred(_) if is_outage => Settlement {
            next_try_at: Some(now + PROBE_EVERY),
            ..put_off(mail, Some(reply), now)
        },
        Verdict::Deferred(_) => put_off(mail, Some(reply), now),
        Verdict::Accepted | Verdict::Refused => Settlement {
            state: if verdict == Verdict::Accepted {
                MailState::Accepted
            } else {
                MailState::Refused
            },
            next_try_at: None,
            reply: Some(reply),
            now,
        },
    };
    let next_try_at = settlement.next_try_at.unwrap_or(now);
    let settlement = if settlement.state == MailState::Deferred && is_over_for_good(tx, mail, now).await? {
        // It would only wait to be dropped when its time comes.
        Settlement {
            state: MailState::Dropped,
            next_try_at: None,
            ..settlement
        }
    } else {
        settlement
    };
    let state = settlement.state;
    tracing::info!(
        mail.id = %mail.id,
        mail.attempt = mail.attempts,
        mail.state = state.as_str(),
        mail.reply_stage = settlement.reply.as_ref().map(|reply| reply.stage.as_str()),
        mail.reply_code = settlement.reply.as_ref().and_then(|reply| reply.code),
        "mail.attempt"
    );
    let still_ours = mails::settle(tx, mail, &settlement).await?;
    if still_ours {
        let tried = MailTry {
            mail: mail.id,
            attempt: mail.attempts,
            ended_at: now,
            end: TryEnd::of(verdict, next_try_at),
            reply: settlement.reply,
        };
        mail_tries::insert(tx, &tried).await?;
        limit_asks::give_back_unsent(tx, services, mail, state).await?;
    } else {
        tracing::warn!(mail.id = %mail.id, "mail.claim was lost before it was recorded");
    }
    if let (true, MailState::Accepted, Some(id)) = (still_ours, state, mail.reset)
        && let Some(reset) = resets::find(tx, id).await?
        && self::state(&reset, now) == LinkState::Living
    {
        let older = resets::replace_older(tx, &reset, now).await?;
        limit_asks::give_back_dropped(tx, services, &older.dropped).await?;
    }
    Ok(())
}
