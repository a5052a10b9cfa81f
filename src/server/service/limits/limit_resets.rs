//! How many resets managers may trigger within an hour, for one person and by one manager (C5). Nothing is kept for it:
//! it is read from the resets themselves, so a mail that was refused or never sent has given its place back.

use std::time::Duration;

use rekey_domain::limit::one_more_within_the_hour;
use sea_orm::DatabaseTransaction;

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_asks::limited;
use crate::server::services::Services;
use crate::server::store::counted_resets::{self, CountedOf};
use crate::server::store::db::Db;
use crate::server::store::users::User;
use crate::server::times::next_minute;
use crate::wire::error::{AppError, Limit};

/// The limit that one more reset for `person`, whose row is locked, would break. Of two, the one that holds longer.
pub async fn reached(
    tx: &DatabaseTransaction,
    services: &Services,
    who: &SignedIn,
    person: &User,
) -> Outcome<Option<AppError>> {
    let limits = &services.settings.limits;
    let now = services.clock.now();
    let since = now - Duration::from_hours(1);
    let mut reached = None;
    let counted = async |whose| {
        let counted = counted_resets::list_counted(tx, whose, since).await?;
        Outcome::Ok(counted.into_iter().map(|counted| counted.at).collect::<Vec<_>>())
    };
    if let Some(most) = limits.resets_per_person {
        let past = counted(CountedOf::Person(person.id)).await?;
        if let Err(next) = one_more_within_the_hour(&past, most, now) {
            let by = Limit::ResetsOf {
                name: person.name.clone(),
                most: most.get(),
                next: next_minute(next, &who.zone),
            };
            reached = Some((next, by));
        }
    }
    if let Some(most) = limits.resets_per_manager {
        // The persons' locks do not hold up the same manager's presses for others.
        Db::one_at_a_time_of(tx, who.user.as_uuid()).await?;
        let past = counted(CountedOf::Asker(who.user)).await?;
        if let Err(next) = one_more_within_the_hour(&past, most, now)
            && reached.as_ref().is_none_or(|(until, _)| next > *until)
        {
            let by = Limit::ResetsBy {
                most: most.get(),
                next: next_minute(next, &who.zone),
            };
            reached = Some((next, by));
        }
    }
    Ok(reached.map(|(next, by)| limited(by, next, now)))
}
