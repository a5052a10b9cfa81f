//! What even the operator must not do: leave a company without an administrator, or make companies each other's parents.
//! The role table knows no operator, who has no seat in any company.

use crate::account::Status;
use crate::id::CompanyId;
use crate::role::Role;

/// The last administrator of a company stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the company's last administrator")]
pub struct LastAdministrator;

/// The company's other administrators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Others {
    /// Those who can sign in.
    pub active: usize,
    /// Those who have no password yet.
    pub invited: usize,
}

/// Whether somebody with this role and status may lose the role, or the account. One who can sign in is not made up for by
/// one who was only invited: nobody has opened that link yet.
pub const fn may_leave(role: Role, status: Status, others: Others) -> Result<(), LastAdministrator> {
    let enough = match status {
        Status::Active => others.active > 0,
        Status::Invited => others.active + others.invited > 0,
        Status::Deleted => true,
    };
    match role {
        Role::Administrator if !enough => Err(LastAdministrator),
        _ => Ok(()),
    }
}

/// Why a company does not become another one's child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLink {
    /// It would be its own parent.
    #[error("a company is not its own parent")]
    Itself,
    /// It has another parent already.
    #[error("the company has another parent")]
    HasParent(CompanyId),
    /// It is above the parent already.
    #[error("the company is above the parent")]
    Circle,
}

/// Whether `child`, with the parent that it has, may become the child of `parent`, above which are `above`.
pub fn may_link(
    child: CompanyId,
    has: Option<CompanyId>,
    parent: CompanyId,
    above: &[CompanyId],
) -> Result<(), NoLink> {
    if child == parent {
        return Err(NoLink::Itself);
    }
    match has {
        Some(other) if other != parent => Err(NoLink::HasParent(other)),
        _ if above.contains(&child) => Err(NoLink::Circle),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn company(number: u8) -> CompanyId {
        CompanyId::mint(Timestamp::from_millis(1), [number; 10])
    }

    #[test]
    fn the_last_administrator_stays() {
        let others = |active, invited| Others { active, invited };
        let leave = |status, others| may_leave(Role::Administrator, status, others);
        for status in [Status::Active, Status::Invited] {
            assert_eq!(leave(status, others(0, 0)), Err(LastAdministrator), "{status}");
            assert_eq!(leave(status, others(1, 0)), Ok(()), "{status}");
        }
        assert_eq!(leave(Status::Active, others(0, 1)), Err(LastAdministrator));
        assert_eq!(
            leave(Status::Invited, others(0, 1)),
            Ok(()),
            "one invitation more than needed"
        );
        for role in [Role::Manager, Role::User, Role::ReadOnly] {
            assert_eq!(may_leave(role, Status::Active, others(0, 0)), Ok(()));
        }
    }

    #[test]
    fn companies_make_a_tree() {
        let (child, parent, root) = (company(1), company(2), company(3));
        assert_eq!(may_link(child, None, parent, &[root]), Ok(()));
        assert_eq!(may_link(child, Some(parent), parent, &[root]), Ok(()), "so already");
        assert_eq!(may_link(child, None, child, &[]), Err(NoLink::Itself));
        assert_eq!(may_link(child, Some(root), parent, &[]), Err(NoLink::HasParent(root)));
        assert_eq!(may_link(root, None, parent, &[root]), Err(NoLink::Circle));
        assert_eq!(may_link(root, None, child, &[parent, root]), Err(NoLink::Circle));
    }
}
