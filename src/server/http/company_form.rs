//! The plain POST of `/company/edit`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::server::http::forms::{Posted, go};
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::service::edit_company::edit_company;
use crate::wire::company_edit::CompanyInput;
use crate::wire::done::Done;
use crate::wire::forms::{Field, FormState};

/// `POST /company/edit`.
pub async fn post(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in("/company/edit").into_response();
    };
    let input = match posted.read::<CompanyInput>(Field::Website) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match edit_company(&app.services, &posted.visitor.client, &who, &input).await {
        Ok(()) => go(&format!("/company?done={}", Done::Saved.word()), None),
        Err(error) => {
            let typed = FormState {
                company: Some(Box::new(input)),
                ..FormState::default()
            };
            posted.refuse(&app, error, typed).await
        }
    }
}
