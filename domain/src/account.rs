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

/// Whether somebody else may put another address in place of the account's at once. Only while nobody has ever set a
/// password: whoever can read the mail of an address that counts can take the account (case D8). A password that is gone
/// makes it nobody's again in no way: neither deleting nor restoring does (F5).
pub const fn lets_address_be_corrected(has_had_password: bool) -> bool {
    !has_had_password
}

#[cfg(test)]
mod tests {
    use super::{Status, lets_address_be_corrected};

    #[test]
    fn a9_deleted_wins_over_a_password() {
        assert_eq!(Status::of(true, true), Status::Deleted);
        assert_eq!(Status::of(false, true), Status::Deleted);
        assert_eq!(Status::of(true, false), Status::Active);
        assert_eq!(Status::of(false, false), Status::Invited);
    }

    #[test]
    fn f5_only_an_account_that_never_had_a_password_has_its_address_corrected() {
        assert!(lets_address_be_corrected(false));
        assert!(!lets_address_be_corrected(true), "whatever is left of the password");
    }
}
