//! What a browser, and whoever misuses one, finds: cases F1 to F7, and C4.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::server_fn::axum::server_fn_paths;
use rekey::server::store::entity::activity;
use rekey::server::work::Trap;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use url::{Url, form_urlencoded};

use crate::support::people::{MAX, UMA};
use crate::support::{Client, PASSWORD, Page, SERVER_FUNCTIONS, TestApp, link_of, log, not_me_of, password};

const FORM: &str = "application/x-www-form-urlencoded";

/// A server, the manager's browser on it, a living link of Uma's, and two links "This was not me" of others.
struct Town {
    app: TestApp,
    max: Client,
    link: String,
    /// Uma's page.
    page: String,
    /// Of a living link.
    withdraw: String,
    /// Of the notice of a change.
    disavow: String,
    /// Of the mail to a new address.
    confirm: String,
    /// Of the mail to the old one.
    stop: String,
}

impl Town {
    async fn new() -> Self {
        let app = TestApp::with()
            .settings(|settings| settings.ask_tick = Duration::from_hours(1))
            // The same form is posted more often than an address and a person have links.
            .settings(|settings| settings.limits.asks_per_email = None)
            .settings(|settings| settings.limits.resets_per_person = None)
            .start()
            .await;
        let max = app.sign_in_as(MAX).await;
        app.trigger(&max, UMA).await;
        let link = link_of(&app.mail_to(UMA).await);
        let page = app.page_of(UMA).await;
        app.page_says(&max, &page, "Mail accepted").await;
        let [withdraw, disavow] = ["person38@blueheron.example", "person39@blueheron.example"];
        app.trigger(&max, withdraw).await;
        app.trigger(&max, disavow).await;
        let withdraw = not_me_of(&app.mail_to(withdraw).await);
        let used = link_of(&app.mail_to(disavow).await);
        app.redeem(&used, &password(9)).await.expect_status(303);
        let disavow = not_me_of(&app.mails_to(disavow, 2).await[1]);
        let changing = "person36@blueheron.example";
        let form = max.get(&app.page_of(changing).await).await.form("Save details");
        max.submit(form.fill("Email", "new@new.example"))
            .await
            .expect_status(303);
        let link_in = |mail: rekey::server::mail::recorded::ReadMail| {
            let link = mail.links.into_iter().find(|link| link.contains("-email/"));
            link.expect("such a link")
        };
        let confirm = link_in(app.mail_to("new@new.example").await);
        let stop = link_in(app.mail_to(changing).await);
        Self {
            app,
            max,
            link,
            page,
            withdraw,
            disavow,
            confirm,
            stop,
        }
    }

    fn token(&self) -> &str {
        self.link.rsplit('/').next().unwrap_or_default()
    }

