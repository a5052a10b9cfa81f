//! A plain POST taken apart, and what is said to it: 303 where it is done; else the page again in place, with the reasons and
//! what was typed. Forms that are live where there is script go through `write`; the others have handlers of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{body, extract::FromRequest};
use leptos::prelude::provide_context;
use rekey_domain::id::UserId;
use rekey_domain::local_path::LocalPath;
use rekey_domain::text::TextBlock;
use rekey_domain::time::Timestamp;
use serde::de::DeserializeOwned;

use crate::server::client::Client;
use crate::server::http::body_limit::MOST_OF_ANY;
use crate::server::http::cookies::{Cookies, SetCookie};
use crate::server::http::people_forms::told_on_page;
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, to_sign_in};
use crate::server::http::{incident, page, trouble};
use crate::server::refusals::Refusals;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::sessions::sign_out::sign_out;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{ActingIn, Field, FormState, OnPerson, Problem, Reason, SignOutInput};
use crate::wire::paths;

/// A POST taken apart, with its visitor.
#[derive(Debug)]
pub struct Posted {
    /// Everything but the body.
    pub parts: Parts,
    /// As much as the limit has let through.
    pub bytes: Bytes,
    /// Who sent it.
    pub visitor: Arc<Visitor>,
    refusals: Refusals,
    now: Timestamp,
}

impl FromRequest<AppState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let bytes = body::to_bytes(body, MOST_OF_ANY).await;
        let visitor = parts.extensions.get::<Arc<Visitor>>().cloned();
        match (bytes, visitor) {
            (Ok(bytes), Some(visitor)) => Ok(Self {
                parts,
                bytes,
                visitor,
                refusals: app.services.refusals.clone(),
                now: app.services.clock.now(),
            }),
            (Err(_), _) => Err(trouble::answer(&AppError::TooLarge, &parts.uri)),
            (_, None) => Err(trouble::answer(
                &incident::bug(&"a form came past the session layer"),
                &parts.uri,
            )),
        }
    }
}

impl Posted {
    /// The form's fields. Repeated and unknown ones are a reason at the first field, bytes that are no text become U+FFFD.
    pub fn read<T: DeserializeOwned>(&self, first: Field) -> Result<T, FormState> {
        serde_html_form::from_bytes(&self.bytes).map_err(|_| self.unreadable(first))
    }

    /// The state of a form whose fields can't be read.
    pub fn unreadable(&self, first: Field) -> FormState {
        self.refused(first, Reason::Unreadable)
    }

    /// The state of a form with one reason.
    pub fn refused(&self, field: Field, reason: Reason) -> FormState {
        FormState {
            problems: vec![Problem { field, reason }],
            failure: None,
            typed: self.typed(),
        }
    }

    /// What was typed, secrets aside; of a field that is repeated what stood there first.
    fn typed(&self) -> BTreeMap<String, TextBlock> {
        let mut typed = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(&self.bytes) {
            if !Field::is_secret(&name) {
                typed.entry(name.into_owned()).or_insert_with(|| TextBlock::of(&value));
            }
        }
        typed
    }

    /// What a service said of the form; where a limit held it up, that is noted.
    pub fn tell(&self, error: ServiceError) -> AppError {
        let Visitor { client, signed_in, .. } = &*self.visitor;
        self.refusals.saw_limit(&error, client, signed_in.as_ref(), self.now);
        incident::tell(error)
    }

    /// Renders the form's page again, or the page of a trouble that the form can't mend.
    pub async fn refuse(self, app: &AppState, error: AppError) -> Response {
        let typed = self.typed();
        self.refuse_with(app, error, typed).await
    }

    /// The same for a form whose fields were read in another way.
    pub async fn refuse_with(self, app: &AppState, error: AppError, typed: BTreeMap<String, TextBlock>) -> Response {
        let (problems, failure) = match error {
            AppError::Invalid(problems) => (problems, None),
            not_now @ (AppError::Limited(_) | AppError::ChangedMeanwhile(_) | AppError::Busy) => {
                (Vec::new(), Some(Box::new(not_now)))
            }
            other => return trouble::answer(&other, &self.parts.uri),
        };
        let state = FormState {
            problems,
            failure,
            typed,
        };
        self.show(app, state).await
    }

    /// Renders the form's page again with its reasons.
    pub async fn show(self, app: &AppState, state: FormState) -> Response {
        let failure = state.failure.clone();
        let context = move || provide_context(state.clone());
        let Some(failure) = failure else {
            return page::render(app, self.parts, StatusCode::UNPROCESSABLE_ENTITY, context).await;
        };
        let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let mut response = page::render(app, self.parts, status, context).await;
        trouble::say_when(failure.retry_after(), response.headers_mut());
        response
    }

    /// Shows the page of a trouble: for buttons whose path has no page of its own.
    pub fn fail(self, error: ServiceError) -> Response {
        trouble::answer(&self.tell(error), &self.parts.uri)
    }
}

/// 303 to a page, with a cookie.
pub fn go(to: &str, cookie: Option<&SetCookie>) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, HeaderValue::from(cookie));
    }
    response
}

/// `POST /logout`.
pub async fn post_logout(State(app): State<AppState>, posted: Posted) -> Response {
    // Where to go is all that the form may say; signing out works whatever it says.
    let next = posted
        .read::<SignOutInput>(Field::Email)
        .ok()
        .and_then(|input| input.next);
    let next = next.as_deref().and_then(LocalPath::parse);
    match sign_out(&app.services, &posted.visitor.client, posted.visitor.signed_in.as_ref()).await {
        Ok(()) => {
            let signed_out = || paths::with_done(paths::LOGIN, Done::SignedOut);
            let to = next.map_or_else(signed_out, |next| next.as_str().to_owned());
            go(&to, Some(&Cookies::of(&app.services.settings).end_session()))
        }
        Err(error) => posted.fail(error),
    }
}

/// A POST by somebody signed in to a path with a person in it, from a button without fields.
#[derive(Debug)]
pub struct OnPersonPosted {
    posted: Posted,
    who: Box<SignedIn>,
    input: OnPerson,
}

impl FromRequest<AppState> for OnPersonPosted {
    type Rejection = Response;

    async fn from_request(mut request: Request, app: &AppState) -> Result<Self, Response> {
        let id = request.extract_parts::<Path<String>>().await;
        let posted = Posted::from_request(request, app).await?;
        let user = id.ok().and_then(|Path(id)| id.parse::<UserId>().ok());
        let Some(user) = user else {
            return Err(trouble::answer(&AppError::NotFound, &posted.parts.uri));
        };
        let Some(who) = posted.visitor.signed_in.clone() else {
            return Err(to_sign_in(&paths::person(user)).into_response());
        };
        let Ok(ActingIn { company }) = serde_html_form::from_bytes(&posted.bytes) else {
            return Err(trouble::answer(&AppError::BadRequest, &posted.parts.uri));
        };
        Ok(Self {
            posted,
            who: Box::new(who),
            input: OnPerson { company, user },
        })
    }
}

impl OnPersonPosted {
    pub(super) fn client(&self) -> &Client {
        &self.posted.visitor.client
    }

    /// Who pressed it, and on whom.
    pub(super) fn pressed(&self) -> (&SignedIn, OnPerson) {
        (&self.who, self.input)
    }

    /// Back to the person's page.
    pub(super) fn back(self, answer: Outcome<()>, done: Done) -> Response {
        match answer {
            Ok(()) => go(&told_on_page(self.input.user, done), None),
            Err(error) => self.posted.fail(error),
        }
    }
}
