//! No body above 16 KiB is read, but for two pages that take long lists from somebody signed in: theirs may have 1 MiB (C6).
//! `Content-Length` alone would let chunked bodies through, so the body is buffered here, up to the limit, before anything
//! but the session looks at it.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::server::http::session::Visitor;
use crate::server::http::trouble;
use crate::wire::error::AppError;

/// The largest body, in bytes.
const MOST_BYTES: usize = 16 * 1024;
/// The largest body of a page that takes long lists, and so of any.
pub const MOST_OF_ANY: usize = 1024 * 1024;
/// Those pages.
const LONG_LISTS: [&str; 2] = ["/company/resets/new", "/company/users/import"];

/// The layer.
pub async fn limit(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = parts.extensions.get::<Arc<Visitor>>();
    let is_signed_in = visitor.is_some_and(|visitor| visitor.signed_in.is_some());
    let most = if is_signed_in && LONG_LISTS.contains(&parts.uri.path()) {
        MOST_OF_ANY
    } else {
        MOST_BYTES
    };
    match read(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => trouble::answer(&error, &parts.uri),
    }
}

async fn read(body: Body, most: usize) -> Result<Bytes, AppError> {
    match Limited::new(body, most).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(AppError::TooLarge),
        Err(_) => Err(AppError::BadRequest),
    }
}
