//! A new address for an account that has, or had, a password: it is asked to confirm itself, and the old one is told (D8). In
//! the transaction of the caller, who has locked the person and knows that the address is free.

use std::time::Duration;

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::email_change::{CONFIRM_FOR, TELL_FOR};
use rekey_domain::id::{EmailChangeId, MailId};
use rekey_domain::limit::one_more_within_the_hour;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::service::accounts::address::stored_email;
use crate::server::service::accounts::open_change::end_open;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_asks::limited;
use crate::server::service::limits::limit_invitations;
use crate::server::services::Services;
use crate::server::store::email_changes::{self, EnteredOf, NewChange};
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::notice_facts::EmailChangeFacts;
use crate::server::store::users::User;
use crate::server::times::next_minute;
use crate::wire::error::Limit;

/// So long the same address once more is taken for the same press.
const SAME_PRESS: Duration = Duration::from_mins(1);

/// Keeps it, in place of one that was entered before, and queues both mails. A double press is harmless. An account that is
/// deleted comes back by it.
pub async fn enter_email(act: &Act<'_>, who: &SignedIn, (person, new): (&User, &Email)) -> Outcome<()> {
    let (tx, services, now) = (act.tx(), act.services, act.now);
    if let Some(open) = email_changes::find_open(tx, person.id).await?
        && open.new_email == new.as_str()
        && now.since(open.facts.entered_at) < SAME_PRESS
    {
        return Ok(());
    }
    limit(tx, services, who, person, now).await?;
    end_open(tx, person, now).await?;
    let old = stored_email(&person.email)?;
    let (confirming, notice) = (act.mint(MailId::mint), act.mint(MailId::mint));
    let change = NewChange {
        id: act.mint(EmailChangeId::mint),
        company: person.company,
        user: person.id,
        old: &old,
        new,
        entered_by: who.user,
        now,
        confirming,
        notice,
        restores: person.is_deleted(),
    };
    let facts = EmailChangeFacts {
        change: change.id.to_string(),
    };
    email_changes::insert(tx, change).await?;
    for (id, kind, recipient, life) in [
        (confirming, MailKind::ConfirmEmail, new.as_str(), CONFIRM_FOR),
        (notice, MailKind::EmailChanging, old.as_str(), TELL_FOR),
    ] {
        let mail = NewMail {
            recipient,
            deadline: Some(now + life),
            ..NewMail::notice(id, kind, person, serde_json::to_string(&facts)?, now)
        };
        mails::insert(tx, mail).await?;
    }
    let detail = format!("{old} {new}");
    act.note(Deed::EmailEntered, Some(person), Some(&detail)).await?;
    limit_invitations::take(tx, services, who, person.company, 1).await
}

/// Each one is a mail to an address that somebody has typed: as often as links.
async fn limit(
    tx: &DatabaseTransaction,
    services: &Services,
    who: &SignedIn,
    person: &User,
    now: Timestamp,
) -> Outcome<()> {
    let limits = &services.settings.limits;
    let since = now - Duration::from_hours(1);
    for (whose, most) in [
        (EnteredOf::Person(person.id), limits.resets_per_person),
        (EnteredOf::Actor(who.user), limits.resets_per_manager),
    ] {
        let Some(most) = most else { continue };
        let past = email_changes::list_entered(tx, whose, since).await?;
        if let Err(next) = one_more_within_the_hour(&past, most, now) {
            let by = Limit::NewEmails(next_minute(next, &who.zone));
            return Err(limited(by, next, now).into());
        }
    }
    Ok(())
}
