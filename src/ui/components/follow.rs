//! Keeps the resets on a person's page up to date while one looks.

use leptos::prelude::*;
use rekey_domain::id::UserId;
use rekey_domain::reset::{Headline, is_of_a_press};

use crate::api::users::load_resets_since;
use crate::texts::resets as texts;
use crate::ui::components::keep_asking::{Asking, keep_asking};
use crate::ui::layout::{Announcer, focus_if_lost};
use crate::wire::error::AppError;
use crate::wire::views::LiveResets;

/// Follows the resets of this person, and says what happened to them in the live region. Where a button that had the
/// focus goes away with the change, the focus goes to `place`.
pub fn follow(id: UserId, name: String, resets: RwSignal<Option<LiveResets>>, place: &'static str) -> Asking {
    let announcer = Announcer::here();
    keep_asking(
        move |may_wait| {
            let stamp = resets.with_untracked(|resets| resets.as_ref().map(|resets| resets.stamp.clone()));
            load_resets_since(id, stamp.unwrap_or_default(), may_wait)
        },
        move || resets.with_untracked(|resets| resets.as_ref().is_some_and(|resets| resets.may_change)),
        move |answer, is_pressed| match answer {
            Ok(Some(changed)) => {
                let before = resets.with_untracked(|resets| resets.as_ref().and_then(newest));
                let after = newest(&changed);
                resets.set(Some(changed));
                // A step more under the same headline is seen, and not told.
                if after != before
                    && let Some((_, headline)) = after
                    && !(is_pressed && is_of_a_press(headline))
                {
                    announcer.say(texts::news(&name, headline));
                }
                focus_if_lost(place);
                true
            }
            Ok(None) => true,
            // Asking again would be refused again. The next press says why.
            Err(AppError::NotSignedIn | AppError::Forbidden(_) | AppError::NotFound) => {
                resets.update(|resets| {
                    if let Some(resets) = resets {
                        resets.may_change = false;
                    }
                });
                false
            }
            Err(_) => false,
        },
    )
}

/// Which reset is the newest, and what is said of it.
fn newest(resets: &LiveResets) -> Option<(String, Headline)> {
    let latest = resets.latest.as_ref()?;
    Some((latest.reference.clone(), latest.headline))
}
