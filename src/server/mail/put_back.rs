//! Mails that were refused and wait again, since the refusal was meant for our sender (K6). Only what is still of use: a
//! reset that was replaced, withdrawn or ended, or that is too late, stays as it is, and so does one whose person has a
//! newer one under way.

use rekey_domain::account::Status;
use rekey_domain::id::MailId;
use rekey_domain::outage::PROBE_EVERY;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use super::record::is_over;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks;
use crate::server::services::Services;
use crate::server::store::mails::{self, Mail, MailKind};
use crate::server::store::resets::{self, Reset};
use crate::server::store::{email_changes, users};

/// Lets them wait for the end of the outage, which is open. `current` is being recorded, and its reset is locked soon.
pub async fn put_back(
    tx: &DatabaseTransaction,
    services: &Services,
    mut again: Vec<MailId>,
    current: &Mail,
) -> Outcome<()> {
    if again.is_empty() {
        return Ok(());
    }
    let now = services.clock.now();
    // Ids grow with time. Resets are locked in this order, and before their mails.
    again.push(current.id);
    again.sort_unstable();
    again.dedup();
    let mut found = Vec::new();
    for id in again {
        let Some(mail) = mails::find(tx, id).await? else {
            continue;
        };
        let reset = match mail.reset {
            Some(reset) => resets::find_and_lock(tx, reset).await?,
            None => None,
        };
        found.push((mail, reset));
    }
    // The newest of a person first: it stands in the way of the others.
    for (mail, reset) in found.iter().rev().filter(|(mail, _)| mail.id != current.id) {
        if !is_of_use(tx, mail, reset.as_ref(), now).await? || !mails::put_back(tx, mail, now + PROBE_EVERY).await? {
            continue;
        }
        limit_asks::take_again(tx, services, mail).await?;
        tracing::info!(mail.id = %mail.id, mail.attempt = mail.attempts, "mail.refused waits again");
    }
    Ok(())
}

async fn is_of_use(tx: &DatabaseTransaction, mail: &Mail, reset: Option<&Reset>, now: Timestamp) -> Outcome<bool> {
    if is_over(mail, reset, now) {
        return Ok(false);
    }
    if let Some(reset) = reset {
        return Ok(!resets::has_newer_under_way(tx, reset).await?);
    }
    let person = users::find(tx, mail.user).await?;
    if person.is_none_or(|person| person.status == Status::Deleted) {
        return Ok(false);
    }
    match mail.kind {
        MailKind::ConfirmEmail | MailKind::EmailChanging => {
            let change = email_changes::find_of_mail(tx, mail).await?;
            Ok(change.is_some_and(|change| change.facts.end.is_none()))
        }
        _ => Ok(true),
    }
}
