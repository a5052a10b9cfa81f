//! How a server function finds out who asks and what it works with: one helper for all of them.
//!
//! Everything is read from the request's context before the first `await`.

use std::sync::Arc;

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::server::client::Client;
use crate::server::http::cookies::{Cookies, SetCookie};
use crate::server::http::incident;
use crate::server::http::session::Visitor;
use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::wire::error::AppError;

/// An open door: the services, and the visitor that came through.
#[derive(Clone, Debug)]
pub struct Door {
    services: Services,
    visitor: Arc<Visitor>,
    response: ResponseOptions,
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
            _ => Err(incident::bug(&"a server function ran without its context")),
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
        outcome.map_err(incident::tell)
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
