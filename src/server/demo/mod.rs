//! `rekey serve --demo`: a fresh database in a temporary folder, the demo's people, and a small real mail server, all in
//! one process and on this machine only. Mail goes through the same path as in production.

mod people;

use std::net::SocketAddr;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::net::TcpListener;
use url::Url;

use crate::server::clock::Clock;
use crate::server::config;
use crate::server::connections::Limits;
use crate::server::http::assets;
use crate::server::http::dev::DevDoors;
use crate::server::mail::recorder::Recorder;
use crate::server::mail::smtp_url::SmtpUrl;
use crate::server::mail::transport::Relay;
use crate::server::password_hash::PasswordHasher;
use crate::server::run::{self, Parts, Running, SMTP_LIMIT, StartError};

pub use people::{PASSWORD, seed};

/// A running demo. Its database goes when it is stopped.
pub struct Demo {
    running: Running,
    folder: TempDir,
    /// Kept: it stops with its last handle.
    _recorder: Recorder,
}

/// Starts the demo.
pub async fn start(listen: SocketAddr) -> Result<Demo, StartError> {
    let listener = TcpListener::bind(listen).await?;
    let public_url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
    let folder = tempfile::Builder::new().prefix("rekey-demo-").tempdir()?;
    let database = format!("sqlite:{}", folder.path().join("rekey.db").display());
    let clock = Clock::system();
    let mut settings = config::demo_settings(public_url);
    settings.help = Some("help@rekey.example".to_owned());
    let hasher = PasswordHasher::for_this_machine()?;
    let services = run::open_services(&database, clock.clone(), hasher, settings).await?;
    seed(&services).await?;

    let recorder = Recorder::start(clock.clone())?;
    let bell = services.bell.clone();
    let dev = DevDoors {
        recorder: recorder.clone(),
        clock,
        wake: Arc::new(move || bell.ring()),
        stylesheet: assets::stylesheet(),
    };
    let relay = Relay::new(
        SmtpUrl::parse(&format!("smtp://{}", recorder.address()))?,
        "localhost",
        SMTP_LIMIT,
    );
    let running = run::start(Parts {
        listener,
        connections: Limits::default(),
        services,
        relay,
        mail_from: "accounts@rekey.example".parse()?,
        trusted_proxies: Vec::new(),
        dev: Some(dev),
    })?;
    Ok(Demo {
        running,
        folder,
        _recorder: recorder,
    })
}

impl Demo {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// Stops it and removes its database.
    pub async fn stop(self) {
        self.running.stop().await;
        if let Err(error) = self.folder.close() {
            tracing::warn!(error = %error, "demo.folder could not be removed");
        }
    }
}
