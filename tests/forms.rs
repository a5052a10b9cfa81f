//! What a form answers to whatever else may be sent to it: case C6, and every form with empty, oversized, binary,
//! doubled and unknown fields. Also what is there beside the pages.

use std::net::SocketAddr;

use rekey_domain::form_fields;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, PASSWORD, Page, SECOND, TestApp, link_of, password};

const FORM: &str = "application/x-www-form-urlencoded";
const KIB: usize = 1024;
const MOST_BYTES: usize = 16 * KIB;

async fn post_bytes(browser: &Client, path: &str, body: Vec<u8>) -> Page {
    let request = browser.request(Method::POST, path).header(CONTENT_TYPE, FORM);
    browser.send(request.body(body)).await
}

/// Rows that nothing of this may touch.
async fn rows(app: &TestApp) -> [i64; 5] {
    let mut counts = [0; 5];
    for (count, table) in counts.iter_mut().zip(["resets", "mails", "sessions", "asks", "links"]) {
        *count = app.number(&format!("SELECT count(*) FROM {table}")).await;
    }
    counts
}

/// A page for people: what happened, and a next step.
#[track_caller]
fn says_what_to_do(page: &Page, what: &str) {
    assert!(!page.heading().is_empty(), "{what}");
    let has_next_step = page.region("Please correct this form").is_some()
        || page.says("Go to the dashboard")
        || page.says("Forgot password?")
        || page.has_button("Send link");
    assert!(has_next_step, "{what}: {}", page.text());
    assert!(
        page.header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html")),
        "{what}"
    );
}

