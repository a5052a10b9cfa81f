//! How often a link may be asked for (C1): for one address, whoever has it, and from one client's network. It looks at
//! what was typed only, never at an account (B5). The figures are `Limits::default` in `domain/src/limit.rs`, the settings that change
//! them are read in `server/config/limits.rs`.

use rekey_domain::email::Email;
use rekey_domain::limit::Rate;
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::server::store::mails::Mail;
use crate::server::store::resets::{self, Reset};
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
    let named = |next| zone.map(|zone| next_minute(next, zone));
    if let Some(rate) = limits.asks_per_client
        && let Err(next) = take_of_client(tx, rate, LimitOn::AskClient, client, now).await?
    {
        return Err(limited(Limit::AsksFromNetwork(named(next)), next, now).into());
    }
    if let Some(rate) = limits.asks_per_email
        && let Err(next) = take_of(tx, rate, LimitOn::AskEmail, email.key(), now).await?
    {
        return Err(limited(Limit::AsksForAddress(named(next)), next, now).into());
    }
    Ok(())
}

/// The keys of a client with their rates: the site, where there is one, and the network in it (C4, F12). Always in this
/// order, in which they are locked.
fn keys_of(client: &Client, rate: Rate) -> impl Iterator<Item = (String, Rate)> {
    let site = client.site_text().map(|site| (site, rate.of_site()));
    site.into_iter().chain([(client.network_text(), rate)])
}

/// Takes a place of a client, in its site and in its network: or when there is the next. Then nothing must be committed.
pub async fn take_of_client(
    tx: &DatabaseTransaction,
    rate: Rate,
    on: LimitOn,
    client: &Client,
    now: Timestamp,
) -> Outcome<Result<(), Timestamp>> {
    for (key, rate) in keys_of(client, rate) {
        if let Err(next) = take_of(tx, rate, on, &key, now).await? {
            return Ok(Err(next));
        }
    }
    Ok(Ok(()))
}

/// Gives a place of a client back.
pub async fn give_back_of_client(
    tx: &DatabaseTransaction,
    rate: Rate,
    on: LimitOn,
    client: &Client,
    now: Timestamp,
) -> Outcome<()> {
    for (key, rate) in keys_of(client, rate) {
        give_back_of(tx, rate, on, &key, now).await?;
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
    if !matches!(settled, MailState::Refused | MailState::Dropped) {
        return Ok(());
    }
    if let Some((rate, email)) = own_place(tx, services, mail).await? {
        give_back_of(tx, rate, LimitOn::AskEmail, email.key(), services.clock.now()).await?;
    }
    Ok(())
}

/// A mail whose place was given back waits again: it takes its place again, if there is one.
pub async fn take_again(tx: &DatabaseTransaction, services: &Services, mail: &Mail) -> Outcome<()> {
    let Some((rate, email)) = own_place(tx, services, mail).await? else {
        return Ok(());
    };
    // Where others have taken it meanwhile, one more than allowed is under way.
    let _ = take_of(tx, rate, LimitOn::AskEmail, email.key(), services.clock.now()).await?;
    Ok(())
}

/// The limit and the key that a mail counts against, if it carries a link that its recipient asked for.
async fn own_place(tx: &DatabaseTransaction, services: &Services, mail: &Mail) -> Outcome<Option<(Rate, Email)>> {
    let (Some(rate), Some(reset), Ok(email)) = (
        services.settings.limits.asks_per_email,
        mail.reset,
        Email::parse(&mail.recipient),
    ) else {
        return Ok(None);
    };
    let reset = resets::find(tx, reset).await?;
    Ok(reset.filter(Reset::is_own).map(|_| (rate, email)))
}

/// These mails still waited and are not sent any more. Called after they were dropped: everybody locks mails before limits,
/// and a mail that a sender has taken meanwhile is given back by the sender alone.
pub async fn give_back_dropped(tx: &DatabaseTransaction, services: &Services, dropped: &[Mail]) -> Outcome<()> {
    for mail in dropped {
        give_back_unsent(tx, services, mail, MailState::Dropped).await?;
    }
    Ok(())
}

/// The refusal where time does not help.
pub fn limited_for_good(by: Limit) -> AppError {
    AppError::Limited(Limited { by, retry_after: None })
}

/// The refusal, with the seconds until `next`.
pub fn limited(by: Limit, next: Timestamp, now: Timestamp) -> AppError {
    let seconds = next.since(now).as_millis().div_ceil(1000);
    AppError::Limited(Limited {
        by,
        retry_after: Some(u64::try_from(seconds).unwrap_or(u64::MAX)),
    })
}
