//! How often a link may be asked for (C1): for one address, whoever has it, and from one client's network. It looks at
//! what was typed only, never at an account (B5).

use rekey_domain::email::Email;
use rekey_domain::limit::Rate;
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::server::store::mails::Mail;
use crate::server::store::resets;
use crate::server::times::{Zone, next_minute};
use crate::wire::error::{AppError, Limit, Limited};

/// Takes a place for one link, or refuses; then nothing must be committed. `zone` is the reader's, where we know who
/// reads.
pub async fn take(
    tx: &DatabaseTransaction,
    services: &Services,
    client: &Client,
    email: &Email,
    zone: Option<&Zone>,
) -> Outcome<()> {
    let limits = &services.settings.limits;
    let now = services.clock.now();
    let network = client.network_text();
    for (rate, on, key, limit) in [
        (
            limits.asks_per_client,
            LimitOn::AskClient,
            network.as_str(),
            Limit::AsksFromNetwork as fn(String) -> Limit,
        ),
        (
            limits.asks_per_email,
            LimitOn::AskEmail,
            email.key(),
            Limit::AsksForAddress,
        ),
    ] {
        let Some(rate) = rate else { continue };
        if let Err(next) = take_of(tx, rate, on, key, now).await? {
            return Err(limited(limit(next_minute(next, zone)), next, now).into());
        }
    }
    Ok(())
}

/// Takes a place of one key: or when there is the next.
pub async fn take_of(
    tx: &DatabaseTransaction,
    rate: Rate,
    on: LimitOn,
    key: &str,
    now: Timestamp,
) -> Outcome<Result<(), Timestamp>> {
    let used_until = limits::lock(tx, on, key, now).await?.at;
    Ok(match rate.take(Some(used_until), now) {
        Ok(at) => Ok(limits::keep(tx, on, key, Kept { count: 0, at }, at).await?),
        Err(next) => Err(next),
    })
}

/// Gives a place of one key back.
pub async fn give_back_of(tx: &DatabaseTransaction, rate: Rate, on: LimitOn, key: &str, now: Timestamp) -> Outcome<()> {
    let at = rate.give_back(limits::lock(tx, on, key, now).await?.at);
    limits::keep(tx, on, key, Kept { count: 0, at }, at).await?;
    Ok(())
}

/// A mail was settled: if it carries a link that its recipient asked for, and was never sent, the address gets its place
/// back.
pub async fn give_back_unsent(
    tx: &DatabaseTransaction,
    services: &Services,
    mail: &Mail,
    settled: MailState,
) -> Outcome<()> {
    let (MailState::Refused | MailState::Dropped, Some(reset)) = (settled, mail.reset) else {
        return Ok(());
    };
    let (Some(rate), Some(reset), Ok(email)) = (
        services.settings.limits.asks_per_email,
        resets::find(tx, reset).await?,
        Email::parse(&mail.recipient),
    ) else {
        return Ok(());
    };
    if reset.is_own() {
        give_back_of(tx, rate, LimitOn::AskEmail, email.key(), services.clock.now()).await?;
    }
    Ok(())
}

/// These mails still waited and are not sent any more. Called after they were dropped: everybody locks mails before limits,
/// and a mail that a sender has taken meanwhile is given back by the sender alone.
pub async fn give_back_dropped(tx: &DatabaseTransaction, services: &Services, dropped: &[Mail]) -> Outcome<()> {
    for mail in dropped {
        give_back_unsent(tx, services, mail, MailState::Dropped).await?;
    }
    Ok(())
}

/// The refusal, with the seconds until `next`.
pub fn limited(by: Limit, next: Timestamp, now: Timestamp) -> AppError {
    let seconds = next.since(now).as_millis().div_ceil(1000);
    AppError::Limited(Limited {
        by,
        retry_after: Some(u64::try_from(seconds).unwrap_or(u64::MAX)),
    })
}
