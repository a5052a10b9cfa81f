//! Puts a server together and runs it: the same way for the program, the demo, tests and benchmarks.

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;
use sea_orm::DbErr;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::connections::{self, Limits};
use crate::server::http::client_ip::Proxies;
use crate::server::http::dev::DevDoors;
use crate::server::http::router::{self, AppState, Shared};
use crate::server::mail::transport::Relay;
use crate::server::mail::worker::Workers;
use crate::server::password_hash::PasswordHasher;
use crate::server::services::{Services, Settings};
use crate::server::store::db::{Db, in_the_way};
use crate::server::{open_files, permissions};

/// The longest conversation with the mail server, connecting aside, where the operator says nothing. RFC 5321 §4.5.3.2
/// lets single steps take minutes; a mail server that needs more than this for all of them is tried again later.
pub const SMTP_LIMIT: Duration = Duration::from_mins(1);
/// How long requests may finish when the server stops.
const PATIENCE: Duration = Duration::from_secs(10);

/// Any error on the way up.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// What a server is made of.
pub struct Parts {
    /// Bound, but not yet served.
    pub listener: TcpListener,
    /// How many connections there may be, and how long they may take.
    pub connections: Limits,
    /// What use cases are made of.
    pub services: Services,
    /// The mail server.
    pub relay: Relay,
    /// The sender's address.
    pub mail_from: Mailbox,
    /// Proxies whose word on the client's address counts.
    pub trusted_proxies: Vec<IpNet>,
    /// The doors of a demo.
    pub dev: Option<DevDoors>,
}

/// A running server.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    services: Services,
    stop: oneshot::Sender<()>,
    http: JoinHandle<()>,
    workers: Workers,
    lookout: JoinHandle<()>,
}

/// Opens the database, brings its schema up to date, and puts the services together.
pub async fn open_services(
    database_url: &str,
    clock: Clock,
    hasher: PasswordHasher,
    settings: Settings,
) -> Result<Services, StartError> {
    let db = Db::connect(database_url).await.map_err(in_plain_words)?;
    db.migrate().await.map_err(in_plain_words)?;
    Ok(Services::new(db, clock, hasher, settings))
}

/// A sentence, where one is known.
fn in_plain_words(error: DbErr) -> StartError {
    match in_the_way(&error) {
        Some(sentence) => sentence.into(),
        None => error.into(),
    }
}

/// A server by the operator's configuration.
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let hello = config.settings.public_url.host_str().unwrap_or_default().to_owned();
    let hasher = PasswordHasher::for_this_machine()?;
    let services = open_services(&config.database_url, Clock::system(), hasher, config.settings).await?;
    if let Some(file) = services.db.file() {
        permissions::warn_of_readers(file);
    }
    if services.db.is_through_pooler() {
        tracing::info!("database.pooler: transactions bring their settings and statements with them");
    }
    open_files::allow(config.connections.most);
    let listener = TcpListener::bind(config.listen).await?;
    start(Parts {
        listener,
        connections: config.connections,
        services,
        relay: Relay::new(config.smtp, &hello, config.smtp_limit),
        mail_from: config.mail_from,
        trusted_proxies: config.trusted_proxies,
        dev: None,
    })
}

/// Serves, and starts the workers.
pub fn start(parts: Parts) -> Result<Running, StartError> {
    let address = parts.listener.local_addr()?;
    let app = AppState::from(Shared {
        services: parts.services.clone(),
        leptos_options: router::leptos_options()?,
        proxies: Proxies::new(parts.trusted_proxies),
        body_time: parts.connections.body,
    });
    let (stop, stopped) = oneshot::channel();
    let stopped = async {
        // A dropped sender stops the server too.
        let _ = stopped.await;
    };
    let router = router::build(app, parts.dev);
    let serving = connections::serve(parts.listener, router, parts.connections, stopped);
    Ok(Running {
        address,
        http: tokio::spawn(serving),
        workers: Workers::start(&parts.services, &parts.relay, &parts.mail_from),
        lookout: parts.services.lookout.start(&parts.services),
        services: parts.services,
        stop,
    })
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it is made of.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Ends what works beside the requests: mails are not sent, asks not resolved and batches not carried out any more.
    /// Requests are served on.
    pub async fn rest(&mut self) {
        self.workers.stop().await;
    }

    /// Lets requests and mails in flight finish, for 10 s at most, and closes the database. A mail that a last request
    /// queues is sent at the next start.
    pub async fn stop(mut self) {
        // Nobody listening means that it has ended already.
        let _ = self.stop.send(());
        self.services.lookout.close();
        let abort = self.http.abort_handle();
        let requests = async {
            if tokio::time::timeout(PATIENCE, self.http).await.is_err() {
                abort.abort();
            }
        };
        let ((), (), lookout) = tokio::join!(requests, self.workers.stop(), self.lookout);
        if let Err(error) = lookout {
            tracing::error!(error = &error as &dyn std::error::Error, "lookout ended early");
        }
        if let Err(error) = self.services.db.close().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "database.close failed");
        }
    }
}
