//! When an open page asks for news: again and again, as long as something can change and somebody looks at it. The server
//! keeps an answer back until there is news, or for 25 s. It knows nothing of what is asked.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::reactive::actions::ActionAbortHandle;

/// How soon a page asks again that got no answer, or was hidden.
const AGAIN: Duration = Duration::from_millis(1500);

/// Why a page asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Something may happen: the answer may be kept back until it does.
    News,
    /// The page itself has done something, and has told that.
    OwnPress,
}

/// Asks at once, when the page itself has changed something.
#[derive(Clone, Copy)]
pub struct Asking {
    /// Its value: whether there was an answer.
    ask: Action<Why, bool>,
    running: StoredValue<Option<ActionAbortHandle>>,
}

impl Asking {
    /// After a press on this page.
    pub fn look_now(self) {
        self.dispatch(Why::OwnPress);
    }

    fn dispatch(self, why: Why) {
        self.give_up();
        let running = self.ask.dispatch(why);
        self.running.set_value(Some(running));
    }

    /// A browser has few connections to a server, and one that waits would keep it from another page.
    fn give_up(self) {
        if let Some(Some(running)) = self.running.try_update_value(Option::take) {
            running.abort();
        }
    }
}

/// Asks `question`, given whether its answer may be kept back, while `may_change`. What comes goes to `on_answer`, with
/// whether a press on the page was why; whether that is an answer after which to ask again at once.
pub fn keep_asking<A, Fut>(
    question: impl Fn(bool) -> Fut + Send + Sync + 'static,
    may_change: impl Fn() -> bool + Copy + 'static,
    on_answer: impl Fn(A, bool) -> bool + Clone + Send + Sync + 'static,
) -> Asking
where
    A: Send + 'static,
    Fut: Future<Output = A> + Send + 'static,
{
    let ask = Action::new(move |&why: &Why| {
        let (answer, on_answer) = (question(why == Why::News), on_answer.clone());
        async move { on_answer(answer.await, why == Why::OwnPress) }
    });
    let asking = Asking {
        ask,
        running: StoredValue::new(None),
    };
    let pending = ask.pending();
    let look = move || {
        if document().hidden() {
            asking.give_up();
        } else if may_change() && !pending.get_untracked() {
            asking.dispatch(Why::News);
        }
    };
    Effect::new(move |_| {
        if ask.value().get() == Some(true) {
            look();
        }
    });
    Effect::new(move |_| {
        look();
        let shown = window_event_listener(ev::visibilitychange, move |_| look());
        on_cleanup(move || {
            shown.remove();
            asking.give_up();
        });
        // Without a timer the page is as it is without script: it has its link `Refresh`.
        if let Ok(timer) = set_interval_with_handle(look, AGAIN) {
            on_cleanup(move || timer.clear());
        }
    });
    asking
}
