//! How a use case can end badly: refused for a reason that people hear, not available just now, or a bug.

use rekey_domain::policy::Refusal;
use sea_orm::{DbErr, RuntimeErr, sqlx};

use crate::server::password_hash::HashingFailed;
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
    /// The database does not answer, is locked for too long or full (H4).
    #[error("not available")]
    Unavailable(#[source] DbErr),
    /// Ours to mend.
    #[error("a bug")]
    Bug(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ServiceError {
    /// A form's field that must be mended.
    pub fn invalid(field: Field, reason: Reason) -> Self {
        Self::Refused(AppError::Invalid(vec![Problem { field, reason }]))
    }

    /// A bug without an error of its own.
    pub fn bug(what: impl Into<String>) -> Self {
        Self::Bug(what.into().into())
    }
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
        if is_passing(&error) {
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

impl From<HashingFailed> for ServiceError {
    fn from(error: HashingFailed) -> Self {
        Self::Bug(error.into())
    }
}

/// Whether trying again later can help: no connection, a lock that outlasted its timeout, a full disk.
fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            match error.as_ref() {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
                sqlx::Error::Database(database) => database.code().is_some_and(|code| is_passing_code(&code)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// `SQLite`: 5 busy (261 and 517 are kinds of it), 6 locked, 10 I/O, 13 full. `PostgreSQL`: 55P03 lock not available, and
/// the classes 08 connection, 40 rolled back for another's sake, 53 resources, 57 shutting down or taking too long.
fn is_passing_code(code: &str) -> bool {
    matches!(code, "5" | "6" | "10" | "13" | "261" | "517" | "55P03")
        || (code.len() == 5 && ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class)))
}
