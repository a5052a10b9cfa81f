//! Trouble outside of a page: refused by a layer, or failed. It needs neither the application nor the database.
//!
//! A server function's caller gets the error as JSON, a person a page.

use askama::Template;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::{Extension, Json};

use crate::server::answers;
use crate::server::http::frame::Frame;
use crate::texts::trouble as texts;
use crate::wire::error::AppError;
use crate::wire::paths;

#[derive(Template)]
#[template(path = "trouble.html")]
struct Page<'a> {
    frame: Frame,
    title: &'a str,
    explanation: &'a str,
    way_out: &'a str,
}

/// Marks an answer that is a page of trouble, with what it tells.
#[derive(Clone, Debug)]
pub struct Told(pub AppError);

/// The answer to a request for `uri`.
pub fn answer(error: &AppError, uri: &Uri) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if is_server_function(uri) {
        (status, Json(answers::of_trouble(error))).into_response()
    } else {
        (status, Extension(Told(error.clone())), page(error)).into_response()
    };
    say_when(error.retry_after(), response.headers_mut());
    response
}

/// Whether the address is a server function's.
pub fn is_server_function(uri: &Uri) -> bool {
    uri.path().starts_with(paths::API)
}

/// Adds when it is worth trying again, where we know.
pub fn say_when(retry_after: Option<u64>, headers: &mut HeaderMap) {
    if let Some(seconds) = retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The page alone.
fn page(error: &AppError) -> Html<String> {
    let page = Page {
        frame: Frame::new(),
        title: texts::title(error),
        explanation: &texts::explanation(error),
        way_out: texts::TO_DASHBOARD,
    };
    // Writing into a String can't fail; if it did, the words alone would still help.
    Html(page.render().unwrap_or_else(|_| texts::title(error).to_owned()))
}
