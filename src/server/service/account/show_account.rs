//! One's own account: details, where one is signed in, own resets.

use rekey_domain::{policy, session};

use crate::server::device;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::emails::pending_email::pending_email;
use crate::server::service::resets::reset_view::moment;
use crate::server::service::resets::resets_of_person::ResetsOfPerson;
use crate::server::services::Services;
use crate::server::store::person_pages;
use crate::server::times;
use crate::wire::account::{AccountPage, SessionRow};
use crate::wire::error::AppError;

/// The page of whoever is signed in.
pub async fn show_account(services: &Services, who: &SignedIn) -> Outcome<AccountPage> {
    let on = services.db.reader();
    let now = services.clock.now();
    let (found, company, sessions) = person_pages::find_with_sessions(on, who.user)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    let pending_email = pending_email(&found, &who.zone, now);
    let person = found.user;
    let limits = &services.settings.session_limits;
    let mut living: Vec<_> = sessions
        .into_iter()
        .filter(|session| session::is_living(&session.times, limits, now))
        .collect();
    living.sort_by_key(|session| (session.id != who.session, std::cmp::Reverse(session.times.seen_at)));
    let sessions = living
        .into_iter()
        .map(|session| SessionRow {
            id: session.id,
            device: device::describe(&session.user_agent),
            address: session.client_address,
            last_active: moment(session.times.seen_at, &who.zone),
            is_this: session.id == who.session,
        })
        .collect();
    let own = ResetsOfPerson::read(on, who.user, now).await?;
    let latest = own.latest(on, &person.name, &who.zone, now).await?;
    let earlier = own.earlier(&person.name, &who.zone, now);
    Ok(AccountPage {
        pending_email,
        name: person.name,
        email: person.email,
        time_zone: person.time_zone,
        starts_resets: policy::start_own_reset(person.role, company.only_managers).is_ok(),
        company_zone: company.time_zone.unwrap_or_else(|| "UTC".to_owned()),
        zones: times::zone_names(),
        sessions,
        latest,
        earlier,
        zone: who.zone.name().to_owned(),
    })
}
