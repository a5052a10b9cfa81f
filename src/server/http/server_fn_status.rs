//! What the framework makes of server functions, set right in one place. It answers 500 to every error. And it answers a
//! request that accepts HTML with a redirect to its `Referer`, wherever that is, with the error in the address (F11): so it
//! sees neither header. Rekey's own forms without script post to their pages, and need no such way back.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, REFERER};
use axum::middleware::Next;
use axum::response::Response;

use crate::server::http::trouble;
use crate::wire::answer::Trouble;

/// Set by the framework on errors.
const ERROR_HEADER: &str = "serverfnerror";
/// Our errors are far smaller.
const MOST_BYTES: usize = 64 * 1024;

/// The layer.
pub async fn set(mut request: Request, next: Next) -> Response {
    if trouble::is_server_function(request.uri()) {
        let headers = request.headers_mut();
        headers.remove(ACCEPT);
        headers.remove(REFERER);
    }
    let response = next.run(request).await;
    if !response.headers().contains_key(ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.unwrap_or_default();
    let error = serde_json::from_slice::<Trouble>(&bytes).ok();
    if let Some(error) = error {
        parts.status = StatusCode::from_u16(error.status).unwrap_or(parts.status);
        trouble::say_when(error.retry_after, &mut parts.headers);
    }
    Response::from_parts(parts, Body::from(bytes))
}
