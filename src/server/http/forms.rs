//! The plain POST of every form, to its page's own path: the same services as the server functions, for browsers
//! without script. Success is 303; a refusal renders the page again in place with its reasons and what was typed.

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
use serde::de::DeserializeOwned;

use crate::server::client::Client;
use crate::server::http::body_limit::MOST_OF_ANY;
use crate::server::http::cookies::{Cookies, SetCookie};
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, to_sign_in};
use crate::server::http::{incident, page, trouble};
use crate::server::service::ask_reset::ask_reset;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::resolve_session::SignedIn;
use crate::server::service::revoke_resets::revoke_resets;
use crate::server::service::sign_in::sign_in;
use crate::server::service::sign_out::sign_out;
use crate::server::service::trigger_reset::trigger_reset;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{ActingIn, AskInput, Field, FormState, OnPerson, Problem, Reason, SignInInput, SignOutInput};
use crate::wire::resets_query::ResetsQuery;

/// A POST taken apart, with its visitor.
#[derive(Debug)]
pub struct Posted {
    /// Everything but the body.
    pub parts: Parts,
    /// As much as the limit has let through.
    pub bytes: Bytes,
    /// Who sent it.
    pub visitor: Arc<Visitor>,
}

impl FromRequest<AppState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let bytes = body::to_bytes(body, MOST_OF_ANY).await;
        let visitor = parts.extensions.get::<Arc<Visitor>>().cloned();
        match (bytes, visitor) {
            (Ok(bytes), Some(visitor)) => Ok(Self { parts, bytes, visitor }),
            (Err(_), _) => Err(trouble::answer(&AppError::TooLarge, &parts.uri)),
            (_, None) => Err(trouble::answer(
                &incident::bug(&"a form came past the session layer"),
                &parts.uri,
            )),
        }
    }
}

impl Posted {
    /// The form's fields. Repeated and unknown ones are a reason at the first field, bytes that are no text become U+FFFD;
    /// a typed address is kept as far as it can be read.
    pub fn read<T: DeserializeOwned>(&self, first: Field) -> Result<T, FormState> {
        serde_html_form::from_bytes(&self.bytes).map_err(|_| {
            let fields = url::form_urlencoded::parse(&self.bytes);
            let email = fields
                .into_iter()
                .find(|(name, _)| name == "email")
                .map(|(_, value)| value.into_owned());
            let problems = vec![Problem {
                field: first,
                reason: Reason::Unreadable,
            }];
            FormState {
                problems,
                ..FormState::with_email(email.unwrap_or_default())
            }
        })
    }

    /// Renders the form's page again, or the page of a trouble that the form can't mend.
    pub async fn refuse(self, app: &AppState, error: ServiceError, typed: FormState) -> Response {
        match incident::tell(error) {
            AppError::Invalid(problems) => self.show(app, FormState { problems, ..typed }).await,
            limited_or_late @ (AppError::Limited(_) | AppError::ChangedMeanwhile(_)) => {
                let failure = Some(Box::new(limited_or_late));
                self.show(app, FormState { failure, ..typed }).await
            }
            other => trouble::answer(&other, &self.parts.uri),
        }
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
        trouble::say_when(&failure, response.headers_mut());
        response
    }

    /// Shows the page of a trouble: for buttons whose path has no page of its own.
    pub fn fail(self, error: ServiceError) -> Response {
        trouble::answer(&incident::tell(error), &self.parts.uri)
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

/// `POST /login`.
pub async fn post_login(State(app): State<AppState>, posted: Posted) -> Response {
    let input = match posted.read::<SignInInput>(Field::Email) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    let email = input.email.clone();
    let before = posted.visitor.signed_in.as_ref();
    match sign_in(&app.services, &posted.visitor.client, before, input).await {
        Ok(session) => go(
            &session.next,
            Some(&Cookies::of(&app.services.settings).session(&session)),
        ),
        Err(error) => posted.refuse(&app, error, FormState::with_email(email)).await,
    }
}

/// `POST /logout`.
pub async fn post_logout(State(app): State<AppState>, posted: Posted) -> Response {
    // Where to go is all that the form may say; signing out works whatever it says.
    let next = posted
        .read::<SignOutInput>(Field::Email)
        .ok()
        .and_then(|input| input.next);
    let next = next.as_deref().and_then(LocalPath::parse);
    match sign_out(&app.services, posted.visitor.signed_in.as_ref()).await {
        Ok(()) => {
            let signed_out = || format!("/login?done={}", Done::SignedOut.word());
            let to = next.map_or_else(signed_out, |next| next.as_str().to_owned());
            go(&to, Some(&Cookies::of(&app.services.settings).end_session()))
        }
        Err(error) => posted.refuse(&app, error, FormState::default()).await,
    }
}

/// `POST /reset-password`. The same answer for every address (B1).
pub async fn post_ask(State(app): State<AppState>, posted: Posted) -> Response {
    let input = match posted.read::<AskInput>(Field::Email) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match ask_reset(&app.services, &posted.visitor.client, &input).await {
        Ok(()) => {
            let typed = Cookies::of(&app.services.settings).remember_address(&input.email);
            go("/reset-password?sent=1", Some(&typed))
        }
        Err(error) => posted.refuse(&app, error, FormState::with_email(input.email)).await,
    }
}

/// `POST /company/users/{id}/reset`: the buttons **Reset password** and **Send again**.
pub async fn post_reset(State(app): State<AppState>, posted: OnPersonPosted) -> Response {
    let answer = trigger_reset(&app.services, posted.client(), &posted.who, posted.input).await;
    posted.back(answer, Done::OnItsWay)
}

/// `POST /company/users/{id}/revoke`: the button **Revoke**.
pub async fn post_revoke(State(app): State<AppState>, posted: OnPersonPosted) -> Response {
    let answer = revoke_resets(&app.services, posted.client(), &posted.who, posted.input).await;
    posted.back(answer, Done::Revoked)
}

/// A POST by somebody signed in to a path with a person in it, from a button without fields.
#[derive(Debug)]
pub struct OnPersonPosted {
    posted: Posted,
    who: Box<SignedIn>,
    input: OnPerson,
    /// Where the button stands, if not on the person's page.
    list: Option<ResetsQuery>,
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
            return Err(to_sign_in(&page_of(user)).into_response());
        };
        let Ok(ActingIn { company, list }) = serde_html_form::from_bytes(&posted.bytes) else {
            return Err(trouble::answer(&AppError::BadRequest, &posted.parts.uri));
        };
        Ok(Self {
            posted,
            who: Box::new(who),
            input: OnPerson { company, user },
            list: list.map(|query| ResetsQuery::from_url(&query)),
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

    /// Back to where the button stands; the list tells by the person's id whom it was about.
    pub(super) fn back(self, answer: Outcome<()>, done: Done) -> Response {
        let (user, done) = (self.input.user, done.word());
        match (answer, self.list) {
            (Ok(()), Some(list)) => {
                let list = list.address();
                let begin = if list.contains('?') { '&' } else { '?' };
                go(&format!("{list}{begin}done={done}&of={user}"), None)
            }
            (Ok(()), None) => go(&format!("{}?done={done}", page_of(user)), None),
            (Err(error), _) => self.posted.fail(error),
        }
    }
}

/// The address of somebody's page.
pub(super) fn page_of(user: UserId) -> String {
    format!("/company/users/{user}")
}
