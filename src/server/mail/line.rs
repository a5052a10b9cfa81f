//! A sender's line to the mail server: one connection at a time, and what it means when there is none.
//!
//! Trouble with the server itself (no connection, TLS, login, MAIL FROM) is nobody's mail's: it opens an outage, which
//! all processes see, and no mail is tried before the server answers again (G7). It knows no queue and no reset.

use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use rekey_domain::mail_reply::{Stage, Verdict, Whose, judge};
use tokio::time::Instant;
use uuid::Uuid;

use super::transport::{Connection, Failure, Relay, Reply};
use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::mails::MailReply;
use crate::server::store::outages;

/// After so long without a mail the server may have hung up: it is asked first.
const IDLE: Duration = Duration::from_secs(5);

/// A connection, or the way to one.
pub struct Line {
    services: Services,
    relay: Relay,
    from: Mailbox,
    connection: Option<Connection>,
    used_at: Instant,
}

impl Line {
    /// Not connected yet.
    pub fn new(services: Services, relay: Relay, from: Mailbox) -> Self {
        Self {
            services,
            relay,
            from,
            connection: None,
            used_at: Instant::now(),
        }
    }

    /// The sender of all mail.
    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// The longest that anything done over this line can take: connecting and sending, each twice.
    pub fn longest(&self) -> Duration {
        self.relay.limit() * 4
    }

    /// Whether there is a connection that was just used.
    pub fn is_fresh(&self) -> bool {
        self.connection.is_some() && self.used_at.elapsed() < IDLE
    }

    /// Connects where there is no connection, if the server is in order or it is time to ask it. Whether mail can be
    /// sent now.
    pub async fn is_ready(&mut self) -> Outcome<bool> {
        if self.is_fresh() {
            return Ok(true);
        }
        if let Some(connection) = &mut self.connection
            && connection.still_answers().await
        {
            self.used_at = Instant::now();
            return Ok(true);
        }
        self.connection = None;
        let now = self.services.clock.now();
        let outage = outages::find_open(self.services.db.reader()).await?;
        if let Some(outage) = &outage {
            if now < outage.next_probe_at {
                return Ok(false);
            }
            let tx = self.services.db.begin_write().await?;
            let is_mine = outages::take_probe(&tx, outage, now).await?;
            tx.commit().await?;
            if !is_mine {
                return Ok(false);
            }
        }
        match self.reach(outage.is_some()).await {
            Ok(connection) => {
                self.connection = Some(connection);
                self.used_at = Instant::now();
                if outage.is_some() {
                    self.end_outage().await?;
                }
                Ok(true)
            }
            Err(failure) => {
                self.note_outage(&failure).await?;
                Ok(false)
            }
        }
    }

    /// A new connection; after an outage also whether the server takes our sender, since that was perhaps the trouble.
    async fn reach(&self, is_probe: bool) -> Result<Connection, Failure> {
        let mut connection = self.relay.connect().await?;
        if is_probe {
            connection.probe(&self.from.email).await?;
        }
        Ok(connection)
    }

    /// Hands a mail over. Only call it when the line [is ready](Self::is_ready).
    pub async fn send(&mut self, message: &Message) -> Result<Reply, Failure> {
        let result = match self.connection.take() {
            Some(kept) => match self.send_over(kept, message).await {
                // The server had hung up in the meantime, as it may after some mails. Nothing of this one was said yet.
                Err(Failure {
                    stage: Stage::Sender,
                    code: None | Some(421),
                    ..
                }) => self.send_anew(message).await,
                result => result,
            },
            None => self.send_anew(message).await,
        };
        self.used_at = Instant::now();
        result
    }

    async fn send_anew(&mut self, message: &Message) -> Result<Reply, Failure> {
        let fresh = self.relay.connect().await?;
        self.send_over(fresh, message).await
    }

    async fn send_over(&mut self, mut connection: Connection, message: &Message) -> Result<Reply, Failure> {
        let to = message.envelope().to().first().unwrap_or(&self.from.email);
        let result = connection.send(&self.from.email, to, &message.formatted()).await;
        // After a timeout or an error the next reply could belong to this mail: such a connection is never used again.
        if !connection.is_broken() {
            self.connection = Some(connection);
        }
        result
    }

    /// Whether this is the server's own trouble. Then all mail waits until it answers again.
    pub async fn heed(&mut self, failure: &Failure) -> Outcome<bool> {
        if judge(failure.stage, failure.code) != Verdict::Deferred(Whose::Relay) {
            return Ok(false);
        }
        self.connection = None;
        self.note_outage(failure).await?;
        Ok(true)
    }

    async fn note_outage(&self, failure: &Failure) -> Outcome<()> {
        tracing::warn!(
            mail.reply_stage = failure.stage.as_str(),
            mail.reply_code = failure.code,
            mail.reply_text = failure.text,
            "mail.server is out of order"
        );
        let now = self.services.clock.now();
        let reply = MailReply {
            stage: failure.stage,
            code: failure.code,
            text: failure.text.clone(),
        };
        let tx = self.services.db.begin_write().await?;
        outages::note(&tx, Uuid::from_bytes(random::bytes()), &reply, now).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn end_outage(&self) -> Outcome<()> {
        tracing::info!("mail.server answers again");
        let tx = self.services.db.begin_write().await?;
        outages::end(&tx, self.services.clock.now()).await?;
        tx.commit().await?;
        self.services.bell.ring();
        Ok(())
    }

    /// Ends the connection politely, where there is one.
    pub async fn rest(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }
}
