//! `/confirm-email/{token}` and `/stop-email/{token}`: a new address confirms itself, the old one stops it. Works signed
//! out, and whoever is signed in here: the link speaks for its own account, which the page names. GET shows, only the POST
//! acts, once.

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use rekey_domain::secret::Secret;

use crate::server::http::forms::{Posted, go};
use crate::server::http::link_page::{TokenInPath, show, text_of};
use crate::server::http::router::AppState;
use crate::server::http::{incident, trouble};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::emails::confirm_email::confirm_email;
use crate::server::service::emails::look_at_email_change::{look_at_confirming, look_at_stopping};
use crate::server::service::emails::stop_email::stop_email;
use crate::wire::done::Done;
use crate::wire::email_change::{EmailDone, StopDoes};
use crate::wire::error::AppError;
use crate::wire::paths;
use crate::wire::url_query;
use crate::wire::views::LinkPage;

/// Stands in place of a token after the deed.
const DONE: &str = "done";
/// Stands in place of a token in the address bar of a live page.
const OPEN: &str = "open";

/// `GET /confirm-email/{token}`; also `done` and `open`.
pub async fn get_confirm(State(app): State<AppState>, token: TokenInPath, parts: Parts) -> Response {
    let token = text_of(token);
    match token.as_str() {
        OPEN => go(paths::LINK_OPEN, None),
        DONE => show_done(&app, parts).await,
        token => {
            let state = look_at_confirming(&app.services, token).await;
            show(&app, parts, state, None).await
        }
    }
}

/// `POST /confirm-email/{token}`.
pub async fn post_confirm(State(app): State<AppState>, token: TokenInPath, posted: Posted) -> Response {
    let token = text_of(token);
    let secret = Secret::from(token.clone());
    match confirm_email(&app.services, &posted.visitor.client, &secret).await {
        Ok(true) => done(paths::CONFIRM_EMAIL_DONE, Done::EmailCounts),
        Ok(false) => done(paths::CONFIRM_EMAIL_DONE, Done::EmailConfirmed),
        Err(error) => {
            let look = async || look_at_confirming(&app.services, &token).await;
            show_dead(&app, posted, error, look).await
        }
    }
}

/// `GET /stop-email/{token}`; also `done` and `open`.
pub async fn get_stop(State(app): State<AppState>, token: TokenInPath, parts: Parts) -> Response {
    let token = text_of(token);
    match token.as_str() {
        OPEN => go(paths::LINK_OPEN, None),
        DONE => show_done(&app, parts).await,
        token => {
            let state = look_at_stopping(&app.services, token).await;
            show(&app, parts, state, None).await
        }
    }
}

/// `POST /stop-email/{token}`.
pub async fn post_stop(State(app): State<AppState>, token: TokenInPath, posted: Posted) -> Response {
    let token = text_of(token);
    let secret = Secret::from(token.clone());
    match stop_email(&app.services, &posted.visitor.client, &secret).await {
        Ok(StopDoes::Stops) => done(paths::STOP_EMAIL_DONE, Done::EmailStopped),
        Ok(StopDoes::SignsOut) => done(paths::STOP_EMAIL_DONE, Done::EmailStoppedSignedOut),
        Ok(StopDoes::BringsBack) => done(paths::STOP_EMAIL_DONE, Done::EmailTakenBack),
        Ok(StopDoes::StaysDeleted) => done(paths::STOP_EMAIL_DONE, Done::StaysDeleted),
        Err(error) => {
            let look = async || look_at_stopping(&app.services, &token).await;
            show_dead(&app, posted, error, look).await
        }
    }
}

/// 303 to the page that says so.
fn done(page: &str, done: Done) -> Response {
    go(&paths::with_done(page, done), None)
}

/// A link that has died meanwhile says so.
async fn show_dead(
    app: &AppState,
    posted: Posted,
    error: ServiceError,
    look: impl AsyncFnOnce() -> Outcome<LinkPage>,
) -> Response {
    match error {
        ServiceError::Refused(AppError::LinkDead) => show(app, posted.parts, look().await, None).await,
        error => trouble::answer(&incident::tell(error), &posted.parts.uri),
    }
}

async fn show_done(app: &AppState, parts: Parts) -> Response {
    let word = url_query::value(parts.uri.query().unwrap_or_default(), "done");
    let done = match word.as_deref().and_then(Done::from_word) {
        Some(Done::EmailCounts) => Some(EmailDone::Counts),
        Some(Done::EmailConfirmed) => Some(EmailDone::Confirmed),
        Some(Done::EmailStopped) => Some(EmailDone::Stopped),
        Some(Done::EmailStoppedSignedOut) => Some(EmailDone::StoppedSignedOut),
        Some(Done::StaysDeleted) => Some(EmailDone::StaysDeleted),
        Some(Done::EmailTakenBack) => Some(EmailDone::TakenBack),
        _ => None,
    };
    let state = done.map_or(LinkPage::DoesNotWork, LinkPage::EmailDone);
    show(app, parts, Ok(state), None).await
}
