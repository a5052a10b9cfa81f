//! The application's only dialog: two minutes before a session ends for want of activity, and five before it ends anyway
//! (WCAG 2.2.1). Without script it stays closed, and the server just ends the session.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::api::session::{load_session_left, stay_signed_in};
use crate::texts::account as texts;
use crate::ui::live::browser;
use crate::wire::account::SessionLeft;
use crate::wire::answer::Trouble;

/// The id of the dialog.
pub const DIALOG: &str = "still-there-dialog";
/// The id of the button that keeps the session.
pub const STAY: &str = "stay-signed-in";
/// The id of the line that says why the dialog is there.
pub const WHY: &str = "why-still-there";
/// Before the idle end, in seconds.
const IDLE_WARNING: u64 = 2 * 60;
/// Before the absolute end, in seconds.
const ABSOLUTE_WARNING: u64 = 5 * 60;
/// The longest wait between two looks: a machine may sleep meanwhile, and another tab may have been active.
const LONGEST_WAIT: u64 = 10 * 60;

/// What comes next for the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Look again after so many seconds.
    Wait(u64),
    /// It ends in so many seconds for want of activity.
    WarnIdle(u64),
    /// It ends in so many seconds whatever happens.
    WarnAbsolute(u64),
}

impl Next {
    fn of(left: SessionLeft, warned_absolute: bool) -> Self {
        if left.idle_seconds <= IDLE_WARNING && left.idle_seconds < left.absolute_seconds {
            return Self::WarnIdle(left.idle_seconds);
        }
        if left.absolute_seconds <= ABSOLUTE_WARNING && !warned_absolute {
            return Self::WarnAbsolute(left.absolute_seconds);
        }
        let until_idle = left.idle_seconds.saturating_sub(IDLE_WARNING);
        let until_absolute = if warned_absolute {
            left.absolute_seconds
        } else {
            left.absolute_seconds.saturating_sub(ABSOLUTE_WARNING)
        };
        Self::Wait(until_idle.min(until_absolute).clamp(1, LONGEST_WAIT))
    }
}

/// Watches over the session of whoever is signed in. The dialog stands in the page.
#[island]
pub fn IdleWarning(
    /// As of the rendering of the page.
    left: SessionLeft,
) -> impl IntoView {
    let is_idle = StoredValue::new(true);
    let warned_absolute = StoredValue::new(false);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let known = RwSignal::new(left);
    let take = move |answer: Result<SessionLeft, Trouble>| match answer {
        Ok(left) => known.set(left),
        // What was typed here stays, and its form says how to go on.
        Err(trouble) if trouble.is_signed_out() && browser::has_typed() => close(),
        Err(trouble) if trouble.is_signed_out() => browser::session_ended(),
        // No connection: look again a little later.
        Err(_) => known.set(SessionLeft {
            idle_seconds: IDLE_WARNING + 30,
            ..known.get_untracked()
        }),
    };
    Effect::new(move |_| {
        let wait = match Next::of(known.get(), warned_absolute.get_value()) {
            Next::Wait(seconds) => {
                close();
                seconds
            }
            Next::WarnIdle(seconds) => {
                is_idle.set_value(true);
                open(&texts::ends_idle(seconds.div_ceil(60)));
                seconds + 1
            }
            Next::WarnAbsolute(seconds) => {
                is_idle.set_value(false);
                warned_absolute.set_value(true);
                open(&texts::ends_anyway(seconds.div_ceil(60)));
                seconds + 1
            }
        };
        let look = move || spawn_local(async move { take(load_session_left().await) });
        if let Some(Some(before)) = waiting.try_update_value(Option::take) {
            before.clear();
        }
        waiting.set_value(set_timeout_with_handle(look, Duration::from_secs(wait)).ok());
    });
    let stay_here = move || {
        close();
        if is_idle.get_value() {
            spawn_local(async move { take(stay_signed_in().await) });
        }
    };
    Effect::new(move |_| {
        window_event_listener(ev::click, move |event| {
            let pressed = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            if pressed.is_some_and(|pressed| pressed.id() == STAY) {
                stay_here();
            }
        });
        // Any other way to close it does the same, such as the key that leads back on a phone.
        if let Some(dialog) = dialog() {
            let stay = Closure::<dyn Fn(web_sys::Event)>::new(move |_| stay_here()).into_js_value();
            dialog.set_oncancel(stay.dyn_ref());
        }
        // A browser may close a dialog by Escape without asking, when nobody has touched the page.
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && dialog().is_some_and(|dialog| dialog.open()) {
                event.prevent_default();
                stay_here();
            }
        });
    });
}

fn dialog() -> Option<web_sys::HtmlDialogElement> {
    document().get_element_by_id(DIALOG)?.dyn_into().ok()
}

/// `showModal` moves the focus to the first button, and keeps it inside.
fn open(words: &str) {
    if let Some(place) = document().get_element_by_id(WHY) {
        place.set_text_content(Some(words));
    }
    if let Some(dialog) = dialog()
        && !dialog.open()
    {
        // Refused only while it is open already.
        let _ = dialog.show_modal();
    }
}

/// The browser gives the focus back to where it was.
fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e4_the_warning_comes_two_minutes_before_the_idle_end_and_five_before_the_absolute_one() {
        let left = |idle_seconds, absolute_seconds| SessionLeft {
            idle_seconds,
            absolute_seconds,
        };
        assert_eq!(Next::of(left(1800, 28_800), false), Next::Wait(600));
        assert_eq!(Next::of(left(300, 28_800), false), Next::Wait(180));
        assert_eq!(Next::of(left(120, 28_800), false), Next::WarnIdle(120));
        assert_eq!(Next::of(left(1800, 300), false), Next::WarnAbsolute(300));
        assert_eq!(Next::of(left(1800, 300), true), Next::Wait(300));
    }
}
