//! Rekey in front of an application: `/auth/verify` as a proxy asks it (K4), and the way back after signing in (F6). The
//! same behind real proxies stands in `in_front`.

use std::time::Duration;

use rekey_domain::way_back::AppOrigins;
use reqwest::Method;
use reqwest::header::{COOKIE, HeaderValue};
use url::{Url, form_urlencoded};

use crate::support::in_front::REMOTE;
use crate::support::people::{ADA, MAX, ROB, UMA};
use crate::support::raw::Raw;
use crate::support::{Client, HOUR, PASSWORD, Page, TestApp};

/// What each of these headers of the answer says.
fn identity(answer: &Page) -> [String; 5] {
    REMOTE.map(|name| {
        let value = answer.headers.get(name).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    })
}

/// The `next` of the sign-in page that an answer leads to.
fn next_of(location: &str) -> Option<String> {
    let url = Url::parse(location).expect("a whole URL");
    assert_eq!(url.path(), "/login");
    let next = url.query_pairs().find(|(name, _)| name == "next");
    next.map(|(_, value)| value.into_owned())
}

async fn verify_with(browser: &Client, headers: &[(&str, &str)]) -> Page {
    let mut request = browser.request(Method::GET, "/auth/verify");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request).await
}

#[tokio::test]
async fn a_living_session_is_told_in_headers() {
    let app = TestApp::start().await;
    for (email, name, role) in [
        (ADA, "Ada%20Admin", "administrator"),
        (MAX, "Max%20Manager", "manager"),
        (UMA, "Uma%20User", "user"),
        (ROB, "Rob%20Reader", "read-only"),
    ] {
        let browser = app.sign_in_as(email).await;
        let answer = browser.get("/auth/verify").await.expect_status(200);
        let [user, address, told, home, as_role] = identity(&answer);
        assert_eq!(user, app.user_id(email).await.to_string());
        assert_eq!((address.as_str(), told.as_str(), as_role.as_str()), (email, name, role));
        let person = rekey::server::store::users::find(app.services().db.reader(), app.user_id(email).await).await;
        let person = person.expect("the database answers").expect("somebody");
        assert_eq!(home, person.company.to_string());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.body, "");
    }
}

#[tokio::test]
async fn a_name_is_percent_encoded_and_never_a_header_of_its_own() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    app.execute("UPDATE users SET name = 'Émile \"9%\" Łuk, ü;\u{1f600}' WHERE email_key = 'uma@blueheron.example'")
        .await;
    let [_, _, name, ..] = identity(&uma.get("/auth/verify").await);
    assert_eq!(name, "%C3%89mile%20%229%25%22%20%C5%81uk%2C%20%C3%BC%3B%F0%9F%98%80");
    // A line break, which no form lets through.
    app.execute(
        "UPDATE users SET name = 'Uma\r\nRemote-Role: administrator' WHERE email_key = 'uma@blueheron.example'",
    )
    .await;
    let [_, _, name, _, role] = identity(&uma.get("/auth/verify").await);
    assert_eq!(
        (name.as_str(), role.as_str()),
        ("Uma%0D%0ARemote-Role%3A%20administrator", "user")
    );
}

#[tokio::test]
async fn nobody_is_led_to_the_sign_in_page() {
    let app = TestApp::start().await;
    let sign_in = app.url().join("/login").expect("a URL").to_string();
    for (path, status) in [
        ("/auth/verify", 401),
        ("/auth/verify?redirect=1", 302),
        ("/auth/verify?redirect=0", 401),
    ] {
        let answer = app.client().get(path).await.expect_status(status);
        assert_eq!(answer.header("location"), Some(sign_in.as_str()));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(REMOTE.iter().all(|name| !answer.headers.contains_key(*name)));
    }
    for garbled in ["", "x", &"a".repeat(52)] {
        let browser = app.client();
        browser.plant_cookie("rekey", garbled);
        browser.get("/auth/verify").await.expect_status(401);
    }
    // Some proxies ask with the visitor's own method (K4).
    app.client().post("/auth/verify", &[]).await.expect_status(401);

    // After the idle end, with a word about it; after the sign-out, and the account's end, at once.
    let uma = app.sign_in_as(UMA).await;
    app.advance(HOUR);
    let answer = uma.get("/auth/verify").await.expect_status(401);
    assert_eq!(answer.header("location"), Some(format!("{sign_in}?done=idle").as_str()));
    let uma = app.sign_in_as(UMA).await;
    let cookie = uma.cookie("rekey").expect("signed in");
    uma.post("/logout", &[]).await.expect_status(303);
    let old = app.client();
    old.plant_cookie("rekey", &cookie);
    old.get("/auth/verify").await.expect_status(401);
    let rob = app.sign_in_as(ROB).await;
    app.execute("UPDATE users SET deleted_at = 1, password_hash = NULL WHERE email_key = 'rob@blueheron.example'")
        .await;
    rob.get("/auth/verify").await.expect_status(401);
}

