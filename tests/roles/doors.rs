//! The doors: each server function, each form and each download, whose knock opens it, and what opening it changes. A new one
//! gets a row here, or a test fails.

use rekey_domain::policy::Action;
use rekey_domain::role::Role;

use super::pages::SAMPLE;
use super::who::{NONE, Rows, Who};

/// A door: a server function, the path of a form, or a list that is downloaded.
pub(super) struct Door {
    pub(super) path: &'static str,
    /// Whose knock opens it.
    pub(super) may: &'static [Who],
    /// The line of the role table behind it, where there is one: it must say the same.
    pub(super) action: Option<Action>,
    /// What opening it changes.
    pub(super) change: Rows,
}

const EVERYBODY: &[Who] = &Who::ALL;
pub(super) const NOBODY_ELSE: &[Who] = &[Who::Anonymous];
const SIGNED_IN: &[Who] = &[
    Who::ReadOnly,
    Who::User,
    Who::Manager,
    Who::Administrator,
    Who::Stranger,
    Who::Guest,
    Who::Ungranted,
];
const COLLEAGUES: &[Who] = &[Who::ReadOnly, Who::User, Who::Manager, Who::Administrator, Who::Guest];
const MANAGER_UP: &[Who] = &[Who::Manager, Who::Administrator, Who::Guest];
const ADMINISTRATOR: &[Who] = &[Who::Administrator];
/// Each for the company that they act in.
const ADMINISTRATORS_OF_ANY: &[Who] = &[Who::Administrator, Who::Stranger];
/// Managers and administrators, of whatever company: each for the one that they act in.
const MANAGERS_OF_ANY: &[Who] = &[
    Who::Manager,
    Who::Administrator,
    Who::Stranger,
    Who::Guest,
    Who::Ungranted,
];

pub(super) const SIGNING_IN: Rows = Rows {
    sessions: 1,
    granted: 1,
    ..NONE
};
const SIGNING_OUT: Rows = Rows {
    sessions: -1,
    granted: 1,
    ..NONE
};
const ASKING: Rows = Rows { asks: 1, ..NONE };
const TRIGGERING: Rows = Rows {
    resets: 1,
    mails: 1,
    granted: 1,
    ..NONE
};
const ONE_SESSION_LESS: Rows = SIGNING_OUT;
const SAVING: Rows = Rows { granted: 1, ..NONE };
/// Noted in the activity of both companies.
const IN_BOTH: Rows = Rows { granted: 2, ..NONE };
const CHOOSING: Rows = Rows { batches: 1, ..NONE };
/// The press, and the one person of the batch.
const SENDING: Rows = Rows {
    granted: 2,
    ..TRIGGERING
};
const SENDING_AGAIN: Rows = Rows { batches: 1, ..SENDING };
/// The press, and the one person of the batch with the notice to them.
const REVOKING_MANY: Rows = Rows {
    mails: 1,
    granted: 2,
    ..NONE
};
/// With the notice to the owner.
const REVOKING: Rows = Rows {
    mails: 1,
    granted: 1,
    ..NONE
};
/// Ada is Blue Heron's only administrator. The target has no session.
const DISAVOWING: Rows = Rows {
    mails: 1,
    granted: 1,
    ..NONE
};
const CREATING: Rows = Rows {
    resets: 1,
    mails: 1,
    // That somebody is created, and that their link is asked for.
    granted: 2,
    ..NONE
};
/// With the notice to the owner.
const REDEEMING: Rows = Rows {
    mails: 1,
    granted: 1,
    passwords: 1,
    ..NONE
};

