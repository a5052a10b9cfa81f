//! What the pages of "this was not me" show.

use serde::{Deserialize, Serialize};

/// The form, before anything is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotMeForm {
    /// About the link of a reset.
    Link {
        /// `For Ana Lima at Acme. Asked for by …`
        about: String,
    },
    /// About a changed password.
    Change {
        /// `The password of ana@example.com at Acme was changed on …`
        about: String,
    },
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMeDone {
    /// All sessions ended too: it was about a change.
    pub is_signed_out: bool,
    /// Whether the administrators were told.
    pub is_told: bool,
    /// Of which company, where the browser still knows.
    pub company: Option<String>,
}
