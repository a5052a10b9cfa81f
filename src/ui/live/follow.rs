//! The island of a page that follows what becomes of resets: as long as something can change and somebody looks at the page, it
//! asks a server function for news, puts them in place, and says them in the page's live region. The server keeps an answer back
//! until there is news, or for 25 s. The page holds the words to
//! announce in `data-said`, and what they are about in `data-said-of`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures::future::{AbortHandle, abortable};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::resets::{load_batch_since, load_dashboard_since, load_resets_list_since, load_resets_since};
use crate::texts::resets_list::changes;
use crate::ui::live::browser::{PRESSED, RESULT, SEARCHED, all, announce, heard, load_again};
use crate::ui::live::parts::put;
use crate::wire::answer::Trouble;
use crate::wire::news::{Followed, Following, News};

/// How soon a page asks again that got no answer, or was hidden.
const AGAIN: Duration = Duration::from_millis(1500);
/// The shortest time between two announcements of how far a batch has come.
const SAID_EVERY: Duration = Duration::from_secs(5);
/// So long a page leaves alone what it has told of a press, before it tells there what became of it, in milliseconds.
const TOLD_FOR: u16 = 1500;

/// Why a page asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Something can change.
    Looked,
    /// A press on it was answered.
    Pressed,
    /// The list is narrowed.
    Searched,
}

/// Something that can be said aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    /// Of what: a reset, or all of them.
    of: String,
    /// The sentence.
    words: String,
    /// The same in a word of small letters, for where many are counted.
    badge: String,
    /// It comes of a press, which was answered already where the press was made on this page.
    is_of_press: bool,
}

/// It shows nothing itself: the parts that follow are the page's, and say so by `data-live`.
#[island]
pub fn Follow(
    /// What the page follows.
    of: Followed,
    /// As of the rendering.
    now: Following,
    /// Where the focus goes when what had it goes away: the first element of this selector.
    place: String,
) -> impl IntoView {
    // An effect runs in a browser only. It lives as long as its document.
    Effect::new(move |_| {
        let follower = Follower {
            of: RefCell::new(of.clone()),
            place: place.clone(),
            now: RefCell::new(now.clone()),
            running: RefCell::default(),
            said: RefCell::new(sayings()),
            says_later: Cell::default(),
            pressed_at: Cell::default(),
            newest: RefCell::default(),
        };
        Rc::new(follower).start();
    });
}

/// A page that follows.
struct Follower {
    of: RefCell<Followed>,
    place: String,
    now: RefCell<Following>,
    /// The question that is under way.
    running: RefCell<Option<AbortHandle>>,
    /// What was said, or could be when the page came.
    said: RefCell<Vec<Said>>,
    says_later: Cell<bool>,
    /// When the last press was answered, in milliseconds.
    pressed_at: Cell<f64>,
    /// The parts as they came last.
    newest: RefCell<String>,
}

impl Follower {
    fn start(self: Rc<Self>) {
        self.look();
        let follower = Rc::clone(&self);
        window_event_listener(ev::visibilitychange, move |_| follower.look());
        let follower = Rc::clone(&self);
        // A press on this page was answered.
        window_event_listener_untyped(PRESSED, move |event| {
            follower.go_on_at(&heard(event));
            follower.pressed_at.set(js_sys::Date::now());
            follower.ask(Why::Pressed);
        });
        let follower = Rc::clone(&self);
        window_event_listener_untyped(SEARCHED, move |event| {
            follower.go_on_at(&heard(event));
            follower.ask(Why::Searched);
        });
        // Without a timer the page is as it is without script: it has its link `Refresh`.
        let _ = set_interval_with_handle(move || self.look(), AGAIN);
    }

    /// A list goes on as that of this address: after a press it is the one with the pressed row in it, whatever became of that.
    fn go_on_at(&self, address: &str) {
        let Some((_, asked)) = address.split_once('?') else {
            return;
        };
        match &mut *self.of.borrow_mut() {
            Followed::Dashboard | Followed::Person(_) => (),
            Followed::List(query) | Followed::Batch(_, query) => asked.clone_into(query),
        }
    }

    /// Asks, where that makes sense and is not done already.
    fn look(self: &Rc<Self>) {
        if document().hidden() {
            self.give_up();
        } else if self.now.borrow().may_change && self.running.borrow().is_none() {
            self.ask(Why::Looked);
        }
    }

