//! The plain POSTs of `/account` that are posts for everybody: sessions, a link for oneself.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use rekey_domain::id::SessionId;

use crate::server::http::forms::{Posted, go};
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::http::trouble;
use crate::server::service::account::own_account;
use crate::server::service::acting::error::Outcome;
use crate::server::service::emails::cancel_email::cancel_own_email;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::paths;

/// `POST /account/reset`: a link for oneself.
pub async fn post_reset(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::ACCOUNT).into_response();
    };
    let done = own_account::email_me_a_link(&app.services, &posted.visitor.client, &who).await;
    end(posted, done, Done::OnItsWay)
}

/// `POST /account/sessions/{id}/end`.
pub async fn post_end_session(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    posted: Posted,
) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::ACCOUNT).into_response();
    };
    let Some(id) = id.ok().and_then(|Path(id)| id.parse::<SessionId>().ok()) else {
        return trouble::answer(&AppError::NotFound, &posted.parts.uri);
    };
    let done = own_account::end_session(&app.services, &posted.visitor.client, &who, id).await;
    end(posted, done, Done::DeviceSignedOut)
}

/// `POST /account/sessions/end-others`.
pub async fn post_end_others(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::ACCOUNT).into_response();
    };
    let done = own_account::end_other_sessions(&app.services, &posted.visitor.client, &who).await;
    end(posted, done, Done::OthersSignedOut)
}

/// `POST /account/cancel-email`.
pub async fn post_cancel_email(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::ACCOUNT).into_response();
    };
    let done = cancel_own_email(&app.services, &posted.visitor.client, &who).await;
    end(posted, done, Done::EmailCancelled)
}

/// `GET /.well-known/change-password` (W3C): where password managers send people.
pub async fn well_known() -> Response {
    (StatusCode::FOUND, [(LOCATION, paths::ACCOUNT_PASSWORD)]).into_response()
}

fn end(posted: Posted, outcome: Outcome<()>, done: Done) -> Response {
    match outcome {
        Ok(()) => back(done),
        Err(error) => posted.fail(error),
    }
}

fn back(done: Done) -> Response {
    go(&to_account(done), None)
}

/// The account's page, which tells what was done.
pub fn to_account(done: Done) -> String {
    paths::with_done(paths::ACCOUNT, done)
}
