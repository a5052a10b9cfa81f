//! What the pages of "this was not me" show.

/// The form, before anything is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// What was withdrawn or disavowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMeAbout {
    /// A link that was not needed.
    Unneeded,
    /// A link that was not asked for: all sessions ended too.
    Unasked,
    /// A changed password: all sessions ended too, and it works no more.
    Change,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotMeDone {
    /// About what.
    pub about: NotMeAbout,
    /// Whether the administrators were told.
    pub is_told: bool,
    /// Of which company, where the browser still knows.
    pub company: Option<String>,
}
