//! The one clock of a server. Rules get `now` from here once per request or job; nothing else reads the time.
//!
//! Two readings: [`Clock::now`] follows what a test or the demo moved, and drives life-time rules, waits and
//! sessions; [`Clock::wall_now`] never moves and is for leases, which must hold against other processes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rekey_domain::time::Timestamp;

/// A cheap handle: clones share the same offset.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `Some` where a test holds time still.
    fixed: Option<Timestamp>,
    moved_by_millis: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self {
            fixed: None,
            moved_by_millis: Arc::default(),
        }
    }

    /// A clock that stands at `start` until it is advanced.
    pub fn standing_at(start: Timestamp) -> Self {
        Self {
            fixed: Some(start),
            moved_by_millis: Arc::default(),
        }
    }

    /// The time that every rule sees.
    pub fn now(&self) -> Timestamp {
        let base = self.fixed.unwrap_or_else(|| self.wall_now());
        Timestamp::from_millis(base.as_millis() + self.moved_by_millis.load(Ordering::SeqCst))
    }

    /// The machine's time, never moved.
    #[expect(
        clippy::disallowed_methods,
        reason = "the only place that may read the machine's clock"
    )]
    pub fn wall_now(&self) -> Timestamp {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    /// Moves [`Clock::now`] forward.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.moved_by_millis.fetch_add(millis, Ordering::SeqCst);
    }
}
