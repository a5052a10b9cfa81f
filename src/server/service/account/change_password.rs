//! Changing one's own password while signed in (E8): the current one is needed, every session ends, a new one begins in
//! its place, all links die, and the owner is told.

use crate::server::client::Client;
use crate::server::service::accounts::password_changed::{Change, password_changed};
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::passwords::new_password::acceptable;
use crate::server::service::passwords::try_password::is_current;
use crate::server::service::sessions::begin_session::{NewSession, begin_session};
use crate::server::services::Services;
use crate::server::store::{companies, sessions, users};
use crate::wire::account::ChangePasswordInput;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};
use crate::wire::paths;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The session that goes on here.
    pub session: NewSession,
    /// How many other living sessions ended.
    pub signed_out_devices: u64,
}

/// Changes the password of whoever is signed in.
pub async fn change_password(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: ChangePasswordInput,
) -> Outcome<Changed> {
    let on = services.db.reader();
    let person = users::find(on, who.user).await?.ok_or(AppError::NotSignedIn)?;
    let company = companies::find(on, person.company).await?.ok_or(AppError::NotFound)?;
    let mut problems = Vec::new();
    if input.current_password.expose().is_empty() {
        problems.push(Problem {
            field: Field::CurrentPassword,
            reason: Reason::EnterPassword,
        });
    }
    // The new one is looked at first, so that both fields are answered at once.
    let acceptable = acceptable(services, &person, &company, input.new_password).await;
    if let Err(ServiceError::Refused(AppError::Invalid(more))) = &acceptable {
        problems.extend(more.iter().cloned());
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems).into());
    }
    let new = acceptable?;
    let stored = person.password_hash.as_ref().ok_or(AppError::NotSignedIn)?;
    if !is_current(services, client, who, &person, &input.current_password).await? {
        return Err(ServiceError::invalid(
            Field::CurrentPassword,
            Reason::WrongCurrentPassword,
        ));
    }
    let phc = services.hasher.hash(new.expose()).await?;

    let home = who.at_home();
    let mut act = Act::begin(services, By::Person(&home, client)).await?;
    let locked = users::find_and_lock(act.tx(), person.id).await?;
    act.has_locked();
    // Changed meanwhile: then the one that was checked is no longer the current one.
    if locked
        .and_then(|user| user.password_hash)
        .is_none_or(|hash| hash.expose() != stored.expose())
    {
        return Err(ServiceError::invalid(
            Field::CurrentPassword,
            Reason::WrongCurrentPassword,
        ));
    }
    let kept = sessions::find_times(act.tx(), who.session)
        .await?
        .ok_or(AppError::NotSignedIn)?
        .kept;
    users::set_password(act.tx(), person.id, &phc).await?;
    let change = Change::InSession(who.session);
    let signed_out_devices = password_changed(&act, client, &person, change).await?;
    let next = paths::ACCOUNT.to_owned();
    let session = begin_session(&act, client, (person.id, who.company), kept, next).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(Changed {
        session,
        signed_out_devices,
    })
}
