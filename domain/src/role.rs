//! The roles and their order. What each may do is in [`policy`](crate::policy).

use crate::word::words;

words! {
    /// A person's role in their company, highest first.
    pub enum Role {
        /// Runs the company's accounts.
        Administrator = "administrator",
        /// Helps people in, may create users.
        Manager = "manager",
        /// Has an account.
        User = "user",
        /// Has an account; the application in front of which Rekey stands lets it look only.
        ReadOnly = "read-only",
    }
}

impl Role {
    /// Whether this role is strictly higher than the other.
    pub const fn is_above(self, other: Self) -> bool {
        self.height() > other.height()
    }

    const fn height(self) -> u8 {
        match self {
            Self::Administrator => 3,
            Self::Manager => 2,
            Self::User => 1,
            Self::ReadOnly => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_sorted_from_the_highest() {
        for (place, &higher) in Role::ALL.iter().enumerate() {
            for (other_place, &other) in Role::ALL.iter().enumerate() {
                assert_eq!(higher.is_above(other), place < other_place, "{higher} {other}");
            }
        }
        assert_eq!(Role::ALL.first(), Some(&Role::Administrator));
    }
}
