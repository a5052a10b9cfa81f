//! The status of an account. It is never stored: it follows from what the account has.

use crate::word::words;

words! {
    /// What an account can do at present.
    pub enum Status {
        /// Has no password yet: made or restored, and nobody has opened the link so far.
        Invited = "invited",
        /// Has a password and can sign in.
        Active = "active",
        /// Can't sign in and gets no links; can be restored, as invited.
        Deleted = "deleted",
    }
}

impl Status {
    /// The status of an account. Deleted wins, whatever is left of a password.
    pub const fn of(has_password: bool, is_deleted: bool) -> Self {
        match (is_deleted, has_password) {
            (true, _) => Self::Deleted,
            (false, true) => Self::Active,
            (false, false) => Self::Invited,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn a9_deleted_wins_over_a_password() {
        assert_eq!(Status::of(true, true), Status::Deleted);
        assert_eq!(Status::of(false, true), Status::Deleted);
        assert_eq!(Status::of(true, false), Status::Active);
        assert_eq!(Status::of(false, false), Status::Invited);
    }
}
