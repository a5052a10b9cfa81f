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
        /// What to do about it: a command, or a sentence.
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
    /// More than one thing at once, so that nobody learns of the second only after mending the first.
    Several(Vec<Failure>),
}

impl Failure {
    /// Nothing for no failure, the failure itself for one.
    pub fn all_of(mut failures: Vec<Self>) -> Result<(), Self> {
        match failures.len() {
            0 => Ok(()),
            1 => Err(failures.remove(0)),
            _ => Err(Self::Several(failures)),
        }
    }

    /// For `map_err` on a file operation: `.map_err(Failure::file("read", &path))`.
    pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { doing, path, source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { what, get } => write!(f, "{what}\n  what to do: {get}"),
            Self::Command { line, outcome } => write!(f, "`{line}` {outcome}"),
            Self::File { doing, path, source } => write!(f, "could not {doing} {}: {source}", path.display()),
            Self::Unexpected(what) => f.write_str(what),
            Self::Several(failures) => {
                write!(f, "{} things are missing:", failures.len())?;
                failures.iter().try_for_each(|failure| write!(f, "\n- {failure}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_all_at_once() {
        let missing = |what: &str| Failure::Missing {
            what: what.to_owned(),
            get: format!("get {what}"),
        };
        assert!(Failure::all_of(Vec::new()).is_ok());
        let one = Failure::all_of(vec![missing("Node")]).unwrap_err();
        assert_eq!(one.to_string(), "Node\n  what to do: get Node");
        let two = Failure::all_of(vec![missing("Node"), missing("nginx")])
            .unwrap_err()
            .to_string();
        assert!(two.contains("get Node") && two.contains("get nginx"), "{two}");
    }
}
