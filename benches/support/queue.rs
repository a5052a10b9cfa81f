//! Mails a second: a full queue through Rekey's workers, beside the same messages through lettre alone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rekey::server::mail::recorder::{RecordedMail, Recorder};

use super::Outcome;
use super::bare_mail::{self, Way};
use super::bench::Bench;
use super::load::Spread;
use super::report::{self, Section};
use super::seed;
use super::server::Server;

/// Mails in the queue; the recorder keeps no more than 2000.
const MAILS: usize = 500;
/// As many as Rekey has senders.
const CONNECTIONS: usize = 4;
/// All of them must arrive within this.
const LIMIT: Duration = Duration::from_mins(2);
const HEAD: [&str; 4] = ["What", "connections", "mails/s", "server CPU ms/mail"];

/// What came out.
pub struct Throughput {
    /// Mails a second by Rekey.
    rate: Spread,
    /// Seconds of processor time in the server for each.
    cpu: Option<Spread>,
    /// Mails a second by lettre.
    bare: Vec<(Way, Spread)>,
}

/// Delivers a full queue `runs` times, then hands the messages of the last over by lettre alone.
pub async fn measure(bench: &Bench<'_>, server: &Server) -> Outcome<Throughput> {
    let (recorder, database) = (&bench.recorder, &bench.database);
    let (mut rates, mut cpus) = (Vec::new(), Vec::new());
    for people in bench.pools.mailed.chunks_exact(MAILS).cycle().take(bench.runs) {
        recorder.clear();
        let cpu_before = server.cpu_seconds();
        seed::queue_resets(&database.db, &bench.clock, bench.town, people).await?;
        rates.push(arrive(recorder).await?);
        // Every outcome is written down too: that belongs to the work for a mail.
        database.until_quiet().await?;
        let cpu = server.cpu_seconds().zip(cpu_before);
        cpus.extend(cpu.map(|(after, before)| (after - before) / count(MAILS)));
    }
    let mails: Arc<[RecordedMail]> = recorder.mails().into();
    let mut bare = Vec::new();
    for (connections, nodelay) in [(CONNECTIONS, true), (CONNECTIONS, false), (1, true)] {
        let way = Way { connections, nodelay };
        let mut rates = Vec::new();
        for _ in 0..bench.runs {
            recorder.clear();
            rates.push(bare_mail::rate(recorder.address(), &mails, way).await?);
        }
        bare.push((way, spread(rates)?));
    }
    Ok(Throughput {
        rate: spread(rates)?,
        cpu: Spread::of(cpus.into_iter()),
        bare,
    })
}

/// From the first mail to the last: when the workers look at the queue does not count.
async fn arrive(recorder: &Recorder) -> Outcome<f64> {
    let arrive = async {
        recorder.wait_for(1).await;
        let began = Instant::now();
        recorder.wait_for(MAILS).await;
        count(MAILS - 1) / began.elapsed().as_secs_f64()
    };
    let arrived = tokio::time::timeout(LIMIT, arrive).await;
    Ok(arrived.map_err(|_| format!("{MAILS} mails did not arrive within {LIMIT:?}"))?)
}

/// Both, and their ratio.
pub fn section(throughput: &Throughput) -> Section {
    let mut rows = vec![vec![
        "Rekey's queue".to_owned(),
        CONNECTIONS.to_string(),
        report::spread(throughput.rate, report::rate),
        throughput
            .cpu
            .map_or_else(|| "unknown".to_owned(), |cpu| report::spread(cpu, report::millis)),
    ]];
    let mut ratios = Vec::new();
    for (way, rate) in &throughput.bare {
        let nodelay = if way.nodelay { "with" } else { "without" };
        let name = format!("lettre alone, {nodelay} TCP_NODELAY");
        let percent = 100.0 * throughput.rate.median / rate.median;
        ratios.push(format!("{percent:.0} % of {name}, {} at once", way.connections));
        rows.push(vec![
            name,
            way.connections.to_string(),
            report::spread(*rate, report::rate),
            "–".to_owned(),
        ]);
    }
    Section {
        title: "Mails a second",
        head: HEAD.to_vec(),
        rows,
        note: format!(
            "{MAILS} queued mails, from the first to the last that the mail server has; then the same messages. Rekey \
             reaches {}. Before each mail it commits: its claim with the new link, and the outcome of the one before, \
             together with what the other senders want just then. Were `TCP_NODELAY` lost on its way to the mail server, it \
             would fall to what lettre reaches without.",
            ratios.join(", ")
        ),
    }
}

fn spread(rates: Vec<f64>) -> Outcome<Spread> {
    Ok(Spread::of(rates.into_iter()).ok_or("no run was made")?)
}

fn count(mails: usize) -> f64 {
    u32::try_from(mails).map_or(f64::INFINITY, f64::from)
}
