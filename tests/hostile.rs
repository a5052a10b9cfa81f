//! Hostile text wherever text is taken: in every field of every form and of every server function, in addresses, cookies and
//! headers, and on the command line. Nothing fails, and nothing that is unfit to be shown is kept or shown (F15).

use std::collections::BTreeSet;
use std::process::{Command, Output};

use leptos::server_fn::axum::server_fn_paths;
use rekey_domain::text::is_unfit;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderValue, USER_AGENT};
use scraper::Selector;
use tempfile::TempDir;

use crate::roles::{Who, pages_with_forms, pattern_of, posted_to};
use crate::support::people::{ADA, MAX, UMA};
use crate::support::{Client, Form, PASSWORD, Page, SERVER_FUNCTIONS, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";
const SCRIPT: &str = "<script>alert(1)</script>";

/// A text that nobody means well with.
struct Hostile {
    bytes: Vec<u8>,
    /// As it travels in a form or an address.
    encoded: String,
}

impl Hostile {
    fn of(bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref().to_vec();
        let encode = |byte: &u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        Self {
            encoded: bytes.iter().map(encode).collect(),
            bytes,
        }
    }

    /// One that no browser encodes like this.
    fn as_it_is(encoded: &str) -> Self {
        Self {
            bytes: encoded.as_bytes().to_vec(),
            encoded: encoded.to_owned(),
        }
    }

    fn all() -> Vec<Self> {
        vec![
            Self::of("\0"),
            Self::of("\u{1b}[31m\u{1b}]0;x\u{7}"),
            Self::of("\r"),
            Self::of("\r\nBcc: evil@evil.example"),
            Self::of("\u{202e}"),
            Self::of("\u{2066}"),
            Self::of("\u{2028}"),
            Self::of("\u{85}"),
            Self::of("\u{feff}\u{200b}"),
            Self::of("\u{ffff}"),
            Self::of(b"\xff"),
            // Overlong, a lone surrogate, and a character that breaks off.
            Self::of(b"\xc0\x80"),
            Self::of(b"\xed\xa0\x80"),
            Self::of(b"\xf0\x9f\x92"),
            Self::as_it_is("%"),
            Self::as_it_is("%zz%u0000"),
            // Decoded twice.
            Self::of("%00%1B"),
            Self::of("long-text.".repeat(1_000)),
            Self::of("'; DROP TABLE users; --"),
            Self::of("\\%_{{7*7}}${7*7}"),
            Self::of("\"'><img src=x onerror=alert(1)>"),
            Self::of("\u{1f469}\u{200d}\u{1f4bb}\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}"),
            Self::of(SCRIPT),
        ]
    }
}

/// Nothing has failed, and the answer shows nothing that it should not.
#[track_caller]
fn look(answer: &Page, what: &str) {
    assert!(answer.status < 500, "{what}: {} {}", answer.status, answer.text());
    let unfit = |c: &char| is_unfit(*c) && !matches!(c, '\n' | '\t');
    let is_file = answer.header("content-disposition").is_some();
    let shown: Vec<_> = answer
        .body
        .chars()
        .filter(unfit)
        .filter(|c| !is_file || *c != '\r')
        .collect();
    assert!(shown.is_empty(), "{what}: {shown:?} in {}", answer.body);
    let kind = answer.header("content-type").unwrap_or_default();
    if kind.starts_with("text/html") {
        let html = answer.html();
        let evil = Selector::parse("[onerror], img[src=x]").expect("a selector");
        assert!(html.select(&evil).next().is_none(), "{what}: {}", answer.body);
        let scripts = Selector::parse("script").expect("a selector");
        let is_evil = |script: scraper::ElementRef<'_>| script.inner_html().starts_with("alert");
        assert!(!html.select(&scripts).any(is_evil), "{what}: {}", answer.body);
        let lower = answer.body.to_lowercase();
        for reference in ["&#0;", "&#x0;", "&#27;", "&#x1b;", "&#8238;", "&#x202e;"] {
            assert!(!lower.contains(reference), "{what}: {reference}");
        }
    }
}

/// Nothing unfit is in any text of any table.
fn nothing_unfit_is_kept(app: &TestApp) {
    let texts = app.stored_texts();
    assert!(texts.len() > 300, "only {} texts are looked at", texts.len());
    let columns: BTreeSet<_> = texts.iter().map(|(place, _)| place.as_str()).collect();
    for column in ["users.name", "activity.actor_name", "companies.name"] {
        assert!(columns.contains(column), "{column} is not among {columns:?}");
    }
    for (place, text) in texts {
        // What a list is sorted by has one U+0001 between its halves, and is never shown.
        let text = if place.ends_with(".sort_key") {
            text.replacen('\u{1}', "", 1)
        } else {
            text
        };
        assert!(!text.contains(is_unfit), "{place}: {text:?}");
    }
}

/// What somebody who means well puts into a field.
const MEANT_WELL: &[(&str, &str)] = &[
    ("email", "new.person@new.example"),
    ("password", PASSWORD),
    ("new_password", "heron-tundra-sprig-7"),
    ("name", "Ana Lima"),
    ("emails", UMA),
    ("lines", "Ana Lima,ana@new.example,user"),
    ("link", "https://rekey.example/reset-password/x"),
    ("not_me", "yes"),
    ("what_happened", ""),
    ("role", "user"),
];

/// The forms of a page, as somebody who means well fills them in.
fn forms_of(page: &Page) -> Vec<Form> {
    let fill = |form: Form| {
        let fields = MEANT_WELL.iter();
        fields.fold(form, |form, (name, value)| form.where_empty(name, value))
    };
    page.forms().into_iter().map(fill).collect()
}

/// What a form is known by: where it goes, and its fields.
fn kind_of(form: &Form) -> (String, String) {
    let path = form.action().split('?').next().unwrap_or_default();
    let names: Vec<_> = form.names().into_iter().map(str::to_owned).collect();
    (pattern_of(path), names.join(" "))
}

async fn send(browser: &Client, form: &Form, field: &str, encoded: &str) -> Page {
    let fields = form.encoded_with(field, encoded);
    if form.is_post() {
        let request = browser.request(Method::POST, form.action());
        browser.send(request.header(CONTENT_TYPE, FORM).body(fields)).await
    } else {
        let begin = if form.action().contains('?') { '&' } else { '?' };
        browser.get(&format!("{}{begin}{fields}", form.action())).await
    }
}

#[tokio::test]
async fn f15_no_text_in_any_field_of_any_form_fails_or_is_kept_or_shown_as_it_came() {
    let app = TestApp::start().await;
    let pages = pages_with_forms(&app).await;
    let hostile = Hostile::all();
    let mut tried = BTreeSet::new();
    let password = "SELECT password_hash FROM users WHERE email_key = 'max@blueheron.example'";
    let password = app.words(password, 0).await.remove(0);
    // Some of what is tried is taken for a new password, and a wrong one counts.
    let as_before = async || {
        app.execute("DELETE FROM limits").await;
        let known = format!("UPDATE users SET password_hash = '{password}' WHERE password_hash IS NOT NULL");
        app.execute(&known).await;
    };
    for who in Who::ALL {
        as_before().await;
        let mut browser = who.browser(&app).await;
        for address in &pages {
            let page = browser.get(address).await;
            for form in forms_of(&page) {
                let kind = kind_of(&form);
                if !tried.insert(kind.clone()) {
                    continue;
                }
                let mut form = form;
                let names = form.names().into_iter().map(str::to_owned);
                for (field, name) in names.collect::<Vec<_>>().into_iter().enumerate() {
                    let value = form.fields().find(|(other, _)| *other == name);
                    let value = value.map(|(_, value)| Hostile::of(value).encoded).unwrap_or_default();
                    // What nobody types into has an id or a word of ours: a few are enough.
                    let few = if form.is_typed_into(&name) { 1 } else { 6 };
                    for (number, text) in hostile.iter().enumerate().step_by(few) {
                        // Alone, or within what would be right: by turns, and the other way round in the next field.
                        let is_within = !value.is_empty() && (number / few + field) % 2 == 1;
                        let encoded = if is_within {
                            format!("x{}{value}", text.encoded)
                        } else {
                            text.encoded.clone()
                        };
                        let answer = send(&browser, &form, &name, &encoded).await;
                        let what = format!("{who:?} at {address}, {kind:?}, {name}={encoded:.40}");
                        look(&answer, &what);
                        if answer.status != 303 {
                            continue;
                        }
                        // It was taken: the session may have ended, and the form be another one.
                        if who != Who::Anonymous && browser.get("/dashboard").await.status != 200 {
                            as_before().await;
                            browser = who.browser(&app).await;
                        }
                        let to = answer.location();
                        look(&browser.get(&to).await, &format!("{what}, then at {to}"));
                        let forms = forms_of(&browser.get(address).await);
                        form = forms.into_iter().find(|form| kind_of(form) == kind).unwrap_or(form);
                    }
                }
            }
        }
    }
    let seen: BTreeSet<_> = tried.iter().map(|(path, _)| path.as_str()).collect();
    for path in posted_to() {
        assert!(seen.contains(path), "no form goes to {path}");
    }
    nothing_unfit_is_kept(&app);
}

#[tokio::test]
async fn f15_no_list_that_is_uploaded_or_pasted_fails_or_is_kept_or_shown_as_it_came() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for text in Hostile::all() {
        let x = text.bytes.as_slice();
        let list = [
            b"name,email,role\nAna".as_slice(),
            x,
            b",ana@new.example,user\nBo,b",
            x,
            b"o@new.example\nCy,cy@new.example,",
            x,
            b"\n",
            x,
            b"\nDee,dee@new.example",
        ]
        .concat();
        let what = format!("{:?}", String::from_utf8_lossy(&x[..x.len().min(40)]));
        let form = max.get("/company/users/import").await.form("Check lines");
        let pasted = String::from_utf8_lossy(&list).into_owned();
        for form in [
            form.clone().attach("CSV file", list.clone()),
            form.fill("Or paste lines: name, email, role", &pasted),
        ] {
            let answer = max.submit(form).await;
            look(&answer, &what);
            if answer.status == 303 {
                look(&max.follow(&answer).await, &what);
            }
        }
        let addresses = max.get("/company/resets/new").await.form("Check addresses");
        let answer = max.submit(addresses.fill("Email addresses, one a line", &pasted)).await;
        look(&answer, &what);
        if answer.status == 303 {
            look(&max.follow(&answer).await, &what);
        }
    }
    assert!(app.number("SELECT count(*) FROM batch_lines").await > 100);
    nothing_unfit_is_kept(&app);
}

