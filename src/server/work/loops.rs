//! The loops that work beside the requests. One that ended is started again, and until it works again, or while one fails
//! again and again, the server is not ready (F4).
//!
//! Waits are of real time: what is waited for is a mistake of the program's, which no clock of a test moves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_domain::work::{FAILS_AGAIN_AND_AGAIN, wait_before_next_round};
use tokio::sync::watch;
use tokio::time::Instant;

use super::contained::{contained, contained_outcome};
use super::put_off::note_failure;
use crate::server::service::acting::error::{Outcome, ServiceError, chain};

/// After so long a database that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// What a loop, or one of its chores, is called; with a number where there are several of the kind.
type Name = (&'static str, usize);

/// All of them in one process. Clones are the same.
#[derive(Clone, Debug)]
pub struct Loops {
    all: Arc<Mutex<BTreeMap<Name, Health>>>,
    hurry: u32,
}

/// How one is.
#[derive(Clone, Copy, Debug, Default)]
struct Health {
    /// It ended, and has done nothing well since.
    is_dead: bool,
    /// In a row.
    failures: u32,
}

impl Default for Loops {
    fn default() -> Self {
        Self {
            all: Arc::default(),
            hurry: 1,
        }
    }
}

impl Loops {
    /// With waits so many times shorter, for tests: what is waited for here is real.
    pub fn hurried(times: u32) -> Self {
        Self {
            hurry: times.max(1),
            ..Self::default()
        }
    }

    /// The name of one that is dead, or fails again and again.
    pub fn not_well(&self) -> Option<&'static str> {
        let all = self.lock();
        let mut not_well = all
            .iter()
            .filter(|(_, health)| health.is_dead || health.failures >= FAILS_AGAIN_AND_AGAIN);
        not_well.next().map(|((name, _), _)| *name)
    }

    /// Runs a loop until it is told to stop. One that ends before, or panics, is started again after a wait.
    pub async fn keep_running<F: Future<Output = ()>>(
        self,
        name: &'static str,
        number: usize,
        mut stopped: watch::Receiver<bool>,
        run: impl Fn(Loop) -> F,
    ) {
        let own = Loop {
            loops: self,
            name: (name, number),
        };
        own.change(|_| ());
        while !*stopped.borrow() {
            let ended = contained(run(own.clone())).await;
            let error = match ended {
                Ok(()) if *stopped.borrow() => break,
                Ok(()) => ServiceError::bug("a loop ended before it was told to"),
                Err(panicked) => panicked.into(),
            };
            let failures = own.change(|health| {
                health.is_dead = true;
                health.failures = health.failures.saturating_add(1);
            });
            note_failure(&format_args!("loop {name}"), &error, failures);
            tokio::select! {
                () = tokio::time::sleep(own.loops.wait_after(failures)) => {}
                // Nobody who could stop it is there any more: then it is stopped.
                _ = stopped.wait_for(|stopped| *stopped) => {}
            }
        }
        own.loops.lock().remove(&own.name);
    }

    fn wait_after(&self, failures: u32) -> Duration {
        wait_before_next_round(failures) / self.hurry
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Name, Health>> {
        // Nothing under the lock can leave it half done.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A loop that runs.
#[derive(Clone, Debug)]
pub struct Loop {
    loops: Loops,
    name: Name,
}

impl Loop {
    /// Something that the loop does round after round; the loop itself, where it does only that.
    pub fn chore(&self, name: &'static str) -> Chore {
        Chore {
            of: self.clone(),
            name: (name, self.name.1),
            not_before: None,
        }
    }

    fn change(&self, change: impl FnOnce(&mut Health)) -> u32 {
        change_one(&self.loops, self.name, change)
    }
}

/// One of the things that a loop does round after round.
#[derive(Debug)]
pub struct Chore {
    of: Loop,
    name: Name,
    not_before: Option<Instant>,
}

impl Chore {
    /// Does it once; none where it failed, or waits since it has failed. What fails waits longer each time.
    pub async fn run<T>(&mut self, round: impl Future<Output = Outcome<T>>) -> Option<T> {
        if self.not_before.is_some_and(|not_before| Instant::now() < not_before) {
            return None;
        }
        let name = self.name.0;
        let (done, wait) = match contained_outcome(round).await {
            Ok(done) => {
                self.change(|health| health.failures = 0);
                (Some(done), None)
            }
            Err(ServiceError::Unavailable(error)) => {
                // The database's trouble, which readiness tells of by itself.
                tracing::warn!(work = name, error = chain(&error), "work.unavailable");
                (None, Some(AGAIN / self.of.loops.hurry))
            }
            Err(error) => {
                let failures = self.change(|health| health.failures = health.failures.saturating_add(1));
                note_failure(&name, &error, failures);
                (None, Some(self.of.loops.wait_after(failures)))
            }
        };
        if done.is_some() {
            // It works again.
            self.of.change(|health| *health = Health::default());
        }
        self.not_before = wait.map(|wait| Instant::now() + wait);
        done
    }

    /// How long to wait for its next round where the last one has failed, and `otherwise` not.
    pub fn wait(&self, otherwise: Duration) -> Duration {
        self.not_before.map_or(otherwise, |not_before| {
            not_before.saturating_duration_since(Instant::now())
        })
    }

    fn change(&self, change: impl FnOnce(&mut Health)) -> u32 {
        change_one(&self.of.loops, self.name, change)
    }
}

impl Drop for Chore {
    fn drop(&mut self) {
        if self.name != self.of.name {
            self.of.loops.lock().remove(&self.name);
        }
    }
}

fn change_one(loops: &Loops, name: Name, change: impl FnOnce(&mut Health)) -> u32 {
    let mut all = loops.lock();
    let health = all.entry(name).or_default();
    change(health);
    health.failures
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    async fn until(is_so: impl Fn() -> bool) {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    fn ticks(loops: &Loops) -> Loop {
        Loop {
            loops: loops.clone(),
            name: ("ticks", 1),
        }
    }

    #[tokio::test]
    async fn f4_a_loop_that_ends_is_started_again_and_told_of_until_it_works() {
        let loops = Loops::hurried(1000);
        let (stop, stopped) = watch::channel(false);
        let (work, works) = watch::channel(false);
        let starts = Arc::new(AtomicU32::new(0));
        let running = {
            let (starts, stopped, own_stopped) = (Arc::clone(&starts), stopped.clone(), stopped);
            tokio::spawn(loops.clone().keep_running("mail", 1, own_stopped, move |own| {
                let (start, mut works, mut stopped) =
                    (starts.fetch_add(1, Ordering::SeqCst), works.clone(), stopped.clone());
                async move {
                    match start {
                        0 => panic!("on purpose"),
                        1 => {}
                        _ => {
                            works.wait_for(|works| *works).await.expect("the test is there");
                            own.chore("mail").run(async { Ok(()) }).await;
                            stopped.wait_for(|stopped| *stopped).await.expect("the test is there");
                        }
                    }
                }
            }))
        };
        until(|| starts.load(Ordering::SeqCst) == 3).await;
        assert_eq!(loops.not_well(), Some("mail"), "it runs, and has done nothing yet");
        work.send_replace(true);
        until(|| loops.not_well().is_none()).await;
        stop.send_replace(true);
        running.await.expect("it does not panic");
        assert!(loops.lock().is_empty());
        assert_eq!(starts.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn f4_a_chore_that_fails_again_and_again_is_told_of_and_the_others_go_on() {
        let loops = Loops::hurried(10);
        let own = ticks(&loops);
        let (mut bad, mut good) = (own.chore("asks"), own.chore("drafts"));
        for is_well in [true, true, false] {
            let failed = bad.run::<()>(async { panic!("on purpose") }).await;
            assert!(failed.is_none());
            assert!(bad.run(async { Ok(()) }).await.is_none(), "it waits");
            assert!(good.run(async { Ok(()) }).await.is_some());
            assert_eq!(loops.not_well().is_none(), is_well);
            tokio::time::sleep(bad.wait(Duration::ZERO)).await;
        }
        assert_eq!(bad.run(async { Ok(7) }).await, Some(7));
        assert_eq!(loops.not_well(), None);
    }

    #[tokio::test]
    async fn f4_a_database_that_does_not_answer_is_no_failure_of_the_loop() {
        let loops = Loops::hurried(1000);
        let mut chore = ticks(&loops).chore("asks");
        for _ in 0..10 {
            let gone = sea_orm::DbErr::Conn(sea_orm::RuntimeErr::Internal("gone".to_owned()));
            assert!(chore.run::<()>(async { Err(gone.into()) }).await.is_none());
            tokio::time::sleep(chore.wait(Duration::ZERO)).await;
        }
        assert_eq!(loops.not_well(), None);
    }
}
