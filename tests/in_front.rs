//! Rekey in front of an application, behind real proxies: nginx and Caddy, by the documentation's own files (F20, K4).
//! Traefik's file is held to what Traefik says that it does.

use rekey_domain::way_back::AppOrigins;
use reqwest::Method;
use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::support::in_front::{InFront, Place, Proxy, REMOTE};
use crate::support::people::{MAX, UMA};
use crate::support::raw::Raw;
use crate::support::{Client, PASSWORD, Page, SECOND, TestApp, link_of};

/// How long an answer may take that waits for nothing, on a busy machine.
const AT_ONCE: std::time::Duration = std::time::Duration::from_secs(10);

/// Rekey and an application behind a proxy, by its file without these lines.
async fn town_without(proxy: Proxy, without: &[&str]) -> (TestApp, InFront, Client) {
    let place = Place::find(proxy);
    let (accounts, origin) = (place.accounts(), place.origin());
    let public_url = accounts.clone();
    let app = TestApp::with()
        .settings(move |settings| {
            settings.public_url = public_url;
            settings.apps = AppOrigins::new(vec![origin]);
        })
        .trusted_proxies("127.0.0.0/8")
        .start()
        .await;
    let in_front = place.start(&app, without).await;
    (app, in_front, Client::new(accounts))
}

async fn town(proxy: Proxy) -> (TestApp, InFront, Client) {
    town_without(proxy, &[]).await
}

/// Opens a page of the application as a stranger, and signs in on the way.
async fn sign_in_on_the_way(browser: &Client, page: &str, email: &str) -> Page {
    let answer = browser.get(page).await.expect_status(302);
    let form = browser.follow(&answer).await.expect_status(200).form("Sign in");
    let answer = browser
        .submit(form.fill("Email", email).fill("Password", PASSWORD))
        .await;
    assert_eq!(answer.expect_status(303).location(), page);
    browser.get(page).await.expect_status(200)
}

/// The `next` of the sign-in page that an answer leads to.
fn next_of(location: &str) -> Option<String> {
    let url = Url::parse(location).expect("a whole URL");
    assert_eq!(url.path(), "/login");
    let next = url.query_pairs().find(|(name, _)| name == "next");
    next.map(|(_, value)| value.into_owned())
}