    /// Every POST there is, with a body that would do something.
    async fn posts(&self) -> Vec<(String, String)> {
        let company = self.app.services().db.reader();
        let uma = self.app.user_id(UMA).await;
        let person = rekey::server::store::users::find(company, uma).await;
        let company = person.expect("the database answers").expect("Uma").company;
        let (token, new) = (self.token(), password(1));
        let gone = self.app.page_of("person37@blueheron.example").await;
        let nils = self.app.user_id("person01@heronnord.example").await;
        let nils = rekey::server::store::users::find(self.app.services().db.reader(), nils).await;
        let child = nils.expect("the database answers").expect("Nils").company;
        // Max may give no access: of another company's person he hears that they are not found.
        let quinn = self.app.page_of("quinn@quarry.example").await;
        let mut posts: Vec<_> = [
            ("/login", format!("email={MAX}&password={PASSWORD}")),
            ("/logout", String::new()),
            ("/reset-password", format!("email={UMA}")),
            (&self.link, format!("new_password={new}")),
            (&self.withdraw, "what_happened=not-asked".to_owned()),
            (&self.disavow, "not_me=yes".to_owned()),
            ("/reset-password/open", format!("link={token}")),
            (&format!("{}/reset", self.page), format!("company={company}")),
            (&format!("{}/revoke", self.page), format!("company={company}")),
            ("/company/edit", format!("company={company}&version=0")),
            ("/account", "name=Some+Body&time_zone=".to_owned()),
            (
                "/account/password",
                format!("current_password={PASSWORD}&new_password={new}"),
            ),
            ("/account/reset", String::new()),
            ("/account/cancel-email", String::new()),
            (&format!("{}/cancel-email", self.page), format!("company={company}")),
            (&self.confirm, String::new()),
            (&self.stop, String::new()),
            ("/account/sessions/end-others", String::new()),
            (
                "/account/sessions/01980000-0000-7000-8000-000000000000/end",
                String::new(),
            ),
            (
                "/company/users/new",
                format!("company={company}&name=New+Person&email=new@blueheron.example&role=user"),
            ),
            (
                "/company/users/import",
                format!("company={company}&lines=New+Person,imported@blueheron.example"),
            ),
            // Somebody else's draft is not found.
            (
                "/company/users/import/invite",
                format!("company={company}&draft={}", uma.as_uuid()),
            ),
            (&self.page, format!("company={company}&name=Uma+User&was_name=Uma+User")),
            (&format!("{}/sign-out", self.page), format!("company={company}")),
            (&format!("{gone}/delete"), format!("company={company}")),
            (&format!("{gone}/restore"), format!("company={company}")),
            (&format!("/companies/{child}/switch"), format!("company={company}")),
            ("/companies/back", format!("company={company}")),
            (
                &format!("{quinn}/give-access"),
                format!("company={company}&child={child}"),
            ),
            (
                &format!("{quinn}/remove-access"),
                format!("company={company}&child={child}"),
            ),
            ("/nowhere", String::new()),
        ]
        .map(|(path, body)| (path.to_owned(), body))
        .into();
        for (path, method) in server_fn_paths().filter(|(_, method)| *method == Method::POST) {
            let body = match path {
                "/api/sign-in" => format!("input[email]={MAX}&input[password]={PASSWORD}"),
                "/api/ask-for-link" => format!("input[email]={UMA}"),
                "/api/redeem-link" => format!("input[token]={token}&input[new_password]={new}"),
                "/api/change-password" => {
                    format!("input[current_password]={PASSWORD}&input[new_password]={new}")
                }
                "/api/save-details" => "input[name]=Some+Body&input[time_zone]=".to_owned(),
                other => {
                    let function = SERVER_FUNCTIONS.iter().find(|(path, _)| *path == other);
                    let (_, fields) = function.unwrap_or_else(|| panic!("{method} {other} is not among the functions"));
                    let fill = |text: &str| {
                        text.replace("{company}", &company.to_string())
                            .replace("{uma}", &uma.to_string())
                    };
                    let pairs = fields.iter().map(|(name, value)| (*name, fill(value)));
                    form_urlencoded::Serializer::new(String::new())
                        .extend_pairs(pairs)
                        .finish()
                }
            };
            posts.push((path.to_owned(), body));
        }
        posts
    }

    async fn rows(&self) -> [i64; 7] {
        let mut counts = [0; 7];
        let tables = ["resets", "mails", "sessions", "asks", "links", "activity", "disavowals"];
        for (count, table) in counts.iter_mut().zip(tables) {
            *count = self.app.number(&format!("SELECT count(*) FROM {table}")).await;
        }
        counts
    }
}

#[tokio::test]
async fn f1_what_another_site_sends_is_refused_everywhere() {
    let town = Town::new().await;
    let before = (town.rows().await, town.app.hash_runs());
    let ours = town.app.url().origin().ascii_serialization();
    let refused: [&[(&str, &str)]; 11] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "")],
        &[("sec-fetch-site", "nonsense")],
        &[("sec-fetch-site", "cross-site"), ("origin", &ours)],
        &[("sec-fetch-site", "same-site"), ("origin", &ours)],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:1")],
        &[("origin", "http://127.0.0.1.evil.example")],
        &[("origin", "")],
    ];
    for (path, body) in town.posts().await {
        for headers in refused {
            for kind in [
                FORM,
                "text/plain",
                "application/json",
                "multipart/form-data; boundary=x",
            ] {
                let mut request = town.max.request(Method::POST, &path).header(CONTENT_TYPE, kind);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let answer = town.max.send(request.body(body.clone())).await;
                assert_eq!(answer.status, 403, "{path} with {headers:?} as {kind}");
                assert!(answer.header("set-cookie").is_none());
                if path.starts_with("/api/") {
                    assert!(answer.body.contains("Open Rekey itself"), "{path}: {}", answer.body);
                } else {
                    assert_eq!(answer.heading(), "This form came from another site", "{path}");
                    assert!(answer.says("Open Rekey itself and use the form there."));
                }
            }
        }
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let request = town
            .max
            .request(method, "/login")
            .header("sec-fetch-site", "cross-site");
        town.max.send(request).await.expect_status(403);
    }
    assert_eq!((town.rows().await, town.app.hash_runs()), before, "nothing was done");
}