/// What stands for an id in [`SERVER_FUNCTIONS`] and in addresses.
struct Ids {
    company: String,
    uma: String,
    batch: String,
}

impl Ids {
    /// With a batch of Uma's, which is carried out.
    async fn of(app: &TestApp, browser: &Client) -> Self {
        let form = browser.get("/company/resets/new").await.form("Check addresses");
        let company = form.fields().find(|(name, _)| *name == "company");
        let company = company.expect("the form names it").1.to_owned();
        let checked = browser.submit(form.fill("Email addresses, one a line", UMA)).await;
        let draft = browser.follow(&checked).await.form("Send 1 link");
        let batch = browser.submit(draft).await.location();
        app.page_says(browser, &batch, "1 of 1 accepted.").await;
        Self {
            company,
            uma: app.user_id(UMA).await.to_string(),
            batch: batch.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{company}", &self.company)
            .replace("{uma}", &self.uma)
            .replace("{batch}", &self.batch)
    }
}

#[tokio::test]
async fn f15_no_text_in_any_field_of_any_server_function_fails_or_is_kept_or_told_as_it_came() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let ids = Ids::of(&app, &ada).await;
    let known: BTreeSet<_> = SERVER_FUNCTIONS.iter().map(|(path, _)| *path).collect();
    let functions: Vec<_> = server_fn_paths().collect();
    assert_eq!(functions.iter().map(|(path, _)| *path).collect::<BTreeSet<_>>(), known);
    for (path, fields) in SERVER_FUNCTIONS {
        let method = functions.iter().find(|(known, _)| known == path).expect("it is there");
        let is_get = method.1 == Method::GET;
        let encode = |value: &str| Hostile::of(ids.fill(value)).encoded;
        // One that none has, too.
        let names = fields.iter().copied().chain([("x", "")]);
        for (name, right) in names {
            let others: String = fields
                .iter()
                .filter(|(other, _)| *other != name)
                .fold(String::new(), |others, (other, value)| {
                    format!("{others}&{other}={}", encode(value))
                });
            for text in Hostile::all() {
                let mut tries = vec![text.encoded.clone(), format!("x{}{}", text.encoded, encode(right))];
                if name == "query" {
                    // Escaped in the address of the page that it is of.
                    for field in ["q", "tab", "state", "after", "before", "start", "from"] {
                        let query = format!("tab=resets&{field}={}", text.encoded);
                        tries.push(Hostile::of(query.replace("tab=resets&tab", "tab")).encoded);
                    }
                }
                for encoded in tries {
                    let body = format!("{name}={encoded}{others}");
                    let what = format!("{path} {name}={encoded:.40}");
                    let answer = if is_get {
                        ada.get(&format!("{path}?{body}")).await
                    } else {
                        let request = ada.request(Method::POST, path).header(CONTENT_TYPE, FORM);
                        ada.send(request.body(body)).await
                    };
                    look(&answer, &what);
                }
            }
        }
    }
    ada.get("/dashboard").await.expect_status(200);
    nothing_unfit_is_kept(&app);
}

