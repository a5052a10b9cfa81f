//! `GET /company/resets/batches/{id}/csv`: what came of a batch, line by line. It is read and written a piece at a time.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use rekey_domain::id::BatchId;

use crate::server::csv;
use crate::server::http::batch_forms::page_of;
use crate::server::http::people_forms::Id;
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, to_sign_in};
use crate::server::http::{incident, trouble};
use crate::server::service::batch_report::{COLUMNS, Cells, Report};
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::resolve_session::SignedIn;
use crate::wire::error::AppError;

/// The download.
pub async fn get(State(app): State<AppState>, id: Id, visitor: Extension<Arc<Visitor>>, uri: Uri) -> Response {
    let Some(batch) = id.ok().and_then(|Path(id)| id.parse::<BatchId>().ok()) else {
        return trouble::answer(&AppError::NotFound, &uri);
    };
    let Some(who) = &visitor.signed_in else {
        return to_sign_in(&page_of(batch)).into_response();
    };
    match begin(&app, who, batch).await {
        Ok(response) => response,
        Err(error) => trouble::answer(&incident::tell(error), &uri),
    }
}

/// The first piece is read before anything is answered, so that a failure is told as one.
async fn begin(app: &AppState, who: &SignedIn, batch: BatchId) -> Outcome<Response> {
    let mut report = Report::begin(&app.services, who, batch).await?;
    let mut head = row(COLUMNS)?;
    head.extend(written(&report.next().await?)?);
    let rest = stream::try_unfold(report, |mut report| async move {
        let piece = report.next().await?;
        if piece.is_empty() {
            return Ok(None);
        }
        Ok::<_, ServiceError>(Some((written(&piece)?, report)))
    });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"batch.csv\""),
    ];
    let whole = stream::once(async { Ok(head) }).chain(rest);
    Ok((headers, Body::from_stream(whole)).into_response())
}

fn written(lines: &[Cells]) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    for cells in lines {
        bytes.extend(row(cells.iter().map(String::as_str))?);
    }
    Ok(bytes)
}

fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> Outcome<Vec<u8>> {
    csv::row(cells).map_err(|error| ServiceError::Bug(error.into()))
}
