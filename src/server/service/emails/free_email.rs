//! Whether an address can be somebody's: one living account an address, over all companies. Who may create people learns
//! by the answer whether another company has an account of this address, and no more (D2); so there is a limit to asking.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::accounts::address::{owner_of, wait_for_turn};
use crate::server::service::acting::act_on_person::entry;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_asks::limited;
use crate::server::services::Services;
use crate::server::store::activity::{self, Entry};
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::server::times::next_minute;
use crate::wire::error::Limit;
use crate::wire::forms::{Field, Reason};

/// Goes on with the transaction where nobody but `but` uses the address; until it ends, nobody else takes it. A refusal ends the
/// transaction and may keep what was written in it: call it before anything else is.
pub async fn must_be_free(
    tx: DatabaseTransaction,
    services: &Services,
    client: &Client,
    who: &SignedIn,
    email: &Email,
    but: Option<UserId>,
) -> Outcome<DatabaseTransaction> {
    wait_for_turn(&tx, email).await?;
    let now = services.clock.now();
    let key = who.user.to_string();
    // Before anybody looks: else the answer of the limit would tell what it is to hide.
    let place = match services.settings.limits.taken_emails_per_manager {
        None => None,
        Some(rate) => {
            let used_until = limits::lock(&tx, LimitOn::TakenEmail, &key, now).await?.at;
            match rate.take(Some(used_until), now) {
                Ok(at) => Some(at),
                Err(next) => {
                    let by = Limit::TakenEmails(next_minute(next, &who.zone));
                    return Err(limited(by, next, now).into());
                }
            }
        }
    };
    let found = owner_of(&tx, email, now).await?;
    let Some(user) = found.filter(|user| Some(user.id) != but) else {
        return Ok(tx);
    };
    if user.company == who.company {
        let used_by = Reason::EmailUsedBy {
            company: who.company_name.clone(),
            name: user.name,
            user: user.id,
        };
        return Err(ServiceError::invalid(Field::Email, used_by));
    }
    if let Some(at) = place {
        limits::keep(&tx, LimitOn::TakenEmail, &key, Kept { count: 0, at }, at).await?;
    }
    let refused = Entry {
        detail: Some("used elsewhere"),
        ..entry(services, client, who, Deed::EmailEntered, false, None)
    };
    activity::insert(&tx, refused).await?;
    tx.commit().await?;
    Err(ServiceError::invalid(Field::Email, Reason::EmailUnusable))
}
