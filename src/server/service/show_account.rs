//! One's own account: details, where one is signed in, own resets.

use rekey_domain::session;

use crate::server::device;
use crate::server::service::error::Outcome;
use crate::server::service::reset_view::{latest, moment};
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::{companies, resets, sessions, users};
use crate::server::times;
use crate::wire::account::{AccountPage, SessionRow};
use crate::wire::error::AppError;

/// How many of the own resets are shown.
const MOST_RESETS: u64 = 20;

/// The page of whoever is signed in.
pub async fn show_account(services: &Services, who: &SignedIn) -> Outcome<AccountPage> {
    let on = services.db.reader();
    let now = services.clock.now();
    let person = users::find(on, who.user).await?.ok_or(AppError::NotSignedIn)?;
    let company = companies::find(on, person.company).await?.ok_or(AppError::NotFound)?;
    let limits = &services.settings.session_limits;
    let mut living: Vec<_> = sessions::list_of_user(on, who.user)
        .await?
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
    let own = resets::list_of_user(on, who.user, MOST_RESETS).await?;
    let names = resets::names_of_actors(on, &own).await?;
    let shown = own
        .iter()
        .map(|found| latest(found, &person.name, &names, &who.zone, now))
        .collect();
    Ok(AccountPage {
        name: person.name,
        email: person.email,
        time_zone: person.time_zone,
        company_zone: company.time_zone.unwrap_or_else(|| "UTC".to_owned()),
        zones: times::zone_names(),
        sessions,
        resets: shown,
        zone: who.zone.name().to_owned(),
    })
}
