//! How a use case can end badly: refused for a reason that people hear, not available just now, or a bug.

use std::error::Error;

use rekey_domain::policy::Refusal;
use sea_orm::DbErr;

use crate::server::heavy_work::NotDone;
use crate::server::password_hash::HashingFailed;
use crate::server::store::db;
use crate::server::work::Panicked;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};

/// The result of every service.
pub type Outcome<T> = Result<T, ServiceError>;

/// Why a use case did not do what was asked. In each case it did nothing.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// For a reason that the page says.
    #[error("refused: {0}")]
    Refused(AppError),
    /// The database does not answer, can only be read just now, is locked for too long or full (H4, K11).
    #[error("not available")]
    Unavailable(#[source] DbErr),
    /// Ours to mend.
    #[error("a bug")]
    Bug(#[source] Box<dyn Error + Send + Sync>),
}

impl ServiceError {
    /// A form's field that must be mended.
    pub fn invalid(field: Field, reason: Reason) -> Self {
        Self::Refused(AppError::Invalid(vec![Problem { field, reason }]))
    }

    /// Whether it is nobody's mistake, and over by itself.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether a limit held it up.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Refused(AppError::Limited(_)))
    }

    /// A bug without an error of its own.
    pub fn bug(what: impl Into<String>) -> Self {
        Self::Bug(what.into().into())
    }
}

/// An error with everything behind it, in one line, for the log.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}

impl From<AppError> for ServiceError {
    fn from(refused: AppError) -> Self {
        Self::Refused(refused)
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::Refused(AppError::NotFound),
            other => Self::Refused(AppError::Forbidden(other)),
        }
    }
}

impl From<DbErr> for ServiceError {
    fn from(error: DbErr) -> Self {
        if db::is_passing(&error) {
            Self::Unavailable(error)
        } else {
            Self::Bug(error.into())
        }
    }
}

impl From<serde_json::Error> for ServiceError {
    fn from(error: serde_json::Error) -> Self {
        Self::Bug(error.into())
    }
}

impl From<Panicked> for ServiceError {
    fn from(panicked: Panicked) -> Self {
        Self::Bug(panicked.into())
    }
}

impl From<NotDone> for ServiceError {
    fn from(error: NotDone) -> Self {
        match error {
            NotDone::Busy => Self::Refused(AppError::Busy),
            NotDone::EndedEarly(_) => Self::Bug(error.into()),
        }
    }
}

impl From<HashingFailed> for ServiceError {
    fn from(error: HashingFailed) -> Self {
        match error {
            HashingFailed::NotDone(not_done) => not_done.into(),
            HashingFailed::Failed(_) => Self::Bug(error.into()),
        }
    }
}
