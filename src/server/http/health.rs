//! Whether the process lives, and whether it can serve: the database answers and can be written, its schema is up to date, and
//! no loop of the work beside the requests is dead or fails again and again (F4). The mail server is no part of it (G10).
//! Whoever asks is answered within seconds, also where the database is silent.

use std::borrow::Cow;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;

/// What does not answer in so long is no database that one could work with.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /health/live`.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`.
pub async fn ready(State(services): State<Services>) -> (StatusCode, Cow<'static, str>) {
    let in_the_way = match tokio::time::timeout(PATIENCE, look(&services)).await {
        Ok(Ok(in_the_way)) => in_the_way,
        Ok(Err(error)) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "health.ready failed");
            Some(NO_ANSWER.into())
        }
        Err(_) => Some(NO_ANSWER.into()),
    };
    match in_the_way {
        None => (StatusCode::OK, "ready\n".into()),
        Some(words) => (StatusCode::SERVICE_UNAVAILABLE, words),
    }
}

const NO_ANSWER: &str = "the database does not answer\n";

/// What is in the way, if anything.
async fn look(services: &Services) -> Outcome<Option<Cow<'static, str>>> {
    if !services.db.is_migrated().await? {
        return Ok(Some("the database's schema is older than this program\n".into()));
    }
    if !services.db.is_writable().await? {
        return Ok(Some("the database can't be written\n".into()));
    }
    let not_well = services.work.loops.not_well();
    Ok(not_well.map(|name| format!("the loop {name} fails: see work.failed in the log\n").into()))
}
