//! The one way of a form without script: it runs the very server function that a live form calls, and turns its answer into a
//! redirect, or into the form's page again with the reasons and what was typed. The framework's own way for such forms is never
//! reached: it would lead back to whatever page the browser names, with the reason in its address (F11).

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use leptos::prelude::provide_context;
use leptos::server_fn::ServerFn;
use rekey_domain::id::UserId;
use serde::de::DeserializeOwned;

use crate::server::http::forms::Posted;
use crate::server::http::router::AppState;
use crate::server::http::session::{needs_sign_in, to_sign_in};
use crate::server::http::{incident, page, trouble};
use crate::wire::answer::{Answer, Trouble};
use crate::wire::error::AppError;
use crate::wire::forms::Field;

/// A server function whose one argument is what a form holds.
pub trait WriteFn<I>: ServerFn<Output = Answer, Error = Trouble> + From<I> + 'static {}

impl<F, I> WriteFn<I> for F where F: ServerFn<Output = Answer, Error = Trouble> + From<I> + 'static {}

/// Why a server function refused: a live form is told in words, a page is rendered from the reason itself.
#[derive(Clone, Debug, Default)]
pub struct NotedReason(Arc<Mutex<Option<AppError>>>);

impl NotedReason {
    /// Notes the reason.
    pub fn note(&self, error: &AppError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
    }

    fn take(&self) -> Option<AppError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Why a plain form came to nothing.
pub(super) enum NotDone {
    /// Its fields can't be read: one is repeated, unknown, or missing where the page has it.
    Unreadable,
    /// The server function refused it, or failed.
    Refused(AppError),
}

/// A form on a page of its own, where it is posted to; a refusal shows that page again. `first` is the field that gets the reason
/// where the fields can't be read.
pub fn form<F: WriteFn<I>, I: DeserializeOwned + Send + 'static>(first: Field) -> MethodRouter<AppState> {
    post(async move |State(app): State<AppState>, posted: Posted| answer_form::<F, I>(&app, None, posted, first).await)
}

/// A button without fields, whose path has no page of its own: the one above it has the button.
pub fn button<F: WriteFn<I>, I: DeserializeOwned + Send + 'static>() -> MethodRouter<AppState> {
    post(async |State(app): State<AppState>, path: Path, posted: Posted| {
        let Some(person) = person_in(path) else {
            return trouble::answer(&AppError::NotFound, &posted.parts.uri);
        };
        let here = posted.parts.uri.path();
        let page = here.rsplit_once('/').map_or(here, |(page, _)| page).to_owned();
        match run::<F, I>(&app, &posted, &own_fields(Some(person))).await {
            Ok(done) => done,
            Err(NotDone::Refused(AppError::NotSignedIn)) => to_sign_in(&page).into_response(),
            Err(NotDone::Refused(error)) => trouble::answer(&error, &posted.parts.uri),
            Err(NotDone::Unreadable) => trouble::answer(&AppError::BadRequest, &posted.parts.uri),
        }
    })
}

/// As [`form`] does it, for who tells two forms of a page apart.
pub(super) async fn answer_form<F: WriteFn<I>, I: DeserializeOwned>(
    app: &AppState,
    person: Option<UserId>,
    posted: Posted,
    first: Field,
) -> Response {
    match run::<F, I>(app, &posted, &own_fields(person)).await {
        Ok(done) => done,
        Err(NotDone::Refused(AppError::NotSignedIn)) => to_sign_in(posted.parts.uri.path()).into_response(),
        Err(NotDone::Refused(error)) => posted.refuse(app, error).await,
        Err(NotDone::Unreadable) => {
            let state = posted.unreadable(first);
            posted.show(app, state).await
        }
    }
}

/// Runs the server function with the form's fields and those that its address has: one of these among the fields is a repeated
/// one. Where it is done, the answer leads to the page that says so, with the cookies that come of it.
pub(super) async fn run<F: WriteFn<I>, I: DeserializeOwned>(
    app: &AppState,
    posted: &Posted,
    of_address: &[(&str, String)],
) -> Result<Response, NotDone> {
    if posted.visitor.signed_in.is_none() && needs_sign_in(posted.parts.uri.path()) {
        return Err(NotDone::Refused(AppError::NotSignedIn));
    }
    let own = serde_html_form::to_string(of_address).map_err(|_| NotDone::Unreadable)?;
    let form = [&posted.bytes[..], own.as_bytes()].join(&b'&');
    let input = serde_html_form::from_bytes::<I>(&form).map_err(|_| NotDone::Unreadable)?;
    let refused = NotedReason::default();
    let running = || {
        provide_context(refused.clone());
        F::from(input).run_body()
    };
    let (answer, said) = page::with_request_context(app, posted.parts.clone(), running).await;
    match answer {
        Ok(Answer::Go(to) | Answer::Stay { to, .. }) => {
            let mut response = Redirect::to(&to).into_response();
            for cookie in said.headers.get_all(SET_COOKIE) {
                response.headers_mut().append(SET_COOKIE, cookie.clone());
            }
            Ok(response)
        }
        Ok(Answer::SeePage | Answer::Refused(_)) | Err(_) => {
            Err(NotDone::Refused(refused.take().unwrap_or_else(|| {
                incident::bug(&"a server function refused without a reason")
            })))
        }
    }
}

type Path = Result<RawPathParams, RawPathParamsRejection>;

/// The person in the path; else there is no such page.
fn person_in(path: Path) -> Option<UserId> {
    let path = path.ok()?;
    path.iter().next().and_then(|(_, id)| id.parse().ok())
}

fn own_fields(person: Option<UserId>) -> Vec<(&'static str, String)> {
    person.map(|person| ("user", person.to_string())).into_iter().collect()
}
