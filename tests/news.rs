//! Open pages wait for news instead of asking again and again: what wakes them, and that waiting opens nothing (D2, E4).

use std::time::Duration;

use rekey::server::lookout::{Lookout, Subject};
use rekey::server::mail::recorder::Behaviour;
use rekey::server::work::{Piece, Trap};

use crate::support::people::{MAX, UMA};
use crate::support::{Client, HOUR, Page, SECOND, TestApp, link_of, password};

/// From a change to the answer; more than a busy machine needs, and far below what nothing would take.
const SOON: Duration = Duration::from_secs(10);
const LIST: &str = "/api/resets-list-since?query=tab%3Dresets";
const DASHBOARD: &str = "/api/dashboard-since?";

/// A page that follows something: its address, and the stamp of what it shows.
struct Open {
    client: Client,
    path: String,
    stamp: String,
}

impl Open {
    async fn of(client: Client, path: String) -> Self {
        let mut page = Self {
            client,
            path,
            stamp: String::new(),
        };
        page.ask().await;
        page
    }

    /// Asks without waiting; what has changed.
    async fn ask(&mut self) -> Option<Page> {
        let news = self.send("false").await.expect_status(200).news()?;
        self.stamp = news.stamp;
        Some(news.shown)
    }

    /// Asks, and waits until there is something to see.
    async fn wait(&mut self, lookout: &Lookout, event: impl Future<Output = ()>) -> Page {
        let before = lookout.pages();
        let event = async {
            // Not before the page waits.
            while lookout.pages() <= before {
                tokio::task::yield_now().await;
            }
            event.await;
        };
        let (woken, ()) = tokio::join!(tokio::time::timeout(SOON, self.send("true")), event);
        assert_eq!(woken.expect("it is woken").expect_status(200).body, "null");
        // It may be woken by what changed just before: then it waits on.
        tokio::time::timeout(SOON, async {
            loop {
                if let Some(changed) = self.ask().await {
                    return changed;
                }
                self.send("true").await.expect_status(200);
            }
        })
        .await
        .expect("the change is told")
    }

    /// What it shows once it says this, if `shown` does not yet.
    async fn until(&mut self, mut shown: Page, words: &str) -> Page {
        let says = async {
            while !shown.says(words) {
                match self.ask().await {
                    Some(changed) => shown = changed,
                    None => tokio::task::yield_now().await,
                }
            }
        };
        let is_said = tokio::time::timeout(SOON, says).await.is_ok();
        assert!(is_said, "{words} is missing in: {}", shown.text());
        shown
    }

    async fn send(&self, may_wait: &str) -> Page {
        let Self { client, path, stamp } = self;
        client.get(&format!("{path}&stamp={stamp}&may_wait={may_wait}")).await
    }
}

async fn person(app: &TestApp, client: Client) -> Open {
    let path = format!("/api/resets-since?id={}", app.user_id(UMA).await);
    Open::of(client, path).await
}

#[tokio::test]
async fn a_page_that_waits_is_woken_by_each_step() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let lookout = &app.services().lookout;
    app.recorder.set_behaviour(Behaviour::Defer);
    app.trigger(&max, UMA).await;
    app.page_says(&max, &app.page_of(UMA).await, "Mail delayed").await;
    let mut page = person(&app, app.sign_in_as(MAX).await).await;

    let accepted = page
        .wait(lookout, async {
            app.recorder.set_behaviour(Behaviour::Accept);
            app.advance(20 * SECOND);
        })
        .await;
    assert_eq!(accepted.state(), "accepted");
    let link = link_of(&app.mail_to(UMA).await);
    let used = page
        .wait(lookout, async {
            app.redeem(&link, &password(1)).await.expect_status(303);
        })
        .await;
    assert_eq!(used.state(), "used");
}

#[tokio::test]
async fn a_page_that_waits_is_woken_by_the_clock_alone() {
    let app = TestApp::with()
        .settings(|settings| {
            settings.session_limits.idle = 48 * HOUR;
            settings.session_limits.absolute = 48 * HOUR;
        })
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    let mut page = person(&app, max).await;
    let expired = page
        .wait(&app.services().lookout, async { app.advance(24 * HOUR) })
        .await;
    assert_eq!(expired.state(), "expired");
}

