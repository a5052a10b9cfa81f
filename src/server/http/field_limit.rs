//! No query and no body has more fields than `rekey_domain::form_fields` lets through (F2). They are counted before anybody
//! takes them apart: the query's before anything else is done, the body's as soon as it is there.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use rekey_domain::form_fields;

use crate::server::http::{form_parts, trouble};
use crate::wire::error::AppError;

/// The layer for queries.
pub async fn in_query(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    if form_fields::are_too_many(query.as_bytes()) {
        return trouble::answer(&AppError::TooManyFields, request.uri());
    }
    next.run(request).await
}

/// Refuses a body with too many fields. Those of a form with a file are counted by whoever reads it (`form_parts`): in a
/// file their sign means nothing.
pub fn in_body(parts: &Parts, body: &[u8]) -> Result<(), AppError> {
    if !form_parts::may_hold_file(parts) && form_fields::are_too_many(body) {
        Err(AppError::TooManyFields)
    } else {
        Ok(())
    }
}