#[tokio::test]
async fn f1_what_our_pages_and_no_browser_send_passes() {
    let town = Town::new().await;
    let ours = town.app.url().origin().ascii_serialization();
    let passing: [&[(&str, &str)]; 5] = [
        &[],
        &[("origin", &ours)],
        &[("sec-fetch-site", "same-origin"), ("origin", &ours)],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "same-origin"), ("origin", "null")],
    ];
    let own = [
        "/account",
        "/api/save-details",
        "/api/change-password",
        "/api/stay-signed-in",
    ];
    let mut person = 11;
    for (path, body) in town.posts().await {
        for headers in passing {
            // Somebody new each time: signing out would end the session of the next.
            let stranger = if own.iter().any(|own| path.starts_with(own)) {
                // And a new password shuts the old one out.
                if path.ends_with("password") {
                    person += 1;
                }
                let email = if path.ends_with("password") {
                    format!("person{person}@blueheron.example")
                } else {
                    "person40@blueheron.example".to_owned()
                };
                town.app.sign_in_as(&email).await
            } else {
                town.app.client()
            };
            let is_managers =
                (path.contains("reset") && !path.contains("/reset-password") && !path.starts_with("/account"))
                    || path.starts_with("/company/")
                    || body.contains("company%5D=");
            let browser = if is_managers { &town.max } else { &stranger };
            let mut request = browser.request(Method::POST, &path).header(CONTENT_TYPE, FORM);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = browser.send(request.body(body.clone())).await;
            // A link that was used a moment ago is gone, and what is nowhere is not found.
            // A company that was edited a moment ago is another version.
            let is_edit = path == "/company/edit" || path == "/api/save-company";
            let expected = if is_edit {
                [200, 303, 403, 409]
            } else {
                [200, 303, 404, 410]
            };
            assert!(
                expected.contains(&answer.status),
                "{path} with {headers:?}: {}",
                answer.status
            );
            assert_eq!(
                answer.status == 404,
                path == "/nowhere" || ["/end", "/invite", "-access"].iter().any(|end| path.ends_with(end)),
                "{path}"
            );
        }
    }
    // Reading is nobody's harm: a link in somebody's mail is followed across sites.
    let request = town.max.request(Method::GET, "/dashboard");
    let request = request.header("sec-fetch-site", "cross-site");
    town.max.send(request).await.expect_status(200);
}

#[tokio::test]
async fn f2_nothing_that_changes_anything_answers_a_get() {
    let town = Town::new().await;
    let before = (town.rows().await, town.app.hash_runs());
    for (path, body) in town.posts().await {
        // These are pages too; their GET is one of the readings below.
        let is_page = matches!(
            path.as_str(),
            "/login"
                | "/logout"
                | "/nowhere"
                | "/account"
                | "/account/password"
                | "/company/users/new"
                | "/company/users/import"
                | "/company/edit"
        ) || path == town.page
            || path.ends_with("/delete")
            || path.ends_with("/restore")
            || path.contains("/reset-password")
            || path.contains("/not-me")
            || path.contains("/confirm-email/")
            || path.contains("/stop-email/");
        for method in [Method::GET, Method::HEAD] {
            let request = town.max.request(method.clone(), &format!("{path}?{body}"));
            let answer = town.max.send(request).await;
            if is_page {
                assert!(matches!(answer.status, 200 | 303 | 404), "{method} {path}");
            } else {
                assert_eq!(answer.status, 405, "{method} {path}");
                assert_eq!(answer.header("allow"), Some("POST"), "{method} {path}");
            }
        }
        if !is_page {
            for method in [Method::PUT, Method::DELETE, Method::PATCH] {
                let answer = town.max.send(town.max.request(method, &path)).await;
                answer.expect_status(405);
            }
        }
    }
    for (path, method) in server_fn_paths() {
        if method == Method::GET {
            town.max.post(path, &[]).await.expect_status(405);
        }
    }
    town.max.get("/api/no-such-function").await.expect_status(404);
    town.max.post("/api/no-such-function", &[]).await.expect_status(404);
    assert_eq!((town.rows().await, town.app.hash_runs()), before);
    assert_eq!(town.max.get("/dashboard").await.status, 200, "still signed in");
}

