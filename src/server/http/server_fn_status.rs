//! The status of a server function's error, in one place: the framework answers 500 to every one of them.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use crate::server::http::trouble;
use crate::wire::error::AppError;

/// Set by the framework on errors.
const ERROR_HEADER: &str = "serverfnerror";
/// Our errors are far smaller.
const MOST_BYTES: usize = 64 * 1024;

/// The layer. Redirects, the framework's way back to a page without script, stay what they are.
pub async fn set(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.headers().contains_key(ERROR_HEADER) || response.status().is_redirection() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.unwrap_or_default();
    let error = serde_json::from_slice::<AppError>(&bytes).ok();
    if let Some(error) = error {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
        trouble::say_when(&error, &mut parts.headers);
    }
    Response::from_parts(parts, Body::from(bytes))
}
