//! Who is behind a request: read once, kept with the request for pages, server functions and forms. Nobody signed in is
//! led to the sign-in page and back, with a word about it where there is one to say.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::server_fn::ServerFn as _;
use url::form_urlencoded;

use crate::api::resets::{LoadBatchSince, LoadDashboardSince, LoadResetsListSince, LoadResetsSince};
use crate::api::session::LoadSessionLeft;
use crate::server::client::Client;
use crate::server::http::cookies::Cookies;
use crate::server::http::router::AppState;
use crate::server::http::{incident, trouble};
use crate::server::service::acting::resolve_session::{Resolved, SignedIn, come_home, resolve_session};
use crate::server::services::Services;
use crate::wire::done::Done;
use crate::wire::paths;

/// Asking how long the session goes on is no use of it.
const POLLED: [&str; 5] = [
    LoadSessionLeft::PATH,
    LoadDashboardSince::PATH,
    LoadResetsSince::PATH,
    LoadResetsListSince::PATH,
    LoadBatchSince::PATH,
];

/// Whoever made the request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// From where.
    pub client: Client,
    /// Who, if signed in.
    pub signed_in: Option<SignedIn>,
    /// Whether the browser sent any cookie of a session, living or not.
    pub sent_cookie: bool,
    /// The session ended for want of activity.
    pub ended_idle: bool,
}

impl Visitor {
    /// What the sign-in page says to whoever is led to it from `here`, an address of ours or of an application.
    pub fn why_signed_out(&self, services: &Services, here: &str) -> Option<Done> {
        let now = services.clock.now();
        if self.ended_idle {
            Some(Done::IdleEnd)
        } else if !self.sent_cookie && services.arrivals.lost_its_cookie(&self.client, here, now) {
            Some(Done::CookieLost)
        } else {
            None
        }
    }
}

/// The other side of the request's connection.
pub fn peer_of(request: &Request) -> SocketAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map_or(SocketAddr::from(([0; 4], 0)), |info| info.0)
}

/// The layer.
pub async fn resolve(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = peer_of(&request);
    let headers = request.headers();
    let agent = headers.get(USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
    let address = app.proxies.client_of(peer, headers, app.services.clock.now());
    let client = Client::new(address, &String::from_utf8_lossy(agent));
    let cookies = Cookies::of(&app.services.settings).read_sessions(headers);
    let is_activity = !POLLED.contains(&request.uri().path());
    let resolved = resolve_session(&app.services, &cookies.secrets, is_activity).await;
    let (signed_in, ended_idle) = match resolved {
        Ok(Resolved::SignedIn(who)) => (Some(*who), false),
        Ok(Resolved::EndedIdle) => (None, true),
        Ok(Resolved::Nobody) => (None, false),
        Err(error) => return trouble::answer(&incident::tell(error), request.uri()),
    };
    let visitor = Visitor {
        client,
        signed_in,
        sent_cookie: cookies.were_there,
        ended_idle,
    };
    let path = request.uri().path();
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        if visitor.signed_in.is_none() && needs_sign_in(path) {
            let here = request.uri().path_and_query().map_or(path, |here| here.as_str());
            let why = visitor.why_signed_out(&app.services, here);
            return Redirect::to(&sign_in_address(Some(here), why)).into_response();
        }
        if let Some(who) = visitor
            .signed_in
            .as_ref()
            .filter(|_| request.method() == Method::GET && needs_sign_in(path))
        {
            tell_once(&app, who);
        }
        if visitor.signed_in.is_some() && path == paths::LOGIN {
            return Redirect::to(paths::DASHBOARD).into_response();
        }
        if visitor.signed_in.is_none() && path == paths::LOGOUT {
            return Redirect::to(paths::LOGIN).into_response();
        }
    }
    request.extensions_mut().insert(Arc::new(visitor));
    next.run(request).await
}

/// The page that is shown now tells of an access that was lost, and no later one does.
fn tell_once(app: &AppState, who: &SignedIn) {
    if let Some((lost, _)) = who.lost {
        let (services, who) = (app.services.clone(), who.clone());
        tokio::spawn(async move {
            if let Err(error) = come_home(&services, &who, lost).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "session.come_home failed");
            }
        });
    }
}

/// To the sign-in page, and back to `here` afterwards.
pub fn to_sign_in(here: &str) -> Redirect {
    Redirect::to(&sign_in_address(Some(here), None))
}

/// The sign-in page with what it needs to know.
pub fn sign_in_address(way_back: Option<&str>, why: Option<Done>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(why) = why {
        query.append_pair("done", why.word());
    }
    if let Some(way_back) = way_back {
        query.append_pair("next", way_back);
    }
    match query.finish() {
        query if query.is_empty() => paths::LOGIN.to_owned(),
        query => format!("{}?{query}", paths::LOGIN),
    }
}

/// The pages that show nothing to strangers. Comfort only: every door decides for itself.
pub fn needs_sign_in(path: &str) -> bool {
    [
        paths::DASHBOARD,
        paths::COMPANY,
        paths::COMPANIES,
        paths::SETTINGS,
        paths::ACCOUNT,
    ]
    .into_iter()
    .any(|root| {
        path.strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
