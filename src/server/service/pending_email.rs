//! The new address of somebody that does not count yet, as pages show it.

use rekey_domain::account::Status;

use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::email_changes;
use crate::server::store::users::User;
use crate::server::times::{self, Zone};
use crate::wire::email_change::PendingEmail;

/// What waits; only accounts with a password have such a one.
pub async fn pending_email(services: &Services, person: &User, zone: &Zone) -> Outcome<Option<PendingEmail>> {
    if person.status != Status::Active {
        return Ok(None);
    }
    let now = services.clock.now();
    let open = email_changes::find_open(services.db.reader(), person.id).await?;
    Ok(open.filter(|change| change.facts.is_pending(now)).map(|change| {
        let facts = change.facts;
        let counts_from = times::weekday_and_time(facts.counts_from, zone);
        PendingEmail {
            new: change.new_email,
            counts_from: facts.confirmed_at.map(|_| counts_from),
        }
    }))
}
