//! Restoring a deleted account, as invited: the old password does not come back, a mail with a link goes out. Where its
//! address is somebody else's by now, it needs another one, which is confirmed and told first, as for any account that has
//! had a password (F5): the account comes back when that address counts.

use rekey_domain::account::Status;
use rekey_domain::deed::Deed;
use rekey_domain::id::UserId;
use rekey_domain::name::PersonName;
use rekey_domain::policy::Action;
use rekey_domain::reset::Kind;
use rekey_domain::time::Timestamp;
use sea_orm::ConnectionTrait;

use crate::server::client::Client;
use crate::server::service::accounts::address::{owner_of, stored_email};
use crate::server::service::accounts::open_change::end_open;
use crate::server::service::accounts::person_fields::read_their_email;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::emails::enter_email::enter_email;
use crate::server::service::emails::free_email::must_be_free;
use crate::server::service::limits::{limit_invitations, limit_resets};
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::users::{self, User};
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::people::RestoreUserInput;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// The account is back, or was never gone.
    Back,
    /// It comes back when its new address counts.
    OnceConfirmed,
}

/// Whether somebody else uses the address of a deleted account, or may want it back.
pub async fn needs_another_email(on: &impl ConnectionTrait, person: &User, now: Timestamp) -> Outcome<bool> {
    if person.status != Status::Deleted {
        return Ok(false);
    }
    let owner = owner_of(on, &stored_email(&person.email)?, now).await?;
    Ok(owner.is_some_and(|owner| owner.id != person.id))
}

/// Restores it. An account that is not deleted stays as it is: a second press is harmless.
pub async fn restore_user(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    user: UserId,
    input: &RestoreUserInput,
) -> Outcome<Restored> {
    let on = OnPerson {
        company: input.company,
        user,
    };
    let (act, person) = act_on_person(services, client, who, on, Action::RestoreUser, Deed::UserRestored).await?;
    if person.status != Status::Deleted {
        return Ok(Restored::Back);
    }
    let own = stored_email(&person.email)?;
    // Another address counts only where the own one is taken: restoring is no way to change it.
    let email = match &input.email {
        Some(typed) if needs_another_email(act.tx(), &person, act.now).await? => {
            let mut problems = Vec::new();
            read_their_email(typed, &mut problems).ok_or(AppError::Invalid(problems))?
        }
        _ => own,
    };
    let act = must_be_free(act, who, &email, Some(person.id)).await?;
    if email.as_str() != person.email && !person.lets_address_be_corrected() {
        enter_email(&act, who, (&person, &email)).await?;
        act.commit().await?;
        services.bell.ring();
        return Ok(Restored::OnceConfirmed);
    }
    if let Some(limited) = limit_resets::reached(act.tx(), services, who, &person).await? {
        return Err(limited.into());
    }
    let name = PersonName::stored(&person.name).map_err(|_| ServiceError::bug("a stored name that can't be read"))?;
    users::set_name_and_email(act.tx(), person.id, &name, &email).await?;
    users::restore(act.tx(), person.id).await?;
    end_open(act.tx(), &person, act.now).await?;
    let detail = (email.as_str() != person.email).then(|| format!("{} {email}", person.email));
    act.note(Deed::UserRestored, Some(&person), detail.as_deref()).await?;
    let Some(person) = users::find(act.tx(), person.id).await? else {
        return Err(ServiceError::bug("the account that was just restored is not there"));
    };
    let asking = Asking::of(&act, &person, Kind::Restore);
    start_reset(&act, &person, asking).await?;
    limit_invitations::take_for(act.tx(), services, who, &person).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(Restored::Back)
}
