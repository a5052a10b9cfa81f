//! The doors of the demo, asked as a browser and as a program.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use rekey_domain::time::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

use super::{DevDoors, routes};
use crate::server::clock::Clock;
use crate::server::mail::recorder::{Behaviour, Recorder};

struct Demo {
    recorder: Recorder,
    clock: Clock,
    wakes: Arc<AtomicUsize>,
    router: Router,
}

fn demo() -> Demo {
    let clock = Clock::standing_at(Timestamp::from_millis(0));
    let recorder = Recorder::start(clock.clone()).unwrap();
    let wakes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&wakes);
    let router = routes(DevDoors {
        recorder: recorder.clone(),
        clock: clock.clone(),
        wake: Arc::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        }),
        stylesheet: "/pkg/b/rekey.css".to_owned(),
    });
    Demo {
        recorder,
        clock,
        wakes,
        router,
    }
}

impl Demo {
    async fn mail(&self, to: &str, subject: &str) {
        let mut client = TcpStream::connect(self.recorder.address()).await.unwrap();
        let conversation = format!(
            "EHLO c\r\nMAIL FROM:<r@x.example>\r\nRCPT TO:<{to}>\r\nDATA\r\nSubject: {subject}\r\n\
             Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\
             https://rekey.example/reset-password/abc?a=1&b=2\r\n--x\r\nContent-Type: text/html\r\n\r\n\
             <!doctype html><html><head></head><body>Hi</body></html>\r\n--x--\r\n.\r\nQUIT\r\n"
        );
        client.write_all(conversation.as_bytes()).await.unwrap();
        client.read_to_end(&mut Vec::new()).await.unwrap();
    }

    async fn get(&self, path: &str) -> Response<Body> {
        self.router
            .clone()
            .oneshot(Request::get(path).body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    async fn post(&self, path: &str, accept: &str, form: &str) -> Response<Body> {
        let request = Request::post(path)
            .header("accept", accept)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn the_mailbox_lists_and_shows_mails() {
    let demo = demo();
    assert!(text(demo.get("/dev/mail").await).await.contains("No mails yet."));
    demo.mail("uma@blueheron.example", "First").await;
    demo.mail("rob@blueheron.example", "<b>Second</b>").await;

    let page = demo.get("/dev/mail").await;
    assert_eq!(page.headers()["cache-control"], "no-store");
    let page = text(page).await;
    assert!(page.contains("<h1>Mailbox (development)</h1>"));
    assert!(page.contains("href=\"/pkg/b/rekey.css\""));
    assert!(page.contains("<option value=\"accept\" selected>"));
    assert!(!page.contains("<b>Second"), "a subject was not escaped");
    assert!(page.find("Second").unwrap() < page.find("First").unwrap());

    let page = text(demo.get("/dev/mail/1").await).await;
    assert!(page.contains("src=\"/dev/mail/1/html\""));
    assert!(page.contains("?a=1&#38;b=2\">Open link</a>"), "{page}");
    assert_eq!(demo.get("/dev/mail/3").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(demo.get("/dev/mail/x").await.status(), StatusCode::NOT_FOUND);

    let part = demo.get("/dev/mail/2/html").await;
    let policy = part.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(policy.contains("; sandbox "), "{policy}");
    assert!(
        text(part)
            .await
            .contains("<head><base target=\"_blank\"></head><body>Hi")
    );
}

#[tokio::test]
async fn the_json_is_filtered_by_address() {
    let demo = demo();
    demo.mail("uma@blueheron.example", "First").await;
    demo.mail("rob@blueheron.example", "Second").await;
    demo.mail("Uma@BlueHeron.example", "Third").await;

    let all: serde_json::Value = serde_json::from_str(&text(demo.get("/dev/mail.json").await).await).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 3);
    let hers = demo.get("/dev/mail.json?to=UMA%40blueheron.example").await;
    let hers: serde_json::Value = serde_json::from_str(&text(hers).await).unwrap();
    assert_eq!(hers[0]["subject"], "Third");
    assert_eq!(hers[1]["subject"], "First");
    assert_eq!(hers[1]["links"][0], "https://rekey.example/reset-password/abc?a=1&b=2");
    assert_eq!(hers[1]["at"], "1970-01-01T00:00:00Z");
    assert_eq!(hers.as_array().unwrap().len(), 2);
    assert_eq!(text(demo.get("/dev/mail.json?to=nobody").await).await, "[]");
}

#[tokio::test]
async fn browsers_are_led_back_and_programs_are_not() {
    let demo = demo();
    demo.mail("uma@blueheron.example", "First").await;
    let cleared = demo
        .post("/dev/mail/clear", "text/html,application/xhtml+xml", "")
        .await;
    assert_eq!(cleared.status(), StatusCode::SEE_OTHER);
    assert_eq!(cleared.headers()["location"], "/dev/mail");
    assert!(demo.recorder.mails().is_empty());
    assert_eq!(
        demo.post("/dev/mail/clear", "*/*", "").await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        demo.get("/dev/mail/clear").await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn the_mail_server_changes_by_its_four_modes() {
    let demo = demo();
    for (mode, behaviour) in [
        ("defer", Behaviour::Defer),
        ("refuse", Behaviour::Refuse),
        ("down", Behaviour::Down),
        ("accept", Behaviour::Accept),
    ] {
        let set = demo.post("/dev/mail/server", "*/*", &format!("mode={mode}")).await;
        assert_eq!(set.status(), StatusCode::NO_CONTENT);
        assert_eq!(demo.recorder.behaviour(), behaviour);
    }
    for wrong in ["mode=slow", "mode=", "", "other=defer"] {
        let refused = demo.post("/dev/mail/server", "*/*", wrong).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(text(refused).await.contains("accept, defer, refuse and down"));
    }
    assert_eq!(demo.recorder.behaviour(), Behaviour::Accept);
}

#[tokio::test]
async fn the_clock_moves_forward_and_wakes_the_worker() {
    let demo = demo();
    assert_eq!(
        demo.post("/dev/clock", "*/*", "advance=86400").await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(demo.clock.now(), Timestamp::from_millis(86_400_000));
    assert_eq!(demo.wakes.load(Ordering::SeqCst), 1);
    for wrong in [
        "advance=-1",
        "advance=1.5",
        "advance=315619201",
        "advance=99999999999999999999",
        "advance=",
        "",
    ] {
        let refused = demo.post("/dev/clock", "*/*", wrong).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(text(refused).await.contains("whole number of seconds"));
    }
    assert_eq!(demo.clock.now(), Timestamp::from_millis(86_400_000));
    assert_eq!(
        demo.post("/dev/clock", "*/*", "advance=315619200").await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(demo.wakes.load(Ordering::SeqCst), 2);
}

#[test]
fn the_refusal_names_the_real_limit() {
    assert_eq!(super::FURTHEST_ADVANCE_SECONDS, 315_619_200);
}
