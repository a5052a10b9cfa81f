//! A person's page, and what has changed on it since.

use rekey_domain::account::Status;
use rekey_domain::id::UserId;
use rekey_domain::policy::{self, Action, Refusal};
use rekey_domain::reset;
use rekey_domain::time::Timestamp;

use crate::server::service::error::Outcome;
use crate::server::service::reset_view::{has_living_link, headline_of, latest, moment};
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::resets::{self, ResetWithMail};
use crate::server::store::users::{self, User};
use crate::server::times::Zone;
use crate::wire::error::AppError;
use crate::wire::views::{LiveResets, ResetControl, UserPage, UserRow};

/// The page of somebody in the reader's company; anybody else is not found (D2).
pub async fn show_user(services: &Services, reader: &SignedIn, id: UserId) -> Outcome<UserPage> {
    let now = services.clock.now();
    let actor = reader.as_actor();
    let Some(person) = users::find(services.db.reader(), id).await? else {
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
    let (newest, resets) = if policy::allows(reader.role, Action::SeeResets) {
        let newest = newest(services, id).await?;
        let live = live(services, reader, &person, newest.as_ref(), now).await?;
        (newest, Some(live))
    } else {
        (None, None)
    };
    Ok(UserPage {
        company_name: reader.company_name.clone(),
        company: reader.company,
        control,
        resets,
        zone: reader.zone.name().to_owned(),
        row: row(person, newest.as_ref(), &reader.zone, now),
    })
}

/// What has changed on the page since it was given `stamp`; none if nothing has.
pub async fn resets_since(
    services: &Services,
    reader: &SignedIn,
    id: UserId,
    known: &str,
) -> Outcome<Option<LiveResets>> {
    let now = services.clock.now();
    let Some(person) = users::find(services.db.reader(), id).await? else {
        return Err(AppError::NotFound.into());
    };
    let actor = reader.as_actor();
    policy::decide(&actor, Action::ViewUsers, Some(&person.as_target()))?;
    policy::decide(&actor, Action::SeeResets, None)?;
    let newest = newest(services, id).await?;
    if stamp(newest.as_ref(), now) == known {
        return Ok(None);
    }
    Ok(Some(live(services, reader, &person, newest.as_ref(), now).await?))
}

async fn newest(services: &Services, id: UserId) -> Outcome<Option<ResetWithMail>> {
    Ok(resets::list_newest(services.db.reader(), &[id]).await?.pop())
}

/// Changes with everything that the page shows of the newest reset.
fn stamp(newest: Option<&ResetWithMail>, now: Timestamp) -> String {
    newest.map_or_else(String::new, |found| {
        let state = headline_of(found, now);
        format!("{}.{}.{}", found.reset.id, found.mail.attempts, state.as_str())
    })
}

async fn live(
    services: &Services,
    reader: &SignedIn,
    person: &User,
    newest: Option<&ResetWithMail>,
    now: Timestamp,
) -> Outcome<LiveResets> {
    let on = services.db.reader();
    let living = resets::list_living(on, person.id, now).await?;
    let working = living.iter().find(|found| has_living_link(found, now));
    let living_since = working.map(|found| moment(found.reset.asked_at, &reader.zone));
    let headline = newest.map(|found| headline_of(found, now));
    let may = |action| policy::decide(&reader.as_actor(), action, Some(&person.as_target())).is_ok();
    let latest = match newest {
        Some(found) => {
            let names = resets::names_of_actors(on, std::slice::from_ref(found)).await?;
            Some(latest(found, &person.name, &names, &reader.zone, now))
        }
        None => None,
    };
    Ok(LiveResets {
        stamp: stamp(newest, now),
        may_change: headline.is_some_and(reset::may_change),
        latest,
        send_again: headline.is_some_and(reset::offers_send_again) && may(Action::TriggerReset),
        revoke: (headline.is_some_and(reset::offers_revoke) || living_since.is_some()) && may(Action::RevokeReset),
        living_since,
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
