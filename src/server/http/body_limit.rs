//! No body above 16 KiB is read (C6). `Content-Length` alone would let chunked bodies through, so the body is buffered
//! here, up to the limit, before anything else looks at it.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::server::http::trouble;
use crate::wire::error::AppError;

/// The largest body, in bytes.
pub const MOST_BYTES: usize = 16 * 1024;

/// The layer.
pub async fn limit(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => trouble::answer(&error, &parts.uri),
    }
}

async fn read(body: Body) -> Result<Bytes, AppError> {
    match Limited::new(body, MOST_BYTES).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(AppError::TooLarge),
        Err(_) => Err(AppError::BadRequest),
    }
}
