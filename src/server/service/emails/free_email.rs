//! Whether an address can be somebody's: one living account an address, over all companies. Who may create people learns
//! by the answer whether another company has an account of this address, and no more (D2); so there is a limit to asking.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;

use crate::server::service::accounts::address::{owner_of, wait_for_turn};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_asks::limited;
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::server::times::next_minute;
use crate::wire::error::Limit;
use crate::wire::forms::{Field, Reason};

/// Goes on with the act where nobody but `but` uses the address; until it ends, nobody else takes it. A refusal ends the
/// act and may keep what was written in it: call it before anything else is.
pub async fn must_be_free<'a>(
    mut act: Act<'a>,
    who: &SignedIn,
    email: &Email,
    but: Option<UserId>,
) -> Outcome<Act<'a>> {
    wait_for_turn(act.tx(), email).await?;
    act.has_locked();
    let (now, services) = (act.now, act.services);
    let key = who.user.to_string();
    // Before anybody looks: else the answer of the limit would tell what it is to hide.
    let place = match services.settings.limits.taken_emails_per_manager {
        None => None,
        Some(rate) => {
            let used_until = limits::lock(act.tx(), LimitOn::TakenEmail, &key, now).await?.at;
            match rate.take(Some(used_until), now) {
                Ok(at) => Some(at),
                Err(next) => {
                    let by = Limit::TakenEmails(next_minute(next, &who.zone));
                    return Err(limited(by, next, now).into());
                }
            }
        }
    };
    let found = owner_of(act.tx(), email, now).await?;
    let Some(user) = found.filter(|user| Some(user.id) != but) else {
        return Ok(act);
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
        limits::keep(act.tx(), LimitOn::TakenEmail, &key, Kept { count: 0, at }, at).await?;
    }
    act.note_refused(Deed::EmailEntered, None, Some("1")).await?;
    act.commit().await?;
    Err(ServiceError::invalid(Field::Email, Reason::EmailUnusable))
}
