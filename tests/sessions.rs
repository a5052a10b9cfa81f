//! Sessions: cases E1 to E7.

use std::fmt::Write;
use std::time::Duration;

use futures::future::join_all;
use rekey_domain::token::{Token, TokenKind};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE as COOKIE_LINE};
use url::Url;

use crate::support::people::{MAX, UMA};
use crate::support::{Client, PASSWORD, Page, SECOND, TestApp, link_of, log, password};

const COOKIE: &str = "rekey";
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

fn less_a_second(time: Duration) -> Duration {
    time.saturating_sub(SECOND)
}

async fn is_signed_in(browser: &Client) -> bool {
    match browser.get("/dashboard").await {
        page if page.status == 200 => true,
        page => {
            // After the idle end, with a word about it.
            let ways = ["/login?next=%2Fdashboard", "/login?done=idle&next=%2Fdashboard"];
            assert!(ways.contains(&page.location().as_str()), "{}", page.location());
            false
        }
    }
}

/// A browser with this session cookie.
fn with_cookie(app: &TestApp, value: &str) -> Client {
    let browser = app.client();
    browser.plant_cookie(COOKIE, value);
    browser
}

async fn sign_in_kept(app: &TestApp) -> Client {
    let browser = app.client();
    let fields = [("email", MAX), ("password", PASSWORD), ("keep", "yes")];
    browser.post("/login", &fields).await.expect_status(303);
    browser
}

#[tokio::test]
async fn e1_a_planted_id_stays_anonymous_and_sign_in_makes_a_new_one() {
    let app = TestApp::start().await;
    let planted = Token::from_random([42; 32]).expose().to_owned();
    let browser = with_cookie(&app, &planted);
    assert!(!is_signed_in(&browser).await);
    browser
        .post("/login", &[("email", MAX), ("password", PASSWORD)])
        .await
        .expect_status(303);
    let first = browser.cookie(COOKIE).expect("signed in");
    assert_ne!(first, planted);
    assert!(is_signed_in(&browser).await);
    assert!(!is_signed_in(&with_cookie(&app, &planted)).await);

    // Again, as somebody else, in the same browser: another id, and the one before is dead.
    browser
        .post("/login", &[("email", UMA), ("password", PASSWORD)])
        .await
        .expect_status(303);
    let second = browser.cookie(COOKIE).expect("signed in");
    assert_ne!(second, first);
    assert!(is_signed_in(&with_cookie(&app, &second)).await);
    assert!(!is_signed_in(&with_cookie(&app, &first)).await);
    let fields = [("input[email]", UMA), ("input[password]", PASSWORD)];
    browser.post("/api/sign-in", &fields).await.expect_status(200);
    assert!(is_signed_in(&browser).await);
    assert!(!is_signed_in(&with_cookie(&app, &second)).await);
    assert_eq!(app.number("SELECT count(*) FROM sessions").await, 1);
}

#[tokio::test]
async fn e1_a_failed_sign_in_leaves_the_session_as_it_is() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let before = max.cookie(COOKIE);
    let fields = [("email", UMA), ("password", "not-this-one-at-all")];
    max.post("/login", &fields).await.expect_status(422);
    assert_eq!(max.cookie(COOKIE), before);
    assert!(is_signed_in(&max).await);
}

#[tokio::test]
async fn e1_garbled_ids_are_anonymous() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let id = max.cookie(COOKIE).expect("signed in");
    for garbled in ["", "x", &id[1..], &format!("{id}{id}"), &"a".repeat(4000), "%00", "%ff"] {
        assert!(!is_signed_in(&with_cookie(&app, garbled)).await, "{garbled:?}");
    }
    // The public id of the session is not its secret.
    let public = Token::from_random([1; 32]);
    assert!(!is_signed_in(&with_cookie(&app, public.expose())).await);
}

