//! A server of its own for each test, started the same way as the program.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ipnet::IpNet;
use rekey::server::clock::Clock;
use rekey::server::config::demo_settings;
use rekey::server::connections::Limits;
use rekey::server::demo;
use rekey::server::heavy_work::HeavyWork;
use rekey::server::mail::recorded::{ReadMail, is_for};
use rekey::server::mail::recorder::Recorder;
use rekey::server::mail::smtp_url::SmtpUrl;
use rekey::server::mail::transport::Relay;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::run::{self, Parts, Running};
use rekey::server::service::acting::act::Act;
use rekey::server::service::resets::start_reset::{Asking, start_reset};
use rekey::server::services::{ServiceParts, Services, Settings};
use rekey::server::store::activity::ActorIs;
use rekey::server::store::db::Db;
use rekey::server::store::entity::user;
use rekey::server::store::users;
use rekey::server::work::{Loops, Work};
use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use rekey_domain::reset::Kind;
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
/// How long a test waits for what the server does behind its answers: more than the busiest machine needs.
const LONGEST: Duration = Duration::from_secs(40);
/// Between two looks at what happens behind an answer.
const GLANCE: Duration = Duration::from_millis(5);
/// A running server with everything around it.
pub struct TestApp {
    /// Its mail server.
    pub recorder: Recorder,
    running: Running,
    database: Database,
    database_url: String,
    statements: Arc<AtomicU64>,
    is_at_rest: bool,
    writes: Arc<AtomicU64>,
}

type Change = Box<dyn FnOnce(&mut Settings)>;

/// A server about to be started.
pub struct Builder {
    settings: Vec<Change>,
    connections: Limits,
    smtp_limit: Duration,
    is_mail_server_down: bool,
    mail_server: Option<String>,
    trusted_proxies: Vec<IpNet>,
    heavy: HeavyWork,
    database: Option<Database>,
    way_to_database: Box<dyn FnOnce(&str) -> String>,
}

impl Builder {
    /// On this database instead of a copy of the demo's; its schema is brought up to date.
    pub fn on(mut self, database: Database) -> Self {
        self.database = Some(database);
        self
    }

    /// By another way to the database than straight to it.
    pub fn reaching_it(mut self, way: impl FnOnce(&str) -> String + 'static) -> Self {
        self.way_to_database = Box::new(way);
        self
    }

    /// Changes the operator's settings.
    pub fn settings(mut self, change: impl FnOnce(&mut Settings) + 'static) -> Self {
        self.settings.push(Box::new(change));
        self
    }

