//! Keeps the resets on a person's page up to date while one looks: it asks every 1.5 s whether something has changed,
//! and only while something can change and the page is visible.

use std::time::Duration;

use leptos::prelude::*;
use rekey_domain::id::UserId;

use crate::api::users::load_resets_since;
use crate::texts::resets as texts;
use crate::ui::layout::{Announcer, focus_if_lost};
use crate::wire::error::AppError;
use crate::wire::views::LiveResets;

/// A change is seen within 2 s of the event, the way there and back included.
pub const EVERY: Duration = Duration::from_millis(1500);

/// Asks at once, when the page itself has changed something.
#[derive(Clone, Copy)]
pub struct Follow {
    ask: Action<(), Result<Option<LiveResets>, AppError>>,
    /// What the page itself has done is not told again.
    is_known: StoredValue<bool>,
}

impl Follow {
    /// After a press on this page.
    pub fn look_now(self) {
        self.is_known.set_value(true);
        self.ask.dispatch(());
    }
}

/// Follows the resets of this person, and says what happened to them in the live region. Where a button that had the
/// focus goes away with the change, the focus goes to `place`.
pub fn follow(id: UserId, name: String, resets: RwSignal<Option<LiveResets>>, place: &'static str) -> Follow {
    let ask = Action::new(move |(): &()| {
        let stamp = resets.with_untracked(|resets| resets.as_ref().map(|resets| resets.stamp.clone()));
        load_resets_since(id, stamp.unwrap_or_default())
    });
    let is_known = StoredValue::new(false);
    let announcer = Announcer::here();
    Effect::new(move |_| match ask.value().get() {
        Some(Ok(Some(changed))) => {
            let headline = changed.latest.as_ref().map(|latest| latest.headline);
            resets.set(Some(changed));
            if !is_known.get_value()
                && let Some(headline) = headline
            {
                announcer.say(texts::news(&name, headline));
            }
            is_known.set_value(false);
            focus_if_lost(place);
        }
        // Asking again would be refused again. The next press says why.
        Some(Err(AppError::NotSignedIn | AppError::Forbidden(_) | AppError::NotFound)) => {
            resets.update(|resets| {
                if let Some(resets) = resets {
                    resets.may_change = false;
                }
            });
        }
        _ => (),
    });
    let pending = ask.pending();
    Effect::new(move |_| {
        let look = move || {
            let may_change = resets.with_untracked(|resets| resets.as_ref().is_some_and(|resets| resets.may_change));
            if may_change && !document().hidden() && !pending.get_untracked() {
                ask.dispatch(());
            }
        };
        // Without a timer the page is as it is without script: it has its link `Refresh`.
        if let Ok(timer) = set_interval_with_handle(look, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    Follow { ask, is_known }
}
