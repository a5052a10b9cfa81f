//! A person's page.

use rekey_domain::account::Status;
use rekey_domain::id::UserId;
use rekey_domain::policy::{self, Action, Refusal};
use rekey_domain::time::Timestamp;

use crate::server::service::error::Outcome;
use crate::server::service::reset_view::{has_living_link, headline_of, latest, moment};
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::resets::{self, ResetWithMail};
use crate::server::store::users::{self, User};
use crate::server::times::Zone;
use crate::wire::error::AppError;
use crate::wire::views::{ResetControl, UserPage, UserRow};

/// The page of somebody in the reader's company; anybody else is not found (D2).
pub async fn show_user(services: &Services, reader: &SignedIn, id: UserId) -> Outcome<UserPage> {
    let on = services.db.reader();
    let now = services.clock.now();
    let actor = reader.as_actor();
    let Some(person) = users::find(on, id).await? else {
        return Err(AppError::NotFound.into());
    };
    let target = person.as_target();
    policy::decide(&actor, Action::ViewUsers, Some(&target))?;

    let control = match policy::decide(&actor, Action::TriggerReset, Some(&target)) {
        Ok(()) if person.status == Status::Invited => ResetControl::Invite,
        Ok(()) => ResetControl::Reset,
        Err(Refusal::Oneself) => ResetControl::Yourself,
        Err(Refusal::Deleted) => ResetControl::Deleted,
        Err(_) => ResetControl::NotAllowed,
    };
    let shows_resets = policy::allows(reader.role, Action::SeeResets);
    let newest = if shows_resets {
        resets::list_newest(on, &[id]).await?.pop()
    } else {
        None
    };
    let asked_by = match &newest {
        Some(newest) => resets::find_asker(on, &newest.reset).await?.map(|(name, _)| name),
        None => None,
    };
    let living_since = if shows_resets {
        let living = resets::list_living(on, id, now).await?;
        let working = living.iter().find(|found| has_living_link(found, now));
        working.map(|found| moment(found.reset.asked_at, &reader.zone))
    } else {
        None
    };
    Ok(UserPage {
        company_name: reader.company_name.clone(),
        company: reader.company,
        control,
        living_since,
        latest: newest
            .as_ref()
            .map(|found| latest(found, &person.name, asked_by.as_deref(), &reader.zone, now)),
        shows_resets,
        zone: reader.zone.name().to_owned(),
        row: row(person, newest.as_ref(), &reader.zone, now),
    })
}

/// A person as lists show them.
pub fn row(person: User, newest: Option<&ResetWithMail>, zone: &Zone, now: Timestamp) -> UserRow {
    UserRow {
        id: person.id,
        name: person.name,
        email: person.email,
        role: person.role,
        status: person.status,
        last_sign_in: person.last_sign_in_at.map(|at| moment(at, zone)),
        last_reset: newest.map(|found| (headline_of(found, now), moment(found.reset.asked_at, zone))),
    }
}
