//! Whether the time of an answer tells that an address has an account (B3): asks for known and for unknown addresses, one
//! after the other in random order, at rest, while others ask, and while the mail server is down.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};

use rekey::server::random;
use tokio::task::JoinSet;

use super::Outcome;
use super::bench::Bench;
use super::client::{Ask, Connection};
use super::load::percentiles;
use super::report::{self, Section};
use super::server::Server;
use super::sink::Sink;
use super::storm::ask;

/// What it is called in the report.
pub const TITLE: &str = "Known or not, by the time of the answer";
/// Of each kind of address.
const SAMPLES: usize = 2000;
/// Before them, and not counted.
const WARM_UP: usize = 200;
/// In so many per cent of the pairs the known address is the slower one, where the time tells nothing: that is how far chance
/// goes (three times its standard deviation).
const BY_CHANCE: std::ops::RangeInclusive<f64> = 47.0..=53.0;
/// So far the medians may lie apart, in seconds.
const MOST_APART: f64 = 0.001;
/// Connections of the others who ask.
const OTHERS: usize = 4;
/// Both limits are at work and refuse nobody.
const SETTINGS: [(&str, &str); 1] = [("REKEY_LIMIT_ASKS_PER_EMAIL", "100000, 100000")];

/// What the stopwatch has shown.
struct Times {
    known: Vec<Duration>,
    unknown: Vec<Duration>,
}

/// The section, and in which situations the time does tell.
pub async fn measure(bench: &Bench<'_>, executable: &Path) -> Outcome<(Section, Vec<String>)> {
    let sink = Sink::start()?;
    // Free a moment ago, and nobody listens there any more.
    let nowhere = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let (mut rows, mut told) = (Vec::new(), Vec::new());
    for (name, mail_server, others) in [
        ("at rest", sink.address(), 0),
        ("while others ask", sink.address(), OTHERS),
        ("while the mail server is down", nowhere, 0),
    ] {
        eprintln!("known or not: {name}");
        let times = situation(bench, executable, mail_server, others).await?;
        let (row, tells) = judge(name, times)?;
        rows.push(row);
        told.extend(tells);
    }
    let section = Section {
        title: TITLE,
        head: vec![
            "Situation",
            "known p50 ms",
            "unknown p50 ms",
            "known slower in % of pairs",
        ],
        rows,
        note: format!(
            "{SAMPLES} asks for addresses that have an account and {SAMPLES} for others, over one connection, in pairs whose \
             order is random. Each known one beside each unknown one: 50 % is no difference, and {} to {} % what chance makes \
             of it.",
            BY_CHANCE.start(),
            BY_CHANCE.end()
        ),
    };
    Ok((section, told))
}

async fn situation(bench: &Bench<'_>, executable: &Path, mail_server: SocketAddr, others: usize) -> Outcome<Times> {
    bench.database.forget_waiting(bench.clock.now()).await?;
    let (folder, url) = (bench.folder, &bench.database.url);
    let server = Server::start_with(executable, folder, url, mail_server, &SETTINGS).await?;
    let mut load = JoinSet::new();
    for number in 0..others {
        // From the end: not those whose time is taken.
        let people = bench.pools.mailed.iter().rev().skip(number).step_by(others);
        let asks: Vec<_> = people.map(|person| ask(&person.email)).collect();
        load.spawn(ask_for_ever(Connection::open(server.address()).await?, asks));
    }
    tokio::select! {
        times = sample(bench, &server) => times,
        Some(ended) = load.join_next() => Err(ended?),
    }
}

/// Until it is dropped, or until something goes wrong.
async fn ask_for_ever(mut connection: Connection, asks: Vec<Ask>) -> Box<dyn std::error::Error + Send + Sync> {
    for ask in asks.iter().cycle() {
        if let Err(error) = connection.send(ask).await {
            return error;
        }
    }
    "there is nobody who could ask".into()
}

async fn sample(bench: &Bench<'_>, server: &Server) -> Outcome<Times> {
    let mut connection = Connection::open(server.address()).await?;
    let mut times = Times {
        known: Vec::new(),
        unknown: Vec::new(),
    };
    let people = bench.pools.mailed.get(..SAMPLES + WARM_UP).ok_or("too few people")?;
    for (number, person) in people.iter().enumerate() {
        let known = ask(&person.email);
        // As long as the address of somebody who is there.
        let unknown = ask(&format!("nobody{number:05}@bench.example"));
        let (of_known, of_unknown);
        if random::below(2) == 0 {
            of_known = time(&mut connection, &known).await?;
            of_unknown = time(&mut connection, &unknown).await?;
        } else {
            of_unknown = time(&mut connection, &unknown).await?;
            of_known = time(&mut connection, &known).await?;
        }
        if number >= WARM_UP {
            times.known.push(of_known);
            times.unknown.push(of_unknown);
        }
    }
    Ok(times)
}

async fn time(connection: &mut Connection, ask: &Ask) -> Outcome<Duration> {
    let began = Instant::now();
    connection.send(ask).await?;
    Ok(began.elapsed())
}

fn judge(name: &str, mut times: Times) -> Outcome<(Vec<String>, Option<String>)> {
    let (known, _) = percentiles(&mut times.known)?;
    let (unknown, _) = percentiles(&mut times.unknown)?;
    let percent = 100.0 * share_slower(&times.known, &times.unknown);
    let row = vec![
        name.to_owned(),
        report::millis(known),
        report::millis(unknown),
        format!("{percent:.1}"),
    ];
    let tells = !BY_CHANCE.contains(&percent) || (known - unknown).abs() > MOST_APART;
    let tells = tells.then(|| {
        format!("{name} the time of an answer tells a known address: it is the slower one in {percent:.1} % of pairs")
    });
    Ok((row, tells))
}

/// Of all pairs of one out of each, both sorted, the share in which the first is greater; equal ones count half.
fn share_slower(first: &[Duration], second: &[Duration]) -> f64 {
    let count = |number: usize| u32::try_from(number).map_or(f64::INFINITY, f64::from);
    let beaten = |time: &Duration| {
        let less = second.partition_point(|other| other < time);
        let not_more = second.partition_point(|other| other <= time);
        f64::midpoint(count(less), count(not_more))
    };
    first.iter().map(beaten).sum::<f64>() / count(first.len()) / count(second.len())
}
