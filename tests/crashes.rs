//! `kill -9` at every point between an answer and what it promised (H1, H2): a real server process, killed and started
//! again on the same database, while people press, ask and redeem; and one of several on one database (H5).
//!
//! In a whole run of the tests each point is met twice. `REKEY_CRASH_ROUNDS=105` meets each 15 times.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rekey::server::clock::Clock;
use rekey::server::hold::Point;
use rekey::server::mail::recorded::{ReadMail, is_for};
use rekey::server::mail::recorder::{Behaviour, Recorder};
use rekey::server::mail::worker::SENDERS;
use rekey::server::store::db::Db;
use rekey::server::store::entity::user;
use rekey_domain::email::Email;
use rekey_domain::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use tempfile::TempDir;
use url::Url;

use crate::support::people::MAX;
use crate::support::{Client, Database, PASSWORD, link_of, password, port};

/// How long anything is waited for, of real time: a killed claim lapses after 5 s, a mail that was put off goes after 15.
const PATIENCE: Duration = Duration::from_mins(1);
const GLANCE: Duration = Duration::from_millis(20);

/// A server process. Killed when dropped.
struct Server {
    process: Child,
    held: mpsc::Receiver<()>,
}

impl Server {
    async fn wait_until_held(&self) {
        let mut waited = Duration::ZERO;
        while self.held.try_recv().is_err() {
            tokio::time::sleep(GLANCE).await;
            waited += GLANCE;
            assert!(waited < PATIENCE, "nobody came to the point");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Everything that outlives a kill.
struct Site {
    database: Database,
    db: Db,
    recorder: Recorder,
    port: u16,
    folder: TempDir,
    people: Vec<user::Model>,
    company: String,
    /// Accepted requests: for whom, and when.
    accepted: Vec<(String, Timestamp)>,
    passwords: BTreeMap<String, String>,
}

impl Site {
    async fn new() -> Self {
        let database = Database::new().await;
        let db = Db::connect(&database.url()).await.expect("the database opens");
        db.migrate().await.expect("the schema is brought up to date");
        let active = user::Entity::find()
            .filter(user::Column::Email.ends_with("@blueheron.example"))
            .filter(user::Column::PasswordHash.is_not_null())
            .filter(user::Column::DeletedAt.is_null())
            .filter(user::Column::Email.ne(MAX))
            .order_by_asc(user::Column::Email)
            .all(db.reader());
        let people = active.await.expect("the database answers");
        Self {
            company: people[0].company_id.to_string(),
            people,
            db,
            database,
            recorder: Recorder::start(Clock::system()).expect("a mail server on a free port"),
            port: port::free(),
            folder: TempDir::new().expect("a folder"),
            accepted: Vec::new(),
            passwords: BTreeMap::new(),
        }
    }

    /// Starts the server, to be held at `hold` when somebody gets there for the given time.
    fn start(&self, hold: Option<(Point, u32)>) -> Server {
        // A killed claim lapses after five times this.
        self.start_with(hold, 1)
    }

    /// With the longest conversation about a mail, in seconds.
    fn start_with(&self, hold: Option<(Point, u32)>, smtp_timeout: u32) -> Server {
        self.start_at(self.port, hold, smtp_timeout)
    }

    /// One of several servers on the same database, reached at this port.
    fn start_at(&self, port: u16, hold: Option<(Point, u32)>, smtp_timeout: u32) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
        command
            .arg("serve")
            .current_dir(self.folder.path())
            .env("REKEY_LISTEN", format!("127.0.0.1:{port}"))
            .env("REKEY_PUBLIC_URL", self.url().as_str())
            .env("REKEY_DATABASE_URL", self.database.url())
            .env("REKEY_SMTP_URL", format!("smtp://{}", self.recorder.address()))
            .env("REKEY_SMTP_TIMEOUT", smtp_timeout.to_string())
            .env("REKEY_MAIL_FROM", "accounts@rekey.example")
            .env("REKEY_LOG", "info")
            // The same people are pressed for again and again.
            .env("REKEY_LIMIT_RESETS_PER_PERSON", "off")
            .env("REKEY_LIMIT_RESETS_PER_MANAGER", "off")
            .env("REKEY_LIMIT_ASKS_PER_EMAIL", "off")
            .env("REKEY_LIMIT_ASKS_PER_CLIENT", "off")
            .env("REKEY_BATCH_MAILS_PER_MINUTE", "60000")
            .env_remove("REKEY_HOLD_AT")
            .stderr(Stdio::piped());
        if let Some((point, times)) = hold {
            command.env("REKEY_HOLD_AT", format!("{}:{times}", point.word()));
        }
        let mut process = command.spawn().expect("the server starts");
        let log = BufReader::new(process.stderr.take().expect("its log"));
        let (at_point, point_reached) = mpsc::channel();
        let (started, is_up) = mpsc::channel();
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                // Nobody may be listening any more.
                if line.contains("server.started") {
                    let _ = started.send(());
                } else if line.starts_with("held at ") {
                    let _ = at_point.send(());
                } else if line.contains("ERROR") {
                    eprintln!("{line}");
                }
            }
        });
        is_up.recv_timeout(PATIENCE).expect("the server is up");
        Server {
            process,
            held: point_reached,
        }
    }

    fn url(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}", self.port)).expect("a URL")
    }

    fn client(&self) -> Client {
        Client::new(self.url())
    }

    async fn sign_in(&self, email: &str) -> Client {
        let client = self.client();
        let word = self.passwords.get(email).map_or(PASSWORD, String::as_str);
        let page = client.post("/login", &[("email", email), ("password", word)]).await;
        assert_eq!(page.status, 303, "signing in as {email}: {}", page.text());
        client
    }

    async fn signs_in(&self, email: &str, word: &str) -> bool {
        let page = self
            .client()
            .post("/login", &[("email", email), ("password", word)])
            .await;
        page.status == 303
    }

    fn person(&self, number: usize) -> &user::Model {
        &self.people[number % self.people.len()]
    }

    async fn number(&self, sql: &str) -> i64 {
        let reader = self.db.reader();
        let row = reader
            .query_one_raw(Statement::from_string(reader.get_database_backend(), sql))
            .await;
        row.expect("the statement works")
            .expect("one row")
            .try_get_by_index(0)
            .expect("a number")
    }

    fn mails_to(&self, address: &str) -> Vec<(Timestamp, ReadMail)> {
        let address = Email::parse(address).expect("an address");
        let all = self.recorder.mails();
        let to = all.iter().filter(|mail| is_for(mail, &address));
        to.map(|mail| (mail.at, ReadMail::of(mail))).collect()
    }

    async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let look = async {
            while !is_so().await {
                tokio::time::sleep(GLANCE).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, look).await.is_ok();
        assert!(came, "waited in vain until {what}");
    }
}

