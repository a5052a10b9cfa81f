//! The plain POSTs of `/account`: details, password, sessions, a link for oneself.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rekey_domain::id::SessionId;

use crate::server::http::cookies::Cookies;
use crate::server::http::forms::{Posted, go};
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::http::trouble;
use crate::server::service::cancel_email::cancel_own_email;
use crate::server::service::change_password::change_password;
use crate::server::service::error::Outcome;
use crate::server::service::own_account;
use crate::wire::account::{ChangePasswordInput, DetailsInput};
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, FormState};

/// Where all of them lead.
const ACCOUNT: &str = "/account";

/// `POST /account`: name and zone.
pub async fn post_details(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(ACCOUNT).into_response();
    };
    let input = match posted.read::<DetailsInput>(Field::Name) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match own_account::save_details(&app.services, &posted.visitor.client, &who, &input).await {
        Ok(()) => back(Done::Saved),
        Err(error) => {
            let typed = FormState {
                // What is shown again stands in the page as text: never a password.
                details: Some(Box::new(DetailsInput {
                    current_password: None,
                    ..input.clone()
                })),
                ..FormState::with_email(input.email.unwrap_or_default())
            };
            posted.refuse(&app, error, typed).await
        }
    }
}

/// `POST /account/password`.
pub async fn post_password(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in("/account/password").into_response();
    };
    let input = match posted.read::<ChangePasswordInput>(Field::CurrentPassword) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match change_password(&app.services, &posted.visitor.client, &who, input).await {
        Ok(changed) => {
            let cookies = Cookies::of(&app.services.settings);
            let mut response = go(
                &to_account(Done::PasswordChanged),
                Some(&cookies.session(&changed.session)),
            );
            let devices = cookies.remember_devices(changed.signed_out_devices);
            response.headers_mut().append(SET_COOKIE, HeaderValue::from(&devices));
            response
        }
        Err(error) => posted.refuse(&app, error, FormState::default()).await,
    }
}

/// `POST /account/reset`: a link for oneself.
pub async fn post_reset(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(ACCOUNT).into_response();
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
        return to_sign_in(ACCOUNT).into_response();
    };
    let Some(id) = id.ok().and_then(|Path(id)| id.parse::<SessionId>().ok()) else {
        return trouble::answer(&AppError::NotFound, &posted.parts.uri);
    };
    let done = own_account::end_session(&app.services, &who, id).await;
    end(posted, done, Done::DeviceSignedOut)
}

/// `POST /account/sessions/end-others`.
pub async fn post_end_others(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(ACCOUNT).into_response();
    };
    let done = own_account::end_other_sessions(&app.services, &who).await;
    end(posted, done, Done::OthersSignedOut)
}

/// `POST /account/cancel-email`.
pub async fn post_cancel_email(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(ACCOUNT).into_response();
    };
    let done = cancel_own_email(&app.services, &posted.visitor.client, &who).await;
    end(posted, done, Done::EmailCancelled)
}

/// `GET /.well-known/change-password` (W3C): where password managers send people.
pub async fn well_known() -> Response {
    (StatusCode::FOUND, [(LOCATION, "/account/password")]).into_response()
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

fn to_account(done: Done) -> String {
    format!("{ACCOUNT}?done={}", done.word())
}
