//! Renders a page of the application outside of its own GET route: a form that was refused, a link's page, an unknown
//! address.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use leptos::prelude::{provide_context, use_context};

use crate::server::http::cookies::Cookies;
use crate::server::http::headers::Nonce;
use crate::server::http::router::AppState;
use crate::server::http::session::Visitor;
use crate::server::http::shell::shell;
use crate::wire::account::SessionLeft;
use crate::wire::views::{Frame, Viewer};

/// What every rendering and every server function finds in its context.
pub fn provide_request_context(app: &AppState) {
    provide_context(app.services.clone());
    let Some(parts) = use_context::<Parts>() else { return };
    if let Some(nonce) = parts.extensions.get::<Nonce>() {
        provide_context(leptos::nonce::Nonce::from_value(nonce.0.to_string()));
    }
    let visitor = parts.extensions.get::<Arc<Visitor>>();
    provide_context(frame(app, visitor.map(Arc::as_ref)));
    provide_context(Cookies::of(&app.services.settings).read_remembered(&parts.headers));
}

fn frame(app: &AppState, visitor: Option<&Visitor>) -> Frame {
    let settings = &app.services.settings;
    let who = visitor.and_then(|visitor| visitor.signed_in.as_ref());
    let session = who.map(|who| SessionLeft {
        idle_seconds: who.left.idle.as_secs(),
        absolute_seconds: who.left.absolute.as_secs(),
    });
    let viewer = who.map(|who| Viewer {
        user: who.user,
        name: who.name.clone(),
        email: who.email.clone(),
        role: who.role,
        company: who.company,
        company_name: who.company_name.clone(),
        banner: who.look.banner.clone(),
        accent: who.look.accent,
        acting_for: (who.company != who.home).then(|| who.home_name.clone()),
    });
    Frame {
        lost: who.and_then(|who| who.lost.as_ref().map(|(_, name)| name.clone())),
        viewer,
        help: settings.help.clone(),
        link_hours: settings.lifetime.as_hours(),
        password_min: settings.password_rules.min,
        session,
        idle_minutes: settings.session_limits.idle.as_secs() / 60,
    }
}

/// Renders the page at the request's path with `extra` in its context, and answers with `status`.
pub async fn render(
    app: &AppState,
    parts: Parts,
    status: StatusCode,
    extra: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let context = {
        let app = app.clone();
        move || {
            provide_request_context(&app);
            extra();
        }
    };
    let options = app.leptos_options.clone();
    let handler = leptos_axum::render_app_async_with_context(context, move || shell(&options));
    let mut response = handler(Request::from_parts(parts, Body::empty())).await;
    *response.status_mut() = status;
    response
}
