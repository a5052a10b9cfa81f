//! Very many who write at the same moment, over HTTP (H3): each is answered, and nobody reads of a locked database.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures::future::join_all;
use rekey::server::store::entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::TestApp;
use crate::support::people::MAX;

const WRITERS: usize = 50;

/// Half of them ask for a link again and again, the others press for somebody, for so long, while the workers write too.
async fn all_are_answered_for(time: Duration) {
    let app = TestApp::with()
        .settings(|settings| {
            settings.limits.asks_per_email = None;
            settings.limits.asks_per_client = None;
            settings.limits.resets_per_person = None;
            settings.limits.resets_per_manager = None;
        })
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let people = user::Entity::find()
        .filter(user::Column::Email.ends_with("@blueheron.example"))
        .filter(user::Column::PasswordHash.is_not_null())
        .filter(user::Column::Role.eq("user"))
        .all(app.services().db.reader());
    let people = people.await.expect("the database answers");
    let before = app.number("SELECT count(*) FROM resets").await;
    let end = Instant::now() + time;
    let writers = (0..WRITERS).map(|number| {
        let (max, people, stranger) = (&max, &people, app.client());
        async move {
            let mut answers = BTreeMap::<u16, usize>::new();
            let person = &people[number % people.len()];
            let company = person.company_id.to_string();
            while Instant::now() < end {
                let answer = if number % 2 == 0 {
                    let email = format!("person{number}@nowhere.example");
                    stranger.post("/reset-password", &[("email", &email)]).await
                } else {
                    let path = format!("/company/users/{}/reset", person.id);
                    max.post(&path, &[("company", &company)]).await
                };
                *answers.entry(answer.status).or_default() += 1;
            }
            answers
        }
    });
    let mut answers = BTreeMap::<u16, usize>::new();
    for (status, times) in join_all(writers).await.into_iter().flatten() {
        *answers.entry(status).or_default() += times;
    }
    assert_eq!(answers.keys().collect::<Vec<_>>(), [&303], "{answers:?}");
    assert!(answers[&303] >= WRITERS, "{answers:?}");
    println!("{WRITERS} writers for {time:?}: {answers:?}");
    assert!(app.number("SELECT count(*) FROM resets").await > before);
    app.until("every ask is resolved", async || {
        app.number("SELECT count(*) FROM asks").await == 0
    })
    .await;
    app.client().get("/health/ready").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_fifty_who_write_at_once_are_all_answered() {
    all_are_answered_for(Duration::from_secs(3)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes 30 seconds of a whole machine: run it alone, with SQLite and with REKEY_TEST_POSTGRES_URL"]
async fn h3_fifty_who_write_at_once_for_30_seconds_are_all_answered() {
    all_are_answered_for(Duration::from_secs(30)).await;
}
