//! Removes what is over and not kept any more, a few rows a transaction, so that nobody waits long for the database (H6).

use rekey_domain::time::Timestamp;
use uuid::Uuid;

use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::over::Over;
use crate::server::work::{Piece, Trap, contained_outcome, note_failure};

/// Rows of each kind that one call removes; with a reset go its mail, its links and its tries.
const AT_ONCE: u64 = 200;

/// Removes some of each kind; whether there may be more. A kind that fails waits, and the others go on.
pub async fn forget_old(services: &Services) -> Outcome<bool> {
    let put_off = &services.work.put_off;
    let kinds = put_off.waiting(services.clock.now(), |piece| match piece {
        Piece::Kind(over) => Some(over),
        _ => None,
    });
    let mut may_be_more = false;
    for over in Over::ALL.into_iter().filter(|over| !kinds.contains(over)) {
        let forgotten = put_off.attempt(services, Piece::Kind(over), forget(services, over));
        may_be_more |= forgotten.await?.unwrap_or_default();
    }
    Ok(may_be_more)
}

async fn forget(services: &Services, over: Over) -> Outcome<bool> {
    let put_off = &services.work.put_off;
    let waiting = put_off.waiting(services.clock.now(), |piece| match piece {
        Piece::Old(of, id) if of == over => Some(id),
        _ => None,
    });
    let old = over
        .list(services.db.reader(), kept_since(services, over), &waiting, AT_ONCE)
        .await?;
    if old.is_empty() {
        return Ok(false);
    }
    let is_full = u64::try_from(old.len()).is_ok_and(|count| count >= AT_ONCE);
    let mut count = old.len();
    match contained_outcome(remove(services, over, old.clone())).await {
        Err(error) if !error.is_passing() => {
            // One of them can't be removed: which, and the others all the same.
            note_failure(&Piece::Kind(over), &error, 1);
            count = 0;
            for id in old {
                let removed = put_off.attempt(services, Piece::Old(over, id), remove(services, over, vec![id]));
                count += usize::from(removed.await?.is_some());
            }
        }
        removed => removed?,
    }
    tracing::info!(rows.count = count, rows.kind = ?over, "rows.forgotten");
    Ok(is_full)
}

async fn remove(services: &Services, over: Over, ids: Vec<Uuid>) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    over.remove(&tx, ids.clone()).await?;
    for id in ids {
        services.work.traps.spring(Trap::OldRemoved, &id);
    }
    tx.commit().await?;
    Ok(())
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
