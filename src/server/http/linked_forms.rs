//! The plain POSTs of linked companies: switching to one and back, giving access and taking it away. The frame changes with
//! a switch, and access is rare, so that none of them has a server function.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rekey_domain::id::{CompanyId, UserId};
use serde::de::DeserializeOwned;

use crate::server::http::forms::{Posted, go};
use crate::server::http::people_forms::{Id, on_whom, to_page};
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::http::trouble;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::companies::give_access::give_access;
use crate::server::service::companies::remove_access::remove_access;
use crate::server::service::companies::switch_company::{switch_back, switch_company};
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::linked::{AccessInput, SwitchInput};
use crate::wire::paths;

/// `POST /companies/{id}/switch`.
pub async fn post_switch(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    posted: Posted,
) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::COMPANIES).into_response();
    };
    let Some(child) = id.ok().and_then(|Path(id)| id.parse::<CompanyId>().ok()) else {
        return trouble::answer(&AppError::NotFound, &posted.parts.uri);
    };
    let input = match read::<SwitchInput>(&posted) {
        Ok(input) => input,
        Err(answer) => return *answer,
    };
    let done = switch_company(&app.services, &posted.visitor.client, &who, child, input).await;
    end(posted, done)
}

/// `POST /companies/back`.
pub async fn post_back(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::DASHBOARD).into_response();
    };
    let done = switch_back(&app.services, &who).await;
    end(posted, done)
}

/// `POST /company/users/{id}/give-access`.
pub async fn post_give(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let (user, who, input) = match access_of(id, &posted) {
        Ok(all) => all,
        Err(answer) => return *answer,
    };
    match give_access(&app.services, &posted.visitor.client, &who, user, input).await {
        Ok(()) => to_page(user, Done::AccessGiven),
        Err(error) => posted.fail(error),
    }
}

/// `POST /company/users/{id}/remove-access`.
pub async fn post_remove(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let (user, who, input) = match access_of(id, &posted) {
        Ok(all) => all,
        Err(answer) => return *answer,
    };
    match remove_access(&app.services, &posted.visitor.client, &who, user, input).await {
        Ok(()) => to_page(user, Done::AccessRemoved),
        Err(error) => posted.fail(error),
    }
}

/// Whose access, by whom, and to what.
fn access_of(id: Id, posted: &Posted) -> Result<(UserId, SignedIn, AccessInput), Box<Response>> {
    let (user, who) = on_whom(id, posted, paths::person)?;
    Ok((user, who, read(posted)?))
}

/// The fields of a button's form; what our pages don't send is none.
fn read<T: DeserializeOwned>(posted: &Posted) -> Result<T, Box<Response>> {
    serde_html_form::from_bytes(&posted.bytes)
        .map_err(|_| trouble::answer(&AppError::BadRequest, &posted.parts.uri).into())
}

fn end(posted: Posted, outcome: Outcome<()>) -> Response {
    match outcome {
        Ok(()) => go(paths::DASHBOARD, None),
        Err(error) => posted.fail(error),
    }
}