/// A living link of Uma's.
async fn umas_link(app: &TestApp, max: &Client) -> String {
    app.trigger(max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let page = app.page_of(UMA).await;
    app.page_says(max, &page, "Mail accepted").await;
    link
}

#[tokio::test]
async fn every_form_says_what_to_do_whatever_was_sent() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let stranger = app.client();
    let link = umas_link(&app, &max).await;
    let reset = format!("{}/reset", app.page_of(ADA).await);
    let person = app.page_of(UMA).await;
    let forms: [(&Client, &str, &[&str]); 10] = [
        (&stranger, "/login", &["email", "password", "keep", "next"]),
        (&stranger, "/reset-password", &["email"]),
        (&stranger, "/reset-password/open", &["link"]),
        (&stranger, &link, &["new_password"]),
        (&stranger, "/reset-password/nonsense", &["new_password"]),
        (&max, &reset, &["company"]),
        (&max, "/company/users/new", &["company", "name", "email", "role"]),
        (
            &max,
            &person,
            &["company", "name", "email", "was_name", "was_email", "role", "was_role"],
        ),
        (&max, "/account", &["name", "email", "current_password", "time_zone"]),
        (&max, "/account/password", &["current_password", "new_password"]),
    ];
    let (before, hashes) = (rows(&app).await, app.hash_runs());
    for (browser, path, fields) in forms {
        let first = fields[0];
        let mut bodies = vec![
            ("empty", Vec::new()),
            ("binary", (0..=255).collect()),
            (
                "no text",
                [0xff, 0xfe, 0x00, 0x80, b'&', b'=', b'%', b'&', b'&'].to_vec(),
            ),
            ("another type", br#"{"email":["a","b"]}"#.to_vec()),
            ("unknown", b"role=administrator".to_vec()),
            ("nested", format!("{first}[]=a&{first}[x]=b").into_bytes()),
            ("many", vec!["a=b"; form_fields::MOST].join("&").into_bytes()),
        ];
        for field in fields {
            bodies.push(("doubled", format!("{field}=uma&{field}=uma").into_bytes()));
            bodies.push(("blank", format!("{field}=+%09%0a").into_bytes()));
            bodies.push(("unknown beside", format!("{field}=uma&role=administrator").into_bytes()));
        }
        for (kind, body) in bodies {
            let what = format!("{kind} to {path}");
            let page = post_bytes(browser, path, body).await;
            let expected: &[u16] = if path.ends_with("/reset") {
                &[400]
            } else if path.ends_with("nonsense") {
                &[410]
            } else {
                &[422]
            };
            assert!(expected.contains(&page.status), "{what}: {}", page.status);
            says_what_to_do(&page, &what);
        }
        for (kind, body) in [
            ("1 MB", vec![b'a'; 1_000_000]),
            (
                "1 MB in a field",
                format!("{first}={}", "x".repeat(1_000_000)).into_bytes(),
            ),
            ("one field too many", "a=b&".repeat(form_fields::MOST).into_bytes()),
        ] {
            let what = format!("{kind} to {path}");
            let page = post_bytes(browser, path, body).await.expect_status(413);
            assert_eq!(page.heading(), "That is too much at once", "{what}");
            says_what_to_do(&page, &what);
        }
    }
    // These have no fields that anything could be wrong with: only their size can be.
    for path in [
        "/logout",
        "/account/reset",
        "/account/cancel-email",
        "/account/sessions/end-others",
        "/account/sessions/01980000-0000-7000-8000-000000000000/end",
    ] {
        post_bytes(&max, path, vec![b'a'; 1_000_000]).await.expect_status(413);
    }
    for id in ["01980000-0000-7000-8000-000000000000", "x", "%ff", "%00"] {
        let page = max.post(&format!("/account/sessions/{id}/end"), &[]).await;
        assert_eq!(page.status, 404, "{id}");
        says_what_to_do(&page, id);
    }
    assert_eq!(rows(&app).await, before, "nothing half done");
    assert_eq!(app.hash_runs(), hashes, "nothing was hashed");
    assert!(max.get("/dashboard").await.status == 200);

    // And the link still works.
    app.redeem(&link, &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn a_typed_address_is_kept() {
    let app = TestApp::start().await;
    for (path, fields) in [
        ("/login", &[("email", "a@b.example"), ("password", "wrong-one")][..]),
        ("/login", &[("email", "a@b.example"), ("password", "")]),
        ("/login", &[("email", "a@b.example"), ("password", "x"), ("role", "x")]),
        (
            "/login",
            &[("email", "a@b.example"), ("password", "x"), ("password", "x")],
        ),
        ("/reset-password", &[("email", "a@b.example"), ("x", "y")]),
        ("/reset-password", &[("email", "a@b.example"), ("email", "c@d.example")]),
    ] {
        let page = app.client().post(path, fields).await.expect_status(422);
        assert_eq!(page.value_of("Email"), "a@b.example", "{path} {fields:?}");
        assert!(!page.body.contains("wrong-one"));
    }
    let typed = "\"><script>alert(1)</script>";
    let page = app.client().post("/reset-password", &[("email", typed)]).await;
    assert_eq!(page.value_of("Email"), typed);
    assert!(!page.body.contains("<script>alert"));
}

#[tokio::test]
async fn c6_the_next_step_survives_a_refusal() {
    let app = TestApp::start().await;
    let browser = app.client();
    let page = browser.get("/login?next=/company?tab=users").await;
    let form = page.form("Sign in").fill("Email", MAX).fill("Password", "not-this-one");
    let page = browser.submit(form).await.expect_status(422);
    let form = page.form("Sign in").fill("Password", PASSWORD);
    assert_eq!(browser.submit(form).await.location(), "/company?tab=users");
}

#[tokio::test]
async fn c6_16_kib_and_not_a_byte_more() {
    let app = TestApp::start().await;
    let browser = app.client();
    let head = format!("email={UMA}&password=");
    let function = format!("input%5Bemail%5D={UMA}&input%5Bpassword%5D=");
    for (path, head, status) in [("/login", &head, 422), ("/api/sign-in", &function, 422)] {
        let exactly = format!("{head}{}", "x".repeat(MOST_BYTES - head.len()));
        assert_eq!(exactly.len(), MOST_BYTES);
        let before = app.hash_runs();
        post_bytes(&browser, path, exactly.clone().into_bytes())
            .await
            .expect_status(status);
        assert_eq!(app.hash_runs() - before, 1, "{path}");
        let before = app.hash_runs();
        for more in [1, 1_000_000] {
            let body = format!("{exactly}{}", "x".repeat(more));
            post_bytes(&browser, path, body.into_bytes()).await.expect_status(413);
        }
        assert_eq!(app.hash_runs(), before, "{path}");
    }
}

#[tokio::test]
async fn c6_every_server_function_refuses_what_is_too_large() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let before = app.hash_runs();
    let large = "x".repeat(1_000_000);
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        let body = format!("input%5Bpassword%5D={large}&token={large}&input%5Bnew_password%5D={large}");
        let request = max.request(method, path).header(CONTENT_TYPE, FORM).body(body);
        let answer = max.send(request).await.expect_status(413);
        assert!(answer.body.contains("send less"), "{path}: {}", answer.body);
    }
    assert_eq!(app.hash_runs(), before);
}

/// Sends these bytes and reads the answer until the connection ends.
async fn raw(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    // The server may answer before it has read everything.
    let _ = stream.write_all(request).await;
    read_all(stream).await
}

async fn read_all(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let end = tokio::time::timeout(10 * SECOND, stream.read_to_end(&mut answer)).await;
    end.expect("the server ends the connection").expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

/// A body in chunks, whose length no header tells.
fn chunked(path: &str, pieces: usize, last: bool) -> Vec<u8> {
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\
         Connection: close\r\n\r\n"
    )
    .into_bytes();
    let start = format!("email={UMA}&password=");
    request.extend(format!("{:x}\r\n{start}\r\n", start.len()).bytes());
    let piece = "x".repeat(4 * KIB);
    for _ in 0..pieces {
        request.extend(format!("{:x}\r\n{piece}\r\n", piece.len()).bytes());
    }
    if last {
        request.extend(b"0\r\n\r\n");
    }
    request
}

#[tokio::test]
async fn c6_a_body_in_chunks_is_counted_too() {
    let app = TestApp::start().await;
    let address = app.url().socket_addrs(|| None).expect("an address")[0];
    let before = app.hash_runs();
    for pieces in [4, 256] {
        let answer = raw(address, &chunked("/login", pieces, true)).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{pieces}: {answer:.200}");
        assert!(answer.contains("That is too much at once"), "{pieces}");
    }
    // One that never ends is refused as soon as it is too large.
    let answer = raw(address, &chunked("/login", 20, false)).await;
    assert!(
        answer.starts_with("HTTP/1.1 413 ") || answer.is_empty(),
        "{answer:.200}"
    );
    assert_eq!(app.hash_runs(), before);
    let answer = raw(address, &chunked("/login", 3, true)).await;
    assert!(answer.starts_with("HTTP/1.1 422 "), "{answer:.200}");
    assert_eq!(app.hash_runs() - before, 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_costs_nothing() {
    let app = TestApp::start().await;
    let address = app.url().socket_addrs(|| None).expect("an address")[0];
    let before = (app.hash_runs(), rows(&app).await);
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    let request = format!(
        "POST /reset-password HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\nContent-Length: 500\r\n\r\n\
         email={UMA}"
    );
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    drop(stream);
    for garbage in [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "POST /login HTTP/9.9\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        stream.write_all(garbage.as_bytes()).await.expect("it is sent");
        stream.shutdown().await.expect("nothing more comes");
        let answer = read_all(stream).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{garbage:?}: {answer:.200}"
        );
    }
    app.client().get("/login").await.expect_status(200);
    assert_eq!((app.hash_runs(), rows(&app).await), before);
}

#[tokio::test]
async fn health_is_told_to_anybody() {
    let app = TestApp::with().without_mail_server().start().await;
    for (path, words) in [("/health/live", "live\n"), ("/health/ready", "ready\n")] {
        let page = app.client().get(path).await.expect_status(200);
        assert_eq!(page.body, words);
        assert_eq!(page.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn what_is_the_demos_is_not_there() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(ADA).await;
    let unknown = browser.get("/nowhere").await.expect_status(404);
    assert_eq!(unknown.heading(), "Page not found");
    for path in [
        "/dev/mail",
        "/dev/mail.json",
        "/dev/mail/1",
        "/dev/style",
        "/dev",
        "/dev/clock",
    ] {
        let page = browser.get(path).await.expect_status(404);
        assert_eq!(page.without(""), unknown.without(""), "{path}");
    }
    let before = app.services().clock.now();
    for (path, fields) in [
        ("/dev/clock", ("advance", "86400")),
        ("/dev/mail/server", ("mode", "down")),
        ("/dev/mail/clear", ("x", "y")),
    ] {
        browser.post(path, &[fields]).await.expect_status(404);
    }
    assert_eq!(app.services().clock.now(), before);
}

#[tokio::test]
async fn no_page_has_a_template_and_each_has_one_heading() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let link = umas_link(&app, &max).await;
    let umas = app.page_of(UMA).await;
    for browser in [&app.client(), &max, &app.sign_in_as(UMA).await] {
        for path in [
            "/login",
            "/logout",
            "/reset-password",
            "/reset-password?sent=1",
            "/reset-password/open",
            "/reset-password/nonsense",
            &link,
            "/dashboard",
            "/company",
            "/company?tab=users&q=nobody-at-all",
            "/company/edit",
            &umas,
            "/company/users/x",
            "/settings",
            "/account",
            "/account/password",
            "/nowhere",
        ] {
            let page = browser.get(path).await;
            if page.status == 303 {
                continue;
            }
            assert!(!page.body.contains("<template"), "{path}");
            assert!(!page.heading().is_empty(), "{path}");
            assert!(page.title().ends_with("Rekey"), "{path}: {}", page.title());
        }
    }
}
