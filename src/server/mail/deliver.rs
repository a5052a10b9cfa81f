//! One delivery: claim, mint, commit, send, record.
//!
//! The claim and the new link are committed before anything is sent, and nothing is locked while the mail server thinks.
//! Each attempt has a link of its own, and all of them work: a retry never kills one that may have arrived (A8). The record
//! of a mail that was accepted is committed with the claim of the next, before that is sent, and together with what other
//! senders want just then (`ledger`); while the database can't be told, it is tried again, and the mail is not. Where the
//! process dies between two steps, the claim lapses and the mail is tried again: nothing is lost, and at most one mail of
//! each sender comes twice (H1). What becomes of a mail that was not accepted is decided in `failed`; which mail is put off
//! where a try ends by a mistake of the program's, in `contained`.

mod contained;

use std::time::Duration;

use lettre::Message;
use rekey_domain::reset::MailState;
use tokio::sync::watch;

use super::compose::Letterhead;
use super::failed::{Fate, record_failure};
use super::ledger::{Ledger, Next};
use super::line::{Line, Ready};
use super::record::record_acceptances;
use super::transport::{Failure, Reply};
use crate::server::hold::{self, Point};
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::mails::{self, Mail, Settlement};
use crate::server::work::Trap;

/// How long a mail that is being handed over may go on when the server stops; the rest of the 10 s is for giving back.
const PATIENCE: Duration = Duration::from_secs(7);

/// Sends mail over a line of its own.
pub struct Sender {
    services: Services,
    line: Line,
    ledger: Ledger,
    stopped: watch::Receiver<bool>,
    accepted: Option<Accepted>,
    /// The mail that is being delivered.
    claimed: Option<Mail>,
}

/// A mail that the mail server took, and of which that is still to be kept.
struct Accepted {
    mail: Mail,
    reply: Reply,
    /// Keeping it together with the next claim has failed: it goes first and alone.
    goes_alone: bool,
}

impl Sender {
    /// A sender without a connection yet. `stopped` tells when to give up.
    pub fn new(services: Services, line: Line, ledger: Ledger, stopped: watch::Receiver<bool>) -> Self {
        Self {
            services,
            line,
            ledger,
            stopped,
            accepted: None,
            claimed: None,
        }
    }

    /// Records the mail that was accepted last and delivers the one that has been due longest; whether there may be more to
    /// do at once.
    pub async fn deliver_next(&mut self) -> Outcome<bool> {
        let goes_together = match &mut self.accepted {
            // One commit, so one wait for the disk, for the mail before and the next one.
            Some(accepted) if self.line.is_fresh() && !accepted.goes_alone => {
                accepted.goes_alone = true;
                true
            }
            Some(_) => {
                // The way to the mail server may be long: what it has said is kept first.
                self.record_alone().await?;
                return Ok(true);
            }
            None => false,
        };
        let services = self.services.clone();
        let (now, wall) = (services.clock.now(), services.clock.wall_now());
        let mut is_trial = false;
        if !goes_together {
            if !mails::is_any_due(services.db.reader(), now, wall).await? {
                self.line.ask_without_mail().await?;
                return Ok(false);
            }
            match self.line.is_ready().await? {
                Ready::No => return Ok(false),
                Ready::Yes => {}
                Ready::OneMail => is_trial = true,
            }
        }
        let accepted = self.accepted.as_ref();
        let accepted = accepted.map(|accepted| (accepted.mail.clone(), accepted.reply.clone()));
        let next = self.ledger.next(accepted).await?;
        self.is_recorded();
        let claimed = match next {
            Next::Send(claimed) => *claimed,
            Next::Again => return Ok(true),
            Next::Nothing => return Ok(false),
        };
        // Another sender may look for more meanwhile.
        services.bell.ring();
        let head = Letterhead {
            settings: &services.settings,
            from: self.line.from(),
            now,
        };
        self.claimed = Some(claimed.mail.clone());
        let (mail, message) = claimed.write(&services, &head).await;
        let message = match message {
            Err(error) if error.is_passing() => {
                give_back(&services, &mail).await?;
                return Err(error);
            }
            message => message?,
        };
        hold::at(Point::MailClaimed).await;
        let Some(result) = self.send(&message).await else {
            give_back(&services, &mail).await?;
            return Ok(false);
        };
        hold::at(Point::MailSent).await;
        match result {
            Ok(reply) => {
                self.line.connections().handed_over(mail.id, reply.clone());
                self.claimed = None;
                self.accepted = Some(Accepted {
                    mail,
                    reply,
                    goes_alone: false,
                });
                if is_trial {
                    self.line.end_outage().await?;
                }
            }
            Err(failure) => self.failed(&mail, &failure).await?,
        }
        Ok(true)
    }

    async fn failed(&mut self, mail: &Mail, failure: &Failure) -> Outcome<()> {
        self.services.work.traps.spring(Trap::MailAnswered, &mail.recipient);
        let parties = self.line.parties(&mail.recipient);
        match record_failure(&self.services, &parties, mail, failure, self.line.another_works()).await? {
            Fate::Own => {}
            Fate::Held => self.line.give_up_connection(),
            Fate::Elsewhere => self.line.leave_mail_to_others(),
        }
        Ok(())
    }

    /// What the database has committed is no longer ours to keep.
    fn is_recorded(&mut self) {
        if let Some(accepted) = self.accepted.take() {
            self.line.connections().recorded(accepted.mail.id);
        }
    }

    async fn record_alone(&mut self) -> Outcome<()> {
        if let Some(accepted) = &self.accepted {
            let tx = self.services.db.begin_write().await?;
            record_acceptances(&tx, &self.services, &[(&accepted.mail, &accepted.reply)]).await?;
            tx.commit().await?;
        }
        self.is_recorded();
        Ok(())
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
        let recorded = self.record_alone().await;
        self.line.rest().await;
        recorded
    }
}

/// The mail may have gone or not, or could not be written just now: whoever is next tries it again at once.
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
