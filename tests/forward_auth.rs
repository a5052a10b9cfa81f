//! Rekey in front of an application: `/auth/verify`, the way back after signing in (F6), and the same behind a real
//! nginx.

use rekey_domain::way_back::AppOrigins;
use reqwest::Method;
use reqwest::header::{COOKIE, HeaderName};
use url::{Url, form_urlencoded};

use crate::support::nginx::{Nginx, Place};
use crate::support::{Client, HOUR, PASSWORD, Page, SECOND, TestApp, link_of};

const ADA: &str = "ada@blueheron.example";
const MAX: &str = "max@blueheron.example";
const UMA: &str = "uma@blueheron.example";
const ROB: &str = "rob@blueheron.example";
const REMOTE: [&str; 5] = [
    "remote-user",
    "remote-email",
    "remote-name",
    "remote-company",
    "remote-role",
];

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
    app.client().post("/auth/verify", &[]).await.expect_status(405);

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
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    let (mut fewest, before) = (u64::MAX, app.writes());
    for _ in 0..5 {
        // The workers look at the queue meanwhile.
        let before = app.statements();
        uma.get("/auth/verify").await.expect_status(200);
        fewest = fewest.min(app.statements() - before);
    }
    assert_eq!(fewest, 1);
    assert_eq!(app.writes(), before);
    let mut fewest = u64::MAX;
    for _ in 0..5 {
        let before = app.statements();
        app.client().get("/auth/verify").await.expect_status(401);
        fewest = fewest.min(app.statements() - before);
    }
    assert_eq!(fewest, 0, "without a cookie there is nothing to look for");
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
        assert_eq!(answer.body, format!("{expected:?}"), "{next}");
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

/// Rekey and an application behind nginx.
async fn town() -> (TestApp, Nginx, Client) {
    let place = Place::find();
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
    let nginx = place.start(&app).await;
    (app, nginx, Client::new(accounts))
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

/// The values under a name.
fn values<'a>(headers: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let found = headers.iter().filter(|(found, _)| found == name);
    found.map(|(_, value)| value.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_leads_strangers_to_the_sign_in_page_and_back() {
    let (app, nginx, browser) = town().await;
    let page = nginx.page("/orders//7?sort=a&q=%C3%A9%20b");
    let page = page.as_str();
    let shown = sign_in_on_the_way(&browser, page, UMA).await;
    assert_eq!(shown.body, "the application's page");
    let reached = nginx.take_reached();
    let [(path, headers)] = &reached[..] else {
        panic!("strangers reached the application: {reached:?}")
    };
    assert_eq!(path, "/orders//7?sort=a&q=%C3%A9%20b");
    let id = app.user_id(UMA).await.to_string();
    assert_eq!(values(headers, "remote-user"), [id.as_str()]);
    assert_eq!(values(headers, "remote-email"), [UMA]);
    assert_eq!(values(headers, "remote-name"), ["Uma%20User"]);
    assert_eq!(values(headers, "remote-role"), ["user"]);
    assert_eq!(values(headers, "remote-company").len(), 1);

    // Posts too; and once signed out, nothing any more.
    browser.post(page, &[("a", "b")]).await.expect_status(200);
    let form = browser.get("/dashboard").await.form("Sign out");
    browser.submit(form).await.expect_status(303);
    browser.get(page).await.expect_status(302);
    browser.post(page, &[("a", "b")]).await.expect_status(302);
    assert_eq!(nginx.take_reached().len(), 1, "the first post");
    // The door itself is not to be asked from outside.
    browser.get(&nginx.page("/rekey-verify")).await.expect_status(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_lets_no_visitor_say_who_they_are() {
    let (app, nginx, browser) = town().await;
    let page = nginx.page("/");
    let forged = REMOTE.map(|name| (name, "administrator"));
    let mut request = app.client().request(Method::GET, &page);
    for (name, value) in forged {
        request = request.header(name, value);
    }
    browser.send(request).await.expect_status(302);
    assert_eq!(nginx.take_reached(), [], "a stranger");

    sign_in_on_the_way(&browser, &page, UMA).await;
    nginx.take_reached();
    let mut request = browser.request(Method::GET, &page);
    for (name, value) in forged {
        let with_line = HeaderName::from_bytes(name.replace('-', "_").as_bytes()).expect("a name");
        request = request.header(name, value).header(name, value).header(with_line, value);
    }
    browser.send(request).await.expect_status(200);
    let reached = nginx.take_reached();
    let (_, headers) = &reached[0];
    assert!(
        !headers.iter().any(|(_, value)| value == "administrator"),
        "{headers:?}"
    );
    assert_eq!(values(headers, "remote-role"), ["user"]);
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
async fn nginx_keeps_the_session_from_the_application_and_links_from_the_log() {
    let (app, nginx, browser) = town().await;
    let page = nginx.page("/");
    sign_in_on_the_way(&browser, &page, MAX).await;
    let secret = browser.cookie("rekey").expect("signed in");
    nginx.take_reached();
    for (cookies, expected) in [
        (format!("rekey={secret}"), None),
        (format!("rekey={secret}; a=1"), Some("a=1")),
        (format!("a=1; rekey={secret}; b=2"), Some("a=1; b=2")),
        (format!("xrekey=3; rekey={secret}"), Some("xrekey=3;")),
    ] {
        let request = app.client().request(Method::GET, &page).header(COOKIE, &cookies);
        app.client().send(request).await.expect_status(200);
        let reached = nginx.take_reached();
        let found = values(&reached[0].1, "cookie");
        assert_eq!(found.first().map(|value| value.trim_end()), expected, "{cookies}");
        assert!(!format!("{reached:?}").contains(&secret));
    }

    app.trigger(&browser, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    browser.get(&link).await.expect_status(200);
    browser.get(&format!("{link}/not-me")).await.expect_status(200);
    browser.get("/dashboard").await.expect_status(200);
    app.until("the log is written", async || {
        nginx.accounts_log().contains("GET /dashboard")
    })
    .await;
    let token = link.rsplit('/').next().expect("a token");
    assert!(!nginx.accounts_log().contains(token));
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_shows_nothing_while_rekey_can_not_say_who_it_is() {
    let (app, nginx, browser) = town().await;
    let page = nginx.page("/");
    sign_in_on_the_way(&browser, &page, UMA).await;
    nginx.take_reached();
    app.services().db.close().await.expect("it closes");
    app.advance(SECOND);
    browser.get(&page).await.expect_status(500);
    assert_eq!(nginx.take_reached(), []);
}
