//! A server of its own for each test, started the same way as the program.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ipnet::IpNet;
use rekey::server::clock::Clock;
use rekey::server::config::demo_settings;
use rekey::server::demo;
use rekey::server::lookout::Lookout;
use rekey::server::mail::recorded::{ReadMail, is_for};
use rekey::server::mail::recorder::Recorder;
use rekey::server::mail::smtp_url::SmtpUrl;
use rekey::server::mail::transport::Relay;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::run::{self, Parts, Running};
use rekey::server::services::{Bell, Services, Settings};
use rekey::server::store::db::Db;
use rekey::server::store::entity::user;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use rekey_domain::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use tokio::net::TcpListener;
use url::Url;

use super::database::Database;
use super::{Client, Page, log};

/// The password of every active account.
pub const PASSWORD: &str = demo::PASSWORD;
/// Tuesday 24 November 2026, 13:32:08 UTC, which is 14:32 in the zone of the demo's companies.
pub const START: Timestamp = Timestamp::from_millis(1_795_527_128_000);
/// A second.
pub const SECOND: Duration = Duration::from_secs(1);
/// An hour.
pub const HOUR: Duration = Duration::from_hours(1);

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at what happens behind an answer.
const GLANCE: Duration = Duration::from_millis(5);
/// A running server with everything around it.
pub struct TestApp {
    /// Its mail server.
    pub recorder: Recorder,
    running: Running,
    database: Database,
    statements: Arc<AtomicU64>,
    writes: Arc<AtomicU64>,
}

type Change = Box<dyn FnOnce(&mut Settings)>;

/// A server about to be started.
pub struct Builder {
    settings: Vec<Change>,
    smtp_limit: Duration,
    is_mail_server_down: bool,
    mail_server: Option<String>,
    trusted_proxies: Vec<IpNet>,
    database: Option<Database>,
}

impl Builder {
    /// On this database instead of a copy of the demo's; its schema is brought up to date.
    pub fn on(mut self, database: Database) -> Self {
        self.database = Some(database);
        self
    }

    /// Changes the operator's settings.
    pub fn settings(mut self, change: impl FnOnce(&mut Settings) + 'static) -> Self {
        self.settings.push(Box::new(change));
        self
    }

    /// The longest conversation with the mail server, of real time; 10 s otherwise.
    pub fn smtp_limit(mut self, limit: Duration) -> Self {
        self.smtp_limit = limit;
        self
    }

    /// Starts while the mail server is down.
    pub fn without_mail_server(mut self) -> Self {
        self.is_mail_server_down = true;
        self
    }

    /// With another mail server than the recorder.
    pub fn mail_server(mut self, url: String) -> Self {
        self.mail_server = Some(url);
        self
    }

    /// Believes what these say about the client's address.
    pub fn trusted_proxies(mut self, networks: &str) -> Self {
        self.trusted_proxies.push(networks.parse().expect("a network"));
        self
    }

