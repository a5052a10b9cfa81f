//! Keeps the list of resets up to date while one looks: it asks every 1.5 s whether something has changed, and only while
//! something can change and the page is visible.

use leptos::prelude::*;

use crate::api::company::load_resets_list_since;
use crate::texts::resets_list as texts;
use crate::ui::components::follow::EVERY;
use crate::ui::layout::{Announcer, focus_if_lost};
use crate::wire::error::AppError;
use crate::wire::resets_list::{ResetRow, ResetsPage};

/// Asks at once, when the page itself has changed something.
#[derive(Clone, Copy)]
pub struct FollowList {
    ask: Action<(), Result<Option<ResetsPage>, AppError>>,
    /// What the page itself has done is not told again.
    is_known: StoredValue<bool>,
}

impl FollowList {
    /// After a press on this page.
    pub fn look_now(self) {
        self.is_known.set_value(true);
        self.ask.dispatch(());
    }
}

/// Follows this page of the list, and says what happened in the live region. Where a button that had the focus goes away
/// with the change, the focus goes to `place`.
pub fn follow_list(page: RwSignal<ResetsPage>, place: &'static str) -> FollowList {
    let ask = Action::new(move |(): &()| {
        let (query, stamp) = page.with_untracked(|page| (page.query.to_url(), page.stamp.clone()));
        load_resets_list_since(query, stamp)
    });
    let is_known = StoredValue::new(false);
    let announcer = Announcer::here();
    Effect::new(move |_| match ask.value().get() {
        Some(Ok(Some(changed))) => {
            let said = page.with_untracked(|before| texts::changes(&differences(&before.rows, &changed.rows)));
            page.set(changed);
            if !is_known.get_value()
                && let Some(said) = said
            {
                announcer.say(said);
            }
            is_known.set_value(false);
            focus_if_lost(place);
        }
        // Asking again would be refused again. The next press says why.
        Some(Err(AppError::NotSignedIn | AppError::Forbidden(_) | AppError::NotFound)) => {
            page.update(|page| page.may_change = false);
        }
        _ => (),
    });
    let pending = ask.pending();
    Effect::new(move |_| {
        let look = move || {
            if page.with_untracked(|page| page.may_change) && !document().hidden() && !pending.get_untracked() {
                ask.dispatch(());
            }
        };
        // Without a timer the page is as it is without script.
        if let Ok(timer) = set_interval_with_handle(look, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    FollowList { ask, is_known }
}

/// Whose reset came to which state, or is new on the page.
fn differences<'a>(before: &[ResetRow], after: &'a [ResetRow]) -> Vec<(&'a str, rekey_domain::reset::Headline)> {
    let is_known = |row: &ResetRow| {
        let same = before.iter().find(|known| known.place.id == row.place.id);
        same.is_some_and(|known| known.headline == row.headline)
    };
    let changed = after.iter().filter(|row| !is_known(row));
    changed.map(|row| (row.person.as_str(), row.headline)).collect()
}
