//! The change of an address that has not ended: what ends it, in the transaction of the caller, who has locked the person.

use rekey_domain::email_change::{ChangeEnd, goes_on_with};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::service::acting::error::Outcome;
use crate::server::store::email_changes::{self, EmailChange};
use crate::server::store::mails::{self, MailKind};
use crate::server::store::users::User;

/// Ends the open change of a person, if there is one, and the mail that waits for its new address. Which it was. That the old
/// address is told stays owed to its owner.
pub async fn end_open(tx: &DatabaseTransaction, person: &User, now: Timestamp) -> Outcome<Option<EmailChange>> {
    let open = email_changes::find_open(tx, person.id).await?;
    if let Some(open) = &open {
        email_changes::end(tx, open.id, ChangeEnd::Cancelled, now).await?;
        mails::drop_waiting_of_user(tx, person.id, MailKind::ConfirmEmail, now).await?;
    }
    Ok(open)
}

/// The person is about to get this role: what somebody else entered ends where it is a higher one (D8). Whether it did.
pub async fn end_where_raised(tx: &DatabaseTransaction, person: &User, role: Role, now: Timestamp) -> Outcome<bool> {
    match email_changes::find_open(tx, person.id).await? {
        Some(open) if !goes_on_with(open.is_own(), person.role, role) => Ok(end_open(tx, person, now).await?.is_some()),
        _ => Ok(false),
    }
}