/// The nonce in the answer's policy.
fn nonce_of(page: &Page) -> String {
    let policy = page.header("content-security-policy").expect("a policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
    nonce.expect("a nonce").to_owned()
}

/// Answers of every kind.
async fn answers(town: &Town) -> Vec<(String, Page)> {
    let stranger = town.app.client();
    let mut all = Vec::new();
    for path in [
        "/",
        "/login",
        "/logout",
        "/reset-password",
        "/reset-password?sent=1",
        "/reset-password/open",
        "/reset-password/nonsense",
        &town.link,
        &town.withdraw,
        &town.disavow,
        &town.confirm,
        &town.stop,
        "/confirm-email/done?done=email-counts",
        "/stop-email/nonsense",
        "/not-me/done?done=change-disavowed",
        "/not-me/nonsense",
        "/dashboard",
        "/company",
        "/company?tab=resets",
        "/company/edit",
        &town.page,
        "/company/users/x",
        "/nowhere",
        "/api/session-left",
        "/api/nothing",
        "/api/resets-since?id=x&stamp=",
        "/api/trigger-reset",
        "/auth/verify",
        "/health/live",
        "/health/ready",
        "/favicon.svg",
        "/robots.txt",
        "/pkg/nothing/here.js",
        "/pkg/dev/rekey.css",
    ] {
        all.push((format!("GET {path}"), town.max.get(path).await));
        all.push((format!("GET {path}, signed out"), stranger.get(path).await));
    }
    for (path, fields) in [
        ("/login", &[("email", ""), ("password", "")][..]),
        ("/login", &[("x", "y")]),
        ("/reset-password", &[("email", "")]),
        ("/api/sign-in", &[]),
        ("/nowhere", &[]),
        ("/dashboard", &[]),
    ] {
        all.push((format!("POST {path}"), stranger.post(path, fields).await));
    }
    let large = stranger.request(Method::POST, "/login").body("x".repeat(20_000));
    all.push(("413".to_owned(), stranger.send(large).await));
    let foreign = stranger.request(Method::POST, "/login").header("origin", "null");
    all.push(("403".to_owned(), stranger.send(foreign).await));
    all
}

#[tokio::test]
async fn f3_every_answer_has_a_strict_policy_with_a_nonce_of_its_own() {
    let town = Town::new().await;
    let mut nonces = BTreeSet::new();
    for (what, page) in answers(&town).await {
        let policy = page.header("content-security-policy");
        let policy = policy.unwrap_or_else(|| panic!("no policy: {what}"));
        let nonce = nonce_of(&page);
        assert!(nonce.len() >= 22, "128 bits: {what}");
        for part in [
            "default-src 'self'",
            "'strict-dynamic'",
            "'wasm-unsafe-eval'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{part}: {what}");
        }
        for part in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"] {
            assert!(!policy.contains(part), "{part}: {what}");
        }
        assert!(nonces.insert(nonce.clone()), "the same nonce again: {what}");

        let as_attribute = page.body.matches(&format!("nonce=\"{nonce}\"")).count();
        assert_eq!(page.body.matches(&nonce).count(), as_attribute, "elsewhere too: {what}");
        let scripts = page.body.matches("<script").count();
        let with_nonce = page
            .body
            .split("<script")
            .skip(1)
            .filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains(&nonce)));
        assert_eq!(with_nonce.count(), scripts, "{what}");
        // The icon is an image: what it says of its own colours, in light and dark, styles no page.
        let is_image = page.header("content-type") == Some("image/svg+xml");
        let of_pages = ["<style"].into_iter().filter(|_| !is_image);
        for inline in [" style=", " onclick=", " onload=", " onerror=", "javascript:"]
            .into_iter()
            .chain(of_pages)
        {
            assert!(!page.body.contains(inline), "{inline}: {what}");
        }
    }
    assert!(nonces.len() > 50);
}

