//! How far a connection is, and by when it must be further.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::Limits;

/// How long a connection may wait for its next request. Longer than the proxies keep theirs (nginx 60 s, Traefik 90 s, Caddy
/// 120 s): the one that closes first must be the one that asks, or a request is lost that was just on its way.
const IDLE: Duration = Duration::from_secs(150);

/// What is known of one connection.
#[derive(Debug)]
pub(super) struct Progress {
    limits: Limits,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    stage: Stage,
    since: Instant,
    /// Since when what is written finds no taker.
    stuck: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The head of a request is awaited, since the connection began or since its first byte.
    Head,
    /// A request is being answered, which may take its time: pages wait for news.
    Request,
    /// Nothing is going on.
    Idle,
}

impl Progress {
    /// Of a connection that begins.
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        Self {
            limits,
            state: Mutex::new(State {
                stage: Stage::Head,
                since: now,
                stuck: None,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something has come in.
    pub(super) fn receive(&self, now: Instant) {
        let mut state = self.state();
        if state.stage == Stage::Idle {
            (state.stage, state.since) = (Stage::Head, now);
        }
    }

    /// The head of a request is there.
    pub(super) fn begin(&self) {
        self.state().stage = Stage::Request;
    }

    /// The whole answer to it is ready to be sent.
    pub(super) fn end(&self, now: Instant) {
        let mut state = self.state();
        (state.stage, state.since) = (Stage::Idle, now);
    }

    /// Something was taken, or found no taker.
    pub(super) fn write(&self, is_taken: bool, now: Instant) {
        let mut state = self.state();
        if is_taken {
            state.stuck = None;
            if state.stage == Stage::Idle {
                state.since = now;
            }
        } else {
            state.stuck.get_or_insert(now);
        }
    }

    /// Since when it is between two requests; none where it is not.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let state = self.state();
        (state.stage == Stage::Idle && state.stuck.is_none()).then_some(state.since)
    }

    /// When it is too late to wait any longer.
    pub(super) fn due(&self) -> Option<Instant> {
        let state = self.state();
        let next = match state.stage {
            Stage::Head => Some(state.since + self.limits.head),
            Stage::Idle => Some(state.since + IDLE),
            Stage::Request => None,
        };
        let taken = state.stuck.map(|stuck| stuck + self.limits.body);
        next.into_iter().chain(taken).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f3_each_stage_has_its_time_and_answering_has_none() {
        let (limits, began) = (Limits::default(), Instant::now());
        let at = |seconds| began + Duration::from_secs(seconds);
        let progress = Progress::new(limits, began);
        assert_eq!(progress.due(), Some(began + limits.head));
        // One more byte of the head gives it no more time.
        progress.receive(at(4));
        assert_eq!(progress.due(), Some(began + limits.head));
        assert_eq!(progress.idle_since(), None);
        progress.begin();
        progress.receive(at(8));
        progress.write(true, at(3600));
        assert_eq!(progress.due(), None, "pages wait for news");
        assert_eq!(progress.idle_since(), None);
        progress.end(at(3600));
        assert_eq!(progress.due(), Some(at(3600) + IDLE));
        assert_eq!(progress.idle_since(), Some(at(3600)));
        progress.write(true, at(3700));
        assert_eq!(progress.due(), Some(at(3700) + IDLE), "it was still being sent");
        progress.receive(at(3800));
        assert_eq!(progress.due(), Some(at(3800) + limits.head));
        assert_eq!(progress.idle_since(), None);
    }

    #[test]
    fn f3_an_answer_of_which_nobody_takes_anything_has_its_time() {
        let (limits, began) = (Limits::default(), Instant::now());
        let at = |seconds| began + Duration::from_secs(seconds);
        let progress = Progress::new(limits, began);
        progress.begin();
        progress.write(false, at(1));
        progress.write(false, at(20));
        assert_eq!(progress.due(), Some(at(1) + limits.body));
        progress.write(true, at(21));
        assert_eq!(progress.due(), None);
        progress.end(at(22));
        progress.write(false, at(23));
        assert_eq!(progress.idle_since(), None, "it is still being sent");
        assert_eq!(progress.due(), Some(at(23) + limits.body));
    }
}
