//! Removes what is over and not kept any more, a few rows a transaction, so that nobody waits long for the database (H6).

use rekey_domain::time::Timestamp;

use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::over::Over;

/// Rows of each kind that one call removes; with a reset go its mail, its links and its tries.
const AT_ONCE: u64 = 200;

/// Removes some of each kind; whether there may be more.
pub async fn forget_old(services: &Services) -> Outcome<bool> {
    let mut may_be_more = false;
    for over in Over::ALL {
        let old = over
            .list(services.db.reader(), kept_since(services, over), AT_ONCE)
            .await?;
        let count = old.len();
        if count == 0 {
            continue;
        }
        let tx = services.db.begin_write().await?;
        over.remove(&tx, old).await?;
        tx.commit().await?;
        tracing::info!(rows.count = count, rows.kind = ?over, "rows.forgotten");
        may_be_more |= u64::try_from(count).is_ok_and(|count| count >= AT_ONCE);
    }
    Ok(may_be_more)
}

/// What was over before is removed.
fn kept_since(services: &Services, over: Over) -> Timestamp {
    let (now, keeping) = (services.clock.now(), &services.settings.keeping);
    match over {
        Over::Resets | Over::Notices | Over::Batches => keeping.resets.over_before(now),
        // Longer than any session lasts.
        Over::Sessions => now - services.settings.session_limits.kept_absolute,
        Over::Activity => keeping.activity.over_before(now),
    }
}
