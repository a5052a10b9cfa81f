//! Refuses what another site makes a browser send (F1). Server functions have no protection of their own, and
//! `text/plain` bodies reach them, so the content type protects nothing.

use axum::extract::{Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use crate::server::http::trouble;
use crate::server::services::Services;
use crate::wire::error::AppError;

/// The layer.
pub async fn check(State(services): State<Services>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || is_ours(request.headers(), &services.settings.public_url) {
        next.run(request).await
    } else {
        trouble::answer(&AppError::CrossSite, request.uri())
    }
}

/// `Sec-Fetch-Site` decides where a browser sends it; else `Origin` must be ours. No browser sends neither with a POST,
/// so a request without both is no browser's and carries no cookie that it should not have.
fn is_ours(headers: &HeaderMap, public_url: &url::Url) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    headers
        .get(ORIGIN)
        .is_none_or(|origin| origin == public_url.origin().ascii_serialization().as_str())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn passes(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_ours(&headers, &"https://rekey.example/base".parse().expect("a URL"))
    }

    #[test]
    fn f1_the_browsers_word_counts_first_then_the_origin() {
        assert!(passes(&[("sec-fetch-site", "same-origin")]));
        assert!(passes(&[("sec-fetch-site", "none"), ("origin", "null")]));
        assert!(!passes(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://rekey.example")
        ]));
        assert!(!passes(&[("sec-fetch-site", "cross-site")]));
        assert!(passes(&[("origin", "https://rekey.example")]));
        for foreign in [
            "null",
            "http://rekey.example",
            "https://rekey.example:444",
            "https://rekey.example.evil",
        ] {
            assert!(!passes(&[("origin", foreign)]), "{foreign}");
        }
        assert!(passes(&[]));
    }
}
