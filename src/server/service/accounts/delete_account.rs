//! What deleting an account does, whoever deletes it: softly, the password goes, the account is taken back, access to linked
//! companies ends, the address is free (A9, E3, F9). In the transaction of the caller, who has locked the person and notes it.

use rekey_domain::reset::CancelledFor;

use crate::server::service::accounts::take_back::{LinksEnd, take_back};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::companies::end_grants::end_grants_of;
use crate::server::store::users::User;
use crate::server::store::{mails, users};

/// Deletes it.
pub async fn delete_account(act: &Act<'_>, person: &User) -> Outcome<()> {
    let (tx, now) = (act.tx(), act.now);
    users::delete(tx, person.id, now).await?;
    mails::drop_not_owed(tx, person.id, now).await?;
    take_back(act, person, LinksEnd::Cancelled(CancelledFor::AccountDeleted), None).await?;
    end_grants_of(act, person).await
}
