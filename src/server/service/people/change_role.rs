//! Another role for somebody else: below one's own, of a person below oneself.

use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;
use rekey_domain::role::Role;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::people::give_role::give_role;
use crate::server::services::Services;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, OnPerson, Reason};
use crate::wire::people::{ChangeRoleInput, ChangedTo};

/// Saves it. It counts at the person's next request.
pub async fn change_role(services: &Services, client: &Client, who: &SignedIn, input: &ChangeRoleInput) -> Outcome<()> {
    let on = OnPerson {
        company: input.company,
        user: input.user,
    };
    let role = input.role.parse::<Role>().ok();
    // Who may change nobody's role hears that, whatever was chosen.
    let action = Action::ChangeRole(role.unwrap_or(Role::ReadOnly));
    let (act, person) = act_on_person(services, client, who, on, action, Deed::RoleChanged).await?;
    let Some(role) = role else {
        return Err(ServiceError::invalid(Field::Role, Reason::ChooseRole));
    };
    if role == person.role {
        return Ok(());
    }
    if input.was_role.as_str() != person.role.as_str() {
        return Err(AppError::ChangedMeanwhile(ChangedTo::Role(person.role)).into());
    }
    if give_role(&act, &person, role).await? {
        act.note(Deed::EmailCancelled, Some(&person), None).await?;
    }
    let detail = format!("{} {role}", person.role);
    act.note(Deed::RoleChanged, Some(&person), Some(&detail)).await?;
    act.commit().await
}
