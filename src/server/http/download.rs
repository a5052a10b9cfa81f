//! What every download is made of: an answer that is read and written a piece at a time, however long it is, and rows for
//! spreadsheets.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt, TryStreamExt};

use crate::server::csv;
use crate::server::service::acting::error::{Outcome, ServiceError};

/// How a spreadsheet's rows are announced.
pub const CSV: &str = "text/csv; charset=utf-8";

/// The answer: a file of this kind and name. The first piece is read before anything is answered, so that a failure is told
/// as one.
pub async fn file(
    kind: &'static str,
    name: &str,
    mut head: Vec<u8>,
    pieces: impl Stream<Item = Outcome<Vec<u8>>> + Send + 'static,
) -> Outcome<Response> {
    let mut pieces = Box::pin(pieces);
    head.extend(pieces.try_next().await?.unwrap_or_default());
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    let whole = stream::once(async { Ok(head) }).chain(pieces);
    Ok((headers, Body::from_stream(whole)).into_response())
}

/// A row of a spreadsheet.
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> Outcome<Vec<u8>> {
    csv::row(cells).map_err(|error| ServiceError::Bug(error.into()))
}

/// Several of them.
pub fn rows<const N: usize>(lines: &[[String; N]]) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    for cells in lines {
        bytes.extend(row(cells.iter().map(String::as_str))?);
    }
    Ok(bytes)
}
