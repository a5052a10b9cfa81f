//! Keeps the list of resets up to date while one looks.

use leptos::prelude::*;
use rekey_domain::reset::{Headline, is_of_a_press};

use crate::api::company::load_resets_list_since;
use crate::texts::resets_list as texts;
use crate::ui::boundary;
use crate::ui::components::keep_asking::{Asking, keep_asking};
use crate::ui::layout::{Announcer, focus_if_lost, has_focus};
use crate::wire::error::AppError;
use crate::wire::resets_list::{ResetRow, ResetsPage};

/// Follows this page of the list, and says what happened in the live region. Where a button that had the focus goes away
/// with the change, the focus goes to `place`.
pub fn follow_list(page: RwSignal<ResetsPage>, place: &'static str) -> Asking {
    let announcer = Announcer::here();
    keep_asking(
        move |may_wait| {
            let (query, stamp) = page.with_untracked(|page| (page.query.to_url(), page.stamp.clone()));
            load_resets_list_since(query, stamp, may_wait)
        },
        move || page.with_untracked(|page| page.may_change),
        move |answer, is_pressed| match answer {
            // Another tab has switched: nothing of that company under the name of this one.
            Ok(Some(changed)) if page.with_untracked(|page| page.company != changed.company) => {
                boundary::load_again();
                false
            }
            Ok(Some(changed)) => {
                let said = page.with_untracked(|before| {
                    let mut news = differences(&before.rows, &changed.rows);
                    news.retain(|(_, headline)| !(is_pressed && is_of_a_press(*headline)));
                    texts::changes(&news)
                });
                let had_focus = has_focus(place);
                page.set(changed);
                if let Some(said) = said {
                    announcer.say(said);
                }
                if had_focus {
                    focus_if_lost(place);
                }
                true
            }
            Ok(None) => true,
            // Asking again would be refused again. The next press says why.
            Err(AppError::NotSignedIn | AppError::Forbidden(_) | AppError::NotFound) => {
                page.update(|page| page.may_change = false);
                false
            }
            Err(_) => false,
        },
    )
}

/// Whose reset came to which state, or is new on the page.
fn differences<'a>(before: &[ResetRow], after: &'a [ResetRow]) -> Vec<(&'a str, Headline)> {
    let is_known = |row: &ResetRow| {
        let same = before.iter().find(|known| known.place.id == row.place.id);
        same.is_some_and(|known| known.headline == row.headline)
    };
    let changed = after.iter().filter(|row| !is_known(row));
    changed.map(|row| (row.person.as_str(), row.headline)).collect()
}
