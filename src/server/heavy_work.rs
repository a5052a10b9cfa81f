//! The one home of heavy work: whatever computes for milliseconds (hashing, the estimate of a password, a long list read)
//! runs here, off the threads that answer requests, and no more of it at once than there are cores (C7).
//!
//! A permit lives as long as the work, not as long as whoever waits for it: a client that hangs up frees nothing while its
//! work goes on (F1). Whoever finds no place in time is told so, instead of waiting for ever. What the work is about is not
//! known here.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long anybody waits for a permit.
const PATIENCE: Duration = Duration::from_secs(10);

/// Does heavy work. Clones share the permits.
#[derive(Clone, Debug)]
pub struct HeavyWork {
    permits: Arc<Semaphore>,
    most: usize,
    patience: Duration,
    running: Arc<Running>,
}

/// How much work runs, whatever the permits say, so that tests can show that they bound it.
#[derive(Debug, Default)]
struct Running {
    now: AtomicUsize,
    most_at_once: AtomicUsize,
}

/// Why a work was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// Nothing was begun: there was too much to do before it.
    #[error("there is too much to do just now")]
    Busy,
    /// A bug.
    #[error("heavy work ended early: {0}")]
    EndedEarly(String),
}

impl HeavyWork {
    /// At most `permits` at once.
    pub fn new(permits: usize) -> Self {
        let most = permits.max(1);
        Self {
            permits: Arc::new(Semaphore::new(most)),
            most,
            patience: PATIENCE,
            running: Arc::default(),
        }
    }

    /// As many permits as cores.
    pub fn for_this_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
    }

    /// Waits so long for a permit.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// How much may run at once.
    pub fn most(&self) -> usize {
        self.most
    }

    /// The most that ever ran at once.
    pub fn most_at_once(&self) -> usize {
        self.running.most_at_once.load(Ordering::SeqCst)
    }

    /// How much runs now.
    pub fn running(&self) -> usize {
        self.running.now.load(Ordering::SeqCst)
    }

    /// Does it, as soon as there is a permit. It is done to its end, whether or not anybody still waits for it.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotDone> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        let permit = match tokio::time::timeout(self.patience, permit).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(closed)) => return Err(NotDone::EndedEarly(closed.to_string())),
            Err(_) => {
                tracing::warn!("heavy_work.busy");
                return Err(NotDone::Busy);
            }
        };
        let running = Arc::clone(&self.running);
        beside(move || {
            let _place = Place::take(permit, running);
            work()
        })
        .await
    }
}

/// What runs, from its beginning to its end, also if that is a panic.
struct Place {
    running: Arc<Running>,
    /// Released last.
    _permit: OwnedSemaphorePermit,
}

impl Place {
    fn take(permit: OwnedSemaphorePermit, running: Arc<Running>) -> Self {
        let now = running.now.fetch_add(1, Ordering::SeqCst) + 1;
        running.most_at_once.fetch_max(now, Ordering::SeqCst);
        Self {
            running,
            _permit: permit,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.running.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Waits for the machine's files, which is no computing: it needs no permit, and no hash waits for a slow disk. Only for
/// callers that are few by themselves, which those of clients are not.
pub async fn wait_for_files<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotDone> {
    beside(work).await
}

#[expect(clippy::disallowed_methods, reason = "the home of what the ban sends here")]
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotDone> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|ended| NotDone::EndedEarly(ended.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::task::yield_now;

    use super::*;

    /// Begins a work that lasts until the sender is dropped.
    async fn begin(heavy: &HeavyWork) -> (tokio::task::JoinHandle<Result<(), NotDone>>, mpsc::Sender<()>) {
        let (end, ended) = mpsc::channel::<()>();
        let before = heavy.running();
        let work = {
            let heavy = heavy.clone();
            tokio::spawn(async move {
                heavy
                    .run(move || {
                        // Nothing is ever sent.
                        let _ = ended.recv();
                    })
                    .await
            })
        };
        while heavy.running() == before {
            yield_now().await;
        }
        (work, end)
    }

    #[tokio::test]
    async fn f1_a_permit_lives_as_long_as_the_work_whoever_hangs_up() {
        let heavy = HeavyWork::new(1).with_patience(Duration::from_millis(20));
        let (waiting, end) = begin(&heavy).await;
        waiting.abort();
        assert!(waiting.await.expect_err("nobody waits any more").is_cancelled());
        assert!(matches!(heavy.run(|| ()).await, Err(NotDone::Busy)));
        drop(end);
        // Now there is nothing before it.
        let patient = heavy.clone().with_patience(PATIENCE);
        patient.run(|| ()).await.expect("it is done");
        assert_eq!(heavy.most_at_once(), 1);
    }

    #[tokio::test]
    async fn f1_a_panic_gives_the_permit_back() {
        let heavy = HeavyWork::new(1);
        let ended = heavy.run::<()>(|| panic!("on purpose")).await;
        assert!(matches!(ended, Err(NotDone::EndedEarly(_))), "{ended:?}");
        assert_eq!(heavy.run(|| 7).await.expect("it is done"), 7);
        assert_eq!(heavy.running(), 0);
    }

    #[tokio::test]
    async fn f1_whoever_hangs_up_while_waiting_leaves_the_queue() {
        let heavy = HeavyWork::new(1);
        let (work, end) = begin(&heavy).await;
        let in_vain = heavy.clone();
        let waiting = tokio::spawn(async move { in_vain.run(|| ()).await });
        yield_now().await;
        waiting.abort();
        drop(end);
        work.await.expect("it does not panic").expect("it is done");
        heavy.run(|| ()).await.expect("it is done");
        assert_eq!(heavy.most_at_once(), 1);
    }
}
