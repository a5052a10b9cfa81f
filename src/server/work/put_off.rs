//! Pieces of work that failed by a mistake of the program's: each waits, longer each time, and holds up no other (F4).
//!
//! In memory: a start tries all of them again, which may be of a program that can do them. Mails are not among them: their
//! rows know how often they were tried and when they are tried again.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rekey_domain::id::{AskId, BatchId, EmailChangeId, UserId};
use rekey_domain::time::Timestamp;
use rekey_domain::work::wait_after_failure;
use uuid::Uuid;

use super::contained::contained_outcome;
use crate::server::lookout::Subject;
use crate::server::random;
use crate::server::service::acting::error::{Outcome, ServiceError, chain};
use crate::server::services::Services;
use crate::server::store::over::Over;
use crate::wire::error::Incident;

/// So many are remembered. Of more, those that are tried next anyway are forgotten.
const MOST: usize = 1000;

/// What can be done, and fail, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Somebody asked for a link.
    Ask(AskId),
    /// A new address comes to count.
    Change(EmailChangeId),
    /// What a batch has left to do.
    Batch(BatchId),
    /// A line of a batch.
    Line(BatchId, u32),
    /// The links of one person of a batch that was withdrawn.
    Withdrawal(BatchId, UserId),
    /// What is over, of one kind.
    Kind(Over),
    /// One row of it.
    Old(Over, Uuid),
    /// Whose resets open pages show.
    Watched(Subject),
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ask(id) => write!(f, "ask {id}"),
            Self::Change(id) => write!(f, "new address {id}"),
            Self::Batch(id) => write!(f, "batch {id}"),
            Self::Line(batch, line) => write!(f, "batch {batch}, line {line}"),
            Self::Withdrawal(batch, person) => write!(f, "batch {batch}, person {person}"),
            Self::Kind(over) => write!(f, "old {over:?}"),
            Self::Old(over, id) => write!(f, "old {over:?} {id}"),
            Self::Watched(Subject::Person(id)) => write!(f, "watch of person {id}"),
            Self::Watched(Subject::Company(id)) => write!(f, "watch of company {id}"),
        }
    }
}

/// Those that wait. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct PutOff(Arc<Mutex<HashMap<Piece, Waiting>>>);

#[derive(Clone, Copy, Debug)]
struct Waiting {
    failures: u32,
    not_before: Timestamp,
}

impl PutOff {
    /// Does a piece of work; none where it failed and waits from now on. Fails where the database is at fault: that is no piece's.
    pub async fn attempt<T>(
        &self,
        services: &Services,
        piece: Piece,
        work: impl Future<Output = Outcome<T>>,
    ) -> Outcome<Option<T>> {
        match contained_outcome(work).await {
            Ok(done) => {
                self.lock().remove(&piece);
                Ok(Some(done))
            }
            Err(ServiceError::Unavailable(error)) => Err(ServiceError::Unavailable(error)),
            Err(error) => {
                self.put_off(piece, &error, services.clock.now());
                Ok(None)
            }
        }
    }

    /// It has failed, once more.
    pub fn put_off(&self, piece: Piece, error: &ServiceError, now: Timestamp) {
        let failures = {
            let mut all = self.lock();
            let failures = all.get(&piece).map_or(0, |known| known.failures).saturating_add(1);
            let not_before = now + wait_after_failure(failures);
            remember(&mut all, piece, Waiting { failures, not_before });
            failures
        };
        note_failure(&piece, error, failures);
    }

    /// There is nothing to do for it before then, though nothing of its own has failed.
    pub fn set_aside(&self, piece: Piece, until: Timestamp) {
        let mut all = self.lock();
        let failures = all.get(&piece).map_or(0, |known| known.failures);
        let not_before = until;
        remember(&mut all, piece, Waiting { failures, not_before });
    }

    /// Those that wait, as far as they are asked for.
    pub fn waiting<T>(&self, now: Timestamp, asked: impl Fn(Piece) -> Option<T>) -> Vec<T> {
        let all = self.lock();
        let waiting = all.iter().filter(|(_, waiting)| now < waiting.not_before);
        waiting.filter_map(|(piece, _)| asked(*piece)).collect()
    }

    /// When the first of those that wait has its turn.
    pub fn first(&self, now: Timestamp, asked: impl Fn(Piece) -> bool) -> Option<Timestamp> {
        let all = self.lock();
        let asked = all.iter().filter(|(piece, _)| asked(**piece));
        let times = asked.map(|(_, waiting)| waiting.not_before);
        times.filter(|not_before| now < *not_before).min()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Piece, Waiting>> {
        // Nothing under the lock can leave it half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn remember(all: &mut HashMap<Piece, Waiting>, piece: Piece, waiting: Waiting) {
    if all.len() >= MOST && !all.contains_key(&piece) {
        let next = all.iter().min_by_key(|(_, waiting)| waiting.not_before);
        if let Some(next) = next.map(|(piece, _)| *piece) {
            all.remove(&next);
        }
    }
    all.insert(piece, waiting);
}

/// Logs that something failed by a mistake of the program's, with an incident of its own.
pub fn note_failure(work: &dyn fmt::Display, error: &ServiceError, failures: u32) {
    let incident = Incident::from_random(random::bytes());
    tracing::error!(incident = %incident, work = %work, work.failures = failures, error = chain(error), "work.failed");
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn ask(number: u128) -> Piece {
        Piece::Ask(AskId::from_uuid(Uuid::from_u128(number)))
    }

    #[test]
    fn f4_what_fails_waits_longer_each_time_and_alone() {
        let put_off = PutOff::default();
        let mut now = NOW;
        for seconds in [5, 10, 20] {
            put_off.put_off(ask(1), &ServiceError::bug("on purpose"), now);
            let wait = Duration::from_secs(seconds);
            assert_eq!(put_off.waiting(now, Some), [ask(1)]);
            assert_eq!(put_off.first(now, |_| true), Some(now + wait));
            assert!(put_off.waiting(now + wait, Some).is_empty());
            now = now + wait;
        }
        put_off.set_aside(ask(2), now + Duration::from_secs(1));
        assert_eq!(put_off.waiting(now, Some), [ask(2)]);
    }

    #[test]
    fn f4_no_more_than_so_many_are_remembered() {
        let put_off = PutOff::default();
        for number in 0..2000 {
            put_off.set_aside(ask(number), NOW + Duration::from_millis(u64::try_from(number).unwrap()));
        }
        let waiting = put_off.waiting(NOW, Some);
        assert_eq!(waiting.len(), MOST);
        assert!(waiting.contains(&ask(1999)) && !waiting.contains(&ask(1)));
    }
}