#[tokio::test]
async fn f4_a_links_page_tells_nobody_of_the_link() {
    let town = Town::new().await;
    let browser = town.app.client();
    let refused = browser.post(&town.link, &[("new_password", "short")]).await;
    let token = town.token();
    for page in [
        browser.get(&town.link).await.expect_status(200),
        refused.expect_status(422),
    ] {
        assert_eq!(page.header("referrer-policy"), Some("strict-origin"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("x-robots-tag"), Some("noindex"));
        let html = page.html();
        let mut in_attributes = Vec::new();
        for element in html.root_element().descendent_elements() {
            for (name, value) in element.value().attrs() {
                let value = value.trim().to_lowercase();
                let leaves = ["http:", "https:", "//", "ws:", "wss:", "data:"];
                assert!(!leaves.iter().any(|start| value.starts_with(start)), "{name}={value}");
                if value.contains(token) {
                    in_attributes.push((name.to_owned(), value));
                }
            }
        }
        let form = ("action".to_owned(), format!("/reset-password/{token}"));
        let not_me = ("href".to_owned(), format!("/reset-password/{token}/not-me"));
        assert_eq!(in_attributes, [form, not_me], "nowhere but where the page leads");
    }
    for link in [&town.withdraw, &town.disavow] {
        let path = Url::parse(link).expect("a link").path().to_owned();
        let token = path.split('/').find(|part| part.len() == 52).expect("a token");
        for page in [
            browser.get(link).await.expect_status(200),
            browser.post(link, &[]).await.expect_status(422),
        ] {
            assert_eq!(page.header("referrer-policy"), Some("strict-origin"));
            assert_eq!(page.header("cache-control"), Some("no-store"));
            assert_eq!(page.header("x-robots-tag"), Some("noindex"));
            assert_eq!(page.body.matches(token).count(), 1, "{path}");
            assert!(page.body.contains(&format!("action=\"{path}\"")), "{path}");
        }
    }
    for (what, page) in answers(&town).await {
        assert_eq!(page.header("referrer-policy"), Some("strict-origin"), "{what}");
        let is_file = what.contains(".svg") || what.contains("robots");
        if !is_file {
            assert_eq!(page.header("cache-control"), Some("no-store"), "{what}");
        }
    }
}

#[tokio::test]
async fn f5_every_answer_has_the_headers() {
    let town = Town::new().await;
    for (what, page) in answers(&town).await {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(page.header(name), Some(value), "{name}: {what}");
        }
        let permissions = page.header("permissions-policy");
        assert!(permissions.is_some_and(|policy| policy.contains("camera=()")), "{what}");
        assert_eq!(page.header("strict-transport-security"), None, "plain http: {what}");
        assert_eq!(page.header("server"), None);
    }

    let app = TestApp::with()
        .settings(|settings| settings.public_url = Url::parse("https://accounts.rekey.example").expect("a URL"))
        .start()
        .await;
    for path in [
        "/login",
        "/nowhere",
        "/favicon.svg",
        "/api/session-left",
        "/health/live",
    ] {
        let page = app.client().get(path).await;
        let strict = page.header("strict-transport-security").unwrap_or_default();
        assert!(strict.starts_with("max-age=31536000"), "{path}: {strict}");
    }
    // And then the origin is the public one, not the address that it listens at.
    for (origin, status) in [
        ("https://accounts.rekey.example", 422),
        ("http://accounts.rekey.example", 403),
        (app.url().origin().ascii_serialization().as_str(), 403),
    ] {
        let browser = app.client();
        let request = browser.request(Method::POST, "/login").header("origin", origin);
        browser.send(request).await.expect_status(status);
    }
}

#[tokio::test]
async fn f6_next_leads_to_a_page_of_ours() {
    let app = TestApp::start().await;
    for next in [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "https://evil.example",
        "https:evil.example",
        "http:/evil.example",
        "@evil.example",
        ".evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "/ok//evil.example",
        "",
    ] {
        let fields = [("email", MAX), ("password", PASSWORD), ("next", next)];
        let page = app.client().post("/login", &fields).await;
        assert_eq!(page.location(), "/dashboard", "{next:?}");
    }
    let browser = app.client();
    let fields = [
        ("input[email]", MAX),
        ("input[password]", PASSWORD),
        ("input[next]", "//evil.example"),
    ];
    assert_eq!(
        browser.post("/api/sign-in", &fields).await.body,
        r#"{"Go":"/dashboard"}"#
    );
    for next in ["/ok", "/company?tab=users&q=a%20b", "/company/users/x#y"] {
        let browser = app.client();
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("next", next)
            .finish();
        let form = browser.get(&format!("/login?{query}")).await.form("Sign in");
        let answer = browser.submit(form.fill("Email", MAX).fill("Password", PASSWORD)).await;
        assert_eq!(answer.location(), next);
    }
    // Who is signed in already is led on to a page of ours too.
    let max = app.sign_in_as(MAX).await;
    assert_eq!(max.get("/login?next=//evil.example").await.location(), "/dashboard");
    // What was asked for is come back to.
    let answer = app.client().get("/company?tab=users&size=50").await;
    assert_eq!(answer.location(), "/login?next=%2Fcompany%3Ftab%3Dusers%26size%3D50");
}

/// The incident's number on a page of failure.
fn incident_on(page: &Page) -> String {
    let text = page.text();
    let number = text
        .split("give support this number: ")
        .nth(1)
        .unwrap_or_else(|| panic!("{text}"));
    number.chars().take(6).collect()
}

#[track_caller]
fn says_nothing_of_sql(body: &str) {
    for word in [
        "SELECT",
        "INSERT",
        "no such table",
        "sqlx",
        "SqlxError",
        "DbErr",
        "asked_at",
        "gone",
    ] {
        assert!(!body.contains(word), "{word}");
    }
}

