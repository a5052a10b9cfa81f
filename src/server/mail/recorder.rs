//! The recorder: a small real SMTP server on a loopback port that keeps what it is sent. The demo and the tests
//! run this same code, and our mail reaches it through the same lettre path as in production.
//!
//! It must not know our mails, resets or users: it sees only SMTP. How it misbehaves on request (G7, G8) is in
//! [`Behaviour`]; the commands that it keeps beside each mail show a header or recipient smuggled in (G3).
//! Grammar of the commands: the crate `smtp-proto`. A whole server crate would bring little more, and hanging, cutting
//! and closing the port on request is what this one is for.

mod behaviour;
mod conversation;
mod lines;
mod mailbox;
mod port;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use self::behaviour::Behaviour;
use self::conversation::Conversation;
pub use self::mailbox::RecordedMail;
use self::mailbox::{Draft, Mailbox};
use self::port::Port;
use crate::server::clock::Clock;

/// How long to leave the port alone after the machine refused a connection (it is out of file handles, say).
const PAUSE_AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(50);

/// A cheap handle to one running recorder: clones share it. The server stops, and its port is free again, when the
/// last handle is dropped.
#[derive(Clone)]
pub struct Recorder {
    shared: Arc<Shared>,
    /// Ends the server's task, and with it every conversation, when dropped.
    _server: Arc<JoinSet<()>>,
}

/// What the handles, the accepting task and the conversations have in common.
struct Shared {
    address: SocketAddr,
    clock: Clock,
    port: Mutex<Port>,
    mode: watch::Sender<Mode>,
    mailbox: Mutex<Mailbox>,
    /// Mails recorded since the start or the last clearing.
    recorded: watch::Sender<usize>,
    /// Recipients that [`Behaviour::Greylist`] has put off once.
    greylisted: Mutex<HashSet<String>>,
    conversations: AtomicU64,
}

#[derive(Clone, Copy)]
struct Mode {
    behaviour: Behaviour,
    /// How often the server went down: a conversation from before an outage must not outlive it.
    outages: u64,
}

impl Recorder {
    /// Starts a recorder on a free loopback port, accepting. `clock` gives each mail its time.
    ///
    /// # Errors
    /// When no port can be opened, or when called outside a tokio runtime.
    pub fn start(clock: Clock) -> io::Result<Self> {
        let (port, address) = Port::open_any()?;
        let shared = Arc::new(Shared {
            address,
            clock,
            port: Mutex::new(port),
            mode: watch::Sender::new(Mode {
                behaviour: Behaviour::Accept,
                outages: 0,
            }),
            mailbox: Mutex::default(),
            recorded: watch::Sender::new(0),
            greylisted: Mutex::default(),
            conversations: AtomicU64::new(0),
        });
        let mut server = JoinSet::new();
        server.spawn(serve(Arc::clone(&shared)));
        Ok(Self {
            shared,
            _server: Arc::new(server),
        })
    }

    /// Where it listens; the same for its whole life, outages included.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// What it does from now on. Conversations under way follow at their next step, and [`Behaviour::Down`] ends
    /// them: when this returns, the port is closed. [`Behaviour::Greylist`] begins without memory.
    ///
    /// Should the machine not give the port back after an outage, the recorder stays down and the log says why.
    pub fn set_behaviour(&self, behaviour: Behaviour) {
        lock(&self.shared.greylisted).clear();
        let mut port = lock(&self.shared.port);
        let behaviour = if behaviour == Behaviour::Down {
            port.close(self.shared.address);
            behaviour
        } else if let Err(error) = port.open_again(self.shared.address) {
            tracing::error!(%error, address = %self.shared.address, "the recorder's port cannot be opened again");
            Behaviour::Down
        } else {
            behaviour
        };
        self.shared.mode.send_modify(|mode| {
            if behaviour == Behaviour::Down && mode.behaviour != Behaviour::Down {
                mode.outages += 1;
            }
            mode.behaviour = behaviour;
        });
    }

    /// What it does now.
    pub fn behaviour(&self) -> Behaviour {
        self.shared.behaviour()
    }

    /// The recorded mails, newest first: the last 1000 at most.
    pub fn mails(&self) -> Vec<RecordedMail> {
        lock(&self.shared.mailbox).newest_first()
    }

    /// The mail with this number, while it is kept.
    pub fn mail(&self, id: u64) -> Option<RecordedMail> {
        lock(&self.shared.mailbox).find(id)
    }

    /// Forgets all mails. Numbers go on: none is given twice.
    pub fn clear(&self) {
        let mut mailbox = lock(&self.shared.mailbox);
        mailbox.clear();
        self.shared.recorded.send_replace(0);
    }

    /// How many connections it has taken so far.
    pub fn conversations(&self) -> u64 {
        self.shared.conversations.load(Ordering::SeqCst)
    }

    /// Returns once `count` mails were recorded since the start or the last [`Recorder::clear`]. It sets no limit
    /// to the wait: a test puts its own around it.
    pub async fn wait_for(&self, count: usize) {
        // The sender lives in `shared`, so this can't end early.
        let _ = self
            .shared
            .recorded
            .subscribe()
            .wait_for(|recorded| *recorded >= count)
            .await;
    }
}

impl Shared {
    fn behaviour(&self) -> Behaviour {
        self.mode.borrow().behaviour
    }

    /// Keeps a mail; returns its number.
    fn record(&self, draft: Draft) -> u64 {
        let mut mailbox = lock(&self.mailbox);
        let id = mailbox.keep(draft, self.clock.now());
        // Counted under the lock, so that a clearing falls before or after the mail, not between.
        self.recorded.send_modify(|recorded| *recorded += 1);
        id
    }

    /// Whether the recipient was put off before; remembers it.
    fn is_known_to_greylist(&self, recipient: &str) -> bool {
        !lock(&self.greylisted).insert(recipient.to_lowercase())
    }

    /// The next connection, and the number of outages before it. Waits for ever while the port is closed, so the
    /// caller asks again after each change of behaviour.
    async fn accept(&self) -> io::Result<(TcpStream, u64)> {
        // Both under the port's lock: an outage falls before or after the connection, not between.
        poll_fn(|context| {
            let port = lock(&self.port);
            port.poll_accept(context)
                .map_ok(|stream| (stream, self.mode.borrow().outages))
        })
        .await
    }
}

async fn serve(shared: Arc<Shared>) {
    let mut mode = shared.mode.subscribe();
    let mut conversations = JoinSet::new();
    loop {
        tokio::select! {
            accepted = shared.accept() => match accepted {
                Ok((stream, outages)) => {
                    shared.conversations.fetch_add(1, Ordering::SeqCst);
                    conversations.spawn(converse(Arc::clone(&shared), stream, outages));
                }
                Err(error) => {
                    tracing::warn!(%error, "the recorder could not take a connection");
                    tokio::time::sleep(PAUSE_AFTER_FAILED_ACCEPT).await;
                }
            },
            // Only to ask the port again: it may have been opened.
            _ = mode.changed() => {}
            Some(_) = conversations.join_next() => {}
        }
    }
}

/// One connection, until either side ends it or the server goes down.
async fn converse(shared: Arc<Shared>, stream: TcpStream, outages: u64) {
    let mut mode = shared.mode.subscribe();
    tokio::select! {
        ended = Conversation::new(stream, Arc::clone(&shared)).run() => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a conversation with the recorder broke off");
            }
        }
        _ = mode.wait_for(|mode| mode.outages != outages) => {}
    }
}

/// The state behind these locks is whole after every statement, so a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
