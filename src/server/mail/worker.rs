//! The tasks behind outgoing mail: senders that empty the queue, one that resolves asks in jittered ticks (B3) and
//! forgets what is over (H6), and one that carries batches out.
//!
//! They look again when the bell rings, and at the latest after a second, so that another process's mail is seen too.

use std::time::Duration;

use lettre::message::Mailbox;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::deliver::Sender;
use super::transport::Relay;
use crate::server::random;
use crate::server::service::carry_out_batches::{carry_out_next, forget_drafts};
use crate::server::service::forget_old::forget_old;
use crate::server::service::resolve_asks::resolve_asks;
use crate::server::service::settle_email::settle_due;
use crate::server::services::Services;

/// Connections to the mail server at most.
const SENDERS: usize = 4;
/// The longest wait between two looks at the queue.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// From the start until what is over is looked for the first time: starting is busy enough.
const FORGET_FIRST: Duration = Duration::from_mins(10);
/// Between two looks for what is over, where the last one has left nothing.
const FORGET_EVERY: Duration = Duration::from_hours(1);
/// How long a shutdown waits for mail that is being handed over.
const PATIENCE: Duration = Duration::from_secs(10);

/// Running workers.
#[derive(Debug)]
pub struct Workers {
    stop: watch::Sender<bool>,
    services: Services,
    tasks: JoinSet<()>,
}

impl Workers {
    /// Starts them. The mail server need not be there (G10).
    pub fn start(services: &Services, relay: &Relay, from: &Mailbox) -> Self {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for _ in 0..SENDERS {
            let sender = Sender::new(services.clone(), relay.clone(), from.clone(), stopped.clone());
            tasks.spawn(send(sender, services.clone(), stopped.clone()));
        }
        tasks.spawn(carry_out(services.clone(), stopped.clone()));
        tasks.spawn(answer_asks(services.clone(), stopped));
        Self {
            stop,
            services: services.clone(),
            tasks,
        }
    }

    /// Lets them finish what they hold, or give it back, within 10 s. What even that does not reach is taken over when its
    /// lease has run out.
    pub async fn stop(mut self) {
        // Nobody listening means that all have ended already.
        let _ = self.stop.send(true);
        for _ in 0..SENDERS {
            self.services.bell.ring();
        }
        self.services.batches.ring();
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            tracing::warn!("workers.stop took too long; the next start goes on with their mail");
        }
    }
}

async fn send(mut sender: Sender, services: Services, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match sender.deliver_next().await {
            Ok(true) => {}
            Ok(false) => {
                tokio::select! {
                    () = services.bell.wait(LOOK_AGAIN) => {}
                    _ = stopped.changed() => {}
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "mail.worker failed");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
    if let Err(error) = sender.rest().await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "mail.worker could not record its last mail"
        );
    }
}

async fn carry_out(services: Services, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match carry_out_next(&services).await {
            Ok(true) => {}
            Ok(false) => {
                tokio::select! {
                    () = services.batches.wait(LOOK_AGAIN) => {}
                    _ = stopped.changed() => {}
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "batches.worker failed");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

async fn answer_asks(services: Services, mut stopped: watch::Receiver<bool>) {
    let mut forget_at = services.clock.now() + FORGET_FIRST;
    while !*stopped.borrow() {
        let whole = services.settings.ask_tick;
        let wait = whole / 2 + whole * u32::from(random::below(500)) / 1000;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stopped.changed() => break,
        }
        if let Err(error) = resolve_asks(&services).await {
            tracing::error!(error = &error as &dyn std::error::Error, "asks.worker failed");
        }
        if let Err(error) = settle_due(&services).await {
            tracing::error!(error = &error as &dyn std::error::Error, "email_changes.worker failed");
        }
        if let Err(error) = forget_drafts(&services).await {
            tracing::error!(error = &error as &dyn std::error::Error, "drafts.worker failed");
        }
        // As of before: what is over by the end of this look is for the next one.
        let now = services.clock.now();
        if now >= forget_at {
            match forget_old(&services).await {
                Ok(true) => {}
                Ok(false) => forget_at = now + FORGET_EVERY,
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "rows.worker failed");
                    forget_at = now + FORGET_EVERY;
                }
            }
        }
    }
}
