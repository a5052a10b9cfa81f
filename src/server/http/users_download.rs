//! `GET /company/users.csv`: what the tab `[company] users` shows with the same search, filters and order, whole.

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
use crate::server::service::people::list_users::{COLUMNS, Download};
use crate::wire::paths;
use crate::wire::users_query::UsersQuery;

/// `GET /company/users.csv`.
pub async fn get(State(app): State<AppState>, visitor: Extension<Arc<Visitor>>, uri: Uri) -> Response {
    let Some(who) = &visitor.signed_in else {
        return to_sign_in(paths::USERS_TAB).into_response();
    };
    match begin(&app, &visitor.client, who, &uri).await {
        Ok(response) => response,
        Err(error) => trouble::answer(&incident::tell(error), &uri),
    }
}

async fn begin(app: &AppState, client: &Client, who: &SignedIn, uri: &Uri) -> Outcome<Response> {
    let query = UsersQuery::from_url(uri.query().unwrap_or_default());
    let begun = Download::begin(&app.services, client, who, query).await?;
    let pieces = stream::try_unfold(begun, |mut begun| async move {
        let Some(people) = begun.next().await? else {
            return Ok(None);
        };
        Ok(Some((download::rows(&people)?, begun)))
    });
    download::file(download::CSV, "users.csv", download::row(COLUMNS)?, pieces).await
}