#[tokio::test]
async fn a_page_that_waits_is_woken_by_what_becomes_of_a_new_address() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let lookout = &app.services().lookout;
    app.recorder.set_behaviour(Behaviour::Refuse);
    let path = app.page_of(UMA).await;
    app.trigger(&max, UMA).await;
    app.page_says(&max, &path, "Mail refused").await;
    let entered = async |new: &str| {
        let form = max.get(&path).await.form("Save details").fill("Email", new);
        let answer = max.submit(form).await.expect_status(303);
        max.follow(&answer).await
    };

    app.recorder.set_behaviour(Behaviour::Defer);
    let page = entered("uma@gone.example").await;
    assert!(
        page.says("Links go to uma@gone.example once it is confirmed"),
        "{}",
        page.text()
    );
    let mut page = person(&app, app.sign_in_as(MAX).await).await;
    let woken = page
        .wait(lookout, async {
            app.recorder.set_behaviour(Behaviour::Refuse);
            app.advance(20 * SECOND);
        })
        .await;
    let said = "The mail that asks uma@gone.example to confirm was refused: no such mailbox.";
    let refused = page.until(woken, said).await;
    assert!(
        refused.says("New email uma@gone.example: the mail that asks to confirm it was refused, no such mailbox"),
        "{}",
        refused.text()
    );
    assert!(refused.says("Correct the address"), "{}", refused.text());
    let reloaded = max.get(&format!("{path}?done=email-entered")).await;
    assert!(
        reloaded.says(said) && !reloaded.says("is on its way"),
        "{}",
        reloaded.text()
    );

    app.recorder.set_behaviour(Behaviour::Accept);
    let again = entered("uma@new.example").await;
    assert!(
        again.says("New email uma@new.example, not confirmed yet"),
        "{}",
        again.text()
    );
    let mut page = person(&app, app.sign_in_as(MAX).await).await;
    let link = app.mail_to("uma@new.example").await.links;
    let link = link
        .iter()
        .find(|link| link.contains("/confirm-email/"))
        .expect("a link");
    let woken = page
        .wait(lookout, async {
            let browser = app.client();
            let form = browser.get(link).await.form("Confirm this address");
            browser.submit(form).await.expect_status(303);
        })
        .await;
    page.until(woken, "New email uma@new.example, counts from").await;
}

#[tokio::test]
async fn a_page_that_says_that_an_invitation_waits_says_that_it_was_refused() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Defer);
    let form = max.get("/company/users/new").await.form("Create user and send link");
    let form = form.fill("Name", "Nia New").fill("Email", "nia@gone.example");
    let answer = max.submit(form).await.expect_status(303);
    let created = max.follow(&answer).await;
    assert!(
        created.says("The invitation is waiting to be sent."),
        "{}",
        created.text()
    );
    let path = format!("/api/resets-since?id={}", app.user_id("nia@gone.example").await);
    let mut page = Open::of(app.sign_in_as(MAX).await, path).await;
    let woken = page
        .wait(&app.services().lookout, async {
            app.recorder.set_behaviour(Behaviour::Refuse);
            app.advance(20 * SECOND);
        })
        .await;
    page.until(woken, "Nia New: mail refused.").await;
}

#[tokio::test]
async fn a_list_that_waits_is_woken_by_a_press_on_another_server() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let other = app.one_more().await;
    let there = app.sign_in_at(&other, MAX).await;
    let mut list = Open::of(there, LIST.to_owned()).await;
    let changed = list
        .wait(&other.services().lookout, async {
            app.trigger(&max, UMA).await;
        })
        .await;
    assert_eq!(changed.rows()[0], "Uma User");
    other.stop().await;
}

#[tokio::test]
async fn a_dashboard_that_waits_is_woken_by_what_needs_attention_and_by_what_is_done_about_it() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let lookout = &app.services().lookout;
    let mut page = Open::of(app.sign_in_as(MAX).await, DASHBOARD.to_owned()).await;
    assert!(page.ask().await.is_none(), "nothing has changed");
    app.recorder.set_behaviour(Behaviour::Refuse);
    let woken = page
        .wait(lookout, async {
            app.trigger(&max, UMA).await;
        })
        .await;
    let refused = page.until(woken, "Mail refused Uma User no such mailbox").await;
    assert!(refused.has_button("Send again to Uma User"), "{}", refused.text());
    app.recorder.set_behaviour(Behaviour::Accept);
    let woken = page
        .wait(lookout, async {
            app.trigger(&max, UMA).await;
        })
        .await;
    let accepted = page.until(woken, "Mail accepted Uma User").await;
    assert!(!accepted.has_button("Send again to Uma User"), "{}", accepted.text());
}