#[tokio::test]
async fn f7_a_failure_shows_a_number_that_the_log_has_and_nothing_else() {
    let town = Town::new().await;
    let (app, max) = (&town.app, &town.max);
    let form = max.get(&town.page).await.form("Reset password");
    app.execute("ALTER TABLE resets RENAME TO gone").await;
    let before = app.number("SELECT count(*) FROM mails").await;
    let pages = [
        max.get("/company").await,
        max.get(&town.page).await,
        max.submit(form.clone()).await,
        app.client().get(&town.link).await,
        app.client().post(&town.link, &[("new_password", &password(1))]).await,
    ];
    for page in pages {
        let page = page.expect_status(500);
        assert_eq!(page.heading(), "Something went wrong");
        assert_eq!(page.link("Go to the dashboard"), "/dashboard");
        says_nothing_of_sql(&page.body);
        let incident = incident_on(&page);
        let lines = log::failures();
        let line = lines.iter().find(|line| line.contains(&incident));
        let line = line.unwrap_or_else(|| panic!("{incident} is not in the log"));
        let cause = if app.is_on_sqlite() {
            "no such table"
        } else {
            "does not exist"
        };
        assert!(line.contains(cause), "{line}");
    }
    let answer = max.get("/api/resets-since?id=&stamp=").await;
    assert!(answer.status < 500);
    let answer = max.get("/api/resets-list-since?query=&stamp=").await;
    let answer = answer.expect_status(500);
    assert!(answer.body.contains("give support this number: "), "{}", answer.body);
    says_nothing_of_sql(&answer.body);

    // The process lives, and nothing was half done.
    max.get("/settings").await.expect_status(200);
    app.execute("ALTER TABLE gone RENAME TO resets").await;
    assert_eq!(app.number("SELECT count(*) FROM mails").await, before);
    max.get("/company").await.expect_status(200);
    app.redeem(&town.link, &password(1)).await.expect_status(303);
    max.submit(form).await.expect_status(303);
}

#[tokio::test]
async fn f7_a_panic_shows_a_number_that_the_log_has_and_the_server_lives() {
    let app = TestApp::start().await;
    let (max, uma) = (app.sign_in_as(MAX).await, app.sign_in_as(UMA).await);
    let traps = &app.services().work.traps;
    let form = max.get(&app.page_of(UMA).await).await.form("Reset password");
    let rows = "SELECT (SELECT count(*) FROM resets) + (SELECT count(*) FROM mails) + (SELECT count(*) FROM activity)";
    let before = app.number(rows).await;
    traps.set(Trap::DashboardRead, MAX);
    traps.set(Trap::DashboardRead, UMA);
    traps.set(Trap::ResetWritten, UMA);
    // Two pages while they load what they show, which the framework does in tasks of its own; and a form.
    for page in [
        max.get("/dashboard").await,
        uma.get("/dashboard").await,
        max.submit(form.clone()).await,
    ] {
        let page = page.expect_status(500);
        assert_eq!(page.heading(), "Something went wrong");
        assert_eq!(page.link("Go to the dashboard"), "/dashboard");
        assert!(!page.body.contains("on purpose"), "{}", page.body);
        let incident = incident_on(&page);
        let lines = log::failures();
        let line = lines.iter().find(|line| line.contains(&incident));
        let line = line.unwrap_or_else(|| panic!("{incident} is not in the log"));
        assert!(line.contains("panic: on purpose"), "{line}");
    }
    // What a live page asks for is answered as it expects it.
    let fields: Vec<_> = form
        .fields()
        .map(|(name, value)| (format!("input[{name}]"), value.to_owned()))
        .collect();
    let user = app.user_id(UMA).await.to_string();
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<_> = fields.chain([("input[user]", user.as_str())]).collect();
    let answer = max.post("/api/trigger-reset", &fields).await.expect_status(500);
    assert!(answer.body.contains("give support this number: "), "{}", answer.body);
    assert_eq!(app.number(rows).await, before, "nothing is half done");

    traps.clear(Trap::DashboardRead, MAX);
    traps.clear(Trap::DashboardRead, UMA);
    traps.clear(Trap::ResetWritten, UMA);
    max.get("/dashboard").await.expect_status(200);
    uma.get("/dashboard").await.expect_status(200);
    max.submit(form).await.expect_status(303);
    app.mail_to(UMA).await;
    app.client().get("/health/ready").await.expect_status(200);
}

#[tokio::test]
async fn f7_a_closed_database_is_not_available() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.services().db.close().await.expect("it closes");
    for page in [
        max.get("/dashboard").await,
        max.post("/login", &[("email", MAX), ("password", PASSWORD)]).await,
        app.client().post("/reset-password", &[("email", UMA)]).await,
        app.client().get(&format!("/reset-password/{}", "a".repeat(52))).await,
    ] {
        let page = page.expect_status(503);
        assert_eq!(page.heading(), "Not available right now");
        assert!(page.says("Nothing was changed. Try again in a minute."));
        says_nothing_of_sql(&page.body);
    }
    app.client().get("/login").await.expect_status(200);
    app.client().get("/health/live").await.expect_status(200);
    app.client().get("/health/ready").await.expect_status(503);
}