#[tokio::test]
async fn e2_a_completed_reset_ends_every_session_and_signs_nobody_in() {
    let app = TestApp::start().await;
    let (first, second) = (app.sign_in_as(UMA).await, app.sign_in_as(UMA).await);
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let form = first.get(&link).await.form("Set new password");
    let filled = form.fill("New password", &password(1));
    assert!(is_signed_in(&first).await, "opening changes nothing");
    let answer = first.submit(filled).await;
    assert_eq!(answer.location(), "/login?done=password-changed");
    for browser in [&first, &second] {
        assert!(!is_signed_in(browser).await);
    }
    assert!(is_signed_in(&max).await, "nobody else's");

    app.trigger(&max, UMA).await;
    let link = link_of(&app.mails_to(UMA, 3).await[2]);
    let stranger = app.client();
    let fields = [("new_password", password(2))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    stranger.post(&link, &fields).await.expect_status(303);
    assert_eq!(stranger.cookie(COOKIE), None);
    assert!(!is_signed_in(&stranger).await);
}

#[tokio::test]
async fn e3_after_sign_out_the_old_cookie_is_refused() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let other = app.sign_in_as(MAX).await;
    let old = max.cookie(COOKIE).expect("signed in");
    let page = max.get("/dashboard").await;
    let answer = max.submit(page.form("Sign out")).await;
    assert_eq!(answer.location(), "/login?done=signed-out");
    assert_eq!(max.cookie(COOKIE), None, "taken away");
    let page = max.follow(&answer).await.expect_status(200);
    assert_eq!(page.region("Done").as_deref(), Some("You are signed out."));
    assert!(!is_signed_in(&with_cookie(&app, &old)).await);
    let function = with_cookie(&app, &old).get("/api/session-left").await;
    function.expect_status(401);
    assert!(is_signed_in(&other).await, "the other browser is another session");
}

#[tokio::test]
async fn e3_the_sessions_of_a_deleted_person_end() {
    let app = TestApp::start().await;
    let uma = app.sign_in_as(UMA).await;
    app.execute(
        "UPDATE users SET deleted_at = 1795527128000, password_hash = NULL WHERE email_key = 'uma@blueheron.example'",
    )
    .await;
    assert!(!is_signed_in(&uma).await);
    uma.get("/api/session-left").await.expect_status(401);
}

/// Waits until the use of the one session just now is written.
async fn is_seen(app: &TestApp) {
    let now = app.services().clock.now().as_millis();
    app.until("the session is written as seen", async || {
        app.number("SELECT seen_at FROM sessions").await == now
    })
    .await;
}

#[tokio::test]
async fn e4_idle_for_30_minutes() {
    for (wait, lives) in [
        (less_a_second(30 * MINUTE), true),
        (30 * MINUTE, false),
        (30 * MINUTE + SECOND, false),
    ] {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        app.advance(wait);
        assert_eq!(is_signed_in(&max).await, lives, "{wait:?}");
        let status = max.get("/api/session-left").await.status;
        assert_eq!(status, if lives { 200 } else { 401 });
    }
}

#[tokio::test]
async fn e4_after_8_hours_whatever_happens() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for _ in 0..23 {
        app.advance(20 * MINUTE);
        assert!(is_signed_in(&max).await);
        is_seen(&app).await;
    }
    app.advance(less_a_second(20 * MINUTE));
    assert!(is_signed_in(&max).await, "8 h less a second");
    app.advance(SECOND);
    assert!(!is_signed_in(&max).await, "8 h");
}

#[tokio::test]
async fn e4_kept_signed_in_idle_for_14_days() {
    for (wait, lives) in [(less_a_second(14 * DAY), true), (14 * DAY, false)] {
        let app = TestApp::start().await;
        let max = sign_in_kept(&app).await;
        app.advance(wait);
        assert_eq!(is_signed_in(&max).await, lives, "{wait:?}");
    }
}