/// Everything that can be called, as `product.md` has it.
pub(super) const DOORS: &[Door] = &[
    Door {
        path: "/api/sign-in",
        may: EVERYBODY,
        action: None,
        change: SIGNING_IN,
    },
    Door {
        path: "/login",
        may: EVERYBODY,
        action: None,
        change: SIGNING_IN,
    },
    Door {
        path: "/logout",
        may: SIGNED_IN,
        action: None,
        change: SIGNING_OUT,
    },
    Door {
        path: "/api/ask-for-link",
        may: EVERYBODY,
        action: None,
        change: ASKING,
    },
    Door {
        path: "/reset-password",
        may: EVERYBODY,
        action: None,
        change: ASKING,
    },
    // Whoever has the link, has the right, unless somebody else is signed in there (E7).
    Door {
        path: "/api/redeem-link",
        may: NOBODY_ELSE,
        action: None,
        change: REDEEMING,
    },
    Door {
        path: "/reset-password/{token}",
        may: NOBODY_ELSE,
        action: None,
        change: REDEEMING,
    },
    // Whoever is signed in there: it only ends what is the target's.
    Door {
        path: "/reset-password/{token}/not-me",
        may: EVERYBODY,
        action: None,
        change: DISAVOWING,
    },
    Door {
        path: "/not-me/{token}",
        may: EVERYBODY,
        action: None,
        change: Rows {
            // The one that was set just before.
            passwords: -1,
            ..DISAVOWING
        },
    },
    Door {
        path: "/reset-password/open",
        may: EVERYBODY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/trigger-reset",
        may: MANAGER_UP,
        action: Some(Action::TriggerReset),
        change: TRIGGERING,
    },
    Door {
        path: "/company/users/{id}/reset",
        may: MANAGER_UP,
        action: Some(Action::TriggerReset),
        change: TRIGGERING,
    },
    // The target has a living link.
    Door {
        path: "/api/revoke-resets",
        may: MANAGER_UP,
        action: Some(Action::RevokeReset),
        change: REVOKING,
    },
    Door {
        path: "/company/users/{id}/revoke",
        may: MANAGER_UP,
        action: Some(Action::RevokeReset),
        change: REVOKING,
    },
    Door {
        path: "/api/resets-since",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: NONE,
    },
    Door {
        path: "/api/dashboard-since",
        // Everybody that of the company that they act in.
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/resets-list-since",
        // Everybody those of the company that they act in.
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    // Whoever has the link: it speaks for the target's account.
    Door {
        path: "/confirm-email/{token}",
        may: EVERYBODY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/stop-email/{token}",
        may: EVERYBODY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/company/users/{id}/cancel-email",
        may: MANAGER_UP,
        action: Some(Action::EditUser),
        change: SAVING,
    },
    Door {
        path: "/account/cancel-email",
        may: SIGNED_IN,
        action: None,
        change: SAVING,
    },
    // Everybody their own account.
    Door {
        path: "GET /account",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/save-details",
        may: SIGNED_IN,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/account",
        may: SIGNED_IN,
        action: None,
        change: SAVING,
    },
    // One session ends, another begins.
    Door {
        path: "/api/change-password",
        may: SIGNED_IN,
        action: None,
        change: REDEEMING,
    },
    Door {
        path: "/account/password",
        may: SIGNED_IN,
        action: None,
        change: REDEEMING,
    },
    Door {
        path: "/account/reset",
        may: SIGNED_IN,
        action: None,
        change: TRIGGERING,
    },
    Door {
        path: "/account/sessions/{id}/end",
        may: SIGNED_IN,
        action: None,
        change: ONE_SESSION_LESS,
    },
    Door {
        path: "/account/sessions/end-others",
        may: SIGNED_IN,
        action: None,
        change: ONE_SESSION_LESS,
    },
    Door {
        path: "/api/session-left",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/stay-signed-in",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    Door {
        path: "GET /dashboard",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    // Everybody their own company.
    Door {
        path: "GET /company",
        may: SIGNED_IN,
        action: Some(Action::ViewProfile),
        change: NONE,
    },
    Door {
        path: "/api/search-people",
        may: SIGNED_IN,
        action: Some(Action::ViewUsers),
        change: NONE,
    },
    // Everybody their own company, as far as their role goes.
    Door {
        path: "GET /company/edit",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "GET /company/notice",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/api/post-notice",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/company/notice",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/api/save-company",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "/company/edit",
        may: MANAGERS_OF_ANY,
        action: None,
        change: SAVING,
    },
    Door {
        path: "GET /company/users/{id}",
        may: COLLEAGUES,
        action: Some(Action::ViewUsers),
        change: NONE,
    },
    // The stranger for their own company.
    Door {
        path: "GET /company/users/new",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: NONE,
    },
    Door {
        path: "/api/create-user",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: CREATING,
    },
    Door {
        path: "/company/users/new",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: CREATING,
    },
    Door {
        path: "GET /company/users/import",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: NONE,
    },
    // The same list for everybody.
    Door {
        path: SAMPLE,
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: NONE,
    },
    // It only shows what would come of a list.
    Door {
        path: "/company/users/import",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: CHOOSING,
    },
    // A list of one, which is carried out.
    Door {
        path: "/company/users/import/invite",
        may: MANAGERS_OF_ANY,
        action: Some(Action::CreateUser(Role::User)),
        change: Rows {
            batches: 1,
            granted: 3,
            ..CREATING
        },
    },
    Door {
        path: "/api/edit-user",
        may: MANAGER_UP,
        action: Some(Action::EditUser),
        change: SAVING,
    },
    // With the form `Role`, which the test of the roles sends.
    Door {
        path: "/company/users/{id}",
        may: MANAGER_UP,
        action: Some(Action::EditUser),
        change: SAVING,
    },
    Door {
        path: "/api/change-role",
        may: MANAGER_UP,
        action: Some(Action::ChangeRole(Role::ReadOnly)),
        change: SAVING,
    },
    // The target has a session.
    Door {
        path: "/company/users/{id}/sign-out",
        may: MANAGER_UP,
        action: Some(Action::SignOutUser),
        change: Rows {
            sessions: -1,
            granted: 1,
            ..NONE
        },
    },
    // The target has a session, and a password that is the demo's.
    Door {
        path: "/company/users/{id}/delete",
        may: MANAGER_UP,
        action: Some(Action::DeleteUser),
        change: Rows {
            sessions: -1,
            granted: 1,
            ..NONE
        },
    },
    Door {
        path: "GET /settings",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    // The companies linked to one's own.
    Door {
        path: "GET /companies",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    // With a grant.
    Door {
        path: "/companies/{id}/switch",
        may: MANAGER_UP,
        action: Some(Action::ActInLinked),
        change: IN_BOTH,
    },
    Door {
        path: "/companies/back",
        may: SIGNED_IN,
        action: None,
        change: NONE,
    },
    // The target is a manager.
    Door {
        path: "/company/users/{id}/give-access",
        may: ADMINISTRATOR,
        action: Some(Action::GrantLinked),
        change: IN_BOTH,
    },
    // The same, with a grant.
    Door {
        path: "/company/users/{id}/remove-access",
        may: ADMINISTRATOR,
        action: Some(Action::GrantLinked),
        change: IN_BOTH,
    },
    Door {
        path: "/company/users/{id}/restore",
        may: MANAGER_UP,
        action: Some(Action::RestoreUser),
        change: CREATING,
    },
    Door {
        path: "GET /company/resets/new",
        may: MANAGERS_OF_ANY,
        action: None,
        change: NONE,
    },
    Door {
        path: "/company",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: CHOOSING,
    },
    Door {
        path: "/company/resets/new",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: SENDING,
    },
    Door {
        path: "GET /company/resets/batches/{id}",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: NONE,
    },
    Door {
        path: "/api/batch-since",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: NONE,
    },
    Door {
        path: "GET /company/resets/batches/{id}/revoke",
        may: MANAGER_UP,
        action: None,
        change: NONE,
    },
    Door {
        path: "/company/resets/batches/{id}/again",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: SENDING_AGAIN,
    },
    Door {
        path: "/company/resets/batches/{id}/revoke",
        may: MANAGER_UP,
        action: Some(Action::ResetMany),
        change: REVOKING_MANY,
    },
    Door {
        path: "/company/resets/batches/{id}/csv",
        may: MANAGER_UP,
        action: Some(Action::SeeResets),
        change: SAVING,
    },
    // Downloads: everybody the lists of the company that they act in.
    Door {
        path: "/company/users.csv",
        may: MANAGERS_OF_ANY,
        action: Some(Action::SeeResets),
        change: SAVING,
    },
    Door {
        path: "/company/activity.csv",
        may: ADMINISTRATORS_OF_ANY,
        action: Some(Action::SeeActivity),
        change: SAVING,
    },
    Door {
        path: "/company/activity.jsonl",
        may: ADMINISTRATORS_OF_ANY,
        action: Some(Action::SeeActivity),
        change: SAVING,
    },
];
