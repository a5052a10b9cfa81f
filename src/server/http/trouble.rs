//! Trouble outside of a page: refused by a layer, or failed. It needs neither the application nor the database.
//!
//! A server function's caller gets the error as JSON, a person a page.

use askama::Template;
use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};

use crate::server::http::assets;
use crate::texts::{pages, trouble as texts};
use crate::wire::error::AppError;

/// Where server functions live.
const API: &str = "/api/";

#[derive(Template)]
#[template(path = "trouble.html")]
struct Page<'a> {
    product: &'a str,
    stylesheet: &'a str,
    title: &'a str,
    explanation: &'a str,
    way_out: &'a str,
    skip: &'a str,
    help: &'a str,
    helper: &'a str,
}

/// The answer to a request for `uri`.
pub fn answer(error: &AppError, uri: &Uri) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if uri.path().starts_with(API) {
        (status, Json(error)).into_response()
    } else {
        (status, page(error)).into_response()
    };
    say_when(error, response.headers_mut());
    response
}

/// Adds when it is worth trying again, where we know.
pub fn say_when(error: &AppError, headers: &mut HeaderMap) {
    if let Some(seconds) = error.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The page alone.
pub fn page(error: &AppError) -> Html<String> {
    let page = Page {
        product: pages::PRODUCT,
        stylesheet: &assets::stylesheet(),
        title: texts::title(error),
        explanation: &texts::explanation(error),
        way_out: texts::TO_DASHBOARD,
        skip: pages::SKIP,
        help: pages::HELP,
        helper: pages::HELP_NOBODY,
    };
    // Writing into a String can't fail; if it did, the words alone would still help.
    Html(page.render().unwrap_or_else(|_| texts::title(error).to_owned()))
}
