//! What lets open pages wait for news instead of asking again and again: one task a process looks at the database for all of
//! them, and wakes those whose resets have changed, whichever process changed them.
//!
//! It compares the marks of `store/reset_marks.rs` without knowing what changed. A page that is woken asks anew, with its session.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_domain::id::{CompanyId, UserId};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::outages;
use crate::server::store::reset_marks::{self, Mark};
use crate::server::work::{Loop, Piece, Trap, contained_outcome};

/// What its loop is called.
const LOOP: &str = "watch";
/// The time between two looks: a change is on the page within 2 s, the ways there and back included.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// The longest that a page is kept waiting. Proxies give up after a minute; after so long the session is looked at anew.
const LONGEST_WAIT: Duration = Duration::from_secs(25);
/// How long a subject is looked at when the last page has left: most are back at once.
const KEPT: Duration = Duration::from_secs(5);

/// Whose resets a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// One person's.
    Person(UserId),
    /// A whole company's.
    Company(CompanyId),
}

/// Where pages wait. Clones are the same place.
#[derive(Clone, Debug)]
pub struct Lookout(Arc<Place>);

#[derive(Debug)]
struct Place {
    subjects: Mutex<HashMap<Subject, Subscribed>>,
    /// Somebody watches what nobody watched before.
    is_new: Notify,
    is_over: watch::Sender<bool>,
    /// Cloned by each page that waits.
    waiting: Arc<()>,
}

/// A subject that is looked at. No mark: it has not been looked at yet.
#[derive(Debug)]
struct Subscribed {
    mark: watch::Sender<Option<Mark>>,
    left_at: Option<Instant>,
}

impl Default for Lookout {
    fn default() -> Self {
        Self(Arc::new(Place {
            subjects: Mutex::default(),
            is_new: Notify::new(),
            is_over: watch::Sender::new(false),
            waiting: Arc::default(),
        }))
    }
}

impl Lookout {
    /// Begins to watch. Whatever is read after this and changes later ends the wait.
    async fn watch(&self, subject: Subject) -> Watching {
        let mut marks = {
            let mut subjects = self.0.subjects();
            let subscribed = subjects.entry(subject).or_insert_with(|| {
                self.0.is_new.notify_one();
                Subscribed {
                    mark: watch::Sender::new(None),
                    left_at: None,
                }
            });
            subscribed.left_at = None;
            subscribed.mark.subscribe()
        };
        // A look that fails leaves the page with what it can read itself.
        let first = tokio::time::timeout(LOOK_EVERY * 2, marks.wait_for(Option::is_some)).await;
        let known = first.ok().and_then(Result::ok).and_then(|mark| *mark);
        Watching {
            known,
            marks,
            place: self.0.clone(),
        }
    }

    /// What `look` finds; where it finds nothing, and `may_wait`, not before there may be news. `allowed` is asked before the
    /// subject is watched, so that nobody has anything watched that is not theirs to see (F16).
    pub async fn news<T>(
        &self,
        subject: Subject,
        may_wait: bool,
        allowed: impl Future<Output = Outcome<()>>,
        look: impl Future<Output = Outcome<Option<T>>>,
    ) -> Outcome<Option<T>> {
        if !may_wait {
            return look.await;
        }
        allowed.await?;
        let watching = self.watch(subject).await;
        let found = look.await?;
        if found.is_none() {
            watching.wait().await;
        }
        Ok(found)
    }

    /// Lets nobody wait any longer: the server stops.
    pub fn close(&self) {
        self.0.is_over.send_replace(true);
    }

    /// How many pages wait.
    pub fn pages(&self) -> usize {
        Arc::strong_count(&self.0.waiting) - 1
    }

    /// How many subjects are watched, or were until just now.
    pub fn subjects(&self) -> usize {
        self.0.subjects().len()
    }

    /// Starts to look. It ends with [`close`](Self::close).
    pub fn start(&self, services: &Services) -> JoinHandle<()> {
        let (lookout, services) = (self.clone(), services.clone());
        let (loops, over) = (services.work.loops.clone(), self.0.is_over.subscribe());
        tokio::spawn(loops.keep_running(LOOP, 1, over, move |own| look(lookout.clone(), services.clone(), own)))
    }

