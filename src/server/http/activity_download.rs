//! `GET /company/activity.csv` and `/company/activity.jsonl`: what the tab `Activity` shows with the same filters, whole.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use futures::stream;

use crate::server::client::Client;
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, to_sign_in};
use crate::server::http::{download, incident, trouble};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::activity::list_activity::{COLUMNS, Cells, Download};
use crate::wire::activity::ActivityQuery;
use crate::wire::paths;

/// How the entries are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    JsonLines,
}

/// `GET /company/activity.csv`.
pub async fn get_csv(State(app): State<AppState>, visitor: Extension<Arc<Visitor>>, uri: Uri) -> Response {
    answer(&app, &visitor, &uri, Form::Csv).await
}

/// `GET /company/activity.jsonl`.
pub async fn get_json_lines(State(app): State<AppState>, visitor: Extension<Arc<Visitor>>, uri: Uri) -> Response {
    answer(&app, &visitor, &uri, Form::JsonLines).await
}

async fn answer(app: &AppState, visitor: &Visitor, uri: &Uri, form: Form) -> Response {
    let Some(who) = &visitor.signed_in else {
        return to_sign_in(paths::ACTIVITY_TAB).into_response();
    };
    match begin(app, (&visitor.client, who), uri, form).await {
        Ok(response) => response,
        Err(error) => trouble::answer(&incident::tell(error), uri),
    }
}

async fn begin(app: &AppState, (client, who): (&Client, &SignedIn), uri: &Uri, form: Form) -> Outcome<Response> {
    let query = ActivityQuery::from_url(uri.query().unwrap_or_default());
    let begun = Download::begin(&app.services, client, who, &query).await?;
    let pieces = stream::try_unfold(begun, move |mut download| async move {
        let piece = download.next().await?;
        if piece.is_empty() {
            return Ok(None);
        }
        Ok(Some((written(piece, form)?, download)))
    });
    match form {
        Form::Csv => download::file(download::CSV, "activity.csv", download::row(COLUMNS)?, pieces).await,
        Form::JsonLines => {
            let kind = "application/jsonl; charset=utf-8";
            download::file(kind, "activity.jsonl", Vec::new(), pieces).await
        }
    }
}

fn written(entries: Vec<Cells>, form: Form) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    for cells in entries {
        match form {
            Form::Csv => bytes.extend(download::row(
                cells.iter().map(|cell| cell.as_deref().unwrap_or_default()),
            )?),
            Form::JsonLines => {
                let names = COLUMNS.iter().map(|name| (*name).to_owned());
                let line: serde_json::Map<_, _> = names.zip(cells.map(serde_json::Value::from)).collect();
                serde_json::to_writer(&mut bytes, &line)?;
                bytes.push(b'\n');
            }
        }
    }
    Ok(bytes)
}
