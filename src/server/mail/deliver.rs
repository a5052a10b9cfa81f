//! One delivery: claim, mint, commit, send, record.
//!
//! The claim and the new link are committed before anything is sent, and nothing is locked while the mail server thinks.
//! Each attempt has a link of its own, and all of them work: a retry never kills one that may have arrived (A8). On
//! acceptance the older resets of the person end (A7).

use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use rekey_domain::mail_reply::{Stage, Verdict, judge, wait_after};
use rekey_domain::reset::{LinkState, MailState, link_state};
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DatabaseTransaction;

use super::compose::{Letterhead, reset_message};
use super::notices::notice_message;
use super::transport::{Connection, Failure, Relay, Reply};
use crate::server::random;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::services::Services;
use crate::server::store::links;
use crate::server::store::mails::{self, Mail, MailKind, MailReply, Settlement};
use crate::server::store::resets::{self, Reset};

/// How long a claim holds: longer than the longest conversation, so that no living worker loses one.
const LEASE: Duration = Duration::from_mins(5);

/// Sends mail over connections of its own.
pub struct Sender {
    services: Services,
    relay: Relay,
    from: Mailbox,
    connection: Option<Connection>,
}

impl Sender {
    /// A sender without a connection yet.
    pub fn new(services: Services, relay: Relay, from: Mailbox) -> Self {
        Self {
            services,
            relay,
            from,
            connection: None,
        }
    }

    /// Delivers the mail that has been due longest; whether there was one.
    pub async fn deliver_next(&mut self) -> Outcome<bool> {
        let services = self.services.clone();
        let (now, wall) = (services.clock.now(), services.clock.wall_now());
        if !mails::is_any_due(services.db.reader(), now, wall).await? {
            return Ok(false);
        }
        let tx = services.db.begin_write().await?;
        let Some(mail) = mails::claim(&tx, now, wall, wall + LEASE).await? else {
            return Ok(true);
        };
        let prepared = match prepare(&tx, &services, &self.from, &mail, now).await {
            Err(ServiceError::Bug(error)) => {
                // It waits like one that was put off, so that it does not hold up the others.
                tracing::error!(mail.id = %mail.id, error = error.as_ref(), "mail.compose failed");
                mails::settle(&tx, &mail, &put_off(&mail, None, now)).await?;
                None
            }
            prepared => prepared?,
        };
        tx.commit().await?;

        let Some(message) = prepared else { return Ok(true) };
        let result = self.send(&message).await;
        record(&services, &mail, result).await?;
        Ok(true)
    }

    /// Ends the connection politely, where there is one.
    pub async fn rest(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }

    async fn send(&mut self, message: &Message) -> Result<Reply, Failure> {
        let envelope = message.envelope();
        let mut connection = match self.connection.take() {
            Some(mut kept) => {
                if kept.still_answers().await {
                    kept
                } else {
                    self.relay.connect().await?
                }
            }
            None => self.relay.connect().await?,
        };
        let to = envelope.to().first().unwrap_or(&self.from.email);
        let result = connection.send(&self.from.email, to, &message.formatted()).await;
        // After a timeout or an error the next reply could belong to this mail: such a connection is never used again.
        if !connection.is_broken() {
            self.connection = Some(connection);
        }
        result
    }
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
    let is_late = mail.deadline.is_some_and(|deadline| now >= deadline);
    let reset = match mail.reset {
        Some(id) => resets::find(tx, id).await?,
        None => None,
    };
    let is_dead = reset
        .as_ref()
        .is_some_and(|reset| state(reset, now) != LinkState::Living);
    if is_late || is_dead {
        // What was used, replaced or withdrawn meanwhile is not sent (G8).
        let dropped = Settlement {
            state: MailState::Dropped,
            next_try_at: None,
            reply: None,
            now,
        };
        mails::settle(tx, mail, &dropped).await?;
        return Ok(None);
    }
    match (mail.kind, reset) {
        (MailKind::Reset, Some(reset)) => {
            let token = Token::from_random(random::bytes());
            links::insert(tx, &token.hash(TokenKind::SetPassword), reset.id, mail.attempts, now).await?;
            reset_message(tx, &head, mail, &reset, &token).await.map(Some)
        }
        _ => notice_message(tx, &head, mail).await.map(Some),
    }
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

/// Keeps what the mail server said.
async fn record(services: &Services, mail: &Mail, result: Result<Reply, Failure>) -> Outcome<()> {
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
    let state = match verdict {
        Verdict::Accepted => MailState::Accepted,
        Verdict::Refused => MailState::Refused,
        Verdict::Deferred(_) => MailState::Deferred,
    };
    tracing::info!(
        mail.id = %mail.id,
        mail.attempt = mail.attempts,
        mail.state = state.as_str(),
        mail.reply_stage = reply.stage.as_str(),
        mail.reply_code = reply.code,
        "mail.attempt"
    );
    let tx = services.db.begin_write().await?;
    let settlement = match verdict {
        Verdict::Deferred(_) => put_off(mail, Some(reply), now),
        Verdict::Accepted | Verdict::Refused => Settlement {
            state,
            next_try_at: None,
            reply: Some(reply),
            now,
        },
    };
    let still_ours = mails::settle(&tx, mail, &settlement).await?;
    if !still_ours {
        tracing::warn!(mail.id = %mail.id, "mail.claim was lost before it was recorded");
    }
    if let (true, MailState::Accepted, Some(id)) = (still_ours, state, mail.reset)
        && let Some(reset) = resets::find(&tx, id).await?
        && self::state(&reset, now) == LinkState::Living
    {
        resets::replace_older(&tx, &reset, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
