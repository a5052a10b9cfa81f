//! The new address of somebody that does not count yet, as pages show it.

use rekey_domain::time::Timestamp;

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
        (None, _) => Waits::Confirming,
        (Some(_), None) => Waits::Telling,
        (Some(_), Some(from)) => Waits::Until(times::weekday_and_time(from, zone)),
    };
    Some(PendingEmail {
        new: change.new_email.clone(),
        waits,
    })
}
