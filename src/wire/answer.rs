//! What server functions answer. Every word in it was chosen on the server, and what is more than words was rendered there, so
//! that the browser's half carries neither the catalogue of texts nor the types of every form.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::texts::trouble::{UNREACHABLE, UNREADABLE};

/// What became of a form or a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It is done; the page at this address says so.
    Go(String),
    /// It is done.
    Stay {
        /// What a page says that stays.
        said: String,
        /// The page that says so where the browser loads one.
        to: String,
    },
    /// It can't be done any more; the page at the form's own address says why.
    SeePage,
    /// Nothing was done.
    Refused(Refused),
}

/// Why a form was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What stands on top of the page then, as HTML of the server's.
    pub top: String,
    /// What to correct, field by field.
    pub problems: Vec<FieldProblem>,
    /// Hidden fields with what they have to say at the next try.
    pub renewed: Vec<(String, String)>,
}

/// What is wrong at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name and id.
    pub field: String,
    /// What stands beside it then, as HTML of the server's.
    pub message: String,
}

/// Why a server function has no answer: refused, or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The HTTP status that fits.
    pub status: u16,
    /// What to do now.
    pub words: String,
    /// In how many seconds it is worth trying again, where time helps and we know.
    pub retry_after: Option<u64>,
}

impl Trouble {
    /// Whether nobody is signed in any more.
    pub fn is_signed_out(&self) -> bool {
        self.status == 401
    }

    /// Whether asking again would be refused again.
    pub fn is_final(&self) -> bool {
        matches!(self.status, 401 | 403 | 404)
    }

    fn with(status: u16, words: &str) -> Self {
        Self {
            status,
            words: words.to_owned(),
            retry_after: None,
        }
    }
}

impl From<ServerFnErrorErr> for Trouble {
    fn from(error: ServerFnErrorErr) -> Self {
        match error {
            // Both arise in the browser only: no connection, or somebody else (a proxy, a captive portal) answered.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => Self::with(503, UNREACHABLE),
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_) => Self::with(400, UNREADABLE),
        }
    }
}

impl FromServerFnError for Trouble {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        error.into()
    }
}
