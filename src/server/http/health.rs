//! Whether the process lives, and whether it can serve: database and schema. The mail server is no part of it (G10).

use axum::extract::State;
use axum::http::StatusCode;

use crate::server::services::Services;

/// `GET /health/live`.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`.
pub async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.db.is_migrated().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database's schema is older than this program\n",
        ),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "health.ready failed");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