/// Chooses people for a batch and presses.
async fn press_batch(who: &Client, people: &[String]) {
    let form = who.get("/company/resets/new").await.form("Check addresses");
    let form = form.fill("Email addresses, one a line", &people.join("\n"));
    let draft = who.follow(&who.submit(form).await.expect_status(303)).await;
    let button = format!("Send {} links", people.len());
    who.submit(draft.form(&button)).await.expect_status(303);
}

/// Of several servers one is killed in the middle of a batch, with mails that it has claimed: they go nevertheless.
async fn kill_one_of(servers: usize, point: Point) {
    let site = Site::new().await;
    let mut killed = site.start_with(Some((point, 3)), 3);
    let ports: Vec<_> = (1..servers).map(|_| port::free()).collect();
    let _others: Vec<_> = ports.iter().map(|port| site.start_at(*port, None, 3)).collect();
    let max = site.sign_in(MAX).await;
    let people = site.people.iter().filter(|person| person.role == "user");
    let people: Vec<_> = people.map(|person| person.email.clone()).collect();
    assert!(people.len() > 30, "{people:?}");
    // So that one server does not send them all before the others look.
    site.recorder.set_behaviour(Behaviour::Slow(Duration::from_millis(500)));
    let began = Clock::system().now();
    press_batch(&max, &people).await;
    killed.wait_until_held().await;
    killed.process.kill().expect("it is killed");
    let waiting = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending', 'deferred') AND is_of_batch";
    assert!(site.number(waiting).await > 0, "in the middle of the batch");
    site.recorder.set_behaviour(Behaviour::Accept);

    site.until("the batch is carried out and nothing waits", async || {
        site.number("SELECT count(*) FROM batches WHERE state = 'pressed'")
            .await
            == 0
            && site.number(waiting).await == 0
    })
    .await;
    let mut twice = 0;
    for email in &people {
        let came = site.mails_to(email).iter().filter(|(at, _)| *at >= began).count();
        assert!(came > 0, "the mail to {email} is lost");
        twice += came - 1;
    }
    // One of each sender of the killed server may have come before.
    assert!(twice <= 4, "{twice} came twice");
    let accepted = "SELECT count(*) FROM mails WHERE state = 'accepted' AND is_of_batch";
    assert_eq!(site.number(accepted).await, i64::try_from(people.len()).expect("few"));
    for port in ports {
        let url = Url::parse(&format!("http://127.0.0.1:{port}")).expect("a URL");
        Client::new(url).get("/health/ready").await.expect_status(200);
    }
    println!(
        "{servers} servers, one killed at {}: {} mails, {twice} came twice",
        point.word(),
        people.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_of_two_servers_one_is_killed_with_its_claims_and_the_other_takes_over() {
    kill_one_of(2, Point::MailClaimed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_of_four_servers_one_is_killed_before_it_keeps_what_was_said_and_the_others_take_over() {
    kill_one_of(4, Point::MailSent).await;
}

/// Posts, and tells whether it was answered with a redirect: a process that is killed meanwhile does not answer.
async fn is_accepted(client: &Client, path: &str, fields: &[(&str, &str)]) -> bool {
    matches!(client.posting(path, fields).send().await, Ok(answer) if answer.status().as_u16() == 303)
}

/// Presses for several people and asks for one, all at once, and kills the server: at the point, or some time later.
async fn kill_under_load(site: &mut Site, max: &Client, round: usize, point: Option<Point>) {
    let times = u32::try_from(round % 3).unwrap_or_default() + 1;
    let mut server = site.start(point.map(|point| (point, times)));
    let stranger = site.client();
    let began = Clock::system().now();
    let targets: Vec<_> = (0..5).map(|number| site.person(round * 5 + number).clone()).collect();
    let company = site.company.clone();
    let posts = async {
        let presses = targets[..4].iter().map(|person| {
            let (path, company) = (format!("/company/users/{}/reset", person.id), company.as_str());
            async move { is_accepted(max, &path, &[("company", company)]).await }
        });
        let asked = [("email", targets[4].email.as_str())];
        let ask = is_accepted(&stranger, "/reset-password", &asked);
        let (mut presses, ask) = tokio::join!(futures::future::join_all(presses), ask);
        presses.push(ask);
        presses
    };
    let kill = async {
        if point.is_some() {
            server.wait_until_held().await;
        } else {
            let share = u64::from(rekey::server::random::below(1000));
            tokio::time::sleep(Duration::from_micros(share * 300)).await;
        }
        server.process.kill().expect("it is killed");
    };
    let (answers, ()) = tokio::join!(posts, kill);
    for (person, _) in targets.iter().zip(answers).filter(|(_, accepted)| *accepted) {
        site.accepted.push((person.email.clone(), began));
    }
}

/// Kills the server while a link is redeemed: all of it happened, or nothing (H2).
async fn kill_in_redemption(site: &mut Site, max: &Client, round: usize, point: Point) {
    let server = site.start(None);
    let person = site.person(round * 5).clone();
    let email = person.email.as_str();
    let began = Clock::system().now();
    assert!(
        is_accepted(
            max,
            &format!("/company/users/{}/reset", person.id),
            &[("company", &site.company)]
        )
        .await
    );
    site.accepted.push((email.to_owned(), began));
    site.until("the mail is there and recorded", async || {
        site.mails_to(email).iter().any(|(at, _)| *at >= began)
            && site
                .number(&format!(
                    "SELECT count(*) FROM mails WHERE recipient = '{email}' AND state <> 'accepted' AND kind = 'reset' \
                     AND state IN ('queued', 'sending', 'deferred')"
                ))
                .await
                == 0
    })
    .await;
    let link = link_of(&site.mails_to(email)[0].1);
    let path = Url::parse(&link).expect("a link").path().to_owned();
    let signed_in = site.sign_in(email).await;
    drop(server);

    let mut server = site.start(Some((point, 1)));
    let (old, new) = (
        site.passwords
            .get(email)
            .cloned()
            .unwrap_or_else(|| PASSWORD.to_owned()),
        password(round),
    );
    let stranger = site.client();
    let kill = async {
        server.wait_until_held().await;
        server.process.kill().expect("it is killed");
    };
    let fields = [("new_password", new.as_str())];
    let (is_answered, ()) = tokio::join!(is_accepted(&stranger, &path, &fields), kill);
    assert!(!is_answered, "held before the answer");
    drop(server);

    let _server = site.start(None);
    let is_done = point == Point::PasswordCommitted;
    assert_eq!(site.signs_in(email, &new).await, is_done, "{point:?}: the new password");
    assert_eq!(
        site.signs_in(email, &old).await,
        !is_done,
        "{point:?}: the old password"
    );
    let page = stranger.get(&path).await;
    assert_eq!(page.status, if is_done { 410 } else { 200 }, "{point:?}: the link");
    let dashboard = signed_in.get("/dashboard").await;
    assert_eq!(
        dashboard.status,
        if is_done { 303 } else { 200 },
        "{point:?}: the session"
    );
    if is_done {
        site.passwords.insert(email.to_owned(), new);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_gives_back_within_ten_seconds_what_it_could_not_finish() {
    let site = Site::new().await;
    let server = site.start_with(None, 60);
    let max = site.sign_in(MAX).await;
    site.recorder.set_behaviour(Behaviour::Slow(PATIENCE));
    let person = site.person(0);
    let path = format!("/company/users/{}/reset", person.id);
    assert!(is_accepted(&max, &path, &[("company", &site.company)]).await);
    site.until("the mail is on the wire", async || {
        !site.mails_to(&person.email).is_empty()
    })
    .await;
    let began = Instant::now();
    let told = Command::new("kill").arg(server.process.id().to_string()).status();
    assert!(told.expect("kill is there").success());
    #[expect(clippy::disallowed_methods, reason = "a test waits for a process")]
    let status = tokio::task::spawn_blocking(move || {
        let mut server = server;
        server.process.wait()
    })
    .await;
    assert!(status.expect("it is waited for").expect("it ends").success());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let given_back = format!(
        "SELECT count(*) FROM mails WHERE recipient = '{}' AND state = 'deferred' AND next_try_at <= {} AND attempts = 1",
        person.email,
        Clock::system().now().as_millis()
    );
    assert_eq!(site.number(&given_back).await, 1);

    site.recorder.set_behaviour(Behaviour::Accept);
    let _server = site.start(None);
    site.until("it is sent after all", async || site.mails_to(&person.email).len() == 2)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h1_h2_whatever_is_killed_nothing_accepted_is_lost_and_nothing_is_half_done() {
    let rounds = env::var("REKEY_CRASH_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(14_usize);
    let mut site = Site::new().await;
    let max = {
        let _server = site.start(None);
        site.sign_in(MAX).await
    };
    let before = site.recorder.mails().len();
    let mut kills = BTreeMap::<&str, u32>::new();
    for round in 0..rounds {
        let point = Point::ALL.get(round % (Point::ALL.len() + 1)).copied();
        match point {
            Some(point @ (Point::LinkSpent | Point::PasswordCommitted)) => {
                kill_in_redemption(&mut site, &max, round, point).await;
            }
            point => kill_under_load(&mut site, &max, round, point).await,
        }
        *kills.entry(point.map_or("at random", Point::word)).or_default() += 1;
    }

    let server = site.start(None);
    site.until("nothing waits any more", async || {
        let mails = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending', 'deferred')";
        site.number(mails).await == 0 && site.number("SELECT count(*) FROM asks").await == 0
    })
    .await;
    drop(server);

    for (email, began) in &site.accepted {
        let came = site.mails_to(email).iter().any(|(at, _)| at >= began);
        assert!(came, "a mail to {email} is lost");
    }
    let half = "SELECT count(*) FROM resets LEFT JOIN mails ON mails.reset_id = resets.id WHERE mails.id IS NULL";
    assert_eq!(site.number(half).await, 0, "a reset without its mail");
    let mut copies = BTreeMap::<String, u32>::new();
    for mail in &site.recorder.mails() {
        let headers = ReadMail::of(mail).headers;
        let id = headers.lines().find(|line| line.starts_with("Message-ID:"));
        *copies.entry(id.expect("every mail has one").to_owned()).or_default() += 1;
    }
    let killed: u32 = kills.values().sum();
    let twice: u32 = copies.values().map(|copies| copies - 1).sum();
    let most = killed * u32::try_from(SENDERS).expect("a few");
    assert!(twice <= most, "{twice} duplicates after {killed} kills");
    println!(
        "{rounds} rounds, kills {kills:?}: {} requests accepted, 0 lost; {} mails received, {twice} of them duplicates",
        site.accepted.len(),
        site.recorder.mails().len() - before,
    );
}
