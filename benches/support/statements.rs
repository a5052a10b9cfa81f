//! How many SQL statements a page costs, counted in a server inside this process: BEGIN and COMMIT are not among them,
//! nor is what the workers ask the queue every second.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rekey::server::clock::Clock;
use rekey::server::config::demo_settings;
use rekey::server::connections::Limits;
use rekey::server::mail::recorder::Recorder;
use rekey::server::mail::smtp_url::SmtpUrl;
use rekey::server::mail::transport::Relay;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::run::{self, Parts, Running};
use rekey::server::services::Services;
use rekey::server::store::db::Db;
use tokio::net::TcpListener;
use url::Url;

use super::Outcome;
use super::client::{Ask, Connection};

/// The least of so many tries: in between the workers may look at the queue.
const TRIES: usize = 5;
/// The longest conversation with the mail server, where there is one.
const SMTP_LIMIT: Duration = Duration::from_secs(10);

/// A server inside this process whose statements are counted.
pub struct Counting {
    running: Running,
    statements: Arc<AtomicU64>,
}

impl Counting {
    /// Starts it on the database.
    pub async fn start(database_url: &str, recorder: &Recorder) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        let statements = Arc::<AtomicU64>::default();
        let counted = Arc::clone(&statements);
        let mut db = Db::connect(database_url).await?;
        db.on_statement(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        let services = Services::new(db, Clock::system(), PasswordHasher::new(1)?, demo_settings(url));
        let smtp = SmtpUrl::parse(&format!("smtp://{}", recorder.address()))?;
        let running = run::start(Parts {
            listener,
            connections: Limits::default(),
            services,
            relay: Relay::new(smtp, "localhost", SMTP_LIMIT),
            mail_from: "accounts@bench.example".parse()?,
            trusted_proxies: Vec::new(),
            dev: None,
        })?;
        Ok(Self { running, statements })
    }

    /// What this page costs.
    pub async fn count(&self, ask: &Ask) -> Outcome<u64> {
        let mut connection = Connection::open(self.running.address()).await?;
        let mut least = u64::MAX;
        for _ in 0..TRIES {
            let before = self.statements.load(Ordering::SeqCst);
            connection.send(ask).await?;
            least = least.min(self.statements.load(Ordering::SeqCst) - before);
        }
        Ok(least)
    }

    /// Stops it.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}
