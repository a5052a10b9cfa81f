//! From the button **Reset password** until the mail server has the mail, with nothing else going on.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use rekey::server::mail::recorder::Recorder;

use super::Outcome;
use super::client::{Ask, Connection};
use super::load::percentiles;
use super::report::{self, Section};

/// A mail must arrive within this.
const LIMIT: Duration = Duration::from_secs(10);
/// Lets the server write down that the last mail was accepted before the next one.
const PAUSE: Duration = Duration::from_millis(25);

/// What the presses took, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Presses {
    count: usize,
    answer: (f64, f64),
    mail: (f64, f64),
}

/// Presses once for each request, one after the other.
pub async fn press(address: SocketAddr, recorder: &Recorder, asks: impl Iterator<Item = Ask>) -> Outcome<Presses> {
    let mut connection = Connection::open(address).await?;
    recorder.clear();
    let (mut answers, mut mails) = (Vec::new(), Vec::new());
    for ask in asks {
        let began = Instant::now();
        let expected = mails.len() + 1;
        // The mail may be there before the answer is, so both are waited for at once.
        let answered = async {
            connection.send(&ask).await?;
            Outcome::Ok(began.elapsed())
        };
        let arrived = async {
            let arrival = tokio::time::timeout(LIMIT, recorder.wait_for(expected)).await;
            arrival.map_err(|_| format!("mail {expected} did not arrive within {LIMIT:?}"))?;
            Ok(began.elapsed())
        };
        let (answered, arrived) = tokio::try_join!(answered, arrived)?;
        answers.push(answered);
        mails.push(arrived);
        tokio::time::sleep(PAUSE).await;
    }
    Ok(Presses {
        count: mails.len(),
        answer: percentiles(&mut answers)?,
        mail: percentiles(&mut mails)?,
    })
}

/// One press with so many mails before it in the queue: until the mail server has this one, in seconds.
pub async fn press_behind(address: SocketAddr, recorder: &Recorder, queued: usize, ask: &Ask) -> Outcome<f64> {
    let mut connection = Connection::open(address).await?;
    let began = Instant::now();
    connection.send(ask).await?;
    let all = tokio::time::timeout(LIMIT, recorder.wait_for(queued + 1)).await;
    all.map_err(|_| format!("{queued} mails and one more did not arrive within {LIMIT:?}"))?;
    Ok(began.elapsed().as_secs_f64())
}

/// Both waits, and that of one press behind `queued` others.
pub fn section(presses: &Presses, (queued, behind): (usize, f64)) -> Section {
    let row = |name: &str, (p50, p99): (f64, f64)| vec![name.to_owned(), report::millis(p50), report::millis(p99)];
    Section {
        title: "From the button to the mail",
        head: vec!["Reset password: press until", "p50 ms", "p99 ms"],
        rows: vec![
            row("the page has its answer", presses.answer),
            row("the mail server has the whole mail", presses.mail),
            vec![
                format!("the same, with {queued} mails waiting before it"),
                report::millis(behind),
                "–".to_owned(),
            ],
        ],
        note: format!(
            "{} presses for different people, one at a time, to a mail server on this machine. Before the mail arrives \
             two transactions are committed: the reset with its mail, and the link. The queue is first in, first out.",
            presses.count
        ),
    }
}
