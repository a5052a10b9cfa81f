//! What came back from the mail server, good or bad, as it is kept in the mail's row.

use std::error::Error;
use std::fmt;
use std::io;

use rekey_domain::mail_reply::Stage;
use rekey_domain::mail_reply::bytes;
use rekey_domain::server_words::ServerWords;

use crate::server::mail::dialog::Silence;

/// The mail server took the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 2xx.
    pub code: u16,
    /// Its words.
    pub text: ServerWords,
}

/// The mail server did not take the mail, or could not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How far it went.
    pub stage: Stage,
    /// 4xx or 5xx of a reply; `None` where there was none, or none that makes sense.
    pub code: Option<u16>,
    /// The server's words, or ours where it said nothing.
    pub text: ServerWords,
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
            text: text.into(),
        }
    }

    /// Something that the server has not said, as if it had said it with this code.
    pub(super) fn as_if(stage: Stage, code: u16, text: &str) -> Self {
        Self {
            stage,
            code: Some(code),
            text: text.into(),
        }
    }

    /// A negative reply.
    pub(in crate::server::mail) fn reply(stage: Stage, reply: &bytes::Reply) -> Self {
        Self {
            stage,
            code: Some(reply.code),
            text: reply.words(),
        }
    }

    pub(super) fn network(stage: Stage, error: &io::Error) -> Self {
        Self::ours(stage, &format!("the connection failed: {error}"))
    }

    /// No reply.
    pub(in crate::server::mail) fn silence(stage: Stage, silence: &Silence) -> Self {
        match silence {
            Silence::Late(limit) => Self::ours(stage, &format!("no answer within {limit:?}")),
            Silence::Broken(error) => Self::network(stage, error),
            Silence::Nonsense => Self::ours(stage, "the mail server answered something that is no answer"),
            Silence::Unasked => Self::ours(stage, "the mail server spoke before it was asked"),
        }
    }
}
