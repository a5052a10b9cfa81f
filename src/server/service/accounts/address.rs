//! An address: read from where it is stored, whose it is, and who may give it to somebody now. In the transaction of the caller.

use rekey_domain::email::Email;
use rekey_domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::store::db::Db;
use crate::server::store::email_changes;
use crate::server::store::users::{self, User};

/// A stored address, read.
pub fn stored_email(email: &str) -> Outcome<Email> {
    Email::parse(email).map_err(|_| ServiceError::bug("a stored address that can't be read"))
}

/// Who has this address, or may still want it back, also where that account is deleted by now.
pub async fn owner_of(on: &impl ConnectionTrait, email: &Email, now: Timestamp) -> Outcome<Option<User>> {
    if let Some(user) = users::find_by_email_key(on, email.key()).await? {
        return Ok(Some(user));
    }
    match email_changes::find_former_owner(on, email.key(), now).await? {
        Some(id) => Ok(users::find(on, id).await?),
        None => Ok(None),
    }
}

/// Until the transaction ends, nobody else gives or takes this address.
pub async fn wait_for_turn(tx: &DatabaseTransaction, email: &Email) -> Outcome<()> {
    Ok(Db::one_at_a_time(tx, number_of(email.key())).await?)
}

/// A number of this address (FNV-1a), the same in every process.
fn number_of(key: &str) -> i64 {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.cast_signed()
}
