//! Measures the executable that is handed out: a real process on a database with 10 000 people, or as many as `--people` says,
//! over real connections.
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
use std::time::Duration;

use clap::Parser;
use rekey::server::clock::Clock;
use rekey::server::mail::recorded::rfc3339;
use rekey::server::mail::recorder::Recorder;

use support::bench::Bench;
use support::choice::Choice;
use support::database::Database;
use support::pools::Pools;
use support::{Outcome, machine, report, seed};

/// Measures the executable in `REKEY_BIN`
#[derive(Debug, Parser)]
struct Options {
    /// Length of one run
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Runs of each kind: their median is reported, with the lowest and the highest
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=9))]
    runs: u8,
    /// People of the one company
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(5_000..=1_000_000))]
    people: u32,
    /// Measures only the parts with this word in their name, such as `sort` or `POST`
    #[arg(long, value_name = "WORD")]
    only: Option<String>,
    /// An empty database, postgres://… or sqlite:…; without it a SQLite file in target/. It is left filled
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
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
    let database = Database::open(options.database_url.as_deref(), folder.path()).await?;
    let mut sections = vec![machine::section(&rfc3339(clock.now()), folder.path(), &database.words)];

    eprintln!("seeding {} people", options.people);
    let town = seed::seed(&database.db, &clock, usize::try_from(options.people)?).await?;
    database.settle().await?;
    let recorder = Recorder::start(clock.clone())?;
    let bench = Bench {
        length: Duration::from_secs(options.seconds),
        runs: usize::from(options.runs),
        choice: Choice::of(options.only.as_deref()),
        pools: Pools::of(&town.people)?,
        town: &town,
        database,
        recorder,
        clock,
        folder: folder.path(),
    };
    let measured = bench.all(&executable, &target).await?;
    sections.extend(measured.sections);
    bench.choice.was_any_taken()?;
    let text = report::document(&sections);
    println!("{text}");
    let file = target.join("bench.md");
    fs::write(&file, text)?;
    eprintln!("written to {}", file.display());
    if measured.broken.is_empty() {
        Ok(())
    } else {
        Err(measured.broken.join("; ").into())
    }
}