#[tokio::test]
async fn it_costs_one_statement_and_writes_nothing_for_five_minutes() {
    let mut app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    app.rest().await;
    let before = app.writes();
    for _ in 0..5 {
        let cost = app
            .cost(async { uma.get("/auth/verify").await.expect_status(200) })
            .await;
        assert_eq!(cost, 1);
    }
    assert_eq!(app.writes(), before);
    let cost = app
        .cost(async { app.client().get("/auth/verify").await.expect_status(401) })
        .await;
    assert_eq!(cost, 0, "without a cookie there is nothing to look for");
}

/// A server that leads back to this application, and believes proxies on this machine.
async fn with_app(origin: &str) -> TestApp {
    let apps = AppOrigins::new(vec![origin.to_owned()]);
    TestApp::with()
        .settings(move |settings| settings.apps = apps)
        .trusted_proxies("127.0.0.0/8")
        .start()
        .await
}

#[tokio::test]
async fn f6_where_the_person_was_is_told_by_a_trusted_proxy_only_and_on_named_hosts_only() {
    let app = with_app("http://app.example.com").await;
    let browser = app.client();
    let page = "http://app.example.com/a?b=c&d=%2F";
    for headers in [
        &[("x-original-url", page)][..],
        &[
            ("x-forwarded-proto", "http"),
            ("x-forwarded-host", "App.Example.com"),
            ("x-forwarded-uri", "/a?b=c&d=%2F"),
        ],
    ] {
        let answer = verify_with(&browser, headers).await.expect_status(401);
        let location = answer.header("location").expect("a way");
        assert!(location.starts_with(app.url().as_str()), "{location}");
        assert_eq!(next_of(location).as_deref(), Some(page));
    }
    for elsewhere in [
        "//evil.example",
        "\\\\evil.example",
        "http://evil.example/",
        "http://user@app.example.com/",
        "http://app.example.com@evil.example/",
        "http://app.example.com:8080/",
        "https://app.example.com/",
        "javascript:alert(1)",
        "/dashboard",
        "",
    ] {
        let answer = verify_with(&browser, &[("x-original-url", elsewhere)]).await;
        let location = answer
            .expect_status(401)
            .header("location")
            .unwrap_or_default()
            .to_owned();
        assert_eq!(next_of(&location), None, "{elsewhere}");
    }
    let distrustful = TestApp::with()
        .settings(|settings| settings.apps = AppOrigins::new(vec!["http://app.example.com".to_owned()]))
        .start()
        .await;
    let answer = verify_with(&distrustful.client(), &[("x-original-url", page)]).await;
    assert_eq!(next_of(answer.header("location").expect("a way")), None);
}

