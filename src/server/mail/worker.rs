//! The tasks behind outgoing mail: senders that empty the queue, one that resolves asks in jittered ticks (B3),
//! notes refusals (F14) and forgets what is over (H6), and one that carries batches out.
//!
//! They look again when the bell rings, and at the latest after a second, so that another process's mail is seen too. What
//! fails by a mistake of the program's is put off by whoever does it, and a loop that ends is started again (`server/work`).

use std::time::Duration;

use lettre::message::Mailbox;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::connections::Connections;
use super::deliver::Sender;
use super::ledger::Ledger;
use super::line::Line;
use super::transport::Relay;
use crate::server::random;
use crate::server::service::activity::note_refusals::note_refusals;
use crate::server::service::batches::carry_out_batches::{Ring, carry_out_next, forget_drafts};
use crate::server::service::emails::settle_email::settle_due;
use crate::server::service::keeping::forget_old::forget_old;
use crate::server::service::resets::resolve_asks::{purge_limits, resolve_asks};
use crate::server::services::{Bell, Services};
use crate::server::work::{Loop, Trap};

/// What the loops are called.
const MAIL: &str = "mail";
const BATCHES: &str = "batches";
const TICKS: &str = "ticks";
/// Connections to the mail server at most; fewer, where it takes fewer (K7).
pub const SENDERS: usize = 4;
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
        let connections = Connections::default();
        let lease = relay.longest_delivery() * 5 / 4;
        let ledger = Ledger::new(services.clone(), connections.clone(), lease);
        let loops = &services.work.loops;
        for number in 1..=SENDERS {
            let (services, relay, from) = (services.clone(), relay.clone(), from.clone());
            let (connections, ledger, stopped) = (connections.clone(), ledger.clone(), stopped.clone());
            let run = {
                let stopped = stopped.clone();
                move |own| {
                    let line = Line::new(services.clone(), relay.clone(), from.clone(), &connections);
                    let sender = Sender::new(services.clone(), line, ledger.clone(), stopped.clone());
                    send(sender, services.clone(), stopped.clone(), own)
                }
            };
            tasks.spawn(loops.clone().keep_running(MAIL, number, stopped, run));
        }
        let others = (services.clone(), stopped.clone());
        let run = move |own| carry_out(others.0.clone(), others.1.clone(), own);
        tasks.spawn(loops.clone().keep_running(BATCHES, 1, stopped.clone(), run));
        let others = (services.clone(), stopped.clone());
        let run = move |own| tick(others.0.clone(), others.1.clone(), own);
        tasks.spawn(loops.clone().keep_running(TICKS, 1, stopped, run));
        Self {
            stop,
            services: services.clone(),
            tasks,
        }
    }

    /// Lets them finish what they hold, or give it back, within 10 s. What even that does not reach is taken over when its
    /// lease has run out.
    pub async fn stop(&mut self) {
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

async fn send(mut sender: Sender, services: Services, mut stopped: watch::Receiver<bool>, own: Loop) {
    let mut chore = own.chore(MAIL);
    while !*stopped.borrow() {
        services.work.traps.spring(Trap::Round, MAIL);
        let may_be_more = chore.run(sender.attempt_next()).await;
        wait(may_be_more, chore.wait(LOOK_AGAIN), &services.bell, &mut stopped).await;
    }
    if let Err(error) = sender.rest().await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "mail.worker could not record its last mail"
        );
    }
}

async fn carry_out(services: Services, mut stopped: watch::Receiver<bool>, own: Loop) {
    let (mut chore, mut ring) = (own.chore(BATCHES), Ring::default());
    while !*stopped.borrow() {
        services.work.traps.spring(Trap::Round, BATCHES);
        let may_be_more = chore.run(carry_out_next(&services, &mut ring)).await;
        wait(may_be_more, chore.wait(LOOK_AGAIN), &services.batches, &mut stopped).await;
    }
}

/// Until there may be more to do. What has failed is not tried sooner because somebody rings.
async fn wait(may_be_more: Option<bool>, at_most: Duration, bell: &Bell, stopped: &mut watch::Receiver<bool>) {
    match may_be_more {
        Some(true) => {}
        Some(false) => tokio::select! {
            () = bell.wait(at_most) => {}
            _ = stopped.changed() => {}
        },
        None => tokio::select! {
            () = tokio::time::sleep(at_most) => {}
            _ = stopped.changed() => {}
        },
    }
}

async fn tick(services: Services, mut stopped: watch::Receiver<bool>, own: Loop) {
    let mut forget_at = services.clock.now() + FORGET_FIRST;
    let (mut asks, mut limits, mut refusals) = (own.chore("asks"), own.chore("limits"), own.chore("refusals"));
    let (mut addresses, mut drafts, mut old) = (own.chore("addresses"), own.chore("drafts"), own.chore("old rows"));
    while !*stopped.borrow() {
        services.work.traps.spring(Trap::Round, TICKS);
        let whole = services.settings.ask_tick;
        let wait = whole / 2 + whole * u32::from(random::below(500)) / 1000;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stopped.changed() => break,
        }
        // One that fails is told of there, and the others go on.
        let _ = asks.run(resolve_asks(&services)).await;
        let _ = limits.run(purge_limits(&services)).await;
        let _ = refusals.run(note_refusals(&services)).await;
        let _ = addresses.run(settle_due(&services)).await;
        let _ = drafts.run(forget_drafts(&services)).await;
        // As of before: what is over by the end of this look is for the next one.
        let now = services.clock.now();
        if now >= forget_at && old.run(forget_old(&services)).await == Some(false) {
            forget_at = now + FORGET_EVERY;
        }
    }
    // What was refused since the last look.
    let _ = refusals.run(note_refusals(&services)).await;
}
