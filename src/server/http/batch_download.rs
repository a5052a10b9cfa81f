//! `GET /company/resets/batches/{id}/csv`: what came of a batch, line by line. It is read and written a piece at a time.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use futures::stream;
use rekey_domain::id::BatchId;

use crate::server::client::Client;
use crate::server::http::people_forms::Id;
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, to_sign_in};
use crate::server::http::{download, incident, trouble};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::batch_report::{COLUMNS, Report};
use crate::wire::error::AppError;
use crate::wire::paths;

/// The download.
pub async fn get(State(app): State<AppState>, id: Id, visitor: Extension<Arc<Visitor>>, uri: Uri) -> Response {
    let Some(batch) = id.ok().and_then(|Path(id)| id.parse::<BatchId>().ok()) else {
        return trouble::answer(&AppError::NotFound, &uri);
    };
    let Some(who) = &visitor.signed_in else {
        return to_sign_in(&paths::batch(batch)).into_response();
    };
    match begin(&app, &visitor.client, who, batch).await {
        Ok(response) => response,
        Err(error) => trouble::answer(&incident::tell(error), &uri),
    }
}

async fn begin(app: &AppState, client: &Client, who: &SignedIn, batch: BatchId) -> Outcome<Response> {
    let report = Report::begin(&app.services, client, who, batch).await?;
    let pieces = stream::try_unfold(report, |mut report| async move {
        let piece = report.next().await?;
        if piece.is_empty() {
            return Ok(None);
        }
        Ok(Some((download::rows(&piece)?, report)))
    });
    download::file(download::CSV, "batch.csv", download::row(COLUMNS)?, pieces).await
}
