//! Several servers on one database: case H5, and A6 across them.

use std::collections::BTreeMap;
use std::time::Duration;

use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use url::Url;

use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, Form, HOUR, TestApp, link_of, password};

/// Everybody of the company who can sign in, the manager aside.
async fn active(app: &TestApp) -> Vec<String> {
    let people = user::Entity::find()
        .filter(user::Column::Email.ends_with("@blueheron.example"))
        .filter(user::Column::PasswordHash.is_not_null())
        .filter(user::Column::Email.ne(MAX))
        .all(app.services().db.reader());
    let people = people.await.expect("the database answers");
    people.into_iter().map(|person| person.email).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_four_servers_send_each_mail_once() {
    // More presses than one manager has in an hour.
    let app = TestApp::with()
        .settings(|settings| settings.limits.resets_per_manager = None)
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let people = active(&app).await;
    assert!(people.len() > 20, "{people:?}");
    let before = app.recorder.mails().len();
    app.recorder.set_behaviour(Behaviour::Down);
    for email in &people {
        app.trigger(&max, email).await.expect_status(200);
    }
    let others = [app.one_more().await, app.one_more().await, app.one_more().await];
    app.until("all know of the outage", async || {
        app.number("SELECT count(*) FROM outages WHERE ended_at IS NULL").await == 1
    })
    .await;
    // Each mail is on the wire for so long that the others look for work meanwhile.
    app.recorder.set_behaviour(Behaviour::Slow(Duration::from_millis(300)));
    app.advance(HOUR);
    for other in &others {
        other.services().bell.ring();
    }
    let now = app.services().clock.now().as_millis();
    let due = format!(
        "SELECT count(*) FROM mails WHERE state = 'sending' OR (state IN ('queued', 'deferred') AND next_try_at <= {now})"
    );
    app.until("nothing is due", async || app.number(&due).await == 0).await;
    let mut count = BTreeMap::<String, usize>::new();
    for mail in app.recorder.mails().iter().skip(before) {
        for to in mail.to.iter().filter(|to| people.contains(to)) {
            *count.entry(to.clone()).or_default() += 1;
        }
    }
    let expected: BTreeMap<_, _> = people.iter().map(|email| (email.clone(), 1)).collect();
    assert_eq!(count, expected);
    for other in others {
        other.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a6_of_redemptions_at_two_servers_one_counts() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let path = Url::parse(&link).expect("a link").path().to_owned();
    let other = app.one_more().await;
    let there = Url::parse(&format!("http://{}", other.address())).expect("a URL");
    let tries = (0..8).map(|number| {
        let client = if number % 2 == 0 {
            app.client()
        } else {
            Client::new(there.clone())
        };
        let path = path.clone();
        async move { client.post(&path, &[("new_password", &password(number))]).await.status }
    });
    let answers = futures::future::join_all(tries).await;
    assert_eq!(
        answers.iter().filter(|status| **status == 303).count(),
        1,
        "{answers:?}"
    );
    let mut fit = 0;
    for number in 0..8 {
        fit += usize::from(app.signs_in(UMA, &password(number)).await);
    }
    assert_eq!(fit, 1);
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_reset_each_other_at_once_are_both_answered() {
    let app = TestApp::with()
        .settings(|settings| {
            settings.limits.resets_per_manager = None;
            settings.limits.resets_per_person = None;
        })
        .start()
        .await;
    let other = app.one_more().await;
    let max = app.sign_in_as(MAX).await;
    let ada = app.sign_in_at(&other, ADA).await;
    let forms = (
        max.get(&app.page_of(ADA).await).await.form("Reset password"),
        ada.get(&app.page_of(MAX).await).await.form("Reset password"),
    );
    let press = async |client: &Client, form: &Form| client.submit(form.clone()).await.status;
    for round in 0..8 {
        let presses = (0..4).map(async |_| {
            let (of_ada, of_max) = tokio::join!(press(&max, &forms.0), press(&ada, &forms.1));
            [of_ada, of_max]
        });
        let answers = futures::future::join_all(presses).await;
        assert!(
            answers.iter().flatten().all(|status| *status == 303),
            "round {round}: {answers:?}"
        );
        let waiting = "SELECT count(*) FROM mails WHERE recipient IN ('max@blueheron.example', 'ada@blueheron.example') \
                       AND settled_at IS NULL";
        app.until("both mails are out", async || app.number(waiting).await == 0)
            .await;
    }
    other.stop().await;
}
