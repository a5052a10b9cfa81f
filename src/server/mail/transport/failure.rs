//! What came back from the mail server, good or bad, as it is kept in the mail's row.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use rekey_domain::mail_reply::Stage;

use super::one_line;

/// The mail server took the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 2xx.
    pub code: u16,
    /// Its words: lines joined by a blank, at most 500 characters.
    pub text: String,
}

/// The mail server did not take the mail, or could not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How far it went.
    pub stage: Stage,
    /// 4xx or 5xx of a reply; `None` where there was none, or none that makes sense.
    pub code: Option<u16>,
    /// The server's words, or ours where it said nothing: one line of at most 500 characters.
    pub text: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "{:?}: {code} {}", self.stage, self.text),
            None => write!(f, "{:?}: {}", self.stage, self.text),
        }
    }
}

impl Error for Failure {}

impl Failure {
    /// Something that the server has not said.
    pub(in crate::server::mail) fn ours(stage: Stage, text: &str) -> Self {
        Self {
            stage,
            code: None,
            text: at_most_500(&one_line(text)),
        }
    }

    /// A negative reply.
    pub(in crate::server::mail) fn reply(stage: Stage, code: u16, text: &str) -> Self {
        Self {
            stage,
            code: Some(code),
            text: at_most_500(&one_line(text)),
        }
    }

    pub(in crate::server::mail) fn network(stage: Stage, error: &io::Error) -> Self {
        Self::ours(stage, &format!("the connection failed: {error}"))
    }

    pub(in crate::server::mail) fn not_smtp(stage: Stage) -> Self {
        Self::ours(stage, "the mail server answered something that is no answer")
    }

    pub(super) fn timed_out(stage: Stage, limit: Duration) -> Self {
        Self::ours(stage, &format!("no answer within {limit:?}"))
    }

    /// lettre's error: the reply, if there was one, is its source.
    pub(super) fn smtp(stage: Stage, error: &lettre::transport::smtp::Error) -> Self {
        match error.status() {
            Some(code) => Self::reply(
                stage,
                code.into(),
                &error.source().map(ToString::to_string).unwrap_or_default(),
            ),
            None => Self::ours(stage, &error.to_string()),
        }
    }
}

pub(super) fn at_most_500(text: &str) -> String {
    text.chars().take(500).collect()
}
