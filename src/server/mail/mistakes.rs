//! A mail that fails by a mistake of the program's: a panic, or an error that nobody expected. It waits like one that the mail
//! server has put off, its tries are counted in its row, and the others go on (F4).

use super::record::put_off;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::services::Services;
use crate::server::store::mails::{self, Mail};
use crate::server::work::note_failure;

/// Puts the mail off, in a transaction of its own: the one in which it has failed is gone. Without a committed claim its row is
/// as it was before.
pub async fn put_off_failed(
    services: &Services,
    mail: &Mail,
    is_claim_committed: bool,
    failed: ServiceError,
) -> Outcome<()> {
    note_failure(&format_args!("mail {}", mail.id), &failed, mail.attempts);
    let (now, wall) = (services.clock.now(), services.clock.wall_now());
    let next_try_at = put_off(mail, None, now).next_try_at.unwrap_or(now);
    let tx = services.db.begin_write().await?;
    if !mails::put_off_failed(&tx, mail, is_claim_committed, next_try_at, wall).await? {
        // Somebody else has it by now, or it would come again at once.
        return Err(failed);
    }
    tx.commit().await?;
    Ok(())
}
