//! What people do with their own account, the password aside: details, sessions, a link for themselves.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::SessionId;
use rekey_domain::name::PersonName;
use rekey_domain::policy;
use rekey_domain::reset::Kind;
use rekey_domain::secret::Secret;
use rekey_domain::session;

use crate::server::client::Client;
use crate::server::service::accounts::person_fields::read_email;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, still_signed_in};
use crate::server::service::emails::enter_email::enter_email;
use crate::server::service::emails::free_email::must_be_free;
use crate::server::service::limits::limit_asks;
use crate::server::service::passwords::try_password::is_current;
use crate::server::service::resets::start_reset::{Asking, refuse_own_reset, start_reset};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::{companies, sessions, users};
use crate::server::times;
use crate::wire::account::{DetailsInput, SessionLeft};
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};
use crate::wire::people::Edited;

/// Changes the own name and zone, and enters a new address, which needs the current password.
pub async fn save_details(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: &DetailsInput,
) -> Outcome<Edited> {
    let who = &who.at_home();
    let mut problems = Vec::new();
    let name = PersonName::parse(&input.name);
    if let Err(problem) = name {
        problems.push(Problem {
            field: Field::Name,
            reason: Reason::Name(problem),
        });
    }
    let zone = Some(input.time_zone.as_str()).filter(|zone| !zone.is_empty());
    if zone.is_some_and(|zone| !times::is_zone(zone)) {
        problems.push(Problem {
            field: Field::TimeZone,
            reason: Reason::UnknownZone,
        });
    }
    let email = input.email.as_deref().filter(|typed| *typed != who.email);
    let email = email.and_then(|typed| read_email(typed, &mut problems));
    // Some spellings are the address that there is.
    let new_email = email.filter(|email| email.as_str() != who.email);
    if new_email.is_some()
        && let Some(problem) = check_password(services, client, who, input.current_password.as_ref()).await?
    {
        problems.push(problem);
    }
    let name = match name {
        Ok(name) if problems.is_empty() => name,
        _ => return Err(AppError::Invalid(problems).into()),
    };
    let mut act = Act::begin(services, By::Person(who, client)).await?;
    still_signed_in(act.tx(), who).await?;
    let person = users::find_and_lock(act.tx(), who.user)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    act.has_locked();
    if let Some(email) = &new_email {
        // Before anything is written: a refusal ends the transaction.
        act = must_be_free(act, who, email, Some(who.user)).await?;
        enter_email(&act, who, (&person, email)).await?;
    }
    users::set_details(act.tx(), who.user, &name, &person.email, zone).await?;
    let name = name.as_str();
    let whose = (who.company, ActorIs::User(who.user, name));
    let entry = act.entry(whose, Deed::OwnDetailsChanged, Some((who.user, name)), None);
    activity::insert(act.tx(), entry).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(match new_email {
        Some(_) => Edited::EmailEntered,
        None => Edited::Saved,
    })
}

/// What is wrong with the password that was typed as the current one, if anything is.
async fn check_password(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    typed: Option<&Secret>,
) -> Outcome<Option<Problem>> {
    let wrong = |reason| {
        Some(Problem {
            field: Field::CurrentPassword,
            reason,
        })
    };
    let Some(typed) = typed.filter(|typed| !typed.expose().is_empty()) else {
        return Ok(wrong(Reason::EnterPassword));
    };
    let person = users::find(services.db.reader(), who.user)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    if is_current(services, client, who, &person, typed).await? {
        Ok(None)
    } else {
        Ok(wrong(Reason::WrongCurrentPassword))
    }
}

/// Ends one of the own sessions; somebody else's is not found.
pub async fn end_session(services: &Services, client: &Client, who: &SignedIn, id: SessionId) -> Outcome<()> {
    let who = &who.at_home();
    let act = Act::begin(services, By::Person(who, client)).await?;
    still_signed_in(act.tx(), who).await?;
    if !sessions::delete_one_of_user(act.tx(), who.user, id).await? {
        return Err(AppError::NotFound.into());
    }
    act.note(Deed::DeviceSignedOut, None, None).await?;
    act.commit().await
}

/// Ends all of the own sessions but this one.
pub async fn end_other_sessions(services: &Services, client: &Client, who: &SignedIn) -> Outcome<()> {
    let who = &who.at_home();
    let act = Act::begin(services, By::Person(who, client)).await?;
    still_signed_in(act.tx(), who).await?;
    sessions::delete_others_of_user(act.tx(), who.user, who.session).await?;
    act.note(Deed::OtherDevicesSignedOut, None, None).await?;
    act.commit().await
}

/// A link for oneself, while signed in.
pub async fn email_me_a_link(services: &Services, client: &Client, who: &SignedIn) -> Outcome<()> {
    let home = who.at_home();
    let mut act = Act::begin(services, By::Person(&home, client)).await?;
    still_signed_in(act.tx(), who).await?;
    let person = users::find_and_lock(act.tx(), who.user)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    act.has_locked();
    let company = companies::find(act.tx(), person.company).await?;
    let company = company.ok_or(AppError::NotSignedIn)?;
    if let Err(refusal) = policy::start_own_reset(person.role, company.only_managers) {
        refuse_own_reset(&act, &person, act.by.actor_on(&person), client).await?;
        act.commit().await?;
        return Err(refusal.into());
    }
    let asking = Asking::of(&act, &person, Kind::Oneself);
    if start_reset(&act, &person, asking).await?
        && let Ok(email) = Email::parse(&person.email)
    {
        limit_asks::take(act.tx(), services, client, &email, Some(&who.zone)).await?;
    }
    act.commit().await?;
    services.bell.ring();
    Ok(())
}

/// How long this session goes on. Asking is not activity.
pub async fn session_left(services: &Services, who: &SignedIn) -> Outcome<SessionLeft> {
    let times = sessions::find_times(services.db.reader(), who.session)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    let left = session::left(&times, &services.settings.session_limits, services.clock.now());
    Ok(SessionLeft {
        idle_seconds: left.idle.as_secs(),
        absolute_seconds: left.absolute.as_secs(),
    })
}

/// "Stay signed in": activity by itself, written at once.
pub async fn stay_signed_in(services: &Services, who: &SignedIn) -> Outcome<SessionLeft> {
    let tx = services.db.begin_write().await?;
    still_signed_in(&tx, who).await?;
    let seen = sessions::find_times(&tx, who.session)
        .await?
        .ok_or(AppError::NotSignedIn)?
        .seen_at;
    sessions::touch(&tx, who.session, seen, services.clock.now()).await?;
    tx.commit().await?;
    session_left(services, who).await
}
