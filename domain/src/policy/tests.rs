//! Tests of the role table and the decision.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

/// Every action there is.
fn all_actions() -> Vec<Action> {
    let mut actions = vec![
        Action::ViewProfile,
        Action::ViewUsers,
        Action::ChangeCompanyName,
        Action::ChangeDefaults,
        Action::ChangeContact,
        Action::TriggerReset,
        Action::RevokeReset,
        Action::ResetMany,
        Action::SeeResets,
        Action::EditUser,
        Action::DeleteUser,
        Action::RestoreUser,
        Action::SignOutUser,
        Action::GrantLinked,
        Action::ActInLinked,
        Action::SeeActivity,
        Action::OwnAccount,
    ];
    for &role in Role::ALL {
        actions.extend([Action::CreateUser(role), Action::ChangeRole(role)]);
    }
    actions
}

fn user(number: u128) -> UserId {
    UserId::from_uuid(Uuid::from_u128(number))
}

fn company(number: u128) -> CompanyId {
    CompanyId::from_uuid(Uuid::from_u128(number))
}

fn actor(role: Role) -> Actor {
    Actor {
        user: user(1),
        company: company(1),
        role,
    }
}

fn other(role: Role, status: Status) -> Target {
    Target {
        user: user(2),
        company: company(1),
        role,
        status,
    }
}

fn oneself(role: Role) -> Target {
    Target {
        user: user(1),
        company: company(1),
        role,
        status: Status::Active,
    }
}

/// What the manual's table says of an action and a role, read off the decisions on an active user of each role.
fn cell(role: Role, action: Action) -> &'static str {
    let actor = actor(role);
    if action == Action::OwnAccount {
        return if decide(&actor, action, Some(&oneself(role))).is_ok() {
            "yes"
        } else {
            "–"
        };
    }
    let granted: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|&target| decide(&actor, action, Some(&other(target, Status::Active))).is_ok())
        .collect();
    let below: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|&target| role.is_above(target))
        .collect();
    if granted.is_empty() {
        "–"
    } else if granted == Role::ALL {
        "yes"
    } else if action == Action::GrantLinked && granted == MANAGER_UP {
        "yes, to a manager or administrator"
    } else if granted == below {
        "target below own role"
    } else {
        panic!("{role} {action:?} is granted on {granted:?}")
    }
}

/// The table of product.md, line by line, with the actions that each line means.
const MANUAL: &[(&str, &[Action])] = &[
    (
        "view the profile; view and search users | yes | yes | yes | yes",
        &[Action::ViewProfile, Action::ViewUsers],
    ),
    (
        "change the company's name; company defaults | yes | – | – | –",
        &[Action::ChangeCompanyName, Action::ChangeDefaults],
    ),
    (
        "change contact details, banner | yes | yes | – | –",
        &[Action::ChangeContact],
    ),
    (
        "trigger, send again, revoke a reset for another user, any role; many at once | yes | yes | – | –",
        &[Action::TriggerReset, Action::RevokeReset, Action::ResetMany],
    ),
    (
        "see the life of others' resets; list deleted users; download lists | yes | yes | – | –",
        &[Action::SeeResets],
    ),
    (
        "create a user as manager | yes | – | – | –",
        &[Action::CreateUser(Manager)],
    ),
    (
        "create a user as user or read-only; import such users | yes | yes | – | –",
        &[Action::CreateUser(User), Action::CreateUser(ReadOnly)],
    ),
    (
        "edit another's name or e-mail; delete; restore; sign out everywhere | target below own role | target below own role | – | –",
        &[
            Action::EditUser,
            Action::DeleteUser,
            Action::RestoreUser,
            Action::SignOutUser,
        ],
    ),
    (
        "change another's role to user or read-only | target below own role | target below own role | – | –",
        &[Action::ChangeRole(User), Action::ChangeRole(ReadOnly)],
    ),
    (
        "change another's role to manager | target below own role | – | – | –",
        &[Action::ChangeRole(Manager)],
    ),
    (
        "access to a linked company | yes, to a manager or administrator | – | – | –",
        &[Action::GrantLinked],
    ),
    (
        "act in a linked company, with a grant | yes | yes | – | –",
        &[Action::ActInLinked],
    ),
    (
        "activity of the company, its export; API keys and webhooks | yes | – | – | –",
        &[Action::SeeActivity],
    ),
    (
        "own name, e-mail, password, sessions, own resets | yes | yes | yes | yes",
        &[Action::OwnAccount],
    ),
    (
        "make an administrator | – | – | – | –",
        &[Action::CreateUser(Administrator), Action::ChangeRole(Administrator)],
    ),
];