#[tokio::test]
async fn f6_signing_in_leads_back_to_named_hosts_only() {
    let app = with_app("http://app.example.com").await;
    let browser = app.client();
    for (next, expected) in [
        ("http://app.example.com/a?b=c", "http://app.example.com/a?b=c"),
        ("/company", "/company"),
        ("//evil.example", "/dashboard"),
        ("\\\\evil.example", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
        ("http://evil.example/", "/dashboard"),
        ("http://user@app.example.com/", "/dashboard"),
        ("http://app.example.com@evil.example/", "/dashboard"),
        ("http://app.example.com:8080/", "/dashboard"),
        ("https://app.example.com/", "/dashboard"),
        ("javascript:alert(1)", "/dashboard"),
    ] {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("next", next)
            .finish();
        let page = app.client().get(&format!("/login?{query}")).await;
        let form = page.form("Sign in").fill("Email", UMA).fill("Password", PASSWORD);
        assert_eq!(app.client().submit(form).await.location(), expected, "{next}");
        let fields = [
            ("input[email]", UMA),
            ("input[password]", PASSWORD),
            ("input[next]", next),
        ];
        let answer = app.client().post("/api/sign-in", &fields).await.expect_status(200);
        assert_eq!(answer.body, format!(r#"{{"Go":{expected:?}}}"#), "{next}");
        // Signing out stays here.
        let answer = app.client().post("/logout", &[("next", next)]).await;
        let here = if next == "/company" {
            "/company"
        } else {
            "/login?done=signed-out"
        };
        assert_eq!(answer.location(), here, "{next}");
    }
    let policy = browser.get("/login").await;
    let policy = policy.header("content-security-policy").expect("a policy");
    assert!(policy.contains("form-action 'self' http://app.example.com"), "{policy}");
}

#[tokio::test]
async fn e5_the_cookie_of_a_domain() {
    let app = TestApp::with()
        .settings(|settings| {
            settings.public_url = Url::parse("https://accounts.rekey.example").expect("a URL");
            settings.cookie_domain = Some("rekey.example".to_owned());
        })
        .start()
        .await;
    let browser = app.sign_in_as(MAX).await;
    let secret = browser.cookie("__Secure-rekey").expect("signed in");
    browser.get("/auth/verify").await.expect_status(200);
    // Names that any other host may set, or that another setting gave, count for nothing.
    for name in ["rekey", "__Host-rekey"] {
        let other = app.client();
        other.plant_cookie(name, &secret);
        other.get("/auth/verify").await.expect_status(401);
    }
    let fields = [("email", MAX), ("password", PASSWORD)];
    for page in [
        app.client().post("/login", &fields).await,
        browser.post("/logout", &[]).await,
    ] {
        let cookie = page.header("set-cookie").expect("a cookie").to_owned();
        for attribute in ["Domain=rekey.example", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(
                cookie.split("; ").any(|found| found == attribute),
                "{attribute} in {cookie}"
            );
        }
    }
    assert_eq!(browser.cookie("__Secure-rekey"), None, "taken away");
    // What the next page is told stays on this host.
    let page = app.client().post("/reset-password", &[("email", UMA)]).await;
    assert!(!page.header("set-cookie").expect("a cookie").contains("Domain"));
}

/// How long an answer may take that waits for nothing, on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn k4_the_answer_comes_from_the_head_and_no_body_is_waited_for() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let cookie = format!("Cookie: rekey={}\r\n", uma.cookie("rekey").expect("signed in"));
    for (cookie, status) in [(cookie.as_str(), "200"), ("", "401"), ("Cookie: rekey=x\r\n", "401")] {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "PROPFIND"] {
            for announced in [
                "Content-Length: 77\r\n",
                "Content-Length: 50000000\r\n",
                "Content-Length: 9000000000000000\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Content-Length: 77\r\nExpect: 100-continue\r\n",
                "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n",
            ] {
                let mut connection = Raw::open(app.address()).await;
                let head = format!("{method} /auth/verify HTTP/1.1\r\nHost: x\r\n{cookie}{announced}\r\n");
                connection.send(head.as_bytes()).await;
                let answer = connection.head(AT_ONCE).await;
                let what = format!("{method} {announced:?} {cookie:?}: {answer}");
                assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}");
                // What comes later is no request: the connection has ended.
                assert!(answer.contains("\r\nconnection: close\r\n"), "{what}");
                assert_eq!(connection.rest(AT_ONCE).await, b"", "{what}");
            }
        }
    }
}

#[tokio::test]
async fn k4_a_body_is_never_taken_for_the_next_request() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let cookie = uma.cookie("rekey").expect("signed in");
    let inner = format!("GET /auth/verify HTTP/1.1\r\nHost: x\r\nCookie: rekey={cookie}\r\n\r\n");
    let length = inner.len();
    let mut connection = Raw::open(app.address()).await;
    let outer = format!("POST /auth/verify HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{inner}");
    connection.send(outer.as_bytes()).await;
    assert!(connection.head(AT_ONCE).await.starts_with("HTTP/1.1 401 "));
    assert_eq!(
        connection.rest(AT_ONCE).await,
        b"",
        "what was sent inside is answered by nobody"
    );

    // Without a body the connection is kept, and the next request is the next.
    let mut connection = Raw::open(app.address()).await;
    for announced in ["", "Content-Length: 0\r\n"] {
        let head = format!("GET /auth/verify HTTP/1.1\r\nHost: x\r\nCookie: rekey={cookie}\r\n{announced}\r\n");
        connection.send(head.as_bytes()).await;
        let answer = connection.head(AT_ONCE).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(!answer.contains("connection: close"), "{answer}");
    }
}

#[tokio::test]
async fn k4_what_another_site_sends_to_the_application_is_the_applications_to_refuse() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    for (browser, status) in [(&uma, 200), (&app.client(), 401)] {
        let request = browser.request(Method::POST, "/auth/verify");
        let request = request.header("sec-fetch-site", "cross-site");
        browser
            .send(
                request
                    .header("origin", "https://elsewhere.example")
                    .body("x".repeat(100_000)),
            )
            .await
            .expect_status(status);
    }
}

