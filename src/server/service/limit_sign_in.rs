//! How often a password may be tried (C2): failures in a row for one address, known or not, and failures from one client's
//! network. A place is taken before the password is hashed and given back when it was right, so that tries at the same
//! moment all count (C3).

use rekey_domain::email::Email;
use rekey_domain::limit::{Closed, Failures};
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::error::Outcome;
use crate::server::service::limit_asks::{give_back_of, limited, take_of};
use crate::server::services::Services;
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::wire::error::{AppError, Limit, Limited};

/// Takes the places of one try, in a transaction of its own, or refuses. What can't be an address belongs to nobody:
/// there is nothing to guess, and only the client is limited.
pub async fn take(services: &Services, client: &Client, email: Option<&Email>) -> Outcome<()> {
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    if let Some(rate) = services.settings.limits.failures_per_client
        && let Err(next) = take_of(&tx, rate, LimitOn::SignInClient, &client.network_text(), now).await?
    {
        return Err(limited(Limit::SignIn, next, now).into());
    }
    if let Some(email) = email {
        let kept = limits::lock(&tx, LimitOn::SignInEmail, email.key(), now).await?;
        let failures = Failures {
            count: kept.count,
            last: kept.at,
        };
        let taken = failures.take(now).map_err(|closed| match closed {
            Closed::Until(next) => limited(Limit::SignIn, next, now),
            Closed::UntilReset => AppError::Limited(Limited {
                by: Limit::SignIn,
                retry_after: None,
            }),
        })?;
        let kept = Kept {
            count: taken.count,
            at: taken.last,
        };
        limits::keep(&tx, LimitOn::SignInEmail, email.key(), kept, taken.forget_at()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The password was right: the client gets its place back, and the address begins anew.
pub async fn succeeded(tx: &DatabaseTransaction, services: &Services, client: &Client, email: &Email) -> Outcome<()> {
    if let Some(rate) = services.settings.limits.failures_per_client {
        let now = services.clock.now();
        give_back_of(tx, rate, LimitOn::SignInClient, &client.network_text(), now).await?;
    }
    limits::forget(tx, LimitOn::SignInEmail, email.key()).await?;
    Ok(())
}

/// There is a new password: failures with the old one count no more.
pub async fn password_is_new(tx: &DatabaseTransaction, address: &str) -> Outcome<()> {
    if let Ok(email) = Email::parse(address) {
        limits::forget(tx, LimitOn::SignInEmail, email.key()).await?;
    }
    Ok(())
}