    /// Those that pages watch, or did until just now.
    fn watched(&self) -> Vec<Subject> {
        let now = Instant::now();
        let mut subjects = self.0.subjects();
        subjects.retain(|_, subscribed| {
            if subscribed.mark.receiver_count() > 0 {
                subscribed.left_at = None;
            } else if subscribed.left_at.is_none() {
                subscribed.left_at = Some(now);
            }
            subscribed.left_at.is_none_or(|left_at| now - left_at < KEPT)
        });
        subjects.keys().copied().collect()
    }

    fn tell(&self, subject: Subject, mark: Mark) {
        if let Some(subscribed) = self.0.subjects().get(&subject) {
            subscribed
                .mark
                .send_if_modified(|known| known.replace(mark) != Some(mark));
        }
    }
}

impl Place {
    fn subjects(&self) -> MutexGuard<'_, HashMap<Subject, Subscribed>> {
        // Nothing under the lock can leave it half done.
        self.subjects.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page's place at the lookout. Dropping it leaves.
#[derive(Debug)]
struct Watching {
    known: Option<Mark>,
    marks: watch::Receiver<Option<Mark>>,
    place: Arc<Place>,
}

impl Watching {
    /// Returns when there may be news, after [`LONGEST_WAIT`] at the latest.
    async fn wait(mut self) {
        let known = self.known;
        let _waiting = self.place.waiting.clone();
        let mut over = self.place.is_over.subscribe();
        tokio::select! {
            // That the lookout is gone is as good a reason to ask again as news.
            _ = self.marks.wait_for(|mark| *mark != known) => {}
            _ = over.wait_for(|is_over| *is_over) => {}
            () = tokio::time::sleep(LONGEST_WAIT) => {}
        }
    }
}

async fn look(lookout: Lookout, services: Services, own: Loop) {
    let mut chore = own.chore(LOOP);
    let mut over = lookout.0.is_over.subscribe();
    while !*over.borrow() {
        services.work.traps.spring(Trap::Round, LOOP);
        let subjects = lookout.watched();
        // Its failures are told of there.
        let _ = chore.run(look_around(&lookout, &services, &subjects)).await;
        let next_look = async {
            if subjects.is_empty() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(chore.wait(LOOK_EVERY)).await;
        };
        tokio::select! {
            () = next_look => {}
            () = lookout.0.is_new.notified() => {}
            _ = over.wait_for(|is_over| *is_over) => {}
        }
    }
}

/// Looks at all of them together; where that fails, at each by itself, so that one holds up no other (F4).
async fn look_around(lookout: &Lookout, services: &Services, subjects: &[Subject]) -> Outcome<()> {
    let put_off = &services.work.put_off;
    let waiting = put_off.waiting(services.clock.now(), |piece| match piece {
        Piece::Watched(subject) => Some(subject),
        _ => None,
    });
    let mut subjects = subjects.to_vec();
    subjects.retain(|subject| !waiting.contains(subject));
    if subjects.is_empty() {
        return Ok(());
    }
    let failed = match contained_outcome(look_at(lookout, services, &subjects)).await {
        Err(error) if !error.is_passing() => error,
        done => return done,
    };
    let mut any_done = false;
    for subject in subjects {
        let one = [subject];
        let look = look_at(lookout, services, &one);
        any_done |= put_off
            .attempt(services, Piece::Watched(subject), look)
            .await?
            .is_some();
    }
    if any_done { Ok(()) } else { Err(failed) }
}

/// Five statements at most, however many pages are open.
async fn look_at(lookout: &Lookout, services: &Services, subjects: &[Subject]) -> Outcome<()> {
    let (on, now) = (services.db.reader(), services.clock.now());
    for subject in subjects {
        services.work.traps.spring(Trap::Looked, &Piece::Watched(*subject));
    }
    let people: Vec<_> = subjects.iter().filter_map(Subject::person).collect();
    let companies: Vec<_> = subjects.iter().filter_map(Subject::company).collect();
    let outage = outages::find_open(on).await?;
    for (person, mark) in reset_marks::of_people(on, &people, outage.as_ref(), now).await? {
        lookout.tell(Subject::Person(person), mark);
    }
    for (company, mark) in reset_marks::of_companies(on, &companies, outage.as_ref(), now).await? {
        lookout.tell(Subject::Company(company), mark);
    }
    Ok(())
}

impl Subject {
    fn person(&self) -> Option<UserId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Company(_) => None,
        }
    }

    fn company(&self) -> Option<CompanyId> {
        match self {
            Self::Person(_) => None,
            Self::Company(company) => Some(*company),
        }
    }
}
