//! The doors under `/dev/`: the mailbox of the demo, its clock and its mail server. The router mounts them with
//! `--demo` only, so elsewhere they are unknown paths. They show every mail with its living link, hence loopback only.
//!
//! Outside suites rely on the addresses, fields and JSON here. It must not know rules: it reads the recorder, moves
//! the clock and sets how the recorder behaves.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use rekey_domain::email::Email;
use serde::Deserialize;

use crate::server::clock::Clock;
use crate::server::mail::recorded::{ReadMail, is_for, rfc3339};
use crate::server::mail::recorder::{Behaviour, Recorder};
use crate::wire::paths;

/// The policy of a mail's HTML part, which is shown as in a mail program: no scripts, no images from elsewhere.
const POLICY_OF_HTML_PART: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; \
     sandbox allow-popups allow-popups-to-escape-sandbox",
);

/// The furthest that one post moves the clock: ten years, with as many leap days as they can have.
const FURTHEST_ADVANCE_SECONDS: u64 = 3653 * 24 * 60 * 60;

/// The modes of `/dev/mail/server`, with the words of the page.
const MODES: [(&str, &str, Behaviour); 4] = [
    ("accept", "Accept every mail", Behaviour::Accept),
    ("defer", "Put every mail off (451)", Behaviour::Defer),
    ("refuse", "Refuse every recipient (550)", Behaviour::Refuse),
    ("down", "Be down", Behaviour::Down),
];

/// What the doors open to.
#[derive(Clone)]
pub struct DevDoors {
    /// The mail server of this demo.
    pub recorder: Recorder,
    /// The clock of the rules.
    pub clock: Clock,
    /// Called after the clock was moved: the mail worker looks at once at what is due now.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// The path of the style sheet that the pages link.
    pub stylesheet: String,
}

/// The routes under `/dev/`.
pub fn routes<S: Clone + Send + Sync + 'static>(doors: DevDoors) -> Router<S> {
    Router::new()
        .route(paths::DEV_MAIL, get(mailbox))
        .route(paths::DEV_MAIL_JSON, get(mailbox_json))
        .route(paths::DEV_MAIL_ONE, get(mail))
        .route(paths::DEV_MAIL_HTML, get(html_part))
        .route(paths::DEV_MAIL_CLEAR, post(clear))
        .route(paths::DEV_MAIL_SERVER, post(set_server))
        .route(paths::DEV_CLOCK, post(advance_clock))
        .with_state(doors)
}

#[derive(Template)]
#[template(path = "dev_mailbox.html")]
struct MailboxPage<'a> {
    stylesheet: &'a str,
    mails: Vec<ReadMail>,
    modes: Vec<ModeChoice>,
    furthest_advance: u64,
    now: String,
}

struct ModeChoice {
    name: &'static str,
    label: &'static str,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "dev_mail.html")]
struct MailPage<'a> {
    stylesheet: &'a str,
    mail: &'a ReadMail,
    sender: &'a str,
}

async fn mailbox(State(doors): State<DevDoors>) -> Response {
    let current = doors.recorder.behaviour();
    let modes = MODES.iter().map(|&(name, label, behaviour)| ModeChoice {
        name,
        label,
        is_current: behaviour == current,
    });
    page(&MailboxPage {
        stylesheet: &doors.stylesheet,
        mails: doors.recorder.mails().iter().map(ReadMail::of).collect(),
        modes: modes.collect(),
        furthest_advance: FURTHEST_ADVANCE_SECONDS,
        now: rfc3339(doors.clock.now()),
    })
}

/// Which mails: all, or those to one address.
#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
}

async fn mailbox_json(State(doors): State<DevDoors>, Query(wanted): Query<Wanted>) -> Response {
    let mails = doors.recorder.mails();
    let read: Vec<ReadMail> = match wanted.to.as_deref().map(Email::parse) {
        None => mails.iter().map(ReadMail::of).collect(),
        Some(Ok(address)) => mails
            .iter()
            .filter(|mail| is_for(mail, &address))
            .map(ReadMail::of)
            .collect(),
        // No mail goes to what is no address.
        Some(Err(_)) => Vec::new(),
    };
    (NO_STORE, Json(read)).into_response()
}

async fn mail(State(doors): State<DevDoors>, Path(id): Path<String>) -> Response {
    let Some(recorded) = id.parse().ok().and_then(|id| doors.recorder.mail(id)) else {
        return no_such_mail();
    };
    page(&MailPage {
        stylesheet: &doors.stylesheet,
        mail: &ReadMail::of(&recorded),
        sender: &recorded.from,
    })
}

async fn html_part(State(doors): State<DevDoors>, Path(id): Path<String>) -> Response {
    let Some(recorded) = id.parse().ok().and_then(|id| doors.recorder.mail(id)) else {
        return no_such_mail();
    };
    let html = links_in_new_tabs(&ReadMail::of(&recorded).html);
    ([(CONTENT_SECURITY_POLICY, POLICY_OF_HTML_PART)], NO_STORE, Html(html)).into_response()
}

async fn clear(State(doors): State<DevDoors>, headers: HeaderMap) -> Response {
    doors.recorder.clear();
    done(&headers)
}

#[derive(Deserialize)]
struct ServerForm {
    #[serde(default)]
    mode: String,
}

async fn set_server(State(doors): State<DevDoors>, headers: HeaderMap, Form(form): Form<ServerForm>) -> Response {
    let Some((_, _, behaviour)) = MODES.iter().find(|(name, _, _)| *name == form.mode) else {
        return refused("The field mode is one of accept, defer, refuse and down.");
    };
    doors.recorder.set_behaviour(*behaviour);
    done(&headers)
}

#[derive(Deserialize)]
struct ClockForm {
    #[serde(default)]
    advance: String,
}

async fn advance_clock(State(doors): State<DevDoors>, headers: HeaderMap, Form(form): Form<ClockForm>) -> Response {
    let seconds = form
        .advance
        .trim()
        .parse()
        .ok()
        .filter(|seconds| *seconds <= FURTHEST_ADVANCE_SECONDS);
    let Some(seconds) = seconds else {
        return refused("The field advance is a whole number of seconds, from 0 to ten years (315619200).");
    };
    doors.clock.advance(Duration::from_secs(seconds));
    (doors.wake)();
    done(&headers)
}

/// The mails hold living links: nothing under `/dev/` is kept by a browser.
const NO_STORE: [(axum::http::HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];

fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (NO_STORE, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the development mailbox could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A browser goes back to the mailbox; a program needs no page.
fn done(headers: &HeaderMap) -> Response {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    if accept.is_some_and(|accept| accept.contains("text/html")) {
        Redirect::to(paths::DEV_MAIL).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    }
}

fn refused(reason: &'static str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, reason).into_response()
}

fn no_such_mail() -> Response {
    (
        StatusCode::NOT_FOUND,
        "There is no such mail. It may have been cleared.",
    )
        .into_response()
}

/// Our pages refuse to be framed, so a link in the framed mail opens a tab of its own, as in a mail program.
fn links_in_new_tabs(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}

#[cfg(test)]
mod tests;
