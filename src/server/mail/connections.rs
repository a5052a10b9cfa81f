//! The connections of this process to the mail server, all together: how many work, and whether one more is worth a try
//! (K7). A server that allows few of them refuses those beyond, and takes mail over the others: that is no outage.
//!
//! It also knows which mails this process has handed over, as long as that is not kept: a mail is never handed over again
//! while the database can't be told.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_domain::id::MailId;
use tokio::time::Instant;

use super::transport::Reply;

/// After one connection too many no other is tried for so long.
const ENOUGH_FOR: Duration = Duration::from_secs(30);
/// A conversation that is longer under way proves no more that the server works.
const LONGEST_PROOF: Duration = Duration::from_secs(30);
/// So many accepted mails are known to be of this process.
const MOST_ACCEPTED: usize = 64;

/// Those of one process. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Connections(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    lines: BTreeMap<usize, Seen>,
    no_more_before: Option<Instant>,
    /// Handed over, and not kept yet.
    unrecorded: HashMap<MailId, Reply>,
    accepted: VecDeque<MailId>,
}

/// What a line is at.
#[derive(Clone, Copy, Debug)]
enum Seen {
    /// Connecting: whether it will work shows soon.
    Connecting,
    /// Connected, and looking for mail.
    Idle,
    /// Speaking with the server since then.
    Busy(Instant),
}

impl Connections {
    /// A place for one more line.
    pub fn place(&self) -> Place {
        static NUMBERS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        Place {
            number: NUMBERS.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
            all: self.clone(),
        }
    }

    /// The mail server took a mail, with these words.
    pub fn handed_over(&self, mail: MailId, reply: Reply) {
        let mut state = self.state();
        state.unrecorded.insert(mail, reply);
        state.accepted.push_back(mail);
        if state.accepted.len() > MOST_ACCEPTED {
            state.accepted.pop_front();
        }
    }

    /// That is kept now.
    pub fn recorded(&self, mail: MailId) {
        self.state().unrecorded.remove(&mail);
    }

    /// What the mail server said when it took this mail, if the database does not know of it.
    pub fn unrecorded(&self, mail: MailId) -> Option<Reply> {
        self.state().unrecorded.get(&mail).cloned()
    }

    /// Whether it was this process that has handed the mail over lately.
    pub fn was_ours(&self, mail: MailId) -> bool {
        self.state().accepted.contains(&mail)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one line among them.
#[derive(Debug)]
pub struct Place {
    number: usize,
    all: Connections,
}

impl Place {
    /// All of them.
    pub fn all(&self) -> &Connections {
        &self.all
    }

    /// This line begins to connect.
    pub fn connecting(&self) {
        self.set(Some(Seen::Connecting));
    }

    /// It has a connection that has just answered.
    pub fn idle(&self) {
        self.set(Some(Seen::Idle));
    }

    /// It says something.
    pub fn busy(&self) {
        self.set(Some(Seen::Busy(Instant::now())));
    }

    /// It has none.
    pub fn gone(&self) {
        self.set(None);
    }

    /// Whether another line works, or will soon show whether it does.
    pub fn another_works(&self) -> bool {
        self.another_works_at(Instant::now())
    }

    fn another_works_at(&self, now: Instant) -> bool {
        self.any_other(|seen| match seen {
            Seen::Connecting | Seen::Idle => true,
            Seen::Busy(since) => now.duration_since(*since) < LONGEST_PROOF,
        })
    }

    /// Whether another line has a connection and nothing to do: it hears the bell.
    pub fn another_is_idle(&self) -> bool {
        self.any_other(|seen| matches!(seen, Seen::Idle))
    }

    /// The server takes no connection beside the others.
    pub fn enough(&self) {
        self.all.state().no_more_before = Some(Instant::now() + ENOUGH_FOR);
    }

    /// Whether one more connection is worth a try: always, if it would be the only one.
    pub fn may_connect(&self) -> bool {
        self.may_connect_at(Instant::now())
    }

    fn may_connect_at(&self, now: Instant) -> bool {
        let until = self.all.state().no_more_before;
        until.is_none_or(|until| now >= until) || !self.another_works_at(now)
    }

    fn any_other(&self, is_so: impl Fn(&Seen) -> bool) -> bool {
        let state = self.all.state();
        let mut others = state.lines.iter().filter(|(number, _)| **number != self.number);
        others.any(|(_, seen)| is_so(seen))
    }

    fn set(&self, seen: Option<Seen>) {
        let mut state = self.all.state();
        match seen {
            Some(seen) => state.lines.insert(self.number, seen),
            None => state.lines.remove(&self.number),
        };
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.gone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k7_one_connection_too_many_is_tried_again_later_and_at_once_if_it_is_the_only_one() {
        let all = Connections::default();
        let (first, second) = (all.place(), all.place());
        assert!(!second.another_works() && second.may_connect());
        first.connecting();
        assert!(second.another_works() && !second.another_is_idle());
        first.idle();
        assert!(second.another_works() && second.another_is_idle());
        second.enough();
        assert!(!second.may_connect());
        first.busy();
        assert!(second.another_works() && !second.may_connect());
        let later = Instant::now() + ENOUGH_FOR + LONGEST_PROOF;
        assert!(second.may_connect_at(later));
        assert!(
            !second.another_works_at(later),
            "a conversation of half a minute proves nothing"
        );
        second.enough();
        first.gone();
        assert!(second.may_connect() && !second.another_works());
        first.idle();
        drop(first);
        assert!(!second.another_works());
    }

    #[test]
    fn what_was_handed_over_is_known_until_it_is_kept() {
        let all = Connections::default();
        let mail = MailId::from_uuid(uuid::Uuid::from_u128(7));
        let reply = Reply {
            code: 250,
            text: "2.0.0 taken".into(),
        };
        assert!(all.unrecorded(mail).is_none() && !all.was_ours(mail));
        all.handed_over(mail, reply.clone());
        assert!(all.unrecorded(mail) == Some(reply.clone()) && all.was_ours(mail));
        all.recorded(mail);
        assert!(all.unrecorded(mail).is_none() && all.was_ours(mail));
        for number in 100..200 {
            all.handed_over(MailId::from_uuid(uuid::Uuid::from_u128(number)), reply.clone());
        }
        assert!(!all.was_ours(mail));
    }
}