    /// Starts it.
    pub async fn start(self) -> TestApp {
        log::watch();
        let database = match self.database {
            Some(database) => database,
            None => Database::new().await,
        };
        let clock = Clock::standing_at(START);
        let recorder = Recorder::start(clock.clone()).expect("a mail server on a free port");
        if self.is_mail_server_down {
            recorder.set_behaviour(rekey::server::mail::recorder::Behaviour::Down);
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let mut settings = demo_settings(Url::parse(&format!("http://{address}")).expect("a URL"));
        settings.ask_tick = Duration::from_millis(20);
        for change in self.settings {
            change(&mut settings);
        }

        let mut db = Db::connect(&database.url()).await.expect("the database opens");
        db.migrate().await.expect("the schema is brought up to date");
        let (statements, writes) = <(Arc<AtomicU64>, Arc<AtomicU64>)>::default();
        let (all, counted) = (Arc::clone(&statements), Arc::clone(&writes));
        db.on_statement(move |statement| {
            all.fetch_add(1, Ordering::SeqCst);
            if !statement.statement.sql.trim_start().starts_with("SELECT") {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        let services = Services {
            db,
            clock,
            hasher: PasswordHasher::for_this_machine().expect("a hasher"),
            settings: Arc::new(settings),
            bell: Bell::default(),
            batches: Bell::default(),
            lookout: Lookout::default(),
        };
        TestApp {
            running: serve(
                listener,
                services,
                &self
                    .mail_server
                    .unwrap_or_else(|| format!("smtp://{}", recorder.address())),
                self.smtp_limit,
                self.trusted_proxies,
            ),
            recorder,
            database,
            statements,
            writes,
        }
    }
}

fn serve(
    listener: TcpListener,
    services: Services,
    mail_server: &str,
    smtp_limit: Duration,
    trusted_proxies: Vec<IpNet>,
) -> Running {
    let smtp = SmtpUrl::parse(mail_server).expect("an SMTP URL");
    let running = run::start(Parts {
        listener,
        services,
        relay: Relay::new(smtp, "localhost", smtp_limit),
        mail_from: "accounts@rekey.example".parse().expect("an address"),
        trusted_proxies,
        dev: None,
    });
    running.expect("the server starts")
}

impl TestApp {
    /// A server with the demo's settings.
    pub async fn start() -> Self {
        Self::with().start().await
    }

    /// A server with other settings.
    pub fn with() -> Builder {
        Builder {
            settings: Vec::new(),
            smtp_limit: PATIENCE,
            is_mail_server_down: false,
            mail_server: None,
            trusted_proxies: Vec::new(),
            database: None,
        }
    }

    /// One more server on the same database, clock and mail server, as a second process would be: nothing but those is
    /// shared.
    pub async fn one_more(&self) -> Running {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let services = Services {
            db: Db::connect(&self.database.url())
                .await
                .expect("the database opens again"),
            bell: Bell::default(),
            batches: Bell::default(),
            lookout: Lookout::default(),
            hasher: PasswordHasher::for_this_machine().expect("a hasher"),
            ..self.services().clone()
        };
        let mail_server = format!("smtp://{}", self.recorder.address());
        serve(listener, services, &mail_server, PATIENCE, Vec::new())
    }

    /// What the server's use cases are made of.
    pub fn services(&self) -> &Services {
        self.running.services()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// Where people reach it, if nothing stands before it.
    pub fn url(&self) -> Url {
        url_of(&self.running)
    }

    /// A browser that nobody is signed in with.
    pub fn client(&self) -> Client {
        Client::new(self.url())
    }

    /// A browser with somebody signed in by the demo's password.
    pub async fn sign_in_as(&self, email: &str) -> Client {
        self.sign_in_at(&self.running, email).await
    }

    /// The same at one of [several servers](Self::one_more).
    pub async fn sign_in_at(&self, server: &Running, email: &str) -> Client {
        let client = Client::new(url_of(server));
        let page = client.post("/login", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(page.location(), "/dashboard", "signing in as {email}");
        client
    }

    /// Whether the address and the password sign in, in a fresh browser. After failures in a row (C2) time is moved to
    /// when the next try is looked at.
    pub async fn signs_in(&self, email: &str, password: &str) -> bool {
        loop {
            let form = self.client().get("/login").await.form("Sign in");
            let form = form.fill("Email", email).fill("Password", password);
            let answer = self.client().submit(form).await;
            match (answer.status, answer.header("retry-after")) {
                (303, _) => return true,
                (422, _) => return false,
                (429, Some(seconds)) => self.advance(SECOND * seconds.parse().expect("seconds")),
                (status, _) => panic!("{status}: {}", answer.text()),
            }
        }
    }

    /// Presses **Reset password** on somebody's page, or **Resend invitation**, a second later: of two resets the newer
    /// one is told by its time.
    pub async fn trigger(&self, actor: &Client, email: &str) -> Page {
        self.advance(SECOND);
        let page = actor.get(&self.page_of(email).await).await;
        let words = ["Reset password", "Resend invitation"];
        let button = words
            .into_iter()
            .find(|words| page.has_button(words))
            .unwrap_or_else(|| panic!("neither button in: {}", page.text()));
        let answer = actor.submit(page.form(button)).await;
        actor.follow(&answer).await
    }

    /// Asks for a link for oneself, a second later.
    pub async fn ask(&self, email: &str) -> Page {
        self.advance(SECOND);
        let client = self.client();
        let form = client.get("/reset-password").await.form("Send link");
        client.submit(form.fill("Email", email)).await
    }

    /// Opens a link in a fresh browser and sets a password with it.
    pub async fn redeem(&self, link: &str, password: &str) -> Page {
        let client = self.client();
        let form = client.get(link).await.form("Set new password");
        client.submit(form.fill("New password", password)).await
    }

    /// The address of somebody's page, deleted people's too.
    pub async fn page_of(&self, email: &str) -> String {
        format!("/company/users/{}", self.user_id(email).await)
    }

    /// Somebody's id, deleted people's too.
    pub async fn user_id(&self, email: &str) -> UserId {
        let key = Email::parse(email).expect("an address");
        let found = user::Entity::find()
            .filter(user::Column::EmailKey.eq(key.key()))
            .one(self.services().db.reader());
        UserId::from_uuid(found.await.expect("the database answers").expect("somebody").id)
    }

    /// The newest mail to this address, waiting for the first.
    pub async fn mail_to(&self, address: &str) -> ReadMail {
        self.mails_to(address, 1).await.pop().expect("at least one")
    }

    /// The mails to this address, oldest first, waiting until there are so many.
    pub async fn mails_to(&self, address: &str, count: usize) -> Vec<ReadMail> {
        let address = Email::parse(address).expect("an address");
        let arrive = async {
            loop {
                let all = self.recorder.mails();
                let found: Vec<_> = all.iter().filter(|mail| is_for(mail, &address)).collect();
                if found.len() >= count {
                    return found.into_iter().rev().map(ReadMail::of).collect();
                }
                self.recorder.wait_for(all.len() + 1).await;
            }
        };
        let arrived = tokio::time::timeout(PATIENCE, arrive).await;
        arrived.unwrap_or_else(|_| panic!("fewer than {count} mails to {}", address.as_str()))
    }

    /// Moves the clock, and wakes whoever waits for the time.
    pub fn advance(&self, by: Duration) {
        self.services().clock.advance(by);
        self.services().bell.ring();
    }

    /// Waits until something is so that the server does behind its answers.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let look = async {
            while !is_so().await {
                tokio::time::sleep(GLANCE).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, look).await.is_ok();
        assert!(came, "waited in vain until {what}");
    }

    /// Loads the page again until it says these words, as a person would.
    pub async fn page_says(&self, client: &Client, address: &str, words: &str) -> Page {
        self.until(&format!("{address} says {words:?}"), async || {
            client.get(address).await.says(words)
        })
        .await;
        client.get(address).await
    }

    /// One number out of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        let reader = self.services().db.reader();
        let statement = Statement::from_string(reader.get_database_backend(), sql);
        let row = reader.query_one_raw(statement).await;
        let row = row.expect("the statement works").expect("one row");
        row.try_get_by_index(0).expect("a number")
    }

    /// One column of words out of the database.
    pub async fn words(&self, sql: &str, column: usize) -> Vec<String> {
        let reader = self.services().db.reader();
        let statement = Statement::from_string(reader.get_database_backend(), sql);
        let rows = reader.query_all_raw(statement).await.expect("the statement works");
        rows.iter()
            .map(|row| row.try_get_by_index(column).expect("words"))
            .collect()
    }

    /// Changes the database past the server, for what no page does yet.
    pub async fn execute(&self, sql: &str) {
        let tx = self.services().db.begin_write().await.expect("the database takes it");
        tx.execute_unprepared(sql).await.expect("the statement works");
        tx.commit().await.expect("the database keeps it");
    }

    /// How many statements the server has run, its workers' among them, which look at the queue every second.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::SeqCst)
    }

    /// How many statements that write the server has run.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    /// How many passwords were hashed.
    pub fn hash_runs(&self) -> u64 {
        self.services().hasher.runs()
    }

    /// Where its database is, for another process.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// What whoever steals the database has.
    pub async fn stolen(&self) -> Vec<u8> {
        self.database.bytes().await
    }

    /// An id or a hash, given in hexadecimal, for [`number`](Self::number) and [`execute`](Self::execute).
    pub fn literal(&self, hex: &str) -> String {
        self.database.literal(hex)
    }

    /// Whether it is `SQLite`, for the few tests whose means differ.
    pub fn is_on_sqlite(&self) -> bool {
        matches!(self.database, Database::File(_))
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // In every test, so that the whole of them covers everything that is logged.
        if !std::thread::panicking() {
            let leaks = log::leaks();
            assert!(leaks.is_empty(), "secrets in the log: {leaks:#?}");
        }
    }
}

fn url_of(server: &Running) -> Url {
    Url::parse(&format!("http://{}", server.address())).expect("a URL")
}

/// The link of a mail to set a password: its first, and the only one of its kind.
pub fn link_of(mail: &ReadMail) -> String {
    let is_to_set = |link: &&String| link.contains("/reset-password/") && !link.ends_with("/not-me");
    let found: Vec<_> = mail.links.iter().filter(is_to_set).collect();
    let [link] = found[..] else {
        panic!("{} links in: {}", found.len(), mail.text)
    };
    assert_eq!(mail.links.first(), Some(link), "it comes first");
    link.clone()
}

/// The link **This was not me** of a mail.
pub fn not_me_of(mail: &ReadMail) -> String {
    let found: Vec<_> = mail.links.iter().filter(|link| link.contains("/not-me")).collect();
    let [link] = found[..] else {
        panic!("{} such links in: {}", found.len(), mail.text)
    };
    link.clone()
}
