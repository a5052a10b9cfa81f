//! Renders a page: at its own address, in place of a form that was refused, for a link, or for an unknown address.

use std::mem;
use std::sync::{Arc, PoisonError};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos_axum::{ResponseOptions, ResponseParts};

use crate::app::{Page, page_of};
use crate::server::http::cookies::Cookies;
use crate::server::http::headers::Nonce;
use crate::server::http::router::AppState;
use crate::server::http::session::Visitor;
use crate::server::http::shell::document;
use crate::ui::asked::Asked;
use crate::ui::layout::Layout;
use crate::ui::pages::style::StylePage;
use crate::ui::title::TitleOfPage;
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

/// A GET of a page, and whatever has an address that nobody knows.
pub async fn get(State(app): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    render(&app, parts, StatusCode::OK, || ()).await
}

/// Renders the page at the request's path with `extra` in its context, and answers with `status`, or with another one where the
/// page itself finds trouble.
///
/// The page comes first and the document around it second: the page says its title and its status. Nothing but islands will be
/// hydrated (`docs/decisions/0048-own-renderer.md`).
pub async fn render(app: &AppState, parts: Parts, status: StatusCode, extra: impl FnOnce()) -> Response {
    let (page, in_path) = page_of(parts.uri.path());
    render_page(app, parts, page, in_path, status, extra).await
}

/// `/dev/style`, which the router mounts in a demo only.
pub async fn get_style(State(app): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    render_page(
        &app,
        parts,
        || StylePage().into_any(),
        Vec::new(),
        StatusCode::OK,
        || (),
    )
    .await
}

async fn render_page(
    app: &AppState,
    parts: Parts,
    page: Page,
    in_path: Vec<(String, String)>,
    status: StatusCode,
    extra: impl FnOnce(),
) -> Response {
    let asked = Asked {
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        in_path,
    };
    let rendering = || {
        let title = TitleOfPage::default();
        provide_context(asked);
        provide_context(title.clone());
        extra();
        let options = app.leptos_options.clone();
        let page = view! { <Layout>{page()}</Layout> }.into_any();
        async move {
            let page = page.resolve().await;
            document(options, &title, page).to_html()
        }
    };
    let (html, said) = with_request_context(app, parts, rendering).await;
    let mut response = (status, Html(html)).into_response();
    if let Some(status) = said.status {
        *response.status_mut() = status;
    }
    response.headers_mut().extend(said.headers);
    response
}

/// Does `work` where it finds what its request brings, and says what it wants in the head of the answer. What else begins in this
/// thread meanwhile finds nothing of it.
pub(super) async fn with_request_context<Work: Future>(
    app: &AppState,
    parts: Parts,
    work: impl FnOnce() -> Work,
) -> (Work::Output, ResponseParts) {
    let said = ResponseOptions::default();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.clone().unset();
    let working = owner.with(|| {
        provide_context(parts);
        provide_context(said.clone());
        provide_request_context(app);
        ScopedFuture::new(work())
    });
    let done = working.await;
    drop(owner);
    let said = mem::take(&mut *said.0.write().unwrap_or_else(PoisonError::into_inner));
    (done, said)
}