#[test]
fn own_resets_of_a_company_where_only_managers_start_them() {
    for role in [Administrator, Manager, User, ReadOnly] {
        assert_eq!(start_own_reset(role, false), Ok(()));
        let expected = match role {
            Administrator => Ok(()),
            _ => Err(Refusal::OnlyManagersStart),
        };
        assert_eq!(start_own_reset(role, true), expected, "{role}");
    }
}

#[test]
fn d1_the_table_is_the_one_in_the_manual() {
    for (line, actions) in MANUAL {
        let words = line.split(" | ").next().unwrap();
        for &action in *actions {
            let cells: Vec<&str> = Role::ALL.iter().map(|&role| cell(role, action)).collect();
            let read = format!("{words} | {}", cells.join(" | "));
            println!("{read}");
            assert_eq!(read, *line, "{action:?}");
        }
    }
    let named: Vec<Action> = MANUAL.iter().flat_map(|(_, actions)| actions.iter().copied()).collect();
    for action in all_actions() {
        assert_eq!(
            named.iter().filter(|&&one| one == action).count(),
            1,
            "{action:?} in the manual"
        );
    }
}

#[test]
fn d1_every_action_has_exactly_one_line() {
    for action in all_actions() {
        let lines = TABLE.iter().filter(|row| row.actions.contains(&action)).count();
        assert_eq!(lines, 1, "{action:?}");
    }
    assert_eq!(
        TABLE.iter().map(|row| row.actions.len()).sum::<usize>(),
        all_actions().len()
    );
}

#[test]
fn d2_nobody_and_a_stranger_are_the_same() {
    for action in all_actions() {
        for &role in Role::ALL {
            for &status in Status::ALL {
                // Also where the stranger is the actor, at home in another company.
                for id in [1, 2] {
                    let foreign = Target {
                        user: user(id),
                        company: company(2),
                        ..other(ReadOnly, status)
                    };
                    assert_eq!(
                        decide(&actor(role), action, Some(&foreign)),
                        Err(Refusal::NotFound),
                        "{action:?}"
                    );
                }
            }
            let is_on_a_person = !matches!(
                action,
                Action::ViewProfile
                    | Action::ViewUsers
                    | Action::ChangeCompanyName
                    | Action::ChangeDefaults
                    | Action::ChangeContact
                    | Action::SeeResets
                    | Action::ResetMany
                    | Action::CreateUser(_)
                    | Action::ActInLinked
                    | Action::SeeActivity
                    | Action::OwnAccount
            );
            if is_on_a_person {
                assert_eq!(decide(&actor(role), action, None), Err(Refusal::NotFound), "{action:?}");
            } else {
                assert_eq!(
                    decide(&actor(role), action, None).is_ok(),
                    allows(role, action),
                    "{action:?}"
                );
            }
        }
    }
}

#[test]
fn a_manager_may_reset_an_administrator_but_not_touch_the_account() {
    let (max, ada) = (actor(Manager), other(Administrator, Status::Active));
    assert_eq!(decide(&max, Action::TriggerReset, Some(&ada)), Ok(()));
    // D8: no first step of a takeover.
    for action in [
        Action::EditUser,
        Action::DeleteUser,
        Action::RestoreUser,
        Action::SignOutUser,
        Action::ChangeRole(ReadOnly),
    ] {
        assert_eq!(
            decide(&max, action, Some(&ada)),
            Err(Refusal::NotBelow),
            "D8 {action:?}"
        );
    }
    let deleted = other(Administrator, Status::Deleted);
    assert_eq!(
        decide(&max, Action::RestoreUser, Some(&deleted)),
        Err(Refusal::NotBelow),
        "D8 restore"
    );
}

