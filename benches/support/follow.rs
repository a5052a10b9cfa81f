//! What many open pages cost: each waits for news, and asks again as soon as it is answered, as a live page does.

use std::time::Duration;

use rekey::wire::news::News;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use url::form_urlencoded;

use super::Outcome;
use super::bench::Bench;
use super::client::{Ask, Connection};
use super::report::Section;
use super::server::Server;

/// Open pages.
const PAGES: u32 = 200;
/// As long as the server keeps a page waiting: in this time each of them asks once.
const ROUND: Duration = Duration::from_secs(25);

/// Pages of people, then lists of resets; before both the server alone.
pub async fn measure(bench: &Bench<'_>, server: &Server) -> Outcome<Section> {
    let cookie = &bench.town.administrator.cookie;
    let people = bench.pools.opened.iter().cycle().take(PAGES as usize);
    let of_people: Vec<_> = people
        .map(|person| format!("/api/resets-since?id={}", person.id))
        .collect();
    let lists = vec!["/api/resets-list-since?query=tab%3Dresets".to_owned(); PAGES as usize];
    let rows = vec![
        row("no page", alone(server).await?),
        row("200 pages of people", follow(server, cookie, of_people).await?),
        row("200 lists of resets", follow(server, cookie, lists).await?),
    ];
    Ok(Section {
        title: "Open pages",
        head: vec!["Open", "% of one core"],
        rows,
        note: format!(
            "Each of {PAGES} pages waits for news over a connection of its own, there are none, and it asks again when it is \
             answered, after {} s. Processor time of the server.",
            ROUND.as_secs()
        ),
    })
}

fn row(name: &str, share: f64) -> Vec<String> {
    vec![name.to_owned(), format!("{:.1}", 100.0 * share)]
}

async fn alone(server: &Server) -> Outcome<f64> {
    share(server, async {
        sleep(ROUND / 3).await;
        Ok(())
    })
    .await
}

/// Every page begins at another moment, as people do; then each asks as long as it is measured.
async fn follow(server: &Server, cookie: &str, paths: Vec<String>) -> Outcome<f64> {
    let (began, step) = (Instant::now(), ROUND / PAGES);
    let mut open = JoinSet::new();
    for (number, path) in (0_u32..).zip(paths) {
        let mut connection = Connection::open(server.address()).await?;
        let first = Ask::get(&format!("{path}&stamp=&may_wait=false"), "").signed_in(cookie);
        let told: Option<News> = serde_json::from_slice(&connection.send(&first).await?.body)?;
        let stamp = told.map(|news| news.now.stamp).ok_or("there is nothing to follow")?;
        let stamp: String = form_urlencoded::byte_serialize(stamp.as_bytes()).collect();
        let ask = Ask::get(&format!("{path}&stamp={stamp}&may_wait=true"), "null").signed_in(cookie);
        open.spawn(async move {
            sleep_until(began + step * number).await;
            loop {
                if let Err(error) = connection.send_and_look(&ask).await {
                    return error;
                }
            }
        });
    }
    sleep_until(began + ROUND).await;
    let share = share(server, async {
        tokio::select! {
            // They ask for ever.
            Some(ended) = open.join_next() => Err(ended?),
            () = sleep(ROUND) => Ok(()),
        }
    });
    share.await
}

/// Processor time of the server for each second that `work` takes.
async fn share(server: &Server, work: impl Future<Output = Outcome<()>>) -> Outcome<f64> {
    let (began, before) = (Instant::now(), server.cpu_seconds());
    work.await?;
    let spent = server.cpu_seconds().zip(before).map(|(after, before)| after - before);
    let spent = spent.ok_or("this system does not tell what the server used")?;
    Ok(spent / began.elapsed().as_secs_f64())
}
