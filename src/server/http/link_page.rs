//! `/reset-password/{token}` and `/reset-password/open`. The state of the link is looked up here and travels with the
//! page; the token never goes into another URL, and the log knows only the route's pattern (F4). What ends in `/not-me` is
//! the page of `not_me_page`: the router has one pattern for both, so that a cut link of either kind looks the same (A13).

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use leptos::prelude::provide_context;
use rekey_domain::pasted_link::{self, NotALink};

use crate::api::resets::RedeemLink;
use crate::server::http::forms::{Posted, go};
use crate::server::http::router::AppState;
use crate::server::http::session::Visitor;
use crate::server::http::write::NotDone;
use crate::server::http::{incident, not_me_page, page, trouble, write};
use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::look_at_link::look_at_link;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, FormState, NewPasswordInput, OpenLinkInput, Reason};
use crate::wire::paths;
use crate::wire::views::LinkPage;

/// What stands in place of a token where there is none.
const OPEN: &str = "open";

/// What stands in the path after the slash; nothing where it is no text at all, which is then no link either (A13).
pub(super) type TokenInPath = Result<Path<String>, PathRejection>;

pub(super) fn text_of(token: TokenInPath) -> String {
    token.map(|Path(token)| token).unwrap_or_default()
}

/// `GET`: shows what became of the link, and writes nothing (A11).
pub async fn get(State(app): State<AppState>, token: TokenInPath, parts: Parts) -> Response {
    let token = text_of(token);
    if let Some(token) = token.strip_suffix(paths::NOT_ME_SUFFIX) {
        return not_me_page::get_about_link(&app, token, parts).await;
    }
    let state = if token == OPEN {
        Ok(LinkPage::OpenAgain)
    } else {
        look(&app, &parts, &token).await
    };
    show(&app, parts, state, None).await
}

/// `POST`: sets the password, or opens a pasted link.
pub async fn post(State(app): State<AppState>, token: TokenInPath, posted: Posted) -> Response {
    let token = text_of(token);
    if token == OPEN {
        return open(&app, posted).await;
    }
    if let Some(token) = token.strip_suffix(paths::NOT_ME_SUFFIX) {
        return not_me_page::post_about_link(&app, token, posted).await;
    }
    let of_address = [("token", token.clone())];
    match write::run::<RedeemLink, NewPasswordInput>(&app, &posted, &of_address).await {
        Ok(done) => done,
        Err(NotDone::Unreadable) => {
            let refused = posted.unreadable(Field::NewPassword);
            show_refused(&app, posted, &token, refused).await
        }
        Err(NotDone::Refused(AppError::Invalid(problems))) => {
            let refused = FormState {
                problems,
                ..FormState::default()
            };
            show_refused(&app, posted, &token, refused).await
        }
        Err(NotDone::Refused(AppError::LinkDead | AppError::SignedInAs(_))) => {
            let state = look(&app, &posted.parts, &token).await;
            show(&app, posted.parts, state, None).await
        }
        Err(NotDone::Refused(error)) => trouble::answer(&error, &posted.parts.uri),
    }
}

/// The state of a link for whoever looks: a living one of somebody else than who is signed in here is not mixed (E7).
async fn look(app: &AppState, parts: &Parts, token: &str) -> Outcome<LinkPage> {
    let state = look_at_link(&app.services, token).await?;
    let visitor = parts.extensions.get::<Arc<Visitor>>();
    let who = visitor.and_then(|visitor| visitor.signed_in.as_ref());
    Ok(match (state, who) {
        (LinkPage::Living(link), Some(who)) if link.email != who.email => LinkPage::ForSomebodyElse {
            email: link.email,
            signed_in_as: who.name.clone(),
        },
        (state, _) => state,
    })
}

async fn show_refused(app: &AppState, posted: Posted, token: &str, refused: FormState) -> Response {
    let state = look(app, &posted.parts, token).await;
    show(app, posted.parts, state, Some(refused)).await
}

/// Renders the page of a state: 200 or 422 while the link lives, else 410.
pub(super) async fn show(
    app: &AppState,
    parts: Parts,
    state: Outcome<LinkPage>,
    refused: Option<FormState>,
) -> Response {
    let state = match state {
        Ok(state) => state,
        Err(error) => return trouble::answer(&incident::tell(error), &parts.uri),
    };
    let status = match (&state, &refused) {
        (LinkPage::ForSomebodyElse { .. }, None) if parts.method == Method::POST => StatusCode::CONFLICT,
        (
            LinkPage::OpenAgain
            | LinkPage::Living(_)
            | LinkPage::NotMe(_)
            | LinkPage::ConfirmEmail(_)
            | LinkPage::StopEmail(_)
            | LinkPage::ForSomebodyElse { .. },
            None,
        )
        | (LinkPage::NotMeDone(_) | LinkPage::EmailDone(_), _) => StatusCode::OK,
        (LinkPage::ForSomebodyElse { .. }, Some(_)) => StatusCode::CONFLICT,
        (LinkPage::OpenAgain | LinkPage::Living(_) | LinkPage::NotMe(_), Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::GONE,
    };
    // A dead link's page has another form: reasons at a field that it does not have would lead nowhere.
    let refused = refused.filter(|_| status == StatusCode::UNPROCESSABLE_ENTITY);
    let context = move || {
        provide_context(state.clone());
        if let Some(refused) = &refused {
            provide_context(refused.clone());
        }
    };
    page::render(app, parts, status, context).await
}

/// A pasted link, or the token alone.
async fn open(app: &AppState, posted: Posted) -> Response {
    let input = match posted.read::<OpenLinkInput>(Field::Link) {
        Ok(input) => input,
        Err(refused) => return show(app, posted.parts, Ok(LinkPage::OpenAgain), Some(refused)).await,
    };
    let home = &app.services.settings.public_url;
    let reason = match pasted_link::path(input.link.expose().as_bytes(), home) {
        Ok(path) => return go(&path, None),
        Err(NotALink::Nothing) => Reason::NotALink,
        Err(NotALink::CutOff) => Reason::LinkCutOff,
        Err(NotALink::Elsewhere) => Reason::LinkElsewhere(home.to_string()),
    };
    let refused = posted.refused(Field::Link, reason);
    show(app, posted.parts, Ok(LinkPage::OpenAgain), Some(refused)).await
}