#[tokio::test]
async fn h4_a_lock_that_outlasts_the_patience_is_not_available_and_passes() {
    let app = TestApp::start().await;
    let lock = app.services().db.begin_write().await.expect("the lock");
    if !app.is_on_sqlite() {
        lock.execute_unprepared("LOCK TABLE asks").await.expect("the lock");
    }
    let page = app.client().post("/reset-password", &[("email", UMA)]).await;
    assert_eq!(page.expect_status(503).heading(), "Not available right now");
    // Reading goes on meanwhile.
    app.client().get("/health/ready").await.expect_status(200);
    lock.rollback().await.expect("it ends");
    assert_eq!(app.number("SELECT count(*) FROM asks").await, 0);
    let page = app.client().post("/reset-password", &[("email", UMA)]).await;
    page.expect_status(303);
    app.mail_to(UMA).await;
}

/// From where the newest sign-in came, by the activity.
async fn seen_address<T: AsRef<[u8]>>(app: &TestApp, forwarded: &[T]) -> String {
    app.execute("DELETE FROM activity").await;
    let browser = app.client();
    let mut request = browser.request(Method::POST, "/login").header(CONTENT_TYPE, FORM);
    for header in forwarded {
        request = request.header("x-forwarded-for", header.as_ref());
    }
    let body = format!("email={MAX}&password={PASSWORD}");
    browser.send(request.body(body)).await.expect_status(303);
    let entry = activity::Entity::find()
        .filter(activity::Column::Action.eq("signed_in"))
        .one(app.services().db.reader());
    let entry = entry.await.expect("the database answers").expect("an entry");
    entry.client_address.unwrap_or_default()
}

#[tokio::test]
async fn c4_whom_nobody_trusts_says_nothing_of_others() {
    let app = TestApp::start().await;
    for forwarded in [&["198.51.100.7"][..], &["198.51.100.7, 127.0.0.1"], &["nonsense"], &[]] {
        assert_eq!(seen_address(&app, forwarded).await, "127.0.0.1", "{forwarded:?}");
    }
}

#[tokio::test]
async fn c4_a_trusted_proxy_is_believed() {
    let app = TestApp::with().trusted_proxies("127.0.0.0/8").start().await;
    for (forwarded, expected) in [
        (&["198.51.100.7"][..], "198.51.100.7"),
        // Whom the client names itself comes first, whom the proxy saw last.
        (&["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        (&["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
        (&["198.51.100.7, 127.0.0.5"], "198.51.100.7"),
        (&["2001:db8::7"], "2001:db8::7"),
        (&["nonsense"], "127.0.0.1"),
        (&[], "127.0.0.1"),
    ] {
        assert_eq!(seen_address(&app, forwarded).await, expected, "{forwarded:?}");
    }
}

#[tokio::test]
async fn k1_a_port_behind_an_address_is_no_part_of_it_and_the_page_names_the_address() {
    let app = TestApp::with().trusted_proxies("127.0.0.0/8").start().await;
    for (forwarded, expected) in [
        ("203.0.113.7:52431", "203.0.113.7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        (
            "9.9.9.9:1, 203.0.113.7:52431, 127.0.0.9:80, [::ffff:127.0.0.8]:80",
            "203.0.113.7",
        ),
        ("203.0.113.7:x", "127.0.0.1"),
        ("203.0.113.7:99999999", "127.0.0.1"),
        ("9.9.9.9, 203.0.113.7:x, 127.0.0.9:80", "127.0.0.9"),
    ] {
        assert_eq!(seen_address(&app, &[forwarded]).await, expected, "{forwarded}");
    }
    let browser = app.client();
    let request = browser
        .request(Method::POST, "/login")
        .header(CONTENT_TYPE, FORM)
        .header("x-forwarded-for", "[2001:db8::7]:443");
    let request = request.body(format!("email={MAX}&password={PASSWORD}"));
    browser.send(request).await.expect_status(303);
    assert!(browser.get("/account").await.says("2001:db8::7"));
}

#[tokio::test]
async fn f12_a_byte_that_is_no_text_spoils_no_more_than_what_stands_before_it() {
    let app = TestApp::with().trusted_proxies("127.0.0.0/8").start().await;
    for (forwarded, expected) in [
        (&[b"\xff, 198.51.100.7".as_slice()][..], "198.51.100.7"),
        (&[b"M\xc3\xbcller, 198.51.100.7:4000, 127.0.0.9"], "198.51.100.7"),
        (&[b"\xff", b"198.51.100.7"], "198.51.100.7"),
        (&[b"198.51.100.7", b"\xe4"], "127.0.0.1"),
        (&[b"198.51.100.7, \xe4, 127.0.0.9"], "127.0.0.9"),
    ] {
        assert_eq!(seen_address(&app, forwarded).await, expected, "{forwarded:?}");
    }
}

#[tokio::test]
async fn f12_the_log_says_that_a_header_is_ignored() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        seen_address(&app, &["198.51.100.7"]).await;
    }
    let lines = log::untrusted_proxies();
    let line = lines.first().expect("a line");
    assert!(line.contains("REKEY_TRUSTED_PROXIES"), "{line}");
    assert!(line.contains("peer=127.0.0.1"), "{line}");
}

