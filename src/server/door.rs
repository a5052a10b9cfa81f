//! How a server function, or a page that is read first, finds out who asks and what it works with: one helper for all of them.
//!
//! Everything but the place for a refusal's reason is read from the request's context before the first `await`.

use std::sync::Arc;

use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::server::answers;
use crate::server::client::Client;
use crate::server::http::cookies::{Cookies, SetCookie};
use crate::server::http::incident;
use crate::server::http::session::Visitor;
use crate::server::http::write::NotedReason;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::ui::components::form::refused;
use crate::wire::answer::{Answer, Trouble};
use crate::wire::error::AppError;

/// An open door: the services, and the visitor that came through.
#[derive(Clone, Debug)]
pub struct Door {
    services: Services,
    visitor: Arc<Visitor>,
    response: ResponseOptions,
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        note(&error);
        answers::of_trouble(&error)
    }
}

/// A plain form is answered from the reason itself.
fn note(error: &AppError) {
    if let Some(refused) = use_context::<NotedReason>() {
        refused.note(error);
    }
}

impl Door {
    /// Reads the context of the request. Outside of one it is a bug.
    pub fn open() -> Result<Self, AppError> {
        let services = use_context::<Services>();
        let visitor = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arc<Visitor>>().cloned());
        match (services, visitor, use_context::<ResponseOptions>()) {
            (Some(services), Some(visitor), Some(response)) => Ok(Self {
                services,
                visitor,
                response,
            }),
            _ => Err(incident::bug(&"a server function or a page ran without its context")),
        }
    }

    /// What use cases are made of.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// From where the request came.
    pub fn client(&self) -> &Client {
        &self.visitor.client
    }

    /// Who is signed in.
    pub fn signed_in(&self) -> Result<SignedIn, AppError> {
        self.visitor.signed_in.clone().ok_or(AppError::NotSignedIn)
    }

    /// A service's result as the browser may see it; what is ours to mend is logged here.
    pub fn answer<T>(&self, outcome: Outcome<T>) -> Result<T, AppError> {
        outcome.map_err(|error| {
            let Visitor { client, signed_in, .. } = &*self.visitor;
            let (refusals, now) = (&self.services.refusals, self.services.clock.now());
            refusals.saw_limit(&error, client, signed_in.as_ref(), now);
            incident::tell(error)
        })
    }

    /// The same for a server function, in words.
    pub fn tell<T>(&self, outcome: Outcome<T>) -> Result<T, Trouble> {
        self.answer(outcome).map_err(|error| answers::of_trouble(&error))
    }

    /// A form's result: the page to go to, or what to correct.
    pub fn answer_form(&self, outcome: Outcome<String>) -> Result<Answer, Trouble> {
        self.answer_write(outcome.map(Answer::Go))
    }

    /// The result of a button whose page stays: what was done, with the page that says so where one is loaded, or why it was
    /// not.
    pub fn answer_press(&self, said: Outcome<String>, to: String) -> Result<Answer, Trouble> {
        self.answer_write(said.map(|said| Answer::Stay { said, to }))
    }

    fn answer_write(&self, outcome: Outcome<Answer>) -> Result<Answer, Trouble> {
        match self.answer(outcome) {
            Ok(answer) => Ok(answer),
            Err(error) => {
                note(&error);
                self.set_status(&error);
                if let Some(seconds) = error.retry_after() {
                    self.response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
                }
                answers::of_form(error).map(|refusal| Answer::Refused(refused(refusal)))
            }
        }
    }

    /// A form's result where its page says why nothing was done.
    pub fn see_page(&self, error: &AppError) -> Result<Answer, Trouble> {
        note(error);
        self.set_status(error);
        Ok(Answer::SeePage)
    }

    fn set_status(&self, error: &AppError) {
        if let Ok(status) = StatusCode::from_u16(error.status()) {
            self.response.set_status(status);
        }
    }

    /// Makes cookies as this server's address demands.
    pub fn cookies(&self) -> Cookies<'_> {
        Cookies::of(&self.services.settings)
    }

    /// Adds a cookie to the answer.
    pub fn set_cookie(&self, cookie: &SetCookie) {
        self.response.append_header(SET_COOKIE, HeaderValue::from(cookie));
    }
}
