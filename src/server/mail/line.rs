//! A sender's line to the mail server: one connection at a time, and what it means when there is none.
//!
//! Trouble with the server itself (no connection, TLS, login, our sender) is nobody's mail's: it opens an outage, which
//! all processes see, and no mail is tried before the server answers again (G7, K6). A connection that is refused while
//! another one works is no such trouble (K7). It knows no queue and no reset.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{Address, Message};
use rekey_domain::mail_reply::{Fault, Judgement, Parties, Stage, judge_answer, source};
use sea_orm::ConnectionTrait;
use tokio::time::Instant;
use uuid::Uuid;

use super::connections::{Connections, Place};
use super::transport::{Connection, Failure, Relay, Reply};
use crate::server::random;
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::mail_tries;
use crate::server::store::mails::{self, MailReply};
use crate::server::store::outages::{self, Outage};

/// After so long without a mail the server may have hung up: it is asked first.
const IDLE: Duration = Duration::from_secs(5);
/// Of so many waiting mails the addresses are named when the server is asked whether it takes our sender again.
const MOST_ASKED: u64 = 3;
/// So long ago another process may have handed a mail over to prove that the server works.
const PROOF: Duration = Duration::from_mins(1);

/// Whether mail can be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// Not now.
    No,
    /// It can.
    Yes,
    /// One mail, to see whether the server takes it again: it was out of order, and refuses mails only when it has read
    /// them.
    OneMail,
}

/// A connection, or the way to one.
pub struct Line {
    services: Services,
    relay: Relay,
    from: Mailbox,
    hello: String,
    connection: Option<Connection>,
    used_at: Instant,
    /// Whether the next mail is one to see how it goes.
    is_on_trial: bool,
    place: Place,
}

impl Line {
    /// Not connected yet.
    pub fn new(services: Services, relay: Relay, from: Mailbox, connections: &Connections) -> Self {
        Self {
            services,
            hello: relay.hello(),
            relay,
            from,
            connection: None,
            used_at: Instant::now(),
            is_on_trial: false,
            place: connections.place(),
        }
    }

    /// The sender of all mail.
    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// The connections of this process.
    pub fn connections(&self) -> &Connections {
        self.place.all()
    }

    /// Who takes part in handing over a mail to this address.
    pub fn parties<'a>(&'a self, recipient: &'a str) -> Parties<'a> {
        Parties {
            sender: self.from.email.as_ref(),
            hello: &self.hello,
            recipient,
        }
    }

    /// Whether there is a connection that was just used, and nothing to find out first.
    pub fn is_fresh(&self) -> bool {
        self.connection.is_some() && !self.is_on_trial && self.used_at.elapsed() < IDLE
    }

    /// Whether mail can go over another connection of this process.
    pub fn another_works(&self) -> bool {
        self.place.another_works()
    }

    /// Connects where there is no connection, if the server is in order or it is time to ask it.
    pub async fn is_ready(&mut self) -> Outcome<Ready> {
        if self.is_fresh() {
            return Ok(Ready::Yes);
        }
        let is_alive = self.is_alive().await;
        self.is_on_trial = false;
        match outages::find_open(self.services.db.reader()).await? {
            None if is_alive => Ok(Ready::Yes),
            None => self.connect().await,
            // Here it can be reached: it was another process that could not.
            Some(outage) if is_alive && outage.is_of_connecting() => {
                self.end_outage().await?;
                Ok(Ready::Yes)
            }
            Some(outage) => self.ask(&outage).await,
        }
    }

    /// Nothing is to be sent now. A server that was out of order is asked all the same: pages would say so for as long as
    /// nobody needs a mail, where those that waited were withdrawn, replaced or too late.
    pub async fn ask_without_mail(&mut self) -> Outcome<()> {
        let Some(outage) = outages::find_open(self.services.db.reader()).await? else {
            return Ok(());
        };
        // Only a mail shows whether it takes mails again, and one will be due.
        let needs_mail = outage.reply.stage == Stage::Body;
        if needs_mail
            && !mails::list_waiting_recipients(self.services.db.reader(), 1)
                .await?
                .is_empty()
        {
            return Ok(());
        }
        if self.is_ready().await? == Ready::OneMail {
            // There is none, and the rest of the conversation went well. The next mail that is refused opens another outage.
            self.end_outage().await?;
        }
        Ok(())
    }

    async fn is_alive(&mut self) -> bool {
        let Some(mut connection) = self.connection.take() else {
            return false;
        };
        self.place.busy();
        if connection.still_answers().await {
            self.keep(connection);
        } else {
            self.place.gone();
        }
        self.connection.is_some()
    }

    fn keep(&mut self, connection: Connection) {
        self.place.idle();
        self.connection = Some(connection);
        self.used_at = Instant::now();
    }

    async fn connect(&mut self) -> Outcome<Ready> {
        if !self.place.may_connect() {
            self.leave_it_to_another();
            return Ok(Ready::No);
        }
        self.place.connecting();
        let failure = match self.relay.connect().await {
            Ok(connection) => {
                self.keep(connection);
                return Ok(Ready::Yes);
            }
            Err(failure) => failure,
        };
        self.place.gone();
        if self.place.another_works() || self.works_elsewhere(&failure).await? {
            tracing::info!(
                mail.reply_stage = failure.stage.as_str(),
                mail.reply_code = failure.code,
                "mail.server takes no further connection"
            );
            self.place.enough();
            self.leave_it_to_another();
        } else {
            self.note_outage(&failure).await?;
        }
        Ok(Ready::No)
    }

