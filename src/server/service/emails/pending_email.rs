//! The new address of somebody that does not count yet, as pages show it.

use rekey_domain::mail_reply::PlainReason;
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;

use crate::server::service::resets::reset_view::of_mail;
use crate::server::store::person_pages::Person;
use crate::server::times::{self, Zone};
use crate::wire::email_change::{PendingEmail, Waits};

/// What waits. For somebody who is deleted only a new address with which the account is to come back.
pub fn pending_email(person: &Person, zone: &Zone, now: Timestamp) -> Option<PendingEmail> {
    let change = person.change.as_ref()?;
    let facts = &change.facts;
    if person.user.is_deleted() != change.restores || !facts.is_pending(now) {
        return None;
    }
    let waits = match (facts.confirmed_at, facts.counts_from()) {
        (None, _) => refused(person).map_or(Waits::Confirming, Waits::Refused),
        (Some(_), None) => Waits::Telling,
        (Some(_), Some(from)) => Waits::Until(times::weekday_and_time(from, zone)),
    };
    Some(PendingEmail {
        new: change.new_email.clone(),
        waits,
    })
}

/// Why the mail that asks the new address was refused, where it was.
fn refused(person: &Person) -> Option<PlainReason> {
    let mail = person.confirming.as_ref()?;
    (mail.state == MailState::Refused).then(|| {
        let reply = mail.reply.as_ref();
        reply.map_or(PlainReason::Other, |reply| of_mail(reply, mail.state))
    })
}
