//! How many mails a day go from one company to addresses that somebody has typed and nobody has shown to be theirs (F10):
//! invitations, single ones and by batches, and new addresses that are to be confirmed. What the operator does counts, too,
//! and is not limited.
//!
//! Called last in a transaction: whoever locks limits locks nothing else after them.

use rekey_domain::id::CompanyId;
use rekey_domain::limit::{ADay, TooFew};
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_asks::{limited, limited_for_good};
use crate::server::services::Services;
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::server::store::users::User;
use crate::server::times::{day_and_time, whole_minute};
use crate::wire::error::Limit;

/// Takes the places of so many mails of a company, or refuses: then nothing must be committed.
pub async fn take(
    tx: &DatabaseTransaction,
    services: &Services,
    who: &SignedIn,
    company: CompanyId,
    wanted: u64,
) -> Outcome<()> {
    let (Some(a_day), Ok(wanted)) = (services.settings.limits.invitations_per_company, u32::try_from(wanted)) else {
        return Ok(());
    };
    if wanted == 0 {
        return Ok(());
    }
    let (key, now) = (company.to_string(), services.clock.now());
    let kept = limits::lock(tx, LimitOn::Invitations, &key, now).await?;
    let TooFew { left, enough_at } = match a_day.take(Some(kept.at), wanted, now) {
        Ok(at) => return Ok(limits::keep(tx, LimitOn::Invitations, &key, Kept { count: 0, at }, at).await?),
        Err(too_few) => too_few,
    };
    let by = Limit::Invitations {
        most: a_day.most(),
        left,
        wanted,
        enough_at: enough_at.map(|at| day_and_time(whole_minute(at), &who.zone)),
    };
    Err(match enough_at {
        Some(at) => limited(by, at, now),
        None => limited_for_good(by),
    }
    .into())
}

/// The same of one more link for somebody, which takes a place where the account never had a password: only then does nobody
/// know whose the address is.
pub async fn take_for(tx: &DatabaseTransaction, services: &Services, who: &SignedIn, person: &User) -> Outcome<()> {
    if person.has_had_password {
        return Ok(());
    }
    take(tx, services, who, person.company, 1).await
}

/// Counts so many of the operator's.
pub async fn count(tx: &DatabaseTransaction, services: &Services, company: CompanyId, done: u64) -> Outcome<()> {
    let done = u32::try_from(done).unwrap_or(u32::MAX);
    keep(tx, services, company, |a_day, kept| {
        a_day.count(Some(kept.at), done, services.clock.now())
    })
    .await
}

/// Nothing came of so many that were taken.
pub async fn give_back(tx: &DatabaseTransaction, services: &Services, company: CompanyId, unused: u32) -> Outcome<()> {
    if unused == 0 {
        return Ok(());
    }
    keep(tx, services, company, |a_day, kept| a_day.give_back(kept.at, unused)).await
}

async fn keep(
    tx: &DatabaseTransaction,
    services: &Services,
    company: CompanyId,
    used_until: impl FnOnce(ADay, Kept) -> Timestamp,
) -> Outcome<()> {
    if let Some(a_day) = services.settings.limits.invitations_per_company {
        let (key, now) = (company.to_string(), services.clock.now());
        let at = used_until(a_day, limits::lock(tx, LimitOn::Invitations, &key, now).await?);
        limits::keep(tx, LimitOn::Invitations, &key, Kept { count: 0, at }, at).await?;
    }
    Ok(())
}