/// What an attacker would like to be believed about where an answer leads.
const AWAY: [(&str, &str); 8] = [
    ("referer", "https://evil.example/page"),
    ("host", "evil.example"),
    ("forwarded", "host=evil.example;proto=https"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "https"),
    ("x-original-url", "https://evil.example/"),
    ("x-forwarded-uri", "//evil.example/"),
    ("origin", "https://evil.example"),
];

#[tokio::test]
async fn f11_no_answer_leads_to_another_site_whatever_the_request_says() {
    let town = Town::new().await;
    let here = town.app.url();
    let mut redirects = 0;
    let mut look = |what: &str, page: &Page| {
        let Some(location) = page.header("location") else {
            return;
        };
        redirects += 1;
        let leads_to = here.join(location).expect("an address");
        assert_eq!(leads_to.origin(), here.origin(), "{what}: {location}");
    };
    let stranger = town.app.client();
    let gets: Vec<_> = answers(&town)
        .await
        .into_iter()
        .filter_map(|(what, _)| what.strip_prefix("GET ").map(str::to_owned))
        .filter(|path| !path.contains(','))
        .chain(server_fn_paths().map(|(path, _)| path.to_owned()))
        .collect();
    assert!(gets.len() > 40);
    for accept in [
        "text/html",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/json",
        "*/*",
    ] {
        for path in &gets {
            for browser in [&town.max, &stranger] {
                for query in ["", "?redirect=1&next=//evil.example", "?id=x"] {
                    let path = if path.contains('?') {
                        path.clone()
                    } else {
                        format!("{path}{query}")
                    };
                    let mut request = browser.request(Method::GET, &path).header("accept", accept);
                    for (name, value) in AWAY {
                        request = request.header(name, value);
                    }
                    let answer = browser.send(request).await;
                    look(&format!("GET {path} {accept}"), &answer);
                }
            }
        }
    }
    for (path, body) in town.posts().await {
        for away in AWAY.iter().filter(|(name, _)| *name != "origin") {
            // A new password would shut the old one out.
            let member = if path.ends_with("password") {
                town.app.client()
            } else {
                town.app.sign_in_as("person40@blueheron.example").await
            };
            for browser in [&stranger, &member] {
                let request = browser
                    .request(Method::POST, &path)
                    .header(CONTENT_TYPE, FORM)
                    .header("accept", "text/html")
                    .header("referer", "https://evil.example/page")
                    .header(away.0, away.1);
                let answer = browser.send(request.body(body.clone())).await;
                look(&format!("POST {path} {away:?}"), &answer);
            }
        }
    }
    assert!(redirects > 100, "only {redirects}");
}

#[tokio::test]
async fn f11_server_functions_are_read_by_our_own_pages_only() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for (path, method) in server_fn_paths() {
        if method != Method::GET {
            continue;
        }
        for site in ["cross-site", "same-site", "none", "", "nonsense"] {
            for method in [Method::GET, Method::HEAD] {
                let request = max.request(method, path).header("sec-fetch-site", site);
                max.send(request).await.expect_status(403);
            }
        }
        let request = max.request(Method::GET, path).header("sec-fetch-site", "same-origin");
        assert_ne!(max.send(request).await.status, 403, "{path}");
    }
    // An error is an answer of its own, with its status, whatever the caller accepts.
    let request = max
        .request(Method::GET, "/api/resets-since?id=x&stamp=")
        .header("accept", "text/html");
    let answer = max.send(request.header("referer", "https://evil.example/")).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert_eq!(answer.header("location"), None);
    let request = max
        .request(Method::GET, "/api/session-left")
        .header("accept", "text/html");
    max.send(request.header("referer", "https://evil.example/"))
        .await
        .expect_status(200);
}
