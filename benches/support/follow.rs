//! What many open pages cost: each asks every 1.5 s whether something has changed, as a live page does.

use std::time::Duration;

use serde::Deserialize;
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
/// How often each asks.
const EVERY: Duration = Duration::from_millis(1500);
/// How often each asks in all.
const TIMES: u32 = 6;

/// What a page is told first.
#[derive(Deserialize)]
struct Told {
    stamp: String,
}

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
            "Each of {PAGES} pages asks every 1.5 s over a connection of its own, {} times a second in all, and nothing has \
             changed. Processor time of the server.",
            PAGES * 2 / 3
        ),
    })
}

fn row(name: &str, share: f64) -> Vec<String> {
    vec![name.to_owned(), format!("{:.1}", 100.0 * share)]
}

async fn alone(server: &Server) -> Outcome<f64> {
    share(server, async {
        sleep(EVERY * TIMES).await;
        Ok(())
    })
    .await
}

/// Every page begins at another moment, as people do.
async fn follow(server: &Server, cookie: &str, paths: Vec<String>) -> Outcome<f64> {
    let mut pages = Vec::new();
    for path in paths {
        let mut connection = Connection::open(server.address()).await?;
        let first = Ask::get(&format!("{path}&stamp="), "").signed_in(cookie);
        let told: Option<Told> = serde_json::from_slice(&connection.send(&first).await?.body)?;
        let stamp = told.map(|told| told.stamp).ok_or("there is nothing to follow")?;
        let stamp: String = form_urlencoded::byte_serialize(stamp.as_bytes()).collect();
        let ask = Ask::get(&format!("{path}&stamp={stamp}"), "null").signed_in(cookie);
        pages.push((connection, ask));
    }
    share(server, async {
        let (began, step) = (Instant::now(), EVERY / PAGES);
        let mut open = JoinSet::new();
        for (number, (mut connection, ask)) in (0_u32..).zip(pages) {
            open.spawn(async move {
                for time in 0..TIMES {
                    sleep_until(began + step * number + EVERY * time).await;
                    connection.send_and_look(&ask).await?;
                }
                Outcome::Ok(())
            });
        }
        while let Some(page) = open.join_next().await {
            page??;
        }
        Ok(())
    })
    .await
}

/// Processor time of the server for each second that `work` takes.
async fn share(server: &Server, work: impl Future<Output = Outcome<()>>) -> Outcome<f64> {
    let (began, before) = (Instant::now(), server.cpu_seconds());
    work.await?;
    let spent = server.cpu_seconds().zip(before).map(|(after, before)| after - before);
    let spent = spent.ok_or("this system does not tell what the server used")?;
    Ok(spent / began.elapsed().as_secs_f64())
}