#[tokio::test]
async fn e4_kept_signed_in_for_30_days_whatever_happens() {
    let app = TestApp::start().await;
    let max = sign_in_kept(&app).await;
    for _ in 0..2 {
        app.advance(10 * DAY);
        assert!(is_signed_in(&max).await);
        is_seen(&app).await;
    }
    app.advance(less_a_second(10 * DAY));
    assert!(is_signed_in(&max).await, "30 days less a second");
    app.advance(SECOND);
    assert!(!is_signed_in(&max).await, "30 days");
}

#[tokio::test]
async fn e4_last_seen_is_written_once_in_5_minutes() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.execute("CREATE TABLE seen (at BIGINT)").await;
    if app.is_on_sqlite() {
        app.execute("CREATE TRIGGER count_seen AFTER UPDATE OF seen_at ON sessions BEGIN INSERT INTO seen VALUES (new.seen_at); END").await;
    } else {
        app.execute("CREATE FUNCTION count_seen() RETURNS trigger AS 'BEGIN INSERT INTO seen VALUES (new.seen_at); RETURN NULL; END' LANGUAGE plpgsql").await;
        app.execute(
            "CREATE TRIGGER count_seen AFTER UPDATE OF seen_at ON sessions FOR EACH ROW EXECUTE FUNCTION count_seen()",
        )
        .await;
    }
    let written = async || app.number("SELECT count(*) FROM seen").await;

    let before = app.writes();
    for wait in [Duration::ZERO, MINUTE, less_a_second(4 * MINUTE)] {
        app.advance(wait);
        for _ in 0..3 {
            assert!(is_signed_in(&max).await);
            max.get("/auth/verify").await.expect_status(200);
        }
    }
    assert_eq!(app.writes(), before, "nothing for 5 minutes");

    // A page of an application asks for each of its parts at once.
    for (times, path) in (1..).zip(["/dashboard", "/auth/verify", "/auth/verify"]) {
        app.advance(if times == 1 { SECOND } else { 5 * MINUTE });
        let many = join_all((0..12).map(|_| max.get(path))).await;
        assert!(many.iter().all(|page| page.status == 200));
        app.until("it is written", async || written().await >= times).await;
        assert!(is_signed_in(&max).await);
        // The twelve may still be on their way.
        app.services()
            .db
            .begin_write()
            .await
            .expect("a turn behind them")
            .rollback()
            .await
            .expect("nothing was written");
        assert_eq!(written().await, times, "once each");
    }
}

/// The attributes of the session's cookie after sign-in.
async fn attributes(app: &TestApp, keep: bool) -> (String, Vec<String>) {
    let mut fields = vec![("email", MAX), ("password", PASSWORD)];
    if keep {
        fields.push(("keep", "yes"));
    }
    let page = app.client().post("/login", &fields).await.expect_status(303);
    read_cookie(page.header("set-cookie").expect("a cookie"))
}

/// A cookie's name and its sorted attributes.
fn read_cookie(cookie: &str) -> (String, Vec<String>) {
    let mut parts = cookie.split("; ");
    let (name, _) = parts.next().and_then(|pair| pair.split_once('=')).expect("a pair");
    let mut attributes: Vec<_> = parts.map(str::to_owned).collect();
    attributes.sort();
    (name.to_owned(), attributes)
}

#[tokio::test]
async fn e5_the_cookie_on_loopback() {
    let app = TestApp::start().await;
    let (name, attributes_) = attributes(&app, false).await;
    assert_eq!(name, "rekey");
    assert_eq!(attributes_, ["HttpOnly", "Path=/", "SameSite=Lax"]);
    let (_, kept) = attributes(&app, true).await;
    let month = format!("Max-Age={}", 30 * 24 * 3600);
    assert_eq!(kept, ["HttpOnly", month.as_str(), "Path=/", "SameSite=Lax"]);
}

