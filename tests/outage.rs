//! A mail server that is down for half an hour, with a thousand mails waiting for it (G7): all of them go within a minute
//! after it is back, once, and nobody loses the link that they had.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rekey::server::client::Client as Origin;
use rekey::server::mail::recorder::Behaviour;
use rekey::server::service::acting::act::{Act, By};
use rekey::server::service::resets::ask_reset::ask_reset;
use rekey::server::store::entity::user;
use rekey::wire::forms::AskInput;
use rekey_domain::id::UserId;
use rekey_domain::outage::PROBE_EVERY;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::support::people::{MAX, UMA};
use crate::support::{TestApp, link_of, password};

/// So many people, half of whom are helped and half of whom help themselves.
const PEOPLE: usize = 1000;

/// Adds people who are like Uma in all but their address.
async fn add_people(app: &TestApp) -> Vec<(UserId, String)> {
    let uma = user::Entity::find_by_id(app.user_id(UMA).await.as_uuid())
        .one(app.services().db.reader())
        .await
        .expect("the database answers")
        .expect("Uma");
    let mut people = Vec::new();
    let tx = app.services().db.begin_write().await.expect("the database takes it");
    for number in 0..PEOPLE {
        let id = Uuid::from_u128(0xA000 + number as u128);
        let email = format!("waiting{number}@blueheron.example");
        let mut row = uma.clone().into_active_model().reset_all();
        row.id = Set(id);
        row.email = Set(email.clone());
        row.email_key = Set(email.clone());
        row.search_key = Set(format!("uma user {email}"));
        row.insert(&tx).await.expect("one more person");
        people.push((UserId::from_uuid(id), email));
    }
    tx.commit().await.expect("the database keeps it");
    people
}

#[tokio::test(flavor = "multi_thread")]
async fn g7_after_half_an_hour_without_a_mail_server_everything_goes_once_within_a_minute() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let people = add_people(&app).await;
    // Uma has a working link from before.
    app.trigger(&max, UMA).await;
    let earlier = link_of(&app.mail_to(UMA).await);
    let before = app.recorder.mails().len();

    app.recorder.set_behaviour(Behaviour::Down);
    app.trigger(&max, UMA).await;
    let services = app.services();
    let origin = Origin::new([127, 0, 0, 1].into(), "");
    let manager = app.user_id(MAX).await;
    for (number, (id, email)) in people.iter().enumerate() {
        if number % 2 == 0 {
            let act = Act::begin(services, By::Server).await.expect("the database takes it");
            app.start_reset(&act, manager, *id).await;
            act.commit().await.expect("the database keeps it");
        } else {
            let input = AskInput {
                email: email.as_str().into(),
            };
            ask_reset(services, &origin, &input).await.expect("it is accepted");
        }
        if number % 100 == 0 {
            app.advance(Duration::from_mins(3));
        }
    }
    app.until("all asks are resolved", async || {
        app.number("SELECT count(*) FROM asks").await == 0
    })
    .await;
    let tried = "SELECT count(*) FROM mails WHERE attempts > 0 AND state IN ('queued', 'sending', 'deferred') AND \
                 recipient LIKE 'waiting%'";
    assert!(
        app.number(tried).await <= 4,
        "an outage is found out once, not once a mail"
    );
    app.client().get(&earlier).await.expect_status(200);

    app.recorder.set_behaviour(Behaviour::Accept);
    let back = Instant::now();
    app.advance(PROBE_EVERY);
    let waiting = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending', 'deferred') AND (recipient LIKE \
                   'waiting%' OR recipient = 'uma@blueheron.example')";
    let look = async {
        while app.number(waiting).await > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), look)
        .await
        .expect("within a minute after the mail server is back");
    println!("{PEOPLE} mails in {:?}", back.elapsed());

    let mut count = BTreeMap::<String, u32>::new();
    for mail in app.recorder.mails().iter().rev().skip(before) {
        for to in &mail.to {
            *count.entry(to.clone()).or_default() += 1;
        }
    }
    for (_, email) in &people {
        assert_eq!(count.get(email), Some(&1), "{email}");
    }
    // Only now has the newer link of Uma replaced the older one.
    app.client().get(&earlier).await.expect_status(410);
    let newer = link_of(&app.mails_to(UMA, 2).await[1]);
    app.redeem(&newer, &password(1)).await.expect_status(303);
}
