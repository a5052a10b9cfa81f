//! Puts a server together and runs it: the same way for the program, the demo, tests and benchmarks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use ipnet::IpNet;
use lettre::message::Mailbox;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::server::clock::Clock;
use crate::server::config::Config;
use crate::server::http::dev::DevDoors;
use crate::server::http::router::{self, AppState};
use crate::server::lookout::Lookout;
use crate::server::mail::transport::Relay;
use crate::server::mail::worker::Workers;
use crate::server::password_hash::PasswordHasher;
use crate::server::services::{Bell, Services, Settings};
use crate::server::store::db::Db;

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
    http: JoinHandle<std::io::Result<()>>,
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
    let db = Db::connect(database_url).await?;
    db.migrate().await?;
    Ok(Services {
        db,
        clock,
        hasher,
        settings: Arc::new(settings),
        bell: Bell::default(),
        batches: Bell::default(),
        lookout: Lookout::default(),
    })
}

/// A server by the operator's configuration.
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let hello = config.settings.public_url.host_str().unwrap_or_default().to_owned();
    let hasher = PasswordHasher::for_this_machine()?;
    let services = open_services(&config.database_url, Clock::system(), hasher, config.settings).await?;
    let listener = TcpListener::bind(config.listen).await?;
    start(Parts {
        listener,
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
    let app = AppState {
        services: parts.services.clone(),
        leptos_options: router::leptos_options()?,
        trusted_proxies: parts.trusted_proxies.into(),
    };
    let service = router::build(app, parts.dev).into_make_service_with_connect_info::<SocketAddr>();
    // Without it a page in several writes waits for the client's delayed acknowledgement, 40 ms each time.
    let listener = parts.listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(error = %error, "connection.nodelay failed");
        }
    });
    let (stop, stopped) = oneshot::channel();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async {
        // A dropped sender stops the server too.
        let _ = stopped.await;
    });
    Ok(Running {
        address,
        http: tokio::spawn(serving.into_future()),
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

    /// Lets requests and mails in flight finish, for 10 s at most, and closes the database. A mail that a last request
    /// queues is sent at the next start.
    pub async fn stop(self) {
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
