//! Many ask for a link at once (F18): what waits is resolved and mailed in few transactions, nobody is forgotten or gets two
//! mails, and one that can't be done holds up nobody. How fast that is, `cargo xtask bench` tells.

use std::collections::BTreeMap;
use std::time::Duration;

use rekey::server::service::resets::resolve_asks::resolve_asks;
use rekey::server::store::entity::user;
use rekey::server::store::users;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::support::people::{MAX, ROB, UMA};
use crate::support::{HOUR, TestApp};

/// So many ask.
const CROWD: usize = 200;
/// Longer than anything waits after its first failure.
const A_WHILE: Duration = Duration::from_secs(20);
/// Mails that wait, of everybody who is like Uma.
const QUEUED: &str =
    "SELECT recipient FROM mails WHERE recipient LIKE 'crowd%' AND state = 'queued' ORDER BY next_try_at, id";

/// A server that everybody may ask as often as they like, and that looks at asks when it is told, or every so often.
async fn town(ask_tick: Duration) -> TestApp {
    TestApp::with()
        .settings(move |settings| {
            settings.ask_tick = ask_tick;
            settings.limits.asks_per_client = None;
        })
        .start()
        .await
}

/// Adds people who are like Uma in all but their address.
async fn crowd(app: &TestApp) -> Vec<String> {
    let uma = user::Entity::find_by_id(app.user_id(UMA).await.as_uuid())
        .one(app.services().db.reader())
        .await
        .expect("the database answers")
        .expect("Uma");
    let emails: Vec<_> = (0..CROWD)
        .map(|number| format!("crowd{number:03}@blueheron.example"))
        .collect();
    let tx = app.services().db.begin_write().await.expect("the database takes it");
    for (number, email) in (0_u128..).zip(&emails) {
        let mut row = uma.clone().into_active_model().reset_all();
        row.id = Set(Uuid::from_u128(0xC000 + number));
        row.email = Set(email.clone());
        row.email_key = Set(email.clone());
        row.search_key = Set(format!("uma user {email}"));
        row.insert(&tx).await.expect("one more person");
    }
    tx.commit().await.expect("the database keeps it");
    emails
}

/// All of them ask, a millisecond after one another.
async fn ask_in_turn(app: &TestApp, emails: &[String]) {
    let client = app.client();
    for email in emails {
        client
            .post("/reset-password", &[("email", email)])
            .await
            .expect_status(303);
        app.advance(Duration::from_millis(1));
    }
}

/// How many mails each address has got.
fn mails_by_address(app: &TestApp) -> BTreeMap<String, usize> {
    let mut mails = BTreeMap::new();
    for to in app.recorder.mails().into_iter().flat_map(|mail| mail.to) {
        if to.starts_with("crowd") {
            *mails.entry(to).or_default() += 1;
        }
    }
    mails
}

/// Each of them, once.
fn each_once(emails: &[String]) -> BTreeMap<String, usize> {
    emails.iter().map(|email| (email.clone(), 1)).collect()
}

#[tokio::test]
async fn f18_two_hundred_asks_are_resolved_in_a_few_statements() {
    let mut app = town(HOUR).await;
    let known = crowd(&app).await;
    // One in four has no account.
    let asked: Vec<_> = known
        .iter()
        .enumerate()
        .map(|(number, email)| match number % 4 {
            3 => email.replace("crowd", "nobody"),
            _ => email.clone(),
        })
        .collect();
    ask_in_turn(&app, &asked).await;
    app.rest().await;
    let cost = app
        .cost(async {
            let resolved = resolve_asks(app.services()).await.expect("they are resolved");
            assert_eq!(resolved, CROWD);
        })
        .await;
    // Four transactions of ten statements each, and a few looks.
    assert!(cost <= 45, "{cost} statements");
    assert_eq!(app.number("SELECT count(*) FROM asks").await, 0);
    let with_account: Vec<_> = asked.into_iter().filter(|email| email.starts_with("crowd")).collect();
    let mut queued = app.words(QUEUED, 0).await;
    queued.sort();
    assert_eq!(queued, with_account);
    let trail = "SELECT count(*) FROM activity WHERE action = 'reset_asked' AND outcome = 'granted' AND actor_id IN \
                 (SELECT id FROM users WHERE email LIKE 'crowd%')";
    assert_eq!(app.number(trail).await, 150);
    let half = "SELECT count(*) FROM resets LEFT JOIN mails ON mails.reset_id = resets.id WHERE mails.id IS NULL";
    assert_eq!(app.number(half).await, 0, "a reset without its mail");
}

#[tokio::test]
async fn f18_many_at_once_are_answered_in_their_order_and_nobody_twice() {
    let mut app = town(HOUR).await;
    let known = crowd(&app).await;
    let asked = [&known[..10], &known[..10], &known[5..10]].concat();
    ask_in_turn(&app, &asked).await;
    app.rest().await;
    assert_eq!(resolve_asks(app.services()).await.expect("they are resolved"), 25);
    assert_eq!(app.words(QUEUED, 0).await, known[..10]);
    // While that waits, it answers the next one, too.
    ask_in_turn(&app, &known[..2]).await;
    assert_eq!(resolve_asks(app.services()).await.expect("they are resolved"), 2);
    assert_eq!(app.words(QUEUED, 0).await, known[..10]);
}

