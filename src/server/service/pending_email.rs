//! The new address of somebody that does not count yet, as pages show it.

use rekey_domain::account::Status;
use rekey_domain::time::Timestamp;

use crate::server::store::person_pages::Person;
use crate::server::times::{self, Zone};
use crate::wire::email_change::PendingEmail;

/// What waits; only accounts with a password have such a one.
pub fn pending_email(person: &Person, zone: &Zone, now: Timestamp) -> Option<PendingEmail> {
    let change = person.change.as_ref()?;
    let facts = &change.facts;
    if person.user.status != Status::Active || !facts.is_pending(now) {
        return None;
    }
    let counts_from = times::weekday_and_time(facts.counts_from, zone);
    Some(PendingEmail {
        new: change.new_email.clone(),
        counts_from: facts.confirmed_at.map(|_| counts_from),
    })
}