    /// With these limits on connections, of real time.
    pub fn connections(mut self, connections: Limits) -> Self {
        self.connections = connections;
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

    /// With these permits for heavy work.
    pub fn heavy_work(mut self, heavy: HeavyWork) -> Self {
        self.heavy = heavy;
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

        let database_url = (self.way_to_database)(&database.url());
        let mut db = Db::connect(&database_url).await.expect("the database opens");
        db.migrate().await.expect("the schema is brought up to date");
        let (statements, writes) = <(Arc<AtomicU64>, Arc<AtomicU64>)>::default();
        let (all, counted) = (Arc::clone(&statements), Arc::clone(&writes));
        db.on_statement(move |statement| {
            all.fetch_add(1, Ordering::SeqCst);
            if !statement.statement.sql.trim_start().starts_with("SELECT") {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        let hasher = PasswordHasher::with(self.heavy).expect("a hasher");
        let services = Services::from(ServiceParts {
            work: hurried(),
            ..ServiceParts::new(db, clock, hasher, settings)
        });
        TestApp {
            running: serve(
                listener,
                self.connections,
                services,
                &self
                    .mail_server
                    .unwrap_or_else(|| format!("smtp://{}", recorder.address())),
                self.smtp_limit,
                self.trusted_proxies,
            ),
            recorder,
            database,
            database_url,
            statements,
            is_at_rest: false,
            writes,
        }
    }
}

fn serve(
    listener: TcpListener,
    connections: Limits,
    services: Services,
    mail_server: &str,
    smtp_limit: Duration,
    trusted_proxies: Vec<IpNet>,
) -> Running {
    let smtp = SmtpUrl::parse(mail_server).expect("an SMTP URL");
    let running = run::start(Parts {
        listener,
        connections,
        services,
        relay: Relay::new(smtp, "localhost", smtp_limit),
        mail_from: "accounts@rekey.example".parse().expect("an address"),
        trusted_proxies,
        dev: None,
    });
    running.expect("the server starts")
}

impl TestApp {
    /// Starts a reset of somebody in this act, as the manager Max does by pressing, and without his limits.
    pub async fn start_reset(&self, act: &Act<'_>, manager: UserId, person: UserId) {
        let found = users::find_and_lock(act.tx(), person).await;
        let person = found.expect("the database answers").expect("the person");
        let asking = Asking {
            kind: Kind::Manager,
            actor: ActorIs::User(manager, "Max Manager"),
            client: None,
            asked_at: act.now,
            of_batch: None,
        };
        let is_new = start_reset(act, &person, asking).await;
        is_new.expect("it is accepted");
    }

    /// A server with the demo's settings.
    pub async fn start() -> Self {
        Self::with().start().await
    }

    /// A server with other settings.
    pub fn with() -> Builder {
        Builder {
            settings: Vec::new(),
            connections: Limits::default(),
            smtp_limit: PATIENCE,
            is_mail_server_down: false,
            mail_server: None,
            trusted_proxies: Vec::new(),
            // A crowd of a test waits for as long as a busy machine needs.
            heavy: HeavyWork::for_this_machine().with_patience(LONGEST),
            database: None,
            way_to_database: Box::new(str::to_owned),
        }
    }

    /// One more server on the same database, clock and mail server, as a second process would be: nothing but those is
    /// shared.
    pub async fn one_more(&self) -> Running {
        self.one_more_with(&format!("smtp://{}", self.recorder.address())).await
    }

    /// The same with another mail server.
    pub async fn one_more_with(&self, mail_server: &str) -> Running {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let db = Db::connect(&self.database_url).await.expect("the database opens again");
        let hasher = PasswordHasher::for_this_machine().expect("a hasher");
        let (clock, settings) = (self.services().clock.clone(), self.services().settings.clone());
        let services = Services::from(ServiceParts {
            work: hurried(),
            ..ServiceParts::new(db, clock, hasher, settings)
        });
        serve(listener, Limits::default(), services, mail_server, PATIENCE, Vec::new())
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

    /// Waits until no mail is under way, and what the mail server has said to each is recorded, at this time.
    pub async fn mail_is_out(&self) {
        let under_way = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending')";
        self.until("no mail is under way", async || self.number(under_way).await == 0)
            .await;
    }

    /// Waits until whatever is due by now was settled behind the answers. A tick resolves asks first and settles addresses
    /// after, so a whole one has been once two asks are resolved one after the other. A few seconds go by.
    pub async fn whole_tick(&self) {
        for _ in 0..2 {
            let nobody = format!("nobody{}@nowhere.example", self.services().clock.now().as_millis());
            self.ask(&nobody).await;
            self.until("the ask is resolved", async || {
                self.number("SELECT count(*) FROM asks").await == 0
            })
            .await;
        }
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
        let arrived = tokio::time::timeout(LONGEST, arrive).await;
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
        let came = tokio::time::timeout(LONGEST, look).await.is_ok();
        assert!(came, "waited in vain until {what}");
    }

    /// The same where time has to go on for it, a step whenever nothing has come for a while. No further in all than a session lives
    /// without a request.
    pub async fn by_and_by(&self, step: Duration, what: &str, is_so: impl AsyncFn() -> bool) {
        for _ in 0..6 {
            self.advance(step);
            let look = async {
                while !is_so().await {
                    tokio::time::sleep(GLANCE).await;
                }
            };
            if tokio::time::timeout(LONGEST / 4, look).await.is_ok() {
                return;
            }
        }
        let failures = super::log::failures();
        panic!("waited in vain, time and again, until {what}; what failed meanwhile: {failures:#?}");
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

    /// Ends what works beside the requests, so that [`TestApp::cost`] counts theirs alone.
    pub async fn rest(&mut self) {
        self.running.rest().await;
        self.is_at_rest = true;
    }

    /// How many statements a request costs: exactly, however busy the machine is.
    pub async fn cost<T>(&self, request: impl Future<Output = T>) -> u64 {
        assert!(self.is_at_rest, "the workers ask the database, too");
        let before = self.statements.load(Ordering::SeqCst);
        request.await;
        self.statements.load(Ordering::SeqCst) - before
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

    /// Tells the database's server something that is not said in the database itself; nothing on `SQLite`.
    pub async fn tell_server(&self, statement: impl Fn(&str) -> String) {
        self.database.tell_server(statement).await;
    }

    /// Every text in the database, with the table and the column where it stands.
    pub fn stored_texts(&self) -> Vec<(String, String)> {
        self.database.texts(0)
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
            // And everything that is kept (F8).
            let kept = self.database.secrets();
            assert!(kept.is_empty(), "secrets in the database: {kept:#?}");
        }
    }
}

/// What failed by a mistake of the program's is tried again ten times sooner: that wait is real.
fn hurried() -> Work {
    Work {
        loops: Loops::hurried(10),
        ..Work::default()
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