/// Addresses that say something: `{}` is where it stands.
const ADDRESSES: &[&str] = &[
    "/{}",
    "/login?next={}",
    "/login?done={}",
    "/reset-password?sent={}",
    "/reset-password/{}",
    "/reset-password/{}/not-me",
    "/not-me/{}",
    "/not-me/done?done={}",
    "/confirm-email/{}",
    "/confirm-email/done?done={}",
    "/stop-email/{}",
    "/account?done={}",
    "/companies?q={}",
    "/company?{}",
    "/company?tab={}",
    "/company?tab=users&q={}",
    "/company?tab=users&role={}&status={}&sort={}&size={}",
    "/company?tab=users&after={}&start={}",
    "/company?tab=users&before={}&start={}",
    "/company?tab=users&done={}&of={}",
    "/company?tab=resets&q={}",
    "/company?tab=resets&state={}&batch={}",
    "/company?tab=resets&after={}&start={}",
    "/company?tab=resets&before={}&start={}",
    "/company?tab=resets&done={}&of={}",
    "/company?tab=activity&q={}",
    "/company?tab=activity&from={}&to={}",
    "/company?tab=activity&after={}&start={}",
    "/company?tab=activity&before={}&start={}",
    "/company/users/{}",
    "/company/users/{}/delete",
    "/company/users/{}/restore",
    "/company/users/{uma}?done={}",
    "/company/users/import?draft={}",
    "/company/resets/new?draft={}",
    "/company/resets/batches/{}",
    "/company/resets/batches/{}/revoke",
    "/company/resets/batches/{}/csv",
    "/company/resets/batches/{batch}?state={}&after={}",
    "/company/users.csv?q={}&role={}",
    "/company/activity.csv?q={}&from={}",
    "/company/activity.jsonl?q={}&to={}",
    "/auth/verify?redirect={}",
    "/pkg/{}",
    "/health/{}",
];

