//! Why a task could not be done, in words that say what to do next.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The end of a task that was not done.
#[derive(Debug)]
pub enum Failure {
    /// Something that must come from outside is not there.
    Missing {
        /// What is missing, and why xtask did not get it itself.
        what: String,
        /// The command, or the page, that gets it.
        get: String,
    },
    /// A program ran and said no, or could not be started.
    Command {
        /// The command line.
        line: String,
        /// How it ended.
        outcome: String,
    },
    /// A file or folder could not be read or written.
    File {
        /// What was to be done, such as "read".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Something is there but not as it must be.
    Unexpected(String),
}

impl Failure {
    /// For `map_err` on a file operation: `.map_err(Failure::file("read", &path))`.
    pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { doing, path, source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { what, get } => write!(f, "{what}\n  get it with: {get}"),
            Self::Command { line, outcome } => write!(f, "`{line}` {outcome}"),
            Self::File { doing, path, source } => write!(f, "could not {doing} {}: {source}", path.display()),
            Self::Unexpected(what) => f.write_str(what),
        }
    }
}
