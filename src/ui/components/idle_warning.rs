//! The application's only dialog: two minutes before a session ends for want of activity, and five before it ends anyway
//! (WCAG 2.2.1). Without script it stays closed, and the server just ends the session.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use crate::api::account::{load_session_left, stay_signed_in};
use crate::texts::account as texts;
use crate::ui::boundary;
use crate::wire::account::SessionLeft;
use crate::wire::error::AppError;

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

/// Watches over the session of whoever is signed in.
#[component]
pub fn IdleWarning(
    /// As of the rendering of the page.
    left: SessionLeft,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let words = RwSignal::new(String::new());
    let is_idle = RwSignal::new(true);
    let warned_absolute = StoredValue::new(false);
    let known = RwSignal::new(left);
    let look = Action::new(|(): &()| load_session_left());
    let stay = Action::new(|(): &()| stay_signed_in());

    let take = move |answer: Result<SessionLeft, AppError>| match answer {
        Ok(left) => known.set(left),
        Err(AppError::NotSignedIn) => boundary::session_ended(),
        // No connection: look again a little later.
        Err(_) => known.set(SessionLeft {
            idle_seconds: IDLE_WARNING + 30,
            ..known.get_untracked()
        }),
    };
    Effect::new(move |_| {
        if let Some(answer) = look.value().get() {
            take(answer);
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = stay.value().get() {
            take(answer);
        }
    });
    Effect::new(move |_| {
        let wait = match Next::of(known.get(), warned_absolute.get_value()) {
            Next::Wait(seconds) => {
                close(dialog);
                seconds
            }
            Next::WarnIdle(seconds) => {
                is_idle.set(true);
                words.set(texts::ends_idle(seconds.div_ceil(60)));
                open(dialog);
                seconds + 1
            }
            Next::WarnAbsolute(seconds) => {
                is_idle.set(false);
                warned_absolute.set_value(true);
                words.set(texts::ends_anyway(seconds.div_ceil(60)));
                open(dialog);
                seconds + 1
            }
        };
        set_timeout(
            move || {
                look.dispatch(());
            },
            Duration::from_secs(wait),
        );
    });
    let stay_here = move || {
        close(dialog);
        if is_idle.get_untracked() {
            stay.dispatch(());
        }
    };
    // A browser may close a dialog by Escape without asking, when nobody has touched the page.
    let on_key = move |event: leptos::web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            stay_here();
        }
    };
    view! {
        <dialog node_ref=dialog on:keydown=on_key aria-labelledby="still-there" on:cancel=move |_: leptos::web_sys::Event| stay_here()>
            <h2 id="still-there">{texts::STILL_THERE}</h2>
            <p>{move || words.get()}</p>
            <div class="actions">
                <button type="button" class="primary" autofocus on:click=move |_| stay_here()>{texts::STAY}</button>
                <form method="post" action="/logout">
                    <button type="submit" class="secondary">{texts::SIGN_OUT_NOW}</button>
                </form>
            </div>
        </dialog>
    }
}

/// `showModal` moves the focus to the first button, and keeps it inside.
fn open(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked()
        && !dialog.open()
    {
        // Refused only while it is open already.
        let _ = dialog.show_modal();
    }
}

/// The browser gives the focus back to where it was.
fn close(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
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
