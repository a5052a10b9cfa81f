//! Headers that every answer carries: the content security policy with a nonce of its own (F3), no caching of anything
//! personal, no path to other sites (F4), and the rest of F5.

use std::iter;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use rekey_domain::way_back::AppOrigins;

use crate::server::random;
use crate::server::services::Services;

/// The nonce of one answer. It stands in the policy and in `nonce=`, nowhere else.
#[derive(Clone, Debug)]
pub struct Nonce(pub Arc<str>);

impl Nonce {
    fn new() -> Self {
        Self(BASE64URL_NOPAD.encode(&random::bytes::<16>()).into())
    }

    /// The sign-in form may end at an application: browsers look at where a form's answer leads, too.
    fn policy(&self, apps: &AppOrigins) -> String {
        let form_action: Vec<_> = iter::once("'self'").chain(apps.iter()).collect();
        format!(
            "default-src 'self'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; object-src 'none'; \
             base-uri 'none'; frame-ancestors 'none'; form-action {}{}",
            self.0,
            form_action.join(" "),
            if is_watched() { "; connect-src 'self' ws:" } else { "" }
        )
    }
}

/// Whether this is the development build of `cargo xtask watch`, whose pages listen for the next build.
fn is_watched() -> bool {
    cfg!(debug_assertions) && std::env::var_os("LEPTOS_WATCH").is_some()
}

/// The layer. What an inner part has set already stays.
pub async fn add(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(nonce.policy(&services.settings.apps)) {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CACHE_CONTROL, "no-store");
    // The path of a link never leaves, and unlike `no-referrer` a form still sends its real `Origin`.
    set(REFERRER_POLICY, "strict-origin");
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    set(HeaderName::from_static("x-robots-tag"), "noindex");
    if services.settings.is_https() {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