#[tokio::test]
async fn e5_the_cookie_under_https() {
    let app = TestApp::with()
        .settings(|settings| settings.public_url = Url::parse("https://accounts.rekey.example").expect("a URL"))
        .start()
        .await;
    let (name, found) = attributes(&app, false).await;
    assert_eq!(name, "__Host-rekey");
    assert_eq!(found, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);

    let browser = app.sign_in_as(MAX).await;
    let secret = browser.cookie("__Host-rekey").expect("signed in");
    // The name without the prefix, which any subdomain could set, counts for nothing.
    assert!(!is_signed_in(&with_cookie(&app, &secret)).await);
    assert!(is_signed_in(&browser).await);

    let page = browser.post("/logout", &[]).await;
    let (name, found) = read_cookie(page.header("set-cookie").expect("a cookie"));
    assert_eq!(name, "__Host-rekey");
    for attribute in ["Max-Age=0", "Path=/", "Secure", "HttpOnly"] {
        assert!(found.iter().any(|found| found == attribute), "{attribute} in {found:?}");
    }
    // Every other cookie is as closed.
    let page = app.client().post("/reset-password", &[("email", UMA)]).await;
    let (_, found) = read_cookie(page.header("set-cookie").expect("a cookie"));
    for attribute in ["HttpOnly", "Max-Age=120", "Path=/", "SameSite=Lax", "Secure"] {
        assert!(found.iter().any(|found| found == attribute), "{attribute} in {found:?}");
    }
}

/// A request of somebody who sends these `Cookie` lines and nothing else.
async fn with_lines(app: &TestApp, method: Method, path: &str, lines: &[Vec<u8>], body: &str) -> Page {
    let browser = app.client();
    let mut request = browser
        .request(method, path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    for line in lines {
        request = request.header(COOKIE_LINE, line.as_slice());
    }
    browser.send(request.body(body.to_owned())).await
}

/// A living cookie among the cookies of neighbours.
fn among_neighbours(secret: &str) -> Vec<Vec<Vec<u8>>> {
    let ours = format!("rekey={secret}");
    let line = |before: &[u8], after: &[u8]| vec![[before, ours.as_bytes(), after].concat()];
    let many = vec![format!("other={}", "x".repeat(194)); 60].join("; ");
    let dead = Token::from_random([42; 32]).expose().to_owned();
    vec![
        line(b"lang=Fran\xc3\xa7ais; ", b""),
        line(b"lang=Fran\xe7ais; ", b""),
        line(b"", b"; lang=Fran\xc3\xa7ais"),
        line(b"", b"; lang=\xe7"),
        line(b"a=%zz; ", b""),
        line(b"b=\"x;y\"; ", b"; c=\""),
        line(b"=z; ", b"; z"),
        line(b"", b"; =; ;"),
        line(format!("{many}; ").as_bytes(), b""),
        line(b"", format!("; {many}").as_bytes()),
        vec![b"a=\xff".to_vec(), ours.clone().into_bytes(), b"b=2".to_vec()],
        // Others of our name: garbled, dead, empty.
        line(b"rekey=q; ", b""),
        line(b"", b"; rekey=q"),
        line(b"rekey=\xff; ", b"; rekey="),
        line(
            format!("rekey={dead}; ").as_bytes(),
            format!("; rekey={dead}").as_bytes(),
        ),
        vec![format!("rekey={dead}").into_bytes(), ours.clone().into_bytes()],
    ]
}

#[tokio::test]
async fn k2_no_cookie_of_a_neighbour_signs_anybody_out() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let secret = max.cookie(COOKIE).expect("signed in");
    for lines in among_neighbours(&secret) {
        let what = String::from_utf8_lossy(&lines.concat()).into_owned();
        for path in [
            "/dashboard",
            "/company",
            "/account",
            "/api/session-left",
            "/auth/verify",
        ] {
            let page = with_lines(&app, Method::GET, path, &lines, "").await;
            assert_eq!(page.status, 200, "{path} with {what}");
        }
        let saved = "name=Max+Manager&time_zone=";
        let page = with_lines(&app, Method::POST, "/account", &lines, saved).await;
        assert_eq!(page.location(), "/account?done=saved", "{what}");
        let saved = "input[name]=Max+Manager&input[time_zone]=";
        let page = with_lines(&app, Method::POST, "/api/save-details", &lines, saved).await;
        assert_eq!(page.status, 200, "{what}");
        let page = with_lines(&app, Method::POST, "/api/stay-signed-in", &lines, "").await;
        assert_eq!(page.status, 200, "{what}");
    }
}

