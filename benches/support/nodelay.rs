//! Shows when `TCP_NODELAY` is lost: then what the server writes second waits for the client's delayed acknowledgement
//! of what it wrote first, 40 ms on Linux.
//!
//! A page that leaves in one write does not show it. Two requests in one packet do: their answers are two writes. The
//! control is a server without `TCP_NODELAY`; were it not slow, this machine could not show the loss.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::Outcome;
use super::load::{Figures, percentiles};
use super::report::{self, Section};

const PAIRS: usize = 50;
const LIMIT: Duration = Duration::from_secs(5);
const PATH: &str = "/health/live";
/// The end of each answer.
const END: &[u8] = b"\r\n\r\nlive\n";
/// Above this a wait for an acknowledgement is the likely cause, in seconds.
const SUSPECT: f64 = 0.02;
/// How many of the measured answers are shown beside.
const LARGEST: usize = 3;

/// Measures the pairs against the server and the control, and says what they mean. Of what was measured before, the
/// largest answers stand beside: they leave in the most writes.
pub async fn section(address: SocketAddr, measured: &[Figures]) -> Outcome<Section> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let control = listener.local_addr()?;
    let mut control_server = JoinSet::new();
    control_server.spawn(async { axum::serve(listener, Router::new().route(PATH, get(|| async { "live\n" }))).await });

    let ours = pairs(address).await?;
    let without = pairs(control).await?;
    let mut largest: Vec<_> = measured.iter().filter(|figures| figures.connections == 1).collect();
    largest.sort_by_key(|figures| std::cmp::Reverse(figures.bytes));
    let mut rows: Vec<_> = largest
        .into_iter()
        .take(LARGEST)
        .map(|figures| {
            vec![
                format!("`{}`", figures.name),
                report::millis(figures.p50.median),
                report::millis(figures.p99.median),
            ]
        })
        .collect();
    let row = |name: &str, (p50, p99): (f64, f64)| vec![name.to_owned(), report::millis(p50), report::millis(p99)];
    rows.push(row("two answers in a row", ours));
    rows.push(row("the same, a server without TCP_NODELAY", without));
    let verdict = if ours.0 > SUSPECT {
        "**Two answers in a row took so long that TCP_NODELAY is lost.**"
    } else if without.0 > SUSPECT {
        "TCP_NODELAY is set."
    } else {
        "The control shows no wait, so this machine can't tell whether TCP_NODELAY is set."
    };
    Ok(Section {
        title: "TCP_NODELAY, one kept connection",
        head: vec!["Request", "p50 ms", "p99 ms"],
        rows,
        note: format!(
            "Lost, two answers in a row would take about 40 ms, and so would a page that leaves in more than one write. \
             {verdict}"
        ),
    })
}

/// From sending two requests in one write to the end of the second answer.
async fn pairs(address: SocketAddr) -> Outcome<(f64, f64)> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let pair = format!("GET {PATH} HTTP/1.1\r\nhost: {address}\r\n\r\n").repeat(2);
    let mut times = Vec::new();
    for _ in 0..PAIRS {
        let began = Instant::now();
        stream.write_all(pair.as_bytes()).await?;
        tokio::time::timeout(LIMIT, read_two(&mut stream)).await??;
        times.push(began.elapsed());
    }
    percentiles(&mut times)
}

async fn read_two(stream: &mut TcpStream) -> Outcome<()> {
    let mut answers = Vec::new();
    loop {
        if stream.read_buf(&mut answers).await? == 0 {
            return Err("the connection ended between two answers".into());
        }
        if answers.windows(END.len()).filter(|window| *window == END).count() == 2 {
            return Ok(());
        }
    }
}
