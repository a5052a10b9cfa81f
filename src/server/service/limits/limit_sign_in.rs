//! How often a password may be tried (C2): failures in a row for one address, known or not, and failures from one client's
//! network. A place is taken before the password is hashed and given back when it was right, so that tries at the same
//! moment all count (C3).

use rekey_domain::email::Email;
use rekey_domain::limit::{Closed, Failures};
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks::{give_back_of_client, limited, limited_for_good, take_of_client};
use crate::server::services::Services;
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::wire::error::Limit;

/// Takes the places of one try, in a transaction of its own, or refuses. What can't be an address belongs to nobody:
/// there is nothing to guess, and only the client is limited.
pub async fn take(services: &Services, client: &Client, email: Option<&Email>) -> Outcome<()> {
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    if let Some(rate) = services.settings.limits.failures_per_client
        && let Err(next) = take_of_client(&tx, rate, LimitOn::SignInClient, client, now).await?
    {
        return Err(limited(Limit::SignIn, next, now).into());
    }
    if let Some(email) = email {
        let failures = lock(&tx, email, now).await?;
        let taken = match failures.take(now) {
            Ok(taken) => taken,
            Err(Closed::Until(next)) => return Err(limited(Limit::SignIn, next, now).into()),
            Err(Closed::UntilReset) => {
                tx.rollback().await?;
                if failures.tried_while_closed(now).is_some() {
                    stay_closed(services, email, now).await?;
                }
                return Err(limited_for_good(Limit::SignIn).into());
            }
        };
        keep(&tx, email, taken).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The failures of an address, whose row is locked.
async fn lock(tx: &DatabaseTransaction, email: &Email, now: Timestamp) -> Outcome<Failures> {
    let kept = limits::lock(tx, LimitOn::SignInEmail, email.key(), now).await?;
    Ok(Failures {
        count: kept.count,
        last: kept.at,
    })
}

async fn keep(tx: &DatabaseTransaction, email: &Email, failures: Failures) -> Outcome<()> {
    let kept = Kept {
        count: failures.count,
        at: failures.last,
    };
    Ok(limits::keep(tx, LimitOn::SignInEmail, email.key(), kept, failures.forget_at()).await?)
}

/// Keeps that somebody has tried at a closed address: it is forgotten only when nobody does any more. The client's place, which
/// was not used, is not taken.
async fn stay_closed(services: &Services, email: &Email, now: Timestamp) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    if let Some(tried) = lock(&tx, email, now).await?.tried_while_closed(now) {
        keep(&tx, email, tried).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The password was not tried after all: both get their places back.
pub async fn give_back(services: &Services, client: &Client, email: Option<&Email>) -> Outcome<()> {
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    if let Some(rate) = services.settings.limits.failures_per_client {
        give_back_of_client(&tx, rate, LimitOn::SignInClient, client, now).await?;
    }
    if let Some(email) = email {
        let left = lock(&tx, email, now).await?.give_back();
        keep(&tx, email, left).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The password was right: the client gets its place back, and the address begins anew.
pub async fn succeeded(tx: &DatabaseTransaction, services: &Services, client: &Client, email: &Email) -> Outcome<()> {
    if let Some(rate) = services.settings.limits.failures_per_client {
        let now = services.clock.now();
        give_back_of_client(tx, rate, LimitOn::SignInClient, client, now).await?;
    }
    limits::forget(tx, LimitOn::SignInEmail, email.key()).await?;
    Ok(())
}

/// Clears the failed sign-ins of an address after its account's password has changed. What is no address has none.
pub async fn password_is_new(tx: &DatabaseTransaction, address: &str) -> Outcome<()> {
    if let Ok(email) = Email::parse(address) {
        limits::forget(tx, LimitOn::SignInEmail, email.key()).await?;
    }
    Ok(())
}