#[tokio::test]
async fn k2_of_several_living_sessions_the_newest_counts_and_signing_out_ends_all() {
    let app = TestApp::start().await;
    let first = app.sign_in_as(UMA).await.cookie(COOKIE).expect("signed in");
    app.advance(SECOND);
    let second = app.sign_in_as(MAX).await.cookie(COOKIE).expect("signed in");
    let both = [
        format!("rekey={first}; rekey={second}").into_bytes(),
        format!("rekey={second}; rekey={first}").into_bytes(),
    ];
    for line in &both {
        let page = with_lines(&app, Method::GET, "/auth/verify", std::slice::from_ref(line), "").await;
        assert_eq!(page.header("remote-email"), Some(MAX));
    }
    let page = with_lines(&app, Method::POST, "/logout", &both[..1], "").await;
    page.expect_status(303);
    for secret in [&first, &second] {
        assert!(!is_signed_in(&with_cookie(&app, secret)).await);
    }

    // Signing in among old ones ends them too: whoever signed in is who they are.
    let old = app.sign_in_as(UMA).await.cookie(COOKIE).expect("signed in");
    let line = format!("rekey={old}; rekey=q").into_bytes();
    let fields = format!("email={MAX}&password={PASSWORD}");
    let page = with_lines(&app, Method::POST, "/login", &[line], &fields).await;
    let new = page
        .header("set-cookie")
        .expect("a cookie")
        .split(';')
        .next()
        .expect("a pair");
    let line = format!("rekey={old}; {new}").into_bytes();
    let page = with_lines(&app, Method::GET, "/auth/verify", &[line], "").await;
    assert_eq!(page.header("remote-email"), Some(MAX));
    assert!(!is_signed_in(&with_cookie(&app, &old)).await);
}

#[tokio::test]
async fn k2_many_planted_cookies_cost_one_statement_and_sign_nobody_out() {
    let mut app = TestApp::start().await;
    let secret = app.sign_in_as(MAX).await.cookie(COOKIE).expect("signed in");
    app.rest().await;
    let planted: Vec<_> = (0..150_u8)
        .map(|byte| format!("rekey={}", Token::from_random([byte; 32]).expose()))
        .collect();
    let line = format!("{}; rekey={secret}", planted.join("; ")).into_bytes();
    let cost = app
        .cost(async {
            with_lines(&app, Method::GET, "/auth/verify", &[line], "")
                .await
                .expect_status(200)
        })
        .await;
    assert_eq!(cost, 1);
}

#[tokio::test]
async fn f16_helper_cookies_follow_the_prefix_rule() {
    let app = TestApp::with()
        .settings(|settings| settings.public_url = Url::parse("https://accounts.rekey.example").expect("a URL"))
        .start()
        .await;
    let browser = app.client();
    let answer = browser.post("/reset-password", &[("email", UMA)]).await;
    let (name, _) = read_cookie(answer.header("set-cookie").expect("a cookie"));
    assert_eq!(name, "__Host-rekey-asked");
    assert!(browser.follow(&answer).await.says(UMA));
    // One that another host planted says nothing.
    let browser = app.client();
    for name in ["rekey-asked", "__Secure-rekey-asked"] {
        browser.plant_cookie(name, "evil@evil.example");
    }
    assert!(!browser.get("/reset-password?sent=1").await.says("evil"));
}

