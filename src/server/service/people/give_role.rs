//! What another role brings, whoever gives it: a new address that somebody else entered ends where the person rises (D8),
//! and access to linked companies where the role does not go with it. In the transaction of the caller, who has locked the
//! person.

use rekey_domain::linked::keeps_grants;
use rekey_domain::role::Role;

use crate::server::service::accounts::open_change::end_where_raised;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::companies::end_grants::end_grants_of;
use crate::server::store::users::{self, User};

/// Gives it. Whether a new address was cancelled by it, which the caller notes.
pub async fn give_role(act: &Act<'_>, person: &User, role: Role) -> Outcome<bool> {
    let tx = act.tx();
    let is_cancelled = end_where_raised(tx, person, role, act.now).await?;
    users::set_role(tx, person.id, role).await?;
    if !keeps_grants(role) {
        end_grants_of(act, person).await?;
    }
    Ok(is_cancelled)
}
