//! `/reset-password/{token}/not-me` and `/not-me/{token}`: the recipient of a mail says that it was not expected. Works
//! signed out, and whoever is signed in here: the link speaks for its own account, which the page names. GET shows, only
//! the POST acts, once.

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use rekey_domain::reset::RecipientSaid;
use rekey_domain::secret::Secret;

use crate::server::http::cookies::Cookies;
use crate::server::http::forms::{Posted, go};
use crate::server::http::link_page::{TokenInPath, show, text_of};
use crate::server::http::router::AppState;
use crate::server::http::{incident, trouble};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::resets::disavow_change::disavow_change;
use crate::server::service::resets::look_at_not_me::{look_at_disavowal, look_at_own_withdrawal};
use crate::server::service::resets::not_me_said::Said;
use crate::server::service::resets::withdraw_link::withdraw_link;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, NotMeInput, Reason, WithdrawInput};
use crate::wire::not_me::{NotMeAbout, NotMeDone};
use crate::wire::paths;
use crate::wire::url_query;
use crate::wire::views::LinkPage;

/// Stands in place of a token after the deed.
const DONE: &str = "done";
/// Stands in place of a token in the address bar of a live page.
const OPEN: &str = "open";

/// `GET /reset-password/{token}/not-me`.
pub(super) async fn get_about_link(app: &AppState, token: &str, parts: Parts) -> Response {
    let state = look_at_own_withdrawal(&app.services, token).await;
    show(app, parts, state, None).await
}

/// `POST /reset-password/{token}/not-me`.
pub(super) async fn post_about_link(app: &AppState, token: &str, posted: Posted) -> Response {
    let field = Field::WhatHappened;
    let said = posted.read::<WithdrawInput>(field).and_then(|input| {
        let said = input.what_happened.parse::<RecipientSaid>();
        said.map_err(|_| posted.refused(field, Reason::ChooseOne))
    });
    let said = match said {
        Ok(said) => said,
        Err(refused) => {
            let state = look_at_own_withdrawal(&app.services, token).await;
            return show(app, posted.parts, state, Some(refused)).await;
        }
    };
    let secret = Secret::from(token.to_owned());
    match withdraw_link(&app.services, &posted.visitor.client, &secret, said).await {
        Ok(withdrawn) => {
            let alone = match said {
                RecipientSaid::NotNeeded => Done::LinkWithdrawn,
                RecipientSaid::NotAsked => Done::LinkNotMine,
            };
            done(app, &withdrawn, alone, Done::LinkDisavowed)
        }
        Err(error) => {
            let look = async || look_at_own_withdrawal(&app.services, token).await;
            show_dead(app, posted, error, look).await
        }
    }
}

/// `GET /not-me/{token}`; also `done` and `open`.
pub async fn get(State(app): State<AppState>, token: TokenInPath, parts: Parts) -> Response {
    let token = text_of(token);
    let state = match token.as_str() {
        OPEN => return go(paths::LINK_OPEN, None),
        DONE => Ok(what_was_done(&app, &parts).map_or(LinkPage::DoesNotWork, LinkPage::NotMeDone)),
        token => look_at_disavowal(&app.services, token).await,
    };
    show(&app, parts, state, None).await
}

/// `POST /not-me/{token}`.
pub async fn post(State(app): State<AppState>, token: TokenInPath, posted: Posted) -> Response {
    let token = text_of(token);
    let ticked = posted.read::<NotMeInput>(Field::NotMe).and_then(|input| {
        input
            .not_me
            .ok_or_else(|| posted.refused(Field::NotMe, Reason::NotTicked))
    });
    if let Err(refused) = ticked {
        let state = look_at_disavowal(&app.services, &token).await;
        return show(&app, posted.parts, state, Some(refused)).await;
    }
    let secret = Secret::from(token.clone());
    match disavow_change(&app.services, &posted.visitor.client, &secret).await {
        Ok(said) => done(&app, &said, Done::AllSignedOut, Done::ChangeDisavowed),
        Err(error) => {
            let look = async || look_at_disavowal(&app.services, &token).await;
            show_dead(&app, posted, error, look).await
        }
    }
}

/// 303 to the page that says so. The company's name travels in a cookie, since no page shows words out of its address.
fn done(app: &AppState, said: &Said, alone: Done, told: Done) -> Response {
    let cookies = Cookies::of(&app.services.settings);
    let (done, cookie) = match &said.told {
        Some(company) => (told, Some(cookies.remember_told(company))),
        None => (alone, None),
    };
    go(&paths::with_done(paths::NOT_ME_DONE, done), cookie.as_ref())
}

/// A link that has died meanwhile says why.
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

fn what_was_done(app: &AppState, parts: &Parts) -> Option<NotMeDone> {
    let word = url_query::value(parts.uri.query().unwrap_or_default(), "done")?;
    let (about, is_told) = match Done::from_word(&word)? {
        Done::LinkWithdrawn => (NotMeAbout::Unneeded, false),
        Done::LinkNotMine => (NotMeAbout::Unasked, false),
        Done::LinkDisavowed => (NotMeAbout::Unasked, true),
        Done::AllSignedOut => (NotMeAbout::Change, false),
        Done::ChangeDisavowed => (NotMeAbout::Change, true),
        _ => return None,
    };
    Some(NotMeDone {
        about,
        is_told,
        company: Cookies::of(&app.services.settings)
            .read_remembered(&parts.headers)
            .told_company
            .map(String::from),
    })
}