    fn leave_it_to_another(&self) {
        if self.place.another_is_idle() {
            self.services.bell.ring();
        }
    }

    /// Whether the server refuses this connection since another process has one, which works.
    async fn works_elsewhere(&self, failure: &Failure) -> Outcome<bool> {
        if self.judge(failure, "").fault != Some(Fault::Connections) {
            return Ok(false);
        }
        let last = mail_tries::find_last_accepted(self.services.db.reader()).await?;
        let now = self.services.clock.now();
        Ok(last.is_some_and(|(mail, at, _)| now.since(at) < PROOF && !self.connections().was_ours(mail)))
    }

    /// Asks the server whether it is back, if it is this process's turn: whether it can be reached, whether it takes our
    /// sender, and, if it has refused that as answer to recipients, whether it takes any.
    async fn ask(&mut self, outage: &Outage) -> Outcome<Ready> {
        let now = self.services.clock.now();
        if now < outage.next_probe_at {
            return Ok(Ready::No);
        }
        let tx = self.services.db.begin_write().await?;
        let is_mine = outages::take_probe(&tx, outage, now).await?;
        tx.commit().await?;
        if !is_mine {
            return Ok(Ready::No);
        }
        let recipients = match outage.reply.stage {
            Stage::Recipient => whom_to_ask_about(self.services.db.reader()).await?,
            _ => Vec::new(),
        };
        if let Err(failure) = self.question(&recipients).await {
            self.note_outage(&failure).await?;
            return Ok(Ready::No);
        }
        if outage.reply.stage == Stage::Body {
            self.is_on_trial = true;
            return Ok(Ready::OneMail);
        }
        self.end_outage().await?;
        Ok(Ready::Yes)
    }

    /// One conversation without a mail. The connection is kept where it can be.
    async fn question(&mut self, recipients: &[Address]) -> Result<(), Failure> {
        let mut connection = if let Some(connection) = self.connection.take() {
            connection
        } else {
            self.place.connecting();
            self.relay.connect().await.inspect_err(|_| self.place.gone())?
        };
        self.place.busy();
        let said = connection.probe(&self.from.email, recipients).await;
        if connection.is_broken() {
            self.place.gone();
        } else {
            self.keep(connection);
        }
        let mut refusal = None;
        for (recipient, said) in recipients.iter().zip(said?) {
            let Err(failure) = said else { return Ok(()) };
            let judgement = self.judge(&failure, recipient.as_ref());
            // Whatever it thinks of this mailbox, it takes our sender.
            if judgement.fault == Some(Fault::Mailbox) {
                return Ok(());
            }
            refusal = refusal.or(Some(failure));
        }
        refusal.map_or(Ok(()), Err)
    }

    fn judge(&self, failure: &Failure, recipient: &str) -> Judgement {
        judge_answer(
            failure.stage,
            failure.code,
            failure.text.as_str(),
            &self.parties(recipient),
        )
    }

    /// Hands a mail over. Only call it when the line [is ready](Self::is_ready).
    pub async fn send(&mut self, message: &Message) -> Result<Reply, Failure> {
        self.place.busy();
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
        if self.connection.is_none() {
            self.place.gone();
        }
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
            self.keep(connection);
        }
        result
    }

    /// The next mail goes over a connection that is known to work.
    pub fn give_up_connection(&mut self) {
        self.connection = None;
        self.place.gone();
    }

    /// One connection less from now on, for a while: others work.
    pub fn leave_mail_to_others(&mut self) {
        self.give_up_connection();
        self.place.enough();
        self.services.bell.ring();
    }

    async fn note_outage(&self, failure: &Failure) -> Outcome<()> {
        let tx = self.services.db.begin_write().await?;
        note_outage(&tx, &self.services, failure).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The server is in order again: everything that waits may go.
    pub async fn end_outage(&mut self) -> Outcome<()> {
        self.is_on_trial = false;
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
        self.place.gone();
    }
}

/// Opens an outage, or keeps the newest words in the open one. Whether it was opened.
pub async fn note_outage(on: &impl ConnectionTrait, services: &Services, failure: &Failure) -> Outcome<bool> {
    let text = failure.text.as_str();
    tracing::warn!(
        mail.reply_stage = failure.stage.as_str(),
        mail.reply_code = failure.code,
        mail.reply_text = text,
        mail.reply_meaning = failure.code.map(|code| source(failure.stage, code, text)),
        "mail.server is out of order"
    );
    let id = Uuid::from_bytes(random::bytes());
    let opened = outages::note(on, id, &failure.clone().into(), services.clock.now()).await?;
    Ok(opened)
}

/// Recipients to ask about: the one whose mail was accepted last, and some whose mail waits. Of an address outside ASCII the
/// server might say no for that.
async fn whom_to_ask_about(on: &impl ConnectionTrait) -> Outcome<Vec<Address>> {
    let accepted = mail_tries::find_last_accepted(on).await?;
    let accepted = accepted.into_iter().map(|(_, _, recipient)| recipient);
    let waiting = mails::list_waiting_recipients(on, MOST_ASKED).await?;
    let mut addresses: Vec<Address> = accepted
        .chain(waiting)
        .filter(|address| address.is_ascii())
        .filter_map(|address| address.parse().ok())
        .collect();
    addresses.dedup();
    Ok(addresses)
}

impl From<Failure> for MailReply {
    fn from(failure: Failure) -> Self {
        Self {
            stage: failure.stage,
            code: failure.code,
            text: failure.text,
        }
    }
}
