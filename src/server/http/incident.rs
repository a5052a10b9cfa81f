//! The boundary at which a failure is logged, once, with its chain and an id; the page shows only the id (F7).

use std::fmt;

use crate::server::random;
use crate::server::service::acting::error::{ServiceError, chain};
use crate::wire::error::{AppError, Incident};

/// What the browser may know of a service's failure.
pub fn tell(error: ServiceError) -> AppError {
    match error {
        ServiceError::Refused(refused) => refused,
        ServiceError::Unavailable(source) => {
            tracing::error!(error = chain(&source), "request.unavailable");
            AppError::Unavailable
        }
        ServiceError::Bug(source) => bug(&chain(source.as_ref())),
    }
}

/// Logs a bug and gives it an id.
pub fn bug(what: &dyn fmt::Display) -> AppError {
    let incident = Incident::from_random(random::bytes());
    tracing::error!(incident = %incident, error = %what, "request.failed");
    AppError::Internal(incident)
}
