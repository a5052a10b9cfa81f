//! Refuses what another site makes a browser send (F1). Server functions have no protection of their own, and
//! `text/plain` bodies reach them, so the content type protects nothing. Only Rekey's own pages call them, so reading
//! through them is refused to other sites as well (F11).

use axum::extract::{Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use crate::server::http::trouble;
use crate::server::services::Services;
use crate::wire::error::AppError;

/// Where browsers say from whose page a request came.
const SITE: &str = "sec-fetch-site";

/// The layer.
pub async fn check(State(services): State<Services>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let may_pass = if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        is_ours(headers, &services.settings.public_url)
    } else if trouble::is_server_function(request.uri()) {
        is_from_our_page(headers)
    } else {
        true
    };
    if may_pass {
        next.run(request).await
    } else {
        trouble::answer(&AppError::CrossSite, request.uri())
    }
}

/// `Sec-Fetch-Site` decides where a browser sends it; else `Origin` must be ours. No browser sends neither with a POST,
/// so a request without both is no browser's and carries no cookie that it should not have.
fn is_ours(headers: &HeaderMap, public_url: &url::Url) -> bool {
    let mut sites = headers.get_all(SITE).iter();
    if headers.contains_key(SITE) {
        return sites.all(|site| site == "same-origin" || site == "none");
    }
    headers
        .get(ORIGIN)
        .is_none_or(|origin| origin == public_url.origin().ascii_serialization().as_str())
}

/// Whether a browser says that one of our pages sent this POST, which the layer has let pass.
pub fn is_by_a_page(headers: &HeaderMap) -> bool {
    headers.contains_key(SITE) || headers.contains_key(ORIGIN)
}

/// Whether a call to read something came from one of our pages, as far as the browser says from where it came.
fn is_from_our_page(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all(SITE).iter();
    sites.all(|site| site == "same-origin")
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

    #[test]
    fn f11_server_functions_are_read_by_our_pages_only() {
        let passes = |sites: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for site in sites {
                headers.append("sec-fetch-site", HeaderValue::from_static(site));
            }
            is_from_our_page(&headers)
        };
        assert!(passes(&[]));
        assert!(passes(&["same-origin"]));
        for foreign in ["none", "same-site", "cross-site", "", "nonsense"] {
            assert!(!passes(&[foreign]), "{foreign}");
            assert!(!passes(&["same-origin", foreign]), "{foreign}");
        }
    }
}