#[tokio::test]
async fn f15_no_text_in_any_address_fails_or_is_shown_as_it_came() {
    let app = TestApp::start().await;
    let (ada, nobody) = (app.sign_in_as(ADA).await, app.client());
    let ids = Ids::of(&app, &ada).await;
    let places: Vec<_> = [
        "9223372036854775807.{uma}",
        "-9223372036854775808.{uma}",
        "99999999999999999999.{uma}",
        "0.{batch}",
        "{uma}",
        "18446744073709551615",
        "-1",
        "0000-00-00",
        "9999-12-31",
        "2026-02-30",
    ]
    .map(|place| Hostile::as_it_is(&ids.fill(place)))
    .into();
    for address in ADDRESSES {
        for text in Hostile::all().iter().chain(&places) {
            let address = ids.fill(address).replace("{}", &text.encoded);
            for browser in [&ada, &nobody] {
                look(&browser.get(&address).await, &format!("{address:.120}"));
            }
        }
        // A right place in a list, and a number that none has.
        for start in ["18446744073709551615", "-1", "x"] {
            let address = ids.fill(address).replace("after={}", &format!("after={}", ids.uma));
            let address = address
                .replace("before={}", &format!("before=1.{}", ids.uma))
                .replace("{}", start);
            look(&ada.get(&address).await, &address);
        }
    }
    nothing_unfit_is_kept(&app);
}

