//! No body above 16 KiB is read, but for the pages that take long lists: from somebody whom the role table lets send one,
//! theirs may have 1 MiB (C6, F2). `Content-Length` alone would let chunked bodies through, so the body is buffered here, up
//! to the limit and for a limited time (F3), before anything but the session looks at it. And its fields are counted.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;

use crate::server::http::router::AppState;
use crate::server::http::session::Visitor;
use crate::server::http::{field_limit, trouble};
use crate::wire::error::AppError;
use crate::wire::paths;

/// The largest body, in bytes.
const MOST_BYTES: usize = 16 * 1024;
/// The largest body of a page that takes long lists, and so of any.
pub const MOST_OF_ANY: usize = 1024 * 1024;
/// Those pages, and what one must be allowed to do to have any use for them.
const LONG_LISTS: [(&str, Action); 3] = [
    (paths::COMPANY, Action::ResetMany),
    (paths::NEW_BATCH, Action::ResetMany),
    (paths::IMPORT, Action::CreateUser(Role::User)),
];

/// The layer.
pub async fn limit(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = parts.extensions.get::<Arc<Visitor>>();
    let role = visitor.and_then(|visitor| Some(visitor.signed_in.as_ref()?.role));
    let most = if visitor.is_some_and(|visitor| visitor.ended_idle) {
        // What somebody pasted before their session ended is given back to them (K15).
        most_bytes(parts.uri.path(), Some(Role::Administrator))
    } else {
        most_bytes(parts.uri.path(), role)
    };
    let read = read(body, most, app.body_time).await;
    match read.and_then(|bytes| field_limit::in_body(&parts, &bytes).map(|()| bytes)) {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => {
            let mut answer = trouble::answer(&error, &parts.uri);
            if error == AppError::TooSlow {
                // Whatever still comes is no next request.
                let close = HeaderValue::from_static("close");
                answer.headers_mut().insert(CONNECTION, close);
            }
            answer
        }
    }
}

/// How much somebody with this role may send to this path. Comfort for others: every door decides for itself.
fn most_bytes(path: &str, role: Option<Role>) -> usize {
    let of_list = LONG_LISTS.iter().find(|(long, _)| *long == path);
    match (of_list, role) {
        (Some((_, action)), Some(role)) if policy::allows(role, *action) => MOST_OF_ANY,
        _ => MOST_BYTES,
    }
}

async fn read(body: Body, most: usize, time: Duration) -> Result<Bytes, AppError> {
    match tokio::time::timeout(time, Limited::new(body, most).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(AppError::TooLarge),
        Ok(Err(_)) => Err(AppError::BadRequest),
        Err(_) => Err(AppError::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f2_long_lists_are_for_whom_the_role_table_lets_send_them() {
        for path in ["/company", "/company/resets/new", "/company/users/import"] {
            for role in [Role::Administrator, Role::Manager] {
                assert_eq!(most_bytes(path, Some(role)), MOST_OF_ANY, "{path}: {role:?}");
            }
            for role in [Some(Role::User), Some(Role::ReadOnly), None] {
                assert_eq!(most_bytes(path, role), MOST_BYTES, "{path}: {role:?}");
            }
        }
        for path in ["/company/", "/company/edit", "/company/resets/new/x", "/login", "/"] {
            assert_eq!(most_bytes(path, Some(Role::Administrator)), MOST_BYTES, "{path}");
        }
    }
}