#[test]
fn a_refusal_says_what_is_in_the_way() {
    let (ada, max, rob) = (actor(Administrator), actor(Manager), actor(ReadOnly));
    let active = |role| other(role, Status::Active);
    let deleted = other(User, Status::Deleted);
    for (who, action, target, refusal) in [
        (&rob, Action::TriggerReset, active(User), Refusal::NeedsRole(MANAGER_UP)),
        (
            &max,
            Action::GrantLinked,
            active(Manager),
            Refusal::NeedsRole(ADMINISTRATOR),
        ),
        (&ada, Action::GrantLinked, active(User), Refusal::NeedsRole(MANAGER_UP)),
        (&ada, Action::TriggerReset, oneself(Administrator), Refusal::Oneself),
        (&rob, Action::TriggerReset, oneself(ReadOnly), Refusal::Oneself),
        (&ada, Action::ChangeRole(User), oneself(Administrator), Refusal::Oneself),
        (&ada, Action::DeleteUser, oneself(Administrator), Refusal::Oneself),
        (&max, Action::TriggerReset, deleted, Refusal::Deleted),
        (&max, Action::EditUser, deleted, Refusal::Deleted),
        (&max, Action::ChangeRole(ReadOnly), deleted, Refusal::Deleted),
        (&rob, Action::TriggerReset, deleted, Refusal::NotFound),
        (&rob, Action::ViewUsers, deleted, Refusal::NotFound),
        (&ada, Action::EditUser, active(Administrator), Refusal::NotBelow),
        (&max, Action::EditUser, active(Manager), Refusal::NotBelow),
        (&max, Action::ChangeRole(Manager), active(User), Refusal::RoleNotBelow),
        (
            &ada,
            Action::ChangeRole(Administrator),
            active(User),
            Refusal::RoleNotBelow,
        ),
        (&ada, Action::OwnAccount, active(User), Refusal::NotFound),
    ] {
        assert_eq!(
            decide(who, action, Some(&target)),
            Err(refusal),
            "{} {action:?}",
            who.role
        );
    }
    assert_eq!(
        decide(&max, Action::CreateUser(Manager), None),
        Err(Refusal::NeedsRole(ADMINISTRATOR))
    );
    assert_eq!(
        decide(&ada, Action::CreateUser(Administrator), None),
        Err(Refusal::RoleNotBelow)
    );
}

#[test]
fn deleted_people_are_seen_restored_and_revoked_by_managers() {
    for action in [
        Action::ViewUsers,
        Action::SeeResets,
        Action::RestoreUser,
        Action::RevokeReset,
    ] {
        assert_eq!(
            decide(&actor(Manager), action, Some(&other(User, Status::Deleted))),
            Ok(()),
            "{action:?}"
        );
    }
}

#[test]
fn refusals_read_back_from_json() {
    let all = [
        Refusal::NotFound,
        Refusal::NeedsRole(MANAGER_UP),
        Refusal::NeedsRole(ADMINISTRATOR),
        Refusal::Oneself,
        Refusal::Deleted,
        Refusal::NotBelow,
        Refusal::RoleNotBelow,
    ];
    for refusal in all {
        let json = serde_json::to_string(&refusal).unwrap();
        assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), refusal, "{json}");
    }
    assert_eq!(
        serde_json::to_value(Refusal::NeedsRole(MANAGER_UP)).unwrap(),
        serde_json::json!({"needs-role": ["administrator", "manager"]})
    );
    assert!(serde_json::from_str::<Refusal>("{\"needs-role\":[\"user\"]}").is_err());
}

fn any_role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL)
}

fn any_action() -> impl Strategy<Value = Action> {
    prop::sample::select(all_actions())
}

/// Few people and companies, so that they often meet.
fn any_target() -> impl Strategy<Value = Target> {
    (1_u128..3, 1_u128..3, any_role(), prop::sample::select(Status::ALL)).prop_map(
        |(user_number, company_number, role, status)| Target {
            user: user(user_number),
            company: company(company_number),
            role,
            status,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn d2_nothing_is_granted_in_another_company(role in any_role(), action in any_action(), target in any_target()) {
        if decide(&actor(role), action, Some(&target)).is_ok() {
            prop_assert_eq!(target.company, company(1));
        }
    }

    #[test]
    fn d1_a_higher_role_never_may_less(
        one in any_role(), two in any_role(), action in any_action(), target in prop::option::of(any_target())
    ) {
        let (higher, lower) = if one.is_above(two) { (one, two) } else { (two, one) };
        if decide(&actor(lower), action, target.as_ref()).is_ok() {
            prop_assert_eq!(decide(&actor(higher), action, target.as_ref()), Ok(()));
        }
    }

    #[test]
    fn d1_what_pages_leave_out_is_refused(
        role in any_role(), action in any_action(), target in prop::option::of(any_target())
    ) {
        if !allows(role, action) {
            prop_assert!(decide(&actor(role), action, target.as_ref()).is_err());
        }
    }

    #[test]
    fn d8_nobody_changes_a_peer_or_a_superior(role in any_role(), action in any_action(), target in any_target()) {
        let is_change = matches!(
            action,
            Action::EditUser | Action::DeleteUser | Action::RestoreUser | Action::SignOutUser | Action::ChangeRole(_)
        );
        if is_change && decide(&actor(role), action, Some(&target)).is_ok() {
            prop_assert!(role.is_above(target.role));
            prop_assert_ne!(target.user, user(1));
        }
    }

    #[test]
    fn d8_nobody_gives_a_role_that_is_not_below_their_own(
        role in any_role(), new in any_role(), target in prop::option::of(any_target())
    ) {
        for action in [Action::CreateUser(new), Action::ChangeRole(new)] {
            if decide(&actor(role), action, target.as_ref()).is_ok() {
                prop_assert!(role.is_above(new));
            }
        }
    }
}