#[tokio::test]
async fn f18_where_only_managers_start_resets_each_is_told_once() {
    let mut app = town(HOUR).await;
    let known = crowd(&app).await;
    app.execute("UPDATE companies SET only_managers = TRUE").await;
    ask_in_turn(&app, &known[..20]).await;
    ask_in_turn(&app, &known[..5]).await;
    app.rest().await;
    assert_eq!(resolve_asks(app.services()).await.expect("they are resolved"), 25);
    let mut told = app.words(QUEUED, 0).await;
    told.sort();
    assert_eq!(told, known[..20]);
    let kinds = "SELECT DISTINCT kind FROM mails WHERE recipient LIKE 'crowd%'";
    assert_eq!(app.words(kinds, 0).await, ["ask_manager"]);
    let refused = "SELECT CAST(sum(times) AS bigint) FROM activity WHERE action = 'reset_asked' AND outcome = 'refused' AND actor_id IN \
                   (SELECT id FROM users WHERE email LIKE 'crowd%')";
    assert_eq!(app.number(refused).await, 25);
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_of_several_servers_one_resolves_an_ask_and_one_sends_its_mail() {
    let app = town(Duration::from_millis(20)).await;
    let known = crowd(&app).await;
    let others = [app.one_more().await, app.one_more().await];
    let browsers: Vec<_> = (0..8).map(|_| app.client()).collect();
    let asks = browsers.iter().enumerate().map(async |(first, browser)| {
        for email in known.iter().skip(first).step_by(browsers.len()) {
            browser
                .post("/reset-password", &[("email", email)])
                .await
                .expect_status(303);
        }
    });
    futures::future::join_all(asks).await;
    let left = "SELECT (SELECT count(*) FROM asks) + (SELECT count(*) FROM mails WHERE state IN ('queued', 'sending') AND \
                recipient LIKE 'crowd%')";
    app.until("all are mailed", async || app.number(left).await == 0).await;
    assert_eq!(mails_by_address(&app), each_once(&known));
    for other in others {
        other.stop().await;
    }
}

/// From now on the database refuses rows of this table of which this is so, until [`gives_in`].
async fn refuses(app: &TestApp, table: &str, which: &str) {
    let trigger = format!("CREATE TRIGGER not_this_one BEFORE INSERT ON {table}");
    if app.is_on_sqlite() {
        let body = format!("WHEN {which} BEGIN SELECT RAISE(ABORT, 'not this one'); END");
        app.execute(&format!("{trigger} {body}")).await;
    } else {
        let body = format!("BEGIN IF {which} THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END");
        app.execute(&format!(
            "CREATE FUNCTION not_this_one() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        ))
        .await;
        app.execute(&format!("{trigger} FOR EACH ROW EXECUTE FUNCTION not_this_one()"))
            .await;
    }
}

async fn gives_in(app: &TestApp, table: &str) {
    let on = if app.is_on_sqlite() {
        String::new()
    } else {
        format!(" ON {table}")
    };
    app.execute(&format!("DROP TRIGGER not_this_one{on}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_an_ask_that_can_not_be_resolved_holds_up_nobody() {
    let app = town(Duration::from_millis(20)).await;
    let known = crowd(&app).await;
    let bad = app.literal(&app.user_id(&known[3]).await.to_string());
    refuses(&app, "resets", &format!("NEW.user_id = {bad}")).await;
    ask_in_turn(&app, &known[..120]).await;
    let others: Vec<_> = known[..120]
        .iter()
        .filter(|email| **email != known[3])
        .cloned()
        .collect();
    app.until("all others have their mail", async || {
        mails_by_address(&app).len() == others.len()
    })
    .await;
    assert_eq!(mails_by_address(&app), each_once(&others));
    assert_eq!(
        app.words("SELECT email_key FROM asks", 0).await,
        known[3..4],
        "it is not lost"
    );
    gives_in(&app, "resets").await;
    app.until("this one has it, too", async || {
        app.advance(A_WHILE);
        mails_by_address(&app).len() == 120
    })
    .await;
    app.mail_is_out().await;
    assert_eq!(mails_by_address(&app), each_once(&known[..120]));
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_a_mail_whose_outcome_can_not_be_kept_holds_up_no_other_and_comes_once() {
    let app = town(Duration::from_millis(20)).await;
    let known = crowd(&app).await;
    let is_of_one = format!("(SELECT recipient FROM mails WHERE id = NEW.mail_id) = '{}'", known[20]);
    refuses(&app, "tries", &is_of_one).await;
    ask_in_turn(&app, &known[..40]).await;
    let kept = "SELECT count(*) FROM mails WHERE recipient LIKE 'crowd%' AND state = 'accepted'";
    app.until("all others are kept", async || app.number(kept).await == 39)
        .await;
    gives_in(&app, "tries").await;
    app.until("this one is kept, too", async || {
        app.advance(A_WHILE);
        app.number(kept).await == 40
    })
    .await;
    assert_eq!(mails_by_address(&app), each_once(&known[..40]));
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_nobody_waits_for_a_person_whom_somebody_else_is_changing() {
    let app = town(Duration::from_millis(20)).await;
    // On SQLite whoever changes something has the database alone.
    let held = if app.is_on_sqlite() {
        None
    } else {
        let tx = app.services().db.begin_write().await.expect("the database takes it");
        let locked = users::find_and_lock(&tx, app.user_id(UMA).await).await;
        assert!(locked.expect("the database answers").is_some());
        Some(tx)
    };
    for email in [UMA, ROB, MAX] {
        app.ask(email).await.expect_status(303);
    }
    app.mail_to(ROB).await;
    app.mail_to(MAX).await;
    if let Some(tx) = held {
        assert_eq!(app.words("SELECT email_key FROM asks", 0).await, [UMA], "hers waits");
        tx.rollback().await.expect("it is given up");
    }
    app.mail_to(UMA).await;
}
