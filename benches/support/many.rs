//! Many links at once: from pasted addresses to the draft, from the press to its answer and until all are started; and a single
//! press meanwhile, until the mail server has its mail.

use std::time::{Duration, Instant};

use hyper::header::LOCATION;
use rekey::server::mail::recorder::Recorder;
use rekey::server::store::entity::batch;
use rekey_domain::batch::BatchState;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::Outcome;
use super::actions;
use super::bench::Bench;
use super::client::{Ask, Connection};
use super::report::{self, Section};
use super::server::Server;

/// What it is called in the report.
pub const TITLE: &str = "Many at once";
/// People of the batch.
const MANY: usize = 1000;
/// Nothing may take longer.
const LIMIT: Duration = Duration::from_mins(1);
/// Between two looks whether all are started.
const GLANCE: Duration = Duration::from_millis(5);

/// Once: everybody of it may get one link an hour.
pub async fn measure(bench: &Bench<'_>, server: &Server) -> Outcome<Section> {
    let (administrator, company) = (&bench.town.administrator, bench.town.company.to_string());
    let people = bench.pools.mailed.get(..MANY).ok_or("too few people")?;
    let emails = people
        .iter()
        .map(|person| person.email.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let mut connection = Connection::open(server.address()).await?;
    let choose = Ask::post(
        "/company/resets/new",
        &[("company", &company), ("emails", &emails)],
        "/company/resets/new?draft=",
    );
    let began = Instant::now();
    let answer = connection.send(&choose.signed_in(&administrator.cookie)).await?;
    let chosen = began.elapsed();
    let draft = answer
        .headers
        .get(LOCATION)
        .and_then(|to| to.to_str().ok())
        .unwrap_or_default();
    let id = draft.rsplit('=').next().unwrap_or_default();
    let press = Ask::post(
        draft,
        &[("company", &company), ("draft", id)],
        "/company/resets/batches/",
    );
    let single = bench.pools.chosen.last().ok_or("nobody is chosen")?;
    bench.recorder.clear();
    let began = Instant::now();
    connection.send(&press.signed_in(&administrator.cookie)).await?;
    let pressed = began.elapsed();
    let (started, arrived) = tokio::try_join!(all_started(bench, began), async {
        let began = Instant::now();
        let mut other = Connection::open(server.address()).await?;
        other.send(&actions::press(bench.town, single)).await?;
        arrives(&bench.recorder, &single.email).await?;
        Outcome::Ok(began.elapsed())
    })?;
    let row = |what: &str, took: Duration| vec![what.to_owned(), report::millis(took.as_secs_f64())];
    Ok(Section {
        title: TITLE,
        head: vec!["1000 of 10 000 people", "ms"],
        rows: vec![
            row("addresses pasted, until the draft is kept", chosen),
            row("press until its answer", pressed),
            row("press until every reset is started", started),
            row("a single press right after it, until the mail server has that mail", arrived),
        ],
        note: "Once: each person gets one link an hour by batches. The mails of the batch follow at their pace, ten a second."
            .to_owned(),
    })
}

async fn all_started(bench: &Bench<'_>, began: Instant) -> Outcome<Duration> {
    let open = batch::Entity::find().filter(batch::Column::State.eq(BatchState::Pressed.as_str()));
    while open.clone().count(bench.database.db.reader()).await? > 0 {
        if began.elapsed() > LIMIT {
            return Err(format!("not all are started within {LIMIT:?}").into());
        }
        tokio::time::sleep(GLANCE).await;
    }
    Ok(began.elapsed())
}

async fn arrives(recorder: &Recorder, email: &str) -> Outcome<()> {
    let began = Instant::now();
    while !recorder.mails().iter().any(|mail| mail.to.iter().any(|to| to == email)) {
        if began.elapsed() > LIMIT {
            return Err(format!("the single mail did not arrive within {LIMIT:?}").into());
        }
        tokio::time::sleep(GLANCE).await;
    }
    Ok(())
}
