//! Measures the executable that is handed out: a real process on a database with 10 000 people, over real connections.
//!
//! Run by `cargo xtask bench`, which builds the executable and names it in `REKEY_BIN`. Prints tables in Markdown and
//! writes the same to `target/bench.md`. An answer that is not the expected one ends it as a failure: a fast error page
//! is no figure. The load comes from one thread of the same machine and shares its cores with the server, so requests
//! per second are a lower bound; time on the processor for each request is free of that.

mod support;

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use hyper::StatusCode;
use rekey::server::clock::Clock;
use rekey::server::mail::recorded::rfc3339;
use rekey::server::mail::recorder::Recorder;

use support::Outcome;
use support::client::Ask;
use support::load::{Figures, Load};
use support::mail::Presses;
use support::report::{self, Section};
use support::seed::{self, PASSWORD, Town};
use support::server::{Memory, Server};
use support::{hashing, machine, mail, nodelay, sizes};

/// People in the database.
const PEOPLE: usize = 10_000;
/// Different people whose pages are opened, who sign in, and for whom the button is pressed.
const CHOSEN: usize = 200;
/// Connections at once, each kept alive.
const CONNECTIONS: [usize; 2] = [1, 16];
/// How long the server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);

/// Measures the executable in `REKEY_BIN`
#[derive(Debug, Parser)]
struct Options {
    /// Length of one run
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Runs of each kind: their median is reported, with the lowest and the highest
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=9))]
    runs: u32,
    /// Passed by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    // One thread makes the load, so that the server has the other cores for itself.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(measure(&options)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the benchmark failed: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(options: &Options) -> Outcome<()> {
    let executable = env::var_os("REKEY_BIN").ok_or("REKEY_BIN is not set: use `cargo xtask bench`")?;
    // The server starts in another folder.
    let executable = std::path::absolute(executable)?;
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    // Not in the system's temporary folder, which is often kept in memory: writing must cost what it costs.
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(&target)?;
    let clock = Clock::system();
    let mut sections = vec![machine::section(&rfc3339(clock.now()))];

    eprintln!("seeding {PEOPLE} people");
    let database_url = format!("sqlite:{}", folder.path().join("rekey.db").display());
    let town = seed::seed(&database_url, &clock, PEOPLE).await?;
    let recorder = Recorder::start(clock)?;
    let server = Server::start(&executable, folder.path(), &database_url, recorder.address()).await?;
    tokio::time::sleep(REST).await;
    let at_rest = server.memory();

    let mut bench = Bench {
        options,
        cookie: server.sign_in(&town.administrator, PASSWORD).await?,
        server,
        town,
    };
    eprintln!("from the button to the mail");
    let presses = bench.presses(&recorder).await?;
    let pages = bench.pages().await?;
    let sign_in = bench.sign_in().await?;
    let nodelay = nodelay::section(bench.server.address(), &pages).await?;
    tokio::time::sleep(REST).await;
    let after_load = bench.server.memory();

    sections.extend([
        report::pages(&pages),
        sign_in,
        mail::section(&presses),
        nodelay,
        memory(at_rest, after_load),
        sizes::section(&executable, &target)?,
    ]);
    let text = report::document(&sections);
    println!("{text}");
    let file = target.join("bench.md");
    fs::write(&file, text)?;
    eprintln!("written to {}", file.display());
    Ok(())
}

/// What the measurements share.
struct Bench<'a> {
    options: &'a Options,
    /// Of the administrator's session.
    cookie: String,
    server: Server,
    town: Town,
}

impl Bench<'_> {
    /// The pages, each at one connection and at several.
    async fn pages(&mut self) -> Outcome<Vec<Figures>> {
        let see = |path: &str, shows: &str| Ask::get(path, shows).signed_in(&self.cookie);
        let people = self.town.people.iter().take(CHOSEN);
        let profiles = people.map(|person| see(&format!("/company/users/{}", person.id), &person.email));
        let works = [
            ("GET /login", vec![Ask::get("/login", "name=\"password\"")]),
            (
                "GET /company?tab=users",
                vec![see("/company?tab=users", "bench.example")],
            ),
            (
                "GET /company?tab=users&q=berg",
                vec![see("/company?tab=users&q=berg", "Berg")],
            ),
            ("GET /company/users/{id}", profiles.collect()),
        ];
        let mut figures = Vec::new();
        for (name, asks) in works {
            figures.extend(self.at_each(name, asks).await?);
        }
        Ok(figures)
    }

    /// Signing in, beside hashing alone with the same parameters.
    async fn sign_in(&mut self) -> Outcome<Section> {
        let people = self.town.people.iter().take(CHOSEN);
        let asks = people.map(|person| Ask::sign_in(&person.email, PASSWORD));
        let figures = self.at_each("POST /login", asks.collect()).await?;
        eprintln!("hashing alone");
        let bare = hashing::bare(&self.town.phc, PASSWORD, self.length(), self.options.runs)?;
        Ok(hashing::section(&figures, &bare))
    }

    /// From the button **Reset password** until the mail server has the mail.
    async fn presses(&mut self, recorder: &Recorder) -> Outcome<Presses> {
        let company = self.town.company.to_string();
        let people = self.town.people.iter().take(CHOSEN);
        let asks = people.map(|person| {
            let path = format!("/company/users/{}/reset", person.id);
            Ask::post(&path, &[("company", &company)], StatusCode::SEE_OTHER).signed_in(&self.cookie)
        });
        mail::press(self.server.address(), recorder, asks).await
    }

    async fn at_each(&self, name: &str, asks: Vec<Ask>) -> Outcome<Vec<Figures>> {
        let asks: Arc<[Ask]> = asks.into();
        let mut figures = Vec::new();
        for connections in CONNECTIONS {
            eprintln!("{name} at {connections}");
            let load = Load {
                asks: Arc::clone(&asks),
                connections,
                length: self.length(),
                runs: self.options.runs,
            };
            figures.push(load.run(name, &self.server).await?);
        }
        Ok(figures)
    }

    fn length(&self) -> Duration {
        Duration::from_secs(self.options.seconds)
    }
}

fn memory(at_rest: Option<Memory>, after_load: Option<Memory>) -> Section {
    let row = |name: &str, memory: Option<Memory>| {
        let show = |pick: fn(Memory) -> u64| {
            memory.map_or_else(|| "unknown".to_owned(), |memory| report::megabytes(pick(memory)))
        };
        vec![
            name.to_owned(),
            show(|memory| memory.resident),
            show(|memory| memory.highest),
        ]
    };
    Section {
        title: "Memory of the process",
        head: vec!["When", "resident", "highest so far"],
        rows: vec![
            row("at rest, 2 s after the start", at_rest),
            row("2 s after all load", after_load),
        ],
        note: "The password hasher keeps 19 MiB for each core once it was used, the first from the start.".to_owned(),
    }
}
