//! Pages and answers of server functions leave compressed, for whoever accepts it (F19). What is in the executable is compressed
//! already, and goes past.
//!
//! Whoever reads the lengths of compressed answers on the line, and can make a browser ask for pages with texts of their
//! choice, learns what else stands in them (BREACH). So nothing is compressed that another site asked for with somebody's cookies, nor
//! the page of a mailed link, which holds its secret (`docs/decisions/0043-pages-on-the-wire.md`).

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use crate::wire::paths;

/// Below so many bytes it is not worth the time.
const FROM_BYTES: u16 = 1024;
/// Of Brotli: above it costs more time than it saves on the line.
const QUALITY: i32 = 4;

/// The layer that compresses.
pub fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(QUALITY))
        .compress_when(SizeAbove::new(FROM_BYTES).and(is_text))
}

fn is_text(_: axum::http::StatusCode, _: axum::http::Version, headers: &HeaderMap, _: &axum::http::Extensions) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    kind.starts_with("text/html") || kind.starts_with("application/json")
}

/// The layer around it: the answers to some requests are never compressed.
pub async fn only_where_it_tells_nothing(mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    // Without a cookie there is nothing in the answer that a stranger may not see.
    let asked_by_another_site = headers.contains_key(COOKIE)
        && headers
            .get("sec-fetch-site")
            .is_some_and(|site| site != "same-origin" && site != "none");
    let has_secret = paths::is_mailed_link(request.uri().path());
    if asked_by_another_site || has_secret {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}
