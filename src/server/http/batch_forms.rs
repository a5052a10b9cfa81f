//! The plain POSTs of many at once: choosing people, sending to them, sending again, withdrawing. Each leads to another page,
//! so that none of them has a server function.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rekey_domain::id::{BatchId, CompanyId};

use crate::server::http::forms::{Posted, go};
use crate::server::http::people_forms::Id;
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::http::trouble;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::choose_people::{Chosen, choose_people};
use crate::server::service::batches::press_batch::press_batch;
use crate::server::service::batches::revoke_batch::revoke_batch;
use crate::server::service::batches::send_again_to_refused::send_again_to_refused;
use crate::wire::batches::{BatchPress, ChooseInput, PasteInput, SendInput};
use crate::wire::error::AppError;
use crate::wire::forms::Field;
use crate::wire::paths;

/// `POST /company`: the buttons around the list of people.
pub async fn post_choose(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::COMPANY).into_response();
    };
    let input = match posted.read::<ChooseInput>(Field::Selection) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    let chosen = if input.everyone.is_some() {
        Chosen::Everyone(input.filters())
    } else {
        Chosen::People(input.ticked())
    };
    choose(app, posted, &who, input.company, chosen).await
}

/// `POST /company/resets/new`: pasted addresses, or the press under a draft, which are told apart by their fields.
pub async fn post_new(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::NEW_BATCH).into_response();
    };
    if url::form_urlencoded::parse(&posted.bytes).any(|(name, _)| name == "draft") {
        return send(app, posted, &who).await;
    }
    let input = match posted.read::<PasteInput>(Field::Emails) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    choose(app, posted, &who, input.company, Chosen::Addresses(input.emails)).await
}

async fn choose(app: AppState, posted: Posted, who: &SignedIn, company: Option<CompanyId>, chosen: Chosen) -> Response {
    let Some(company) = company else {
        return trouble::answer(&AppError::BadRequest, &posted.parts.uri);
    };
    match choose_people(&app.services, &posted.visitor.client, who, company, chosen).await {
        Ok(draft) => go(&paths::batch_draft(draft), None),
        Err(error) => {
            let error = posted.tell(error);
            posted.refuse(&app, error).await
        }
    }
}

async fn send(app: AppState, posted: Posted, who: &SignedIn) -> Response {
    let input = match posted.read::<SendInput>(Field::Reason) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match press_batch(&app.services, &posted.visitor.client, who, &input).await {
        Ok(()) => go(&paths::batch(input.draft), None),
        Err(error) => {
            let error = posted.tell(error);
            posted.refuse(&app, error).await
        }
    }
}

/// `POST /company/resets/batches/{id}/again`: the button **Send again to refused**.
pub async fn post_again(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let (batch, who, input) = match pressed(id, &posted) {
        Ok(all) => all,
        Err(answer) => return *answer,
    };
    match send_again_to_refused(&app.services, &posted.visitor.client, &who, batch, input).await {
        Ok(new) => go(&paths::batch(new), None),
        Err(error) => posted.fail(error),
    }
}

/// `POST /company/resets/batches/{id}/revoke`.
pub async fn post_revoke(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let (batch, who, input) = match pressed(id, &posted) {
        Ok(all) => all,
        Err(answer) => return *answer,
    };
    match revoke_batch(&app.services, &posted.visitor.client, &who, batch, input).await {
        Ok(()) => go(&paths::batch(batch), None),
        Err(error) => posted.fail(error),
    }
}

/// The batch in the path, who is signed in, and the button's only field; else the answer.
fn pressed(id: Id, posted: &Posted) -> Result<(BatchId, SignedIn, BatchPress), Box<Response>> {
    let Some(batch) = id.ok().and_then(|Path(id)| id.parse::<BatchId>().ok()) else {
        return Err(trouble::answer(&AppError::NotFound, &posted.parts.uri).into());
    };
    let Some(who) = posted.visitor.signed_in.clone() else {
        return Err(to_sign_in(&paths::batch(batch)).into_response().into());
    };
    match serde_html_form::from_bytes(&posted.bytes) {
        Ok(input) => Ok((batch, who, input)),
        Err(_) => Err(trouble::answer(&AppError::BadRequest, &posted.parts.uri).into()),
    }
}
