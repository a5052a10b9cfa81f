//! What was typed into a form is not lost because of something that is not its fault: the session had ended meanwhile (K15),
//! another tab acts in another company, the database could not be written. The answer is then a page that says so and holds
//! what was typed, to be sent again; secrets aside. It keeps nothing on the server.

use std::sync::Arc;

use askama::Template;
use axum::body::{self, Body, Bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::server::http::body_limit::MOST_OF_ANY;
use crate::server::http::form_parts;
use crate::server::http::frame::Frame;
use crate::server::http::session::{Visitor, needs_sign_in};
use crate::server::http::{origin, trouble};
use crate::texts::{kept as texts, trouble as trouble_texts};
use crate::wire::error::AppError;
use crate::wire::forms::Field;

/// Fields whose content people type. The others are ids, choices and what a page remembers.
const TYPED: [&str; 11] = [
    "name",
    "email",
    "emails",
    "lines",
    "reason",
    "website",
    "phone",
    "contact_email",
    "banner",
    "sender_name",
    "file",
];
/// Fields of several lines.
const LONG: [&str; 2] = ["emails", "lines"];

/// The layer. It stands below the one that limits bodies.
pub async fn keep(request: Request, next: Next) -> Response {
    if request.method() != Method::POST || trouble::is_server_function(request.uri()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = body::to_bytes(body, MOST_OF_ANY).await else {
        return trouble::answer(&AppError::TooLarge, &parts.uri);
    };
    let visitor = parts.extensions.get::<Arc<Visitor>>();
    // Whoever was never signed in here has lost nothing. Signing out in another tab takes the cookie away.
    let was_there = |visitor: &Visitor| visitor.sent_cookie || origin::is_by_a_page(&parts.headers);
    let is_signed_out = visitor.is_some_and(|visitor| visitor.signed_in.is_none() && was_there(visitor));
    if is_signed_out && needs_sign_in(parts.uri.path()) {
        if let Some(page) = page(&parts, bytes.clone(), &AppError::NotSignedIn).await {
            return page;
        }
        return next.run(Request::from_parts(parts, Body::from(bytes))).await;
    }
    let again = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let answer = next.run(again).await;
    let Some(trouble) = answer.extensions().get::<trouble::Told>() else {
        return answer;
    };
    let helps = matches!(
        trouble.0,
        AppError::OtherCompany(_) | AppError::Unavailable | AppError::Busy | AppError::Internal(_)
    );
    if !helps {
        return answer;
    }
    match page(&parts, bytes, &trouble.0).await {
        Some(mut page) => {
            trouble::say_when(trouble.0.retry_after(), page.headers_mut());
            page
        }
        None => answer,
    }
}

#[derive(Template)]
#[template(path = "kept.html")]
struct Page<'a> {
    frame: Frame,
    title: &'a str,
    explanation: &'a str,
    nothing_done: &'a str,
    signs_in: bool,
    sign_in: &'a str,
    then_send: &'a str,
    typed: &'a str,
    action: &'a str,
    is_multipart: bool,
    shown: Vec<Shown<'a>>,
    hidden: Vec<(String, String)>,
    notes: Vec<&'a str>,
    send_again: &'a str,
    way_out: &'a str,
}

/// A field that people see.
struct Shown<'a> {
    name: &'a str,
    label: &'a str,
    value: String,
    rows: usize,
}

/// The page; none where nothing was typed.
async fn page(parts: &Parts, bytes: Bytes, error: &AppError) -> Option<Response> {
    let fields = form_parts::read(parts, bytes).await.ok()?;
    let (mut shown, mut hidden, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let typed = TYPED.into_iter().find(|name| *name == field.name);
        let text = std::str::from_utf8(&field.bytes).map(str::to_owned);
        match (typed, text) {
            _ if Field::is_secret(&field.name) => {
                if !field.bytes.is_empty() {
                    notes.push(texts::NO_PASSWORDS);
                }
            }
            // A browser does not let a page put a file back; its lines can be pasted.
            (Some("file"), Ok(text)) if !text.trim().is_empty() => add(&mut shown, Field::Lines.name(), &text),
            (Some("file"), Err(_)) => notes.push(texts::NO_FILE),
            (Some(name), Ok(text)) if !text.trim().is_empty() => add(&mut shown, name, &text),
            (None, Ok(text)) => hidden.push((field.name, text)),
            (Some(_), _) | (None, Err(_)) => (),
        }
    }
    notes.dedup();
    if shown.is_empty() && notes.is_empty() {
        return None;
    }
    let signs_in = *error == AppError::NotSignedIn;
    let explanation = trouble_texts::explanation(error);
    let page = Page {
        frame: Frame::new(),
        title: if signs_in {
            texts::SIGNED_OUT
        } else {
            trouble_texts::title(error)
        },
        explanation: if signs_in { "" } else { &explanation },
        nothing_done: texts::NOTHING_DONE,
        signs_in,
        sign_in: texts::SIGN_IN,
        then_send: texts::THEN_SEND,
        typed: texts::TYPED,
        action: parts.uri.path(),
        is_multipart: form_parts::may_hold_file(parts),
        shown,
        hidden,
        notes,
        send_again: texts::SEND_AGAIN,
        way_out: trouble_texts::TO_DASHBOARD,
    };
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Some((status, Html(page.render().ok()?)).into_response())
}

fn add<'a>(shown: &mut Vec<Shown<'a>>, name: &'a str, text: &str) {
    if let Some(known) = shown.iter_mut().find(|known| known.name == name) {
        known.value = format!("{}\n{text}", known.value);
        return;
    }
    shown.push(Shown {
        name,
        label: texts::label(name),
        value: text.to_owned(),
        rows: if LONG.contains(&name) { 10 } else { 1 },
    });
}
