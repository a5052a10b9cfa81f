//! A mail server that allows one connection (K7): fewer connections, no outage, nothing on the pages.

use crate::support::people::{MAX, UMA};
use crate::support::sink::{Answer, Asked, Sink, Step};
use crate::support::{Client, SECOND, TestApp};
use rekey::server::service::acting::act::{Act, By};

/// Queues a mail to each of them, all at once.
async fn press_many(app: &TestApp, people: &[String]) {
    let services = app.services();
    let manager = app.user_id(MAX).await;
    let mut ids = Vec::new();
    for email in people {
        ids.push(app.user_id(email).await);
    }
    let act = Act::begin(services, By::Server).await.expect("the database takes it");
    for id in ids {
        app.start_reset(&act, manager, id).await;
    }
    act.commit().await.expect("the database keeps it");
    services.bell.ring();
}

/// What the demo's people wait for has waited for long.
async fn nothing_waits(app: &TestApp) {
    app.execute("UPDATE mails SET state = 'dropped', settled_at = created_at WHERE settled_at IS NULL")
        .await;
}

/// Neither page says anything of trouble.
async fn nothing_is_wrong(max: &Client) {
    for page in ["/dashboard", "/company?tab=resets"] {
        let page = max.get(page).await;
        for words in ["is delayed", "takes no mail"] {
            assert!(!page.says(words), "{}", page.text());
        }
    }
}

/// A connection beside another is answered so; each letter takes a moment, so that there are such connections.
fn one_connection(step: Step, words: &'static str, hangs_up: bool) -> impl Fn(&Asked<'_>) -> Option<Answer> + Send {
    move |asked| {
        if asked.is_beyond && asked.step == step {
            let answer = Answer::of(words);
            return Some(if hangs_up { answer.and_hang_up() } else { answer });
        }
        let is_slow = asked.step == Step::Dot;
        is_slow.then(|| Answer::in_pieces(vec![b"2".to_vec(), b"50 2.0.0 taken\r\n".to_vec()]))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k7_a_server_that_allows_one_connection_gets_all_mail_over_it() {
    const TOO_MANY: &str = "421 4.7.0 too many connections from 127.0.0.1\r\n";
    for (step, words, hangs_up) in [
        (Step::Greet, TOO_MANY, true),
        (Step::Greet, "", true),
        (Step::Hello, TOO_MANY, true),
        (Step::Login, "432 4.3.2 concurrent connections\r\n", true),
        (Step::Login, "454 4.7.0 too many concurrent sessions\r\n", false),
        (Step::Mail, TOO_MANY, true),
        (Step::Rcpt, TOO_MANY, true),
        (Step::Rcpt, "450 4.7.0 maximum of connections reached\r\n", false),
    ] {
        let sink = Sink::start_with_login().await;
        sink.answers(one_connection(step, words, hangs_up));
        let app = TestApp::with()
            .mail_server(sink.url())
            .settings(|settings| settings.limits.resets_per_manager = None)
            .start()
            .await;
        nothing_waits(&app).await;
        let max = app.sign_in_as(MAX).await;
        let people: Vec<_> = (10..40)
            .map(|number| format!("person{number}@blueheron.example"))
            .collect();
        press_many(&app, &people).await;
        app.trigger(&max, UMA).await.expect_status(200);
        let waiting = "SELECT count(*) FROM mails WHERE settled_at IS NULL AND created_at >= 1795527128000";
        app.until("all of them are settled", async || {
            nothing_is_wrong(&max).await;
            assert_eq!(
                app.number("SELECT count(*) FROM mails WHERE state = 'deferred'").await,
                0,
                "{step:?} {words}"
            );
            app.number(waiting).await == 0
        })
        .await;
        for email in people.iter().map(String::as_str).chain([UMA]) {
            assert_eq!(sink.times_taken(email), 1, "{email}, {step:?} {words}");
        }
        assert!(sink.beyond() > 0, "there was no second connection, {step:?} {words}");
        assert_eq!(app.number("SELECT count(*) FROM outages").await, 0, "{step:?} {words}");
        app.advance(60 * SECOND);
        nothing_is_wrong(&max).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k7_where_none_works_it_is_an_outage() {
    let sink = Sink::start().await;
    let app = TestApp::with().mail_server(sink.url()).start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of(UMA).await;
    app.trigger(&max, UMA).await.expect_status(200);
    app.page_says(&max, &page, "Mail accepted").await;
    // Connections from before are gone, and there are no others.
    sink.answers(|asked| {
        let is_refused = matches!(asked.step, Step::Greet | Step::Mail | Step::Other);
        is_refused.then(|| Answer::of("421 4.7.0 too many connections\r\n").and_hang_up())
    });
    app.advance(SECOND);
    app.trigger(&max, UMA).await.expect_status(200);
    app.page_says(&max, &page, "Mail delayed").await;
    assert_eq!(
        app.number("SELECT count(*) FROM outages WHERE ended_at IS NULL").await,
        1
    );
    sink.is_in_order();
    app.advance(rekey_domain::outage::PROBE_EVERY);
    // The page has said so of the first one all along.
    app.until("the second one is taken, too", async || sink.times_taken(UMA) == 2)
        .await;
    app.page_says(&max, &page, "Mail accepted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k7_another_process_that_gets_no_connection_leaves_the_mail_to_the_one_that_has_it() {
    let sink = Sink::start().await;
    sink.answers(one_connection(Step::Greet, "421 4.7.0 too many connections\r\n", true));
    let app = TestApp::with().mail_server(sink.url()).start().await;
    nothing_waits(&app).await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await.expect_status(200);
    let page = app.page_of(UMA).await;
    app.page_says(&max, &page, "Mail accepted").await;
    let other = app.one_more_with(&sink.url()).await;
    let there = app.sign_in_at(&other, MAX).await;
    let people: Vec<_> = (10..20)
        .map(|number| format!("person{number}@blueheron.example"))
        .collect();
    press_many(&app, &people).await;
    for _ in 0..20 {
        other.services().bell.ring();
        nothing_is_wrong(&there).await;
    }
    let waiting = "SELECT count(*) FROM mails WHERE settled_at IS NULL AND created_at >= 1795527128000";
    app.until("all of them are settled", async || {
        other.services().bell.ring();
        nothing_is_wrong(&there).await;
        app.number(waiting).await == 0
    })
    .await;
    assert_eq!(app.number("SELECT count(*) FROM outages").await, 0);
    for email in &people {
        assert_eq!(sink.times_taken(email), 1, "{email}");
    }
    other.stop().await;
}
