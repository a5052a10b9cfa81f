//! Loads of a fixed length: how many requests, how long each, how much of the processor.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::Outcome;
use super::client::{Ask, Connection};
use super::machine;
use super::server::Server;

/// How long caches and connections warm up before the first run.
const WARM_UP: Duration = Duration::from_millis(500);

/// What is asked.
#[derive(Clone, Debug)]
pub enum Asks {
    /// In turn, from the first again when the last was asked.
    Again(Arc<[Ask]>),
    /// Each at most once, since it uses something up. Every run has a share of its own, and ends early when that is used.
    Once(Arc<[Ask]>),
}

/// What is done, and how often.
#[derive(Clone, Debug)]
pub struct Load {
    /// The requests.
    pub asks: Asks,
    /// Where they go: to the server, or to what stands before it.
    pub address: SocketAddr,
    /// Each asks one after the other.
    pub connections: usize,
    /// Of one run, at most.
    pub length: Duration,
    /// How many runs.
    pub runs: usize,
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
    /// The same in the process that makes the load.
    pub client_cpu: Option<Spread>,
    /// Size of the last answer's body.
    pub bytes: usize,
}

struct Run {
    rate: f64,
    p50: f64,
    p99: f64,
    cpu: Option<f64>,
    client_cpu: Option<f64>,
    bytes: usize,
}

impl Load {
    /// Looks at every page once, warms up, then measures.
    pub async fn run(&self, name: &str, server: &Server) -> Outcome<Figures> {
        if let Asks::Again(asks) = &self.asks {
            let mut connection = Connection::open(self.address).await?;
            for ask in asks.iter().filter(|ask| !ask.is_form()) {
                connection.send_and_look(ask).await?;
            }
        }
        self.once(0, WARM_UP.min(self.length), server).await?;
        let mut runs = Vec::new();
        for number in 1..=self.runs {
            runs.push(self.once(number, self.length, server).await?);
        }
        let spread = |pick: fn(&Run) -> f64| Spread::of(runs.iter().map(pick)).ok_or("no run was made");
        Ok(Figures {
            name: name.to_owned(),
            connections: self.connections,
            rate: spread(|run| run.rate)?,
            p50: spread(|run| run.p50)?,
            p99: spread(|run| run.p99)?,
            cpu: Spread::of(runs.iter().filter_map(|run| run.cpu)),
            client_cpu: Spread::of(runs.iter().filter_map(|run| run.client_cpu)),
            bytes: runs.last().map_or(0, |run| run.bytes),
        })
    }

    /// One run; number 0 is the one that warms up.
    async fn once(&self, number: usize, length: Duration, server: &Server) -> Outcome<Run> {
        let mut connections = Vec::new();
        for _ in 0..self.connections {
            connections.push(Connection::open(self.address).await?);
        }
        let cpu = || (server.cpu_seconds(), machine::cpu_seconds("self"));
        let (cpu_before, client_cpu_before) = cpu();
        let began = Instant::now();
        let mut workers = JoinSet::new();
        for (first, connection) in connections.into_iter().enumerate() {
            let asks = self.asks_of(number, first)?;
            workers.spawn(ask_until(asks, connection, began + length));
        }
        let (mut times, mut bytes) = (Vec::new(), 0);
        while let Some(worker) = workers.join_next().await {
            let done = worker??;
            times.extend(done.times);
            bytes = done.bytes;
        }
        let elapsed = began.elapsed().as_secs_f64();
        let (cpu_after, client_cpu_after) = cpu();
        let requests = f64::from(u32::try_from(times.len())?);
        let each = |before: Option<f64>, after: Option<f64>| Some((after? - before?) / requests);
        let (p50, p99) = percentiles(&mut times)?;
        Ok(Run {
            rate: requests / elapsed,
            p50,
            p99,
            cpu: each(cpu_before, cpu_after),
            client_cpu: each(client_cpu_before, client_cpu_after),
            bytes,
        })
    }

    /// What one connection asks in one run: every so many-th request, beginning with `first`.
    fn asks_of(&self, run: usize, first: usize) -> Outcome<Box<dyn Iterator<Item = Ask> + Send>> {
        let step = self.connections;
        Ok(match &self.asks {
            Asks::Again(asks) => {
                let (asks, len) = (Arc::clone(asks), asks.len());
                let turns = (first..).step_by(step);
                Box::new(turns.filter_map(move |turn| asks.get(turn % len).cloned()))
            }
            Asks::Once(asks) => {
                let share = asks.len() / (self.runs + 1);
                if share < step {
                    return Err("too few requests that can be sent once for so many runs".into());
                }
                let asks = Arc::clone(asks);
                let turns = (run * share + first..(run + 1) * share).step_by(step);
                Box::new(turns.filter_map(move |turn| asks.get(turn).cloned()))
            }
        })
    }
}

/// What one connection did.
struct Done {
    times: Vec<Duration>,
    bytes: usize,
}

/// The work of one connection. The one after the last `end` is not begun; none takes longer than the client's limit.
async fn ask_until(asks: impl Iterator<Item = Ask>, mut connection: Connection, end: Instant) -> Outcome<Done> {
    let mut done = Done {
        times: Vec::new(),
        bytes: 0,
    };
    for ask in asks {
        let began = Instant::now();
        if began >= end {
            break;
        }
        done.bytes = connection.send(&ask).await?.body.len();
        done.times.push(began.elapsed());
    }
    Ok(done)
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
