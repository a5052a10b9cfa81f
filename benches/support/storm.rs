//! A thousand people press **Forgot password?** at once (F18): what the server answers in that time, and when the last of
//! them has a mail.

use std::path::Path;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::Outcome;
use super::bench::Bench;
use super::client::{Ask, Connection};
use super::load::Spread;
use super::report::{self, Section};
use super::seed::Person;
use super::server::Server;
use super::sink::Sink;

/// What it is called in the report.
pub const TITLE: &str = "A thousand ask at once";
/// How many press.
const PEOPLE: u32 = 1000;
/// Connections that they come over.
const CONNECTIONS: usize = 16;
/// All mails must arrive within this.
const LIMIT: Duration = Duration::from_mins(2);
/// One network asks for everybody, and everybody asks in each run: both limits are at work and refuse nobody.
const SETTINGS: [(&str, &str); 2] = [
    ("REKEY_LIMIT_ASKS_PER_CLIENT", "off"),
    ("REKEY_LIMIT_ASKS_PER_EMAIL", "1000, 1000"),
];

/// One storm; times in seconds since the first press.
struct Storm {
    last_answer: f64,
    last_mail: f64,
    mails_a_second: f64,
    cpu: Option<f64>,
}

/// Within two seconds, and as fast as they are answered.
pub async fn measure(bench: &Bench<'_>, executable: &Path) -> Outcome<Section> {
    bench.database.forget_waiting(bench.clock.now()).await?;
    let sink = Sink::start()?;
    let (folder, url) = (bench.folder, &bench.database.url);
    let server = Server::start_with(executable, folder, url, sink.address(), &SETTINGS).await?;
    let mut crowds = bench.pools.mailed.chunks_exact(usize::try_from(PEOPLE)?).cycle();
    let mut rows = Vec::new();
    for (name, within) in [
        ("within 2 s", Duration::from_secs(2)),
        ("as fast as they are answered", Duration::ZERO),
    ] {
        let mut storms = Vec::new();
        for crowd in crowds.by_ref().take(bench.runs) {
            storms.push(storm(&server, &sink, crowd, within).await?);
            bench.database.until_quiet().await?;
        }
        rows.push(row(name, &storms)?);
    }
    Ok(Section {
        title: TITLE,
        head: vec![
            "They ask",
            "asks/s",
            "last answer s",
            "mails/s",
            "last mail s",
            "server CPU ms/person",
        ],
        rows,
        note: format!(
            "{PEOPLE} people, each with an account, over {CONNECTIONS} connections; the mail server keeps nothing. Seconds \
             since the first press. Mails a second from the first to the last of them. The asks wait for a tick, 0.4 to \
             0.8 s apart. Median of the runs (lowest to highest)."
        ),
    })
}

async fn storm(server: &Server, sink: &Sink, crowd: &[Person], within: Duration) -> Outcome<Storm> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(server.address()).await?);
    }
    sink.count_anew();
    let cpu_before = server.cpu_seconds();
    let began = Instant::now();
    let mut asking = JoinSet::new();
    for (first, mut connection) in connections.into_iter().enumerate() {
        let turns = (0..).zip(crowd).skip(first).step_by(CONNECTIONS);
        let asks: Vec<_> = turns
            .map(|(turn, person)| (began + within * turn / PEOPLE, ask(&person.email)))
            .collect();
        asking.spawn(async move {
            for (at, ask) in asks {
                sleep_until(at).await;
                connection.send(&ask).await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(asked) = asking.join_next().await {
        asked??;
    }
    let last_answer = began.elapsed().as_secs_f64();
    let arrived = sink.wait_for(crowd.len(), LIMIT).await?;
    let (first, last) = arrived.first.zip(arrived.last).ok_or("no mail arrived")?;
    let cpu = server.cpu_seconds().zip(cpu_before);
    Ok(Storm {
        last_answer,
        last_mail: last.duration_since(began.into_std()).as_secs_f64(),
        mails_a_second: f64::from(PEOPLE - 1) / last.duration_since(first).as_secs_f64(),
        cpu: cpu.map(|(after, before)| (after - before) / f64::from(PEOPLE)),
    })
}

/// Somebody asks for a link.
pub fn ask(email: &str) -> Ask {
    Ask::post("/reset-password", &[("email", email)], "/reset-password?sent=1")
}

fn row(name: &str, storms: &[Storm]) -> Outcome<Vec<String>> {
    let spread = |of: fn(&Storm) -> f64| Spread::of(storms.iter().map(of)).ok_or("no run was made");
    let cpu = Spread::of(storms.iter().filter_map(|storm| storm.cpu));
    Ok(vec![
        name.to_owned(),
        report::spread(spread(|storm| f64::from(PEOPLE) / storm.last_answer)?, report::rate),
        report::spread(spread(|storm| storm.last_answer)?, report::seconds),
        report::spread(spread(|storm| storm.mails_a_second)?, report::rate),
        report::spread(spread(|storm| storm.last_mail)?, report::seconds),
        cpu.map_or_else(|| "unknown".to_owned(), |cpu| report::spread(cpu, report::millis)),
    ])
}
