//! In which company somebody acts: in their own, or in a linked one that they switched to, for as long as the grant stands
//! and their role is one that may act there (cases D1, D6, D8).

use crate::id::CompanyId;
use crate::policy::{self, Action};
use crate::role::Role;

/// Where a session acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the person's own company.
    Home,
    /// In the linked company that they switched to.
    Linked,
    /// At home again: they switched to a linked company and may not act there any more.
    HomeAgain,
}

/// Where somebody with this role acts who belongs to `home` and switched to `chosen`. `has_grant`: for `chosen`, as of now.
pub fn place(home: CompanyId, chosen: CompanyId, role: Role, has_grant: bool) -> Place {
    if chosen == home {
        Place::Home
    } else if has_grant && policy::allows(role, Action::ActInLinked) {
        Place::Linked
    } else {
        Place::HomeAgain
    }
}

/// Whether a role keeps its grants: who is lowered below loses them for good, so that a later rise brings none back.
pub fn keeps_grants(role: Role) -> bool {
    policy::allows(role, Action::ActInLinked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn d1_a_grant_and_a_role_are_needed_to_act_elsewhere() {
        let [home, child] = [1, 2].map(|number| CompanyId::from_uuid(Uuid::from_u128(number)));
        for &role in Role::ALL {
            let may = matches!(role, Role::Administrator | Role::Manager);
            assert_eq!(keeps_grants(role), may, "{role}");
            for has_grant in [false, true] {
                assert_eq!(place(home, home, role, has_grant), Place::Home, "{role}");
                let expected = if may && has_grant {
                    Place::Linked
                } else {
                    Place::HomeAgain
                };
                assert_eq!(place(home, child, role, has_grant), expected, "{role} {has_grant}");
            }
        }
    }
}