#[tokio::test]
async fn a_server_that_stops_keeps_no_page_waiting() {
    let app = TestApp::start().await;
    let other = app.one_more().await;
    let list = Open::of(app.sign_in_at(&other, MAX).await, LIST.to_owned()).await;
    let lookout = other.services().lookout.clone();
    let stop = async {
        app.until("it waits", async || lookout.pages() == 1).await;
        other.stop().await;
    };
    let (answer, ()) = tokio::join!(tokio::time::timeout(SOON, list.send("true")), stop);
    assert_eq!(answer.expect("it is answered").expect_status(200).body, "null");
}

#[tokio::test]
async fn f16_nothing_is_watched_for_whom_the_role_table_refuses() {
    let app = TestApp::start().await;
    let of_uma = format!("/api/resets-since?id={}&stamp=&may_wait=true", app.user_id(UMA).await);
    let nobody = "/api/resets-since?id=01980000-0000-7000-8000-000000000000&stamp=&may_wait=true";
    let list = format!("{LIST}&stamp=&may_wait=true");
    let dashboard = format!("{DASHBOARD}&stamp=&may_wait=true");
    let batch = "/api/batch-since?id=01980000-0000-7000-8000-000000000000&query=&stamp=&may_wait=true";
    let lookout = &app.services().lookout;
    for (email, paths, status) in [
        ("quinn@quarry.example", &[of_uma.as_str(), nobody][..], 404),
        (MAX, &[nobody], 404),
        (UMA, &[&of_uma, &list, &dashboard, batch], 403),
        ("rob@blueheron.example", &[&of_uma, &list, &dashboard, batch], 403),
    ] {
        let browser = app.sign_in_as(email).await;
        for path in paths {
            browser.get(path).await.expect_status(status);
            assert_eq!(lookout.subjects(), 0, "{email} at {path}");
        }
    }
    app.client().get(&of_uma).await.expect_status(401);
    assert_eq!(lookout.subjects(), 0);
    // That they are counted at all.
    let max = app.sign_in_as(MAX).await;
    let watched = app.until("it is watched", async || lookout.subjects() == 1);
    let (answer, ()) = tokio::join!(max.get(&of_uma), watched);
    answer.expect_status(200);
}

#[tokio::test]
async fn f4_a_page_whose_news_fail_keeps_no_other_from_its_own() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let watch = Piece::Watched(Subject::Person(app.user_id(UMA).await));
    let traps = &app.services().work.traps;
    traps.set(Trap::Looked, watch);
    let of_uma = person(&app, app.sign_in_as(MAX).await).await;
    let waits = tokio::spawn(async move { of_uma.send("true").await.status });
    app.until("it fails", async || traps.sprung(Trap::Looked, watch) >= 2)
        .await;
    let mut list = Open::of(app.sign_in_as(MAX).await, LIST.to_owned()).await;
    let changed = list
        .wait(&app.services().lookout, async {
            app.trigger(&max, "rob@blueheron.example").await;
        })
        .await;
    assert_eq!(changed.rows()[0], "Rob Reader");
    app.client().get("/health/ready").await.expect_status(200);
    // It is looked at again, and the page is told.
    traps.clear(Trap::Looked, watch);
    app.advance(2 * HOUR);
    assert_eq!(
        tokio::time::timeout(SOON, waits)
            .await
            .expect("it is woken")
            .expect("an answer"),
        200
    );
}

#[tokio::test]
async fn d2_nobody_waits_for_news_of_others_and_e4_an_ended_session_gets_none() {
    let app = TestApp::start().await;
    let path = format!("/api/resets-since?id={}&stamp=&may_wait=true", app.user_id(UMA).await);
    let quinn = app.sign_in_as("quinn@quarry.example").await;
    quinn.get(&path).await.expect_status(404);
    app.sign_in_as("rob@blueheron.example")
        .await
        .get(&path)
        .await
        .expect_status(403);
    app.client().get(&path).await.expect_status(401);

    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    let page = person(&app, app.sign_in_as(MAX).await).await;
    let end = async {
        app.until("it waits", async || app.services().lookout.pages() == 1)
            .await;
        app.execute("DELETE FROM sessions").await;
        app.execute("UPDATE resets SET expires_at = expires_at - 90000000, asked_at = asked_at - 90000000")
            .await;
    };
    let (answer, ()) = tokio::join!(tokio::time::timeout(SOON, page.send("true")), end);
    // It learns that there may be news, but not which.
    assert_eq!(answer.expect("it is woken").expect_status(200).body, "null");
    page.send("true").await.expect_status(401);
}