#[tokio::test]
async fn k4_only_pages_are_led_to_the_sign_in_page() {
    let app = TestApp::start().await;
    let browser = app.client();
    for (headers, status) in [
        (&[("sec-fetch-mode", "navigate")][..], 302),
        (&[("sec-fetch-mode", "navigate"), ("accept", "*/*")], 302),
        (&[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")], 302),
        (&[("sec-fetch-mode", "cors")], 401),
        (&[("sec-fetch-mode", "cors"), ("accept", "text/html")], 401),
        (&[("sec-fetch-mode", "no-cors"), ("accept", "image/avif,*/*")], 401),
        (&[("sec-fetch-mode", "websocket")], 401),
        (&[("accept", "application/json")], 401),
        (&[("accept", "image/avif,image/webp,*/*;q=0.8")], 401),
        (&[("x-requested-with", "XMLHttpRequest")], 401),
    ] {
        for (path, status) in [("/auth/verify?redirect=1", status), ("/auth/verify", 401)] {
            let mut request = browser.request(Method::GET, path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = browser.send(request).await;
            assert_eq!(answer.status, status, "{path} {headers:?}");
            let sign_in = app.url().join("/login").expect("a URL").to_string();
            assert_eq!(answer.header("location"), Some(sign_in.as_str()));
        }
    }
}

#[tokio::test]
async fn k4_next_leads_back_to_pages_only() {
    let app = with_app("http://app.example.com").await;
    let browser = app.client();
    let page = "http://app.example.com/orders/7";
    let whole = ("x-original-url", page);
    for (headers, is_led_back) in [
        (&[whole, ("sec-fetch-mode", "navigate")][..], true),
        (&[whole, ("accept", "text/html"), ("x-original-method", "GET")], true),
        (
            &[whole, ("sec-fetch-mode", "navigate"), ("x-original-method", "POST")],
            false,
        ),
        (
            &[whole, ("sec-fetch-mode", "navigate"), ("x-forwarded-method", "PUT")],
            false,
        ),
        (&[whole, ("sec-fetch-mode", "cors")], false),
        (&[whole, ("sec-fetch-mode", "no-cors"), ("accept", "image/png")], false),
        (&[whole, ("accept", "application/json")], false),
    ] {
        let answer = verify_with(&browser, headers).await;
        let next = next_of(answer.header("location").expect("a way"));
        assert_eq!(next.as_deref(), is_led_back.then_some(page), "{headers:?}");
    }
    // Where the proxy asks with the visitor's method.
    let request = browser
        .request(Method::POST, "/auth/verify")
        .header("x-original-url", page);
    let answer = browser.send(request).await;
    assert_eq!(next_of(answer.header("location").expect("a way")), None);
    // And here: what is for scripts is no page.
    for next in [
        "/api/session-left",
        "/pkg/rekey.css",
        "/auth/verify",
        "/x/../api/session-left",
    ] {
        let fields = [("email", UMA), ("password", PASSWORD), ("next", next)];
        let answer = app.client().post("/login", &fields).await;
        assert_eq!(answer.location(), "/dashboard", "{next}");
    }
}

#[tokio::test]
async fn f20_the_answer_has_the_visitors_cookies_without_ours() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let secret = uma.cookie("rekey").expect("signed in");
    for (sent, expected) in [
        (format!("rekey={secret}"), ""),
        (format!("rekey={secret}; rekey=q"), ""),
        (format!("a=1; rekey=q; rekey={secret}; b=2"), "a=1; b=2"),
        (
            format!("__Secure-rekey={secret}; a=1; __Host-rekey={secret}; rekey={secret}"),
            "a=1",
        ),
        (
            format!("REKEY={secret}; rekey-asked=x; rekey={secret}; xrekey=1"),
            "xrekey=1",
        ),
        (
            format!("l=Fran\u{e7}ais; rekey={secret}; q=\"x;y\""),
            "l=Fran\u{e7}ais; q=\"x;y\"",
        ),
    ] {
        let cookies = HeaderValue::from_bytes(sent.as_bytes()).expect("a value");
        let request = app
            .client()
            .request(Method::GET, "/auth/verify")
            .header(COOKIE, cookies);
        let answer = app.client().send(request).await.expect_status(200);
        let told = answer.headers.get(COOKIE).expect("there even when it is empty");
        assert_eq!(String::from_utf8_lossy(told.as_bytes()), expected);
        assert!(!format!("{:?}", answer.headers).contains(&secret));
    }
    // Strangers are told nothing.
    let request = app.client().request(Method::GET, "/auth/verify").header(COOKIE, "a=1");
    let answer = app.client().send(request).await.expect_status(401);
    assert!(!answer.headers.contains_key(COOKIE));
}
