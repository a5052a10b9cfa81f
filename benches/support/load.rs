//! Loads of a fixed length: how many requests, how long each, how much of the processor.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::Outcome;
use super::client::{Ask, Connection};
use super::server::Server;

/// How long caches and connections warm up before the first run.
const WARM_UP: Duration = Duration::from_millis(500);

/// What is done, and how often.
#[derive(Clone, Debug)]
pub struct Load {
    /// Asked in turn, from the first again when the last was asked.
    pub asks: Arc<[Ask]>,
    /// Each asks one after the other.
    pub connections: usize,
    /// Of one run.
    pub length: Duration,
    /// How many runs.
    pub runs: u32,
}

/// The middle of several runs, the lowest and the highest.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The middle one; of an even number the upper of the two.
    pub median: f64,
    /// The lowest.
    pub least: f64,
    /// The highest.
    pub most: f64,
}

impl Spread {
    /// Of values in any order; nothing of none.
    pub fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        Some(Self {
            median: *values.get(values.len() / 2)?,
            least: *values.first()?,
            most: *values.last()?,
        })
    }
}

/// What came out of a load.
#[derive(Clone, Debug)]
pub struct Figures {
    /// What was done.
    pub name: String,
    /// At how many connections.
    pub connections: usize,
    /// Requests a second.
    pub rate: Spread,
    /// Half of the requests took at most this, in seconds.
    pub p50: Spread,
    /// 99 of 100 requests took at most this, in seconds.
    pub p99: Spread,
    /// Seconds of processor time in the server for each request, where the system tells.
    pub cpu: Option<Spread>,
    /// Size of the body.
    pub bytes: usize,
}

struct Run {
    rate: f64,
    p50: f64,
    p99: f64,
    cpu: Option<f64>,
}

impl Load {
    /// Looks at every answer once, warms up, then measures.
    pub async fn run(&self, name: &str, server: &Server) -> Outcome<Figures> {
        let mut connection = Connection::open(server.address()).await?;
        let mut bytes = 0;
        for ask in self.asks.iter() {
            bytes = connection.send_and_look(ask).await?.body.len();
        }
        self.once(server, WARM_UP.min(self.length)).await?;
        let mut runs = Vec::new();
        for _ in 0..self.runs {
            runs.push(self.once(server, self.length).await?);
        }
        let spread = |pick: fn(&Run) -> f64| Spread::of(runs.iter().map(pick)).ok_or("no run was made");
        Ok(Figures {
            name: name.to_owned(),
            connections: self.connections,
            rate: spread(|run| run.rate)?,
            p50: spread(|run| run.p50)?,
            p99: spread(|run| run.p99)?,
            cpu: Spread::of(runs.iter().filter_map(|run| run.cpu)),
            bytes,
        })
    }

    async fn once(&self, server: &Server, length: Duration) -> Outcome<Run> {
        let mut connections = Vec::new();
        for _ in 0..self.connections {
            connections.push(Connection::open(server.address()).await?);
        }
        let cpu_before = server.cpu_seconds();
        let began = Instant::now();
        let mut workers = JoinSet::new();
        for (first, connection) in connections.into_iter().enumerate() {
            workers.spawn(ask_until(self.clone(), connection, first, began + length));
        }
        let mut times = Vec::new();
        while let Some(worker) = workers.join_next().await {
            times.extend(worker??);
        }
        let elapsed = began.elapsed().as_secs_f64();
        let requests = f64::from(u32::try_from(times.len())?);
        let cpu = server.cpu_seconds().zip(cpu_before);
        let cpu = cpu.map(|(after, before)| (after - before) / requests);
        let (p50, p99) = percentiles(&mut times)?;
        Ok(Run {
            rate: requests / elapsed,
            p50,
            p99,
            cpu,
        })
    }
}

/// The work of one connection. The one after the last `end` is not begun; none takes longer than the client's limit.
async fn ask_until(load: Load, mut connection: Connection, first: usize, end: Instant) -> Outcome<Vec<Duration>> {
    let mut times = Vec::new();
    for ask in load.asks.iter().cycle().skip(first).step_by(load.connections) {
        let began = Instant::now();
        if began >= end {
            break;
        }
        connection.send(ask).await?;
        times.push(began.elapsed());
    }
    Ok(times)
}

/// The time that 50 and 99 of 100 do not exceed, in seconds (nearest rank).
pub fn percentiles(times: &mut [Duration]) -> Outcome<(f64, f64)> {
    times.sort_unstable();
    let at = |percent: usize| {
        let rank = (times.len() * percent).div_ceil(100);
        let time = times.get(rank.saturating_sub(1));
        time.map(Duration::as_secs_f64).ok_or("nothing was measured")
    };
    Ok((at(50)?, at(99)?))
}
