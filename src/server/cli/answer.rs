//! What a command says: words for people, or one JSON value for scripts. And how it can end badly.

use std::process::ExitCode;

use rekey_domain::operator::NoLink;
use serde_json::{Value, json};

use super::output::{complain, say};
use crate::server::config::Mistakes;
use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::operator::{OperatorError, Refused};

/// What was done.
#[derive(Debug)]
pub struct Answer {
    words: String,
    json: Value,
    is_whole: bool,
}

impl Answer {
    /// Both say the same.
    pub fn new(words: impl Into<String>, json: Value) -> Self {
        Self {
            words: words.into(),
            json,
            is_whole: true,
        }
    }

    /// More words, and other JSON.
    #[must_use]
    pub fn and(self, words: &str, json: Value) -> Self {
        Self {
            words: format!("{}\n\n{words}", self.words),
            json,
            ..self
        }
    }

    /// Only a part of what was asked for is done; the answer says which. Exit code 1.
    #[must_use]
    pub fn in_part(self) -> Self {
        Self {
            is_whole: false,
            ..self
        }
    }

    fn exit_code(&self) -> ExitCode {
        if self.is_whole {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        }
    }

    /// A table, whose columns are as wide as they need; its JSON is a list.
    pub fn table(heads: &[&str], rows: &[Vec<String>], json: Vec<Value>) -> Self {
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let cells = cells.map(|cell| cell.chars().count());
            cells.chain([heads[column].len()]).max().unwrap_or_default()
        };
        let line = |cells: Vec<&str>| {
            let padded = cells
                .iter()
                .enumerate()
                .map(|(column, cell)| format!("{cell:<0$}", width(column)));
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let body = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
        let lines: Vec<_> = [line(heads.to_vec())].into_iter().chain(body).collect();
        Self::new(lines.join("\n"), Value::Array(json))
    }
}

/// How a command can end badly.
#[derive(Debug, thiserror::Error)]
pub enum CommandFailure {
    /// Exit code 2.
    #[error(transparent)]
    Configuration(#[from] Mistakes),
    /// Exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Exit code 1, with a fixed word for scripts.
    #[error("{words}")]
    Refused { word: &'static str, words: String },
    /// Exit code 1.
    #[error("{doing}: {error}")]
    Failed {
        doing: &'static str,
        #[source]
        error: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl CommandFailure {
    /// A failure while `doing`.
    pub fn while_doing<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
        doing: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |error| Self::Failed {
            doing,
            error: error.into(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Configuration(_) | Self::Usage(_) => ExitCode::from(2),
            Self::Refused { .. } | Self::Failed { .. } => ExitCode::from(1),
        }
    }

    /// The word for scripts.
    fn word(&self) -> &'static str {
        match self {
            Self::Configuration(_) => "configuration",
            Self::Usage(_) => "usage",
            Self::Refused { word, .. } => word,
            Self::Failed { .. } => "failed",
        }
    }
}

impl From<OperatorError> for CommandFailure {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::Refused(refused) => Self::from(refused),
            OperatorError::Failed(error) => Self::from(error),
        }
    }
}

impl From<ServiceError> for CommandFailure {
    fn from(error: ServiceError) -> Self {
        Self::while_doing("the command failed, nothing was changed")(error)
    }
}

impl From<Refused> for CommandFailure {
    fn from(refused: Refused) -> Self {
        let (word, words) = match refused {
            Refused::NoSuchCompany(which) => (
                "no-such-company",
                format!("no company is called \"{which}\"; see: rekey company list"),
            ),
            Refused::SeveralCompanies(which) => (
                "several-companies",
                format!("several companies are called \"{which}\"; name it by its id, see: rekey company list"),
            ),
            Refused::NoSuchAccount(email) => (
                "no-such-account",
                format!("no account uses {}; look at the spelling", email.as_str()),
            ),
            Refused::AddressTaken(email) => (
                "address-taken",
                format!(
                    "{} belongs to another account already; invite with another one",
                    email.as_str()
                ),
            ),
            Refused::LastAdministrator => (
                "last-administrator",
                "this is the company's last administrator; make another one first, who signs in".to_owned(),
            ),
            Refused::NoLink(NoLink::Itself) => ("own-parent", "a company can't be its own parent".to_owned()),
            Refused::NoLink(NoLink::HasParent(parent)) => (
                "has-parent",
                format!("the company has another parent ({parent}); first: rekey company unlink"),
            ),
            Refused::NoLink(NoLink::Circle) => (
                "circle",
                "the parent is below this company; that would be a circle".to_owned(),
            ),
        };
        Self::Refused { word, words }
    }
}

/// What there is to say instead of running: the help, or what is wrong with the words of the command line.
pub fn usage(said: &clap::Error) -> ExitCode {
    if !said.use_stderr() {
        said.exit()
    }
    complain(said.render().to_string().trim_end());
    ExitCode::from(2)
}

/// Says it, and ends with its exit code. An answer that could not be written is told on standard error, and ends with 1: a
/// script that reads it has nothing to go on with.
pub fn end(result: Result<Option<Answer>, CommandFailure>, as_json: bool) -> ExitCode {
    let (code, said) = match result {
        Ok(None) => (ExitCode::SUCCESS, Ok(())),
        Ok(Some(answer)) if as_json => (answer.exit_code(), say(&answer.json)),
        Ok(Some(answer)) => (answer.exit_code(), say(&answer.words)),
        Err(failure) => {
            complain(format_args!("rekey: {failure}"));
            let json = as_json.then(|| json!({ "error": failure.word(), "message": failure.to_string() }));
            (failure.exit_code(), json.map_or(Ok(()), say))
        }
    };
    match said {
        Ok(()) => code,
        Err(error) => {
            complain(format_args!("rekey: the answer could not be written: {error}"));
            ExitCode::from(1)
        }
    }
}