#[tokio::test]
async fn f15_no_cookie_and_no_header_fails_or_is_kept_or_shown_as_it_came() {
    let app = TestApp::start().await;
    for text in Hostile::all() {
        let browser = app.client();
        for name in ["rekey-asked", "rekey-told", "rekey-devices", "rekey"] {
            browser.plant_cookie(name, &text.encoded);
        }
        for page in [
            "/login?done=password-changed",
            "/reset-password?sent=1",
            "/not-me/done?done=link-disavowed",
        ] {
            look(&browser.get(page).await, &format!("{page} with {:.40}", text.encoded));
        }
        // What no header may have can't be sent.
        let agent = [b"Firefox/132.0 ".as_slice(), &text.bytes].concat();
        let Ok(agent) = HeaderValue::from_bytes(&agent) else {
            continue;
        };
        let fields = format!("email={UMA}&password={PASSWORD}");
        let headers = |request: reqwest::RequestBuilder| {
            let request = request.header(USER_AGENT, agent.clone()).header(CONTENT_TYPE, FORM);
            [
                "accept",
                "accept-language",
                "x-forwarded-for",
                "referer",
                "x-original-url",
            ]
            .into_iter()
            .fold(request, |request, name| request.header(name, agent.clone()))
        };
        let browser = app.client();
        let request = headers(browser.request(Method::POST, "/login"));
        let answer = browser.send(request.body(fields)).await.expect_status(303);
        look(&answer, &text.encoded);
        let asking = headers(browser.request(Method::POST, "/reset-password"));
        look(&browser.send(asking.body(format!("email={UMA}"))).await, &text.encoded);
        for page in ["/account", "/company?tab=resets", "/auth/verify", "/nowhere"] {
            let answer = browser.send(headers(browser.request(Method::GET, page))).await;
            look(&answer, &format!("{page} with {:.40}", text.encoded));
        }
    }
    nothing_unfit_is_kept(&app);
}

/// Runs `rekey` on the server's database.
fn rekey(app: &TestApp, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command
        .args(arguments)
        .args(["--config", "/nonexistent/rekey.toml"])
        .env("REKEY_DATABASE_URL", app.database_url());
    command.output().expect("it runs")
}

/// It has not fallen over, and says nothing that a terminal would obey.
#[track_caller]
fn look_at_output(output: &Output, what: &str) {
    assert!(matches!(output.status.code(), Some(0..=2)), "{what}: {output:?}");
    for said in [&output.stdout, &output.stderr] {
        let said = String::from_utf8(said.clone()).expect("text");
        let shown: Vec<_> = said
            .chars()
            .filter(|c| is_unfit(*c) && !matches!(c, '\n' | '\t'))
            .collect();
        assert!(shown.is_empty(), "{what}: {shown:?} in {said}");
        assert!(!said.contains("panicked"), "{what}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f15_no_text_on_the_command_line_or_in_its_file_fails_or_is_kept_or_said_as_it_came() {
    let app = TestApp::start().await;
    let folder = TempDir::new().expect("a folder");
    for (number, text) in Hostile::all().iter().enumerate() {
        // No argument has a zero, or is no text.
        let typed = String::from_utf8_lossy(&text.bytes).replace('\0', "\u{1}");
        let (name, email) = (format!("Ana {typed}"), format!("a{typed}{number}@new.example"));
        for arguments in [
            &["company", "create", &name][..],
            &["user", "list", "--company", &name],
            &["user", "create", &email, "--name", &name, "--company", "Quarry Foods"],
            &["user", "edit", UMA, "--name", &name],
            &["import", &typed, "--company", "Quarry Foods"],
            &["user", &typed],
        ] {
            look_at_output(&rekey(&app, arguments), &format!("{arguments:.60?}"));
        }
        let list = [
            b"name,email,role\nAna".as_slice(),
            &text.bytes,
            b",ana@new.example,user\nBo,b",
            &text.bytes,
            b"o@new.example\nCy,cy@new.example,",
            &text.bytes,
            b"\n",
            &text.bytes,
        ]
        .concat();
        let file = folder.path().join("list.csv");
        std::fs::write(&file, list).expect("the file is written");
        let file = file.to_str().expect("a path in text");
        let output = rekey(&app, &["import", file, "--company", "Quarry Foods"]);
        look_at_output(&output, &format!("import of {:.40}", text.encoded));
    }
    // What an earlier version, or somebody beside it, has left in the database.
    app.execute("UPDATE users SET name = '\u{1b}[31mRed\u{202e}' WHERE email_key = 'uma@blueheron.example'")
        .await;
    let output = rekey(&app, &["user", "list", "--company", "Blue Heron Logistics"]);
    look_at_output(&output, "a name in the database");
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("\u{fffd}[31mRed\u{fffd}"),
        "{output:?}"
    );
    app.execute("UPDATE users SET name = 'Uma User' WHERE email_key = 'uma@blueheron.example'")
        .await;
    nothing_unfit_is_kept(&app);
}