async fn leads_strangers_to_the_sign_in_page_and_back(proxy: Proxy) {
    let (app, in_front, browser) = town(proxy).await;
    let page = in_front.page("/orders//7?sort=a&q=%C3%A9%20b");
    let page = page.as_str();
    let shown = sign_in_on_the_way(&browser, page, UMA).await;
    assert_eq!(shown.body, "the application's page");
    let reached = in_front.take_reached();
    let [request] = &reached[..] else {
        panic!("strangers reached the application: {reached:?}")
    };
    assert_eq!(request.path, "/orders//7?sort=a&q=%C3%A9%20b");
    let id = app.user_id(UMA).await.to_string();
    assert_eq!(request.values("remote-user"), [id.as_str()]);
    assert_eq!(request.values("remote-email"), [UMA]);
    assert_eq!(request.values("remote-name"), ["Uma%20User"]);
    assert_eq!(request.values("remote-role"), ["user"]);
    assert_eq!(request.values("remote-company").len(), 1);

    // Posts too; and once signed out, nothing any more.
    browser.post(page, &[("a", "b")]).await.expect_status(200);
    let form = browser.get("/dashboard").await.form("Sign out");
    browser.submit(form).await.expect_status(303);
    browser.get(page).await.expect_status(302);
    let answer = browser.post(page, &[("a", "b")]).await.expect_status(302);
    assert_eq!(next_of(&answer.location()), None, "nobody is led to what was posted");
    assert_eq!(in_front.take_reached().len(), 1, "the first post");
    // The door itself is not to be asked from outside.
    browser.get("/auth/verify").await.expect_status(404);
    if proxy == Proxy::Nginx {
        browser.get(&in_front.page("/rekey-verify")).await.expect_status(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_leads_strangers_to_the_sign_in_page_and_back() {
    leads_strangers_to_the_sign_in_page_and_back(Proxy::Nginx).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_leads_strangers_to_the_sign_in_page_and_back() {
    leads_strangers_to_the_sign_in_page_and_back(Proxy::Caddy).await;
}

async fn lets_no_visitor_say_who_they_are(proxy: Proxy) {
    let (app, in_front, browser) = town(proxy).await;
    let page = in_front.page("/");
    let forged = REMOTE.map(|name| (name, "administrator"));
    let mut request = app.client().request(Method::GET, &page);
    for (name, value) in forged {
        request = request.header(name, value);
    }
    browser.send(request).await.expect_status(302);
    assert_eq!(in_front.take_reached(), [], "a stranger");

    sign_in_on_the_way(&browser, &page, UMA).await;
    in_front.take_reached();
    let mut request = browser.request(Method::GET, &page);
    for (name, value) in forged {
        let with_line = HeaderName::from_bytes(name.replace('-', "_").as_bytes()).expect("a name");
        request = request.header(name, value).header(name, value).header(with_line, value);
    }
    browser.send(request).await.expect_status(200);
    let reached = in_front.take_reached();
    let headers = &reached[0].headers;
    assert!(
        !headers.iter().any(|(_, value)| value == "administrator"),
        "{headers:?}"
    );
    assert_eq!(reached[0].values("remote-role"), ["user"]);

    // As they are written on the wire, in any case.
    let cookie = browser.cookie("rekey").expect("signed in");
    let host = Url::parse(&page).expect("a URL").authority().to_owned();
    for spelt in [
        "REMOTE-USER",
        "remote_user",
        "Remote_User",
        "REMOTE_USER",
        "rEmote_rOLE",
        "Remote-Cookie",
    ] {
        let mut connection = Raw::open(host.parse().expect("an address")).await;
        let head =
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nCookie: rekey={cookie}\r\n{spelt}: administrator\r\n\r\n");
        connection.send(head.as_bytes()).await;
        assert!(connection.head(AT_ONCE).await.starts_with("HTTP/1.1 200 "));
        let reached = in_front.take_reached();
        let headers = &reached[0].headers;
        let is_forged = |(name, value): &(String, String)| name != "remote-cookie" && value == "administrator";
        assert!(!headers.iter().any(is_forged), "{spelt}: {headers:?}");
        assert_eq!(reached[0].values("remote-email"), [UMA]);
    }
    // Where somebody is led stays the proxy's to say.
    let request = app.client().request(Method::GET, &page);
    let request = request.header("x-original-url", "http://evil.example/");
    let answer = app
        .client()
        .send(request.header("x-forwarded-host", "evil.example"))
        .await;
    assert_eq!(next_of(&answer.location()).as_deref(), Some(page.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_lets_no_visitor_say_who_they_are() {
    lets_no_visitor_say_who_they_are(Proxy::Nginx).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_lets_no_visitor_say_who_they_are() {
    lets_no_visitor_say_who_they_are(Proxy::Caddy).await;
}

/// What browsers send beside a living session with this secret, and what the application may see of it.
fn cookie_lines(secret: &str) -> Vec<(Vec<Vec<u8>>, String)> {
    let line = |text: String| vec![text.into_bytes()];
    let many = vec![format!("other={}", "x".repeat(194)); 60].join("; ");
    vec![
        (line(format!("rekey={secret}")), String::new()),
        (line(format!("rekey={secret}; rekey=q")), String::new()),
        (line(format!("rekey=q; rekey={secret}")), String::new()),
        (
            line(format!("rekey=q; rekey={secret}; rekey={secret}; a=1; rekey={secret}")),
            "a=1".to_owned(),
        ),
        (
            line(format!(
                "__Secure-rekey={secret}; rekey={secret}; __Host-rekey={secret}; a=1"
            )),
            "a=1".to_owned(),
        ),
        (
            line(format!("Rekey={secret}; a=1; rekey={secret}; __SECURE-REKEY={secret}")),
            "a=1".to_owned(),
        ),
        (
            line(format!("a=1;rekey={secret};b=2;rekey-asked=x")),
            "a=1;b=2".to_owned(),
        ),
        (line(format!("xrekey=3; rekey={secret}")), "xrekey=3".to_owned()),
        (
            line(format!("a={{env.HOME}}$http_host; rekey={secret}; b=\"x;y\"; c")),
            "a={env.HOME}$http_host; b=\"x;y\"; c".to_owned(),
        ),
        (
            line(format!("lang=Fran\u{e7}ais; rekey={secret}; a=1")),
            "lang=Fran\u{e7}ais; a=1".to_owned(),
        ),
        (
            vec![[b"lang=Fran\xe7ais; rekey=".as_slice(), secret.as_bytes(), b"; a=1"].concat()],
            "lang=Fran\u{fffd}ais; a=1".to_owned(),
        ),
        (line(format!("{many}; rekey={secret}; rekey=q")), many),
        (
            vec![
                b"a=1".to_vec(),
                format!("rekey={secret}").into_bytes(),
                b"rekey=q; b=2".to_vec(),
            ],
            "a=1; b=2".to_owned(),
        ),
    ]
}

async fn keeps_the_session_from_the_application(proxy: Proxy) {
    let (app, in_front, browser) = town(proxy).await;
    let page = in_front.page("/");
    sign_in_on_the_way(&browser, &page, MAX).await;
    let secret = browser.cookie("rekey").expect("signed in");
    let reached = in_front.take_reached();
    assert_eq!(reached[0].values("cookie").concat(), "", "only ours came");
    for (lines, expected) in cookie_lines(&secret) {
        let mut request = app.client().request(Method::GET, &page);
        for line in &lines {
            request = request.header(COOKIE, HeaderValue::from_bytes(line).expect("a value"));
        }
        app.client().send(request).await.expect_status(200);
        let reached = in_front.take_reached();
        let what = String::from_utf8_lossy(&lines.concat()).into_owned();
        assert_eq!(reached[0].values("cookie").concat(), expected, "{what}");
        assert!(!format!("{reached:?}").contains(&secret), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f20_nginx_keeps_the_session_from_the_application_and_leaves_it_every_other_cookie() {
    keeps_the_session_from_the_application(Proxy::Nginx).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f20_caddy_keeps_the_session_from_the_application_and_leaves_it_every_other_cookie() {
    keeps_the_session_from_the_application(Proxy::Caddy).await;
}

/// What `Connection` names goes no further than the proxy: a visitor who names ours there would take them away.
async fn takes_no_name_away(proxy: Proxy) {
    let (app, in_front, browser) = town(proxy).await;
    let page = in_front.page("/");
    sign_in_on_the_way(&browser, &page, UMA).await;
    let cookie = format!("rekey={}", browser.cookie("rekey").expect("signed in"));
    in_front.take_reached();
    for named in [
        "Remote-Role",
        "Remote-User, remote-email, Remote-Name, Remote-Company, REMOTE-ROLE",
    ] {
        let request = app.client().request(Method::GET, &page);
        let request = request
            .header(COOKIE, &cookie)
            .header(reqwest::header::CONNECTION, format!("close, {named}"));
        app.client().send(request).await.expect_status(200);
        let reached = in_front.take_reached();
        for name in REMOTE {
            assert_eq!(reached[0].values(&name.to_lowercase()).len(), 1, "{named}: {name}");
        }
        assert_eq!(reached[0].values("remote-role"), ["user"], "{named}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f20_behind_nginx_a_visitor_takes_no_name_away() {
    takes_no_name_away(Proxy::Nginx).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f20_behind_caddy_a_visitor_takes_no_name_away() {
    takes_no_name_away(Proxy::Caddy).await;
}

/// The words of a list in the documented file, `[a, b]` behind this key.
fn list(file: &str, key: &str) -> Vec<String> {
    let rest = file.split_once(&format!("{key}: [")).expect("the list").1;
    let words = rest.split_once(']').expect("its end").0;
    words.split(',').map(|word| word.trim().to_owned()).collect()
}

/// The keys that the documented file gives an empty value.
fn emptied(file: &str) -> Vec<String> {
    let lines = file.lines().filter_map(|line| line.trim().strip_suffix(": \"\""));
    lines.map(str::to_owned).collect()
}

/// By the rules of Traefik's documentation: its `headers` middleware takes away what has an empty value; `forwardAuth` asks
/// with the visitor's headers, and for each of `authResponseHeaders` takes the visitor's away and puts the answer's there.
#[tokio::test]
async fn f20_traefik_by_its_rules_keeps_the_session_from_the_application() {
    let file = include_str!("../docs/forward-auth/traefik.yaml");
    assert!(file.contains("middlewares: [names, rekey]"), "in this order");
    assert!(file.contains("/auth/verify?redirect=1\n"));
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let secret = uma.cookie("rekey").expect("signed in");
    for (lines, expected) in cookie_lines(&secret) {
        let mut visitors = HeaderMap::new();
        for line in lines {
            visitors.append(COOKIE, HeaderValue::from_bytes(&line).expect("a value"));
        }
        for name in REMOTE {
            let with_line = HeaderName::from_bytes(name.replace('-', "_").as_bytes()).expect("a name");
            visitors.append(name, HeaderValue::from_static("administrator"));
            visitors.append(with_line, HeaderValue::from_static("administrator"));
        }
        for name in emptied(file) {
            visitors.remove(name.as_str());
        }
        let request = app.client().request(Method::GET, "/auth/verify?redirect=1");
        let answer = app
            .client()
            .send(request.headers(visitors.clone()))
            .await
            .expect_status(200);
        for name in list(file, "authResponseHeaders") {
            visitors.remove(name.as_str());
            for value in answer.headers.get_all(name.as_str()) {
                visitors.append(HeaderName::from_bytes(name.as_bytes()).expect("a name"), value.clone());
            }
        }
        assert!(!visitors.values().any(|value| value == "administrator"), "{visitors:?}");
        let cookies: Vec<_> = visitors
            .get_all(COOKIE)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        assert_eq!(cookies, [expected.as_str()]);
        assert!(REMOTE.iter().all(|name| visitors.contains_key(*name)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_keeps_links_from_the_log() {
    let (app, in_front, browser) = town(Proxy::Nginx).await;
    sign_in_on_the_way(&browser, &in_front.page("/"), MAX).await;
    app.trigger(&browser, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    browser.get(&link).await.expect_status(200);
    browser.get(&format!("{link}/not-me")).await.expect_status(200);
    browser.get("/dashboard").await.expect_status(200);
    app.until("the log is written", async || {
        in_front.accounts_log().contains("GET /dashboard")
    })
    .await;
    let token = link.rsplit('/').next().expect("a token");
    assert!(!in_front.accounts_log().contains(token));
}

async fn shows_nothing_while_rekey_can_not_say_who_it_is(proxy: Proxy, status: u16) {
    let (app, in_front, browser) = town(proxy).await;
    let page = in_front.page("/");
    sign_in_on_the_way(&browser, &page, UMA).await;
    in_front.take_reached();
    app.services().db.close().await.expect("it closes");
    app.advance(SECOND);
    browser.get(&page).await.expect_status(status);
    assert_eq!(in_front.take_reached(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_shows_nothing_while_rekey_can_not_say_who_it_is() {
    shows_nothing_while_rekey_can_not_say_who_it_is(Proxy::Nginx, 500).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_shows_nothing_while_rekey_can_not_say_who_it_is() {
    shows_nothing_while_rekey_can_not_say_who_it_is(Proxy::Caddy, 503).await;
}

/// Sends a large body to the application.
async fn an_upload_arrives(proxy: Proxy, without: &[&str]) {
    let (_app, in_front, browser) = town_without(proxy, without).await;
    let page = in_front.page("/upload");
    sign_in_on_the_way(&browser, &page, UMA).await;
    in_front.take_reached();
    for method in [Method::POST, Method::PUT] {
        for bytes in [1, 100_000, 1 << 20, 3_000_000] {
            let request = browser.request(method.clone(), &page).body("x".repeat(bytes));
            browser.send(request).await.expect_status(200);
            let reached = in_front.take_reached();
            assert_eq!(reached[0].bytes, bytes, "{method}");
            assert_eq!(reached[0].values("remote-email"), [UMA]);
        }
    }
    // And the next request is none the worse.
    browser.get(&page).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn k4_an_upload_arrives_behind_nginx_whether_or_not_it_hides_the_body_from_rekey() {
    an_upload_arrives(Proxy::Nginx, &[]).await;
    let about_the_body = ["proxy_pass_request_body off;", "proxy_set_header Content-Length \"\";"];
    an_upload_arrives(Proxy::Nginx, &about_the_body).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k4_an_upload_arrives_behind_caddy() {
    an_upload_arrives(Proxy::Caddy, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k4_a_scripts_call_is_told_401_and_not_led_to_a_page() {
    for proxy in Proxy::ALL {
        let (_app, in_front, browser) = town(proxy).await;
        for (headers, status) in [
            (&[("sec-fetch-mode", "navigate"), ("accept", "text/html")][..], 302),
            (&[("accept", "text/html,*/*;q=0.8")], 302),
            (&[("sec-fetch-mode", "cors"), ("accept", "*/*")], 401),
            (&[("sec-fetch-mode", "no-cors"), ("accept", "image/avif,*/*")], 401),
            (&[("accept", "application/json")], 401),
            (&[("accept", "text/htmlx")], 401),
            (&[("x-requested-with", "XMLHttpRequest")], 401),
        ] {
            let mut request = browser.request(Method::GET, &in_front.page("/data"));
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = browser.send(request).await;
            assert_eq!(answer.status, status, "{proxy:?} {headers:?}");
            if status == 302 {
                assert_eq!(next_of(&answer.location()), Some(in_front.page("/data")));
            }
        }
    }
}