    /// Asks, after a press or a search for an answer at once.
    fn ask(self: &Rc<Self>, why: Why) {
        self.give_up();
        let (stamp, may_wait) = {
            let now = self.now.borrow();
            match why {
                Why::Looked => (now.stamp.clone(), !now.is_under_way),
                // What a press has come to is told, also where the page shows the same as before; and of another list the same
                // rows may be the first.
                Why::Pressed | Why::Searched => (String::new(), false),
            }
        };
        let (question, handle) = abortable(ask(self.of.borrow().clone(), stamp, may_wait));
        *self.running.borrow_mut() = Some(handle);
        let follower = Rc::clone(self);
        spawn_local(async move {
            // Else it was given up, and another one may be under way.
            if let Ok(answer) = question.await {
                *follower.running.borrow_mut() = None;
                if follower.take(answer, why) {
                    follower.look();
                }
            }
        });
    }

    /// A browser has few connections to a server, and one that waits would keep it from another page.
    fn give_up(&self) {
        if let Some(running) = self.running.borrow_mut().take() {
            running.abort();
        }
    }

    /// Shows what has come; whether to ask again at once.
    fn take(self: &Rc<Self>, answer: Result<Option<News>, Trouble>, why: Why) -> bool {
        match answer {
            Ok(Some(News { html, now })) => {
                if now.company != self.now.borrow().company {
                    // Another tab has switched: nothing of that company under the name of this one.
                    load_again();
                    return false;
                }
                *self.now.borrow_mut() = now;
                self.put(html);
                if why == Why::Searched {
                    self.say_how_many();
                } else {
                    self.say(why == Why::Pressed);
                }
            }
            Ok(None) => {}
            Err(trouble) => {
                // Asking again would be refused again. The next press says why.
                if trouble.is_final() {
                    self.now.borrow_mut().may_change = false;
                }
                return false;
            }
        }
        !self.now.borrow().is_under_way
    }

    /// Puts the parts in place, what tells of a press a moment after it.
    fn put(self: &Rc<Self>, html: String) {
        let is_told = js_sys::Date::now() - self.pressed_at.get() < f64::from(TOLD_FOR);
        put(&html, &self.place, |name| !(is_told && name == RESULT));
        *self.newest.borrow_mut() = html;
        if is_told {
            let follower = Rc::clone(self);
            let tell = move || put(&follower.newest.borrow(), &follower.place, |name| name == RESULT);
            set_timeout(tell, Duration::from_millis(TOLD_FOR.into()));
        }
    }

    /// After a search nothing has happened: it says how many were found.
    fn say_how_many(&self) {
        self.said.replace(sayings());
        let found = document()
            .query_selector("[data-live=list] .summary span")
            .ok()
            .flatten();
        if let Some(found) = found {
            announce(&found.text_content().unwrap_or_default());
        }
    }

    /// Says what is new, of a batch not more often than every few seconds.
    fn say(self: &Rc<Self>, is_pressed: bool) {
        if !matches!(*self.of.borrow(), Followed::Batch(..)) {
            self.say_now(is_pressed);
        } else if !self.says_later.replace(true) {
            let follower = Rc::clone(self);
            let say = move || {
                follower.says_later.set(false);
                follower.say_now(false);
            };
            set_timeout(say, SAID_EVERY);
        }
    }

    /// Says what is new since it was last said.
    fn say_now(&self, is_pressed: bool) {
        let now = sayings();
        let before = self.said.replace(now.clone());
        let is_new = |one: &&Said| !(before.contains(one) || is_pressed && one.is_of_press);
        let news: Vec<_> = now
            .iter()
            .filter(is_new)
            .map(|one| (&*one.words, &*one.badge))
            .collect();
        if let Some(words) = changes(&news) {
            announce(&words);
        }
    }
}

async fn ask(of: Followed, stamp: String, may_wait: bool) -> Result<Option<News>, Trouble> {
    match of {
        Followed::Dashboard => load_dashboard_since(stamp, may_wait).await,
        Followed::Person(id) => load_resets_since(id, stamp, may_wait).await,
        Followed::List(query) => load_resets_list_since(query, stamp, may_wait).await,
        Followed::Batch(id, query) => load_batch_since(id, query, stamp, may_wait).await,
    }
}

/// All that the page could say by now.
fn sayings() -> Vec<Said> {
    let Some(body) = document().body() else {
        return Vec::new();
    };
    let text = |element: &web_sys::Element, name: &str| element.get_attribute(name).unwrap_or_default();
    all::<web_sys::Element>(&body, "[data-said]")
        .iter()
        .map(|element| Said {
            of: text(element, "data-said-of"),
            words: text(element, "data-said"),
            badge: text(element, "data-badge"),
            is_of_press: element.has_attribute("data-of-press"),
        })
        .collect()
}
