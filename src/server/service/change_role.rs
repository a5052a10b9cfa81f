//! Another role for somebody else: below one's own, of a person below oneself.

use rekey_domain::id::UserId;
use rekey_domain::linked::keeps_grants;
use rekey_domain::policy::Action;
use rekey_domain::role::Role;

use crate::server::client::Client;
use crate::server::service::act_on_person::{act_on_person, entry};
use crate::server::service::cancel_email;
use crate::server::service::end_grants::end_grants_of;
use crate::server::service::enter_email::end_where_raised;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::activity::{self, Entry};
use crate::server::store::users;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, OnPerson, Reason};
use crate::wire::people::{ChangeRoleInput, ChangedTo};

const WORD: &str = "role_changed";

/// Saves it. It counts at the person's next request.
pub async fn change_role(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    user: UserId,
    input: &ChangeRoleInput,
) -> Outcome<()> {
    let on = OnPerson {
        company: input.company,
        user,
    };
    let role = input.role.parse::<Role>().ok();
    // Who may change nobody's role hears that, whatever was chosen.
    let action = Action::ChangeRole(role.unwrap_or(Role::ReadOnly));
    let (tx, person) = act_on_person(services, client, who, on, action, WORD).await?;
    let Some(role) = role else {
        return Err(ServiceError::invalid(Field::Role, Reason::ChooseRole));
    };
    if role == person.role {
        return Ok(());
    }
    if input.was_role != person.role.as_str() {
        return Err(AppError::ChangedMeanwhile(ChangedTo::Role(person.role)).into());
    }
    if end_where_raised(&tx, &person, role, services.clock.now()).await? {
        let cancelled = entry(services, client, who, cancel_email::WORD, true, Some(&person));
        activity::insert(&tx, cancelled).await?;
    }
    users::set_role(&tx, person.id, role).await?;
    if !keeps_grants(role) {
        end_grants_of(&tx, services, &person, Some((who, client))).await?;
    }
    let detail = format!("{} {role}", person.role);
    let changed = Entry {
        detail: Some(&detail),
        ..entry(services, client, who, WORD, true, Some(&person))
    };
    activity::insert(&tx, changed).await?;
    tx.commit().await?;
    Ok(())
}
