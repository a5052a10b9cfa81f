//! The log: one line an event on standard error, fields dotted and the same everywhere (`docs/operating.md`).
//!
//! Never logged: tokens, passwords, cookies, bodies, full paths of links, SQL values. `lettre`'s own tracing is off,
//! since it would print whole mails (G9).

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// What is logged when the operator says nothing.
pub const DEFAULT_FILTER: &str = "info,sea_orm_migration=warn";

/// Starts logging by a filter such as `info` or `rekey=debug`.
pub fn start(filter: &EnvFilter) -> Result<(), TryInitError> {
    let filter = EnvFilter::try_new(filter.to_string()).unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    tracing_subscriber::registry()
        .with(filter)
        .with(
            tracing_subscriber::fmt::layer()
                .with_writer(std::io::stderr)
                .with_ansi(std::io::stderr().is_terminal())
                .with_target(true)
                // Told on standard error, by a macro that panics where nobody reads that any more (K12).
                .log_internal_errors(false),
        )
        .try_init()
}