const LOST: &str = "your browser did not keep the cookie";

#[tokio::test]
async fn k3_who_comes_back_from_a_right_sign_in_without_the_cookie_hears_it() {
    for function in [false, true] {
        for next in ["/dashboard", "/company?tab=users"] {
            let app = TestApp::start().await;
            let browser = app.client();
            let to = if function {
                let fields = [
                    ("input[email]", MAX),
                    ("input[password]", PASSWORD),
                    ("input[next]", next),
                ];
                browser.post("/api/sign-in", &fields).await.expect_status(200);
                next.to_owned()
            } else {
                let fields = [("email", MAX), ("password", PASSWORD), ("next", next)];
                browser.post("/login", &fields).await.location()
            };
            assert_eq!(to, next);
            let without = app.client();
            let answer = without.get(&to).await.expect_status(303);
            let page = without.follow(&answer).await.expect_status(200);
            let problem = page.region("Problem").expect("a word about it");
            assert!(problem.contains(LOST), "{problem}");
            // It leads where it did before, and a wrong password is told as ever.
            let form = page
                .form("Sign in")
                .fill("Email", MAX)
                .fill("Password", "wrong-of-course");
            assert!(!without.submit(form).await.expect_status(422).says(LOST));
            let form = page.form("Sign in").fill("Email", MAX).fill("Password", PASSWORD);
            assert_eq!(without.submit(form).await.location(), next);
        }
    }
}

#[tokio::test]
async fn k3_whoever_is_led_to_the_sign_in_page_for_another_reason_hears_nothing_of_cookies() {
    let app = TestApp::start().await;
    let stranger = async |path: &str| {
        let browser = app.client();
        let answer = browser.get(path).await;
        !browser.follow(&answer).await.says(LOST)
    };
    assert!(stranger("/dashboard").await, "nobody has signed in");
    let max = app.sign_in_as(MAX).await;
    assert!(stranger("/company").await, "another page");
    // A browser that sends any cookie of the session keeps cookies.
    let old = with_cookie(&app, "garbled");
    let answer = old.get("/dashboard").await;
    assert!(!old.follow(&answer).await.says(LOST));
    max.get("/company").await.expect_status(200);
    assert!(stranger("/dashboard").await, "the cookie came back");
    let late = app.sign_in_as(MAX).await;
    app.advance(MINUTE);
    assert!(stranger("/dashboard").await, "long ago");
    drop(late);
    // A wrong password leads nowhere.
    let fields = [("email", UMA), ("password", "wrong-of-course")];
    app.client().post("/login", &fields).await.expect_status(422);
    assert!(stranger("/dashboard").await);
}

#[tokio::test]
async fn e6_only_the_hash_of_a_session_is_kept() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let secret = max.cookie(COOKIE).expect("signed in");
    // 256 bits in base32.
    assert_eq!(secret.len(), 52);
    let hash = Token::parse(&secret).expect("a secret").hash(TokenKind::Session);
    let mut hex = String::new();
    for byte in hash.as_bytes() {
        write!(hex, "{byte:02X}").expect("a String takes it");
    }
    let stored = format!(
        "SELECT count(*) FROM sessions WHERE secret_hash = {}",
        app.literal(&hex)
    );
    let found = app.number(&stored).await;
    assert_eq!(found, 1);
    let stolen = app.stolen().await;
    let spelt = [secret.to_lowercase(), secret.to_uppercase()];
    for spelling in spelt {
        assert!(
            !stolen
                .windows(spelling.len())
                .any(|window| window == spelling.as_bytes())
        );
    }
    for page in ["/dashboard", "/company", "/api/session-left"] {
        assert!(!log::has_secret(&max.get(page).await.body), "{page}");
    }
    let other = app.sign_in_as(MAX).await.cookie(COOKIE);
    assert_ne!(other.as_deref(), Some(secret.as_str()), "another one each time");
}
