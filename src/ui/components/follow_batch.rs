//! Keeps the page of a batch up to date while one looks. Said are totals only, and not more often than every 5 s.

use std::time::Duration;

use leptos::prelude::*;

use crate::api::batches::load_batch_since;
use crate::texts::batches as texts;
use crate::ui::boundary;
use crate::ui::components::keep_asking::{Asking, keep_asking};
use crate::ui::layout::{Announcer, focus_if_lost, has_focus};
use crate::wire::batches::BatchPage;
use crate::wire::error::AppError;
use crate::wire::resets_list::ResetsPage;

/// The shortest time between two announcements.
const SAID_EVERY: Duration = Duration::from_secs(5);

/// Follows this page; its list goes to `list`.
pub fn follow_batch(page: RwSignal<BatchPage>, list: RwSignal<ResetsPage>) -> Asking {
    let say = say_totals(page);
    keep_asking(
        move |may_wait| {
            let (id, query, stamp, is_under_way) = page.with_untracked(|page| {
                let query = page.list.query.to_url();
                (page.id.to_string(), query, page.stamp.clone(), page.is_under_way)
            });
            load_batch_since(id, query, stamp, may_wait && !is_under_way)
        },
        move || page.with_untracked(BatchPage::may_change),
        move |answer, _| match answer {
            // Another tab has switched: nothing of that company under the name of this one.
            Ok(Some(changed)) if page.with_untracked(|page| page.list.company != changed.list.company) => {
                boundary::load_again();
                false
            }
            Ok(Some(changed)) => {
                let had_focus = has_focus("#batch");
                list.set(changed.list.clone());
                page.set(changed);
                say();
                if had_focus {
                    focus_if_lost("#batch");
                }
                !page.with_untracked(|page| page.is_under_way)
            }
            Ok(None) => !page.with_untracked(|page| page.is_under_way),
            // Asking again would be refused again. The next press says why.
            Err(AppError::NotSignedIn | AppError::Forbidden(_) | AppError::NotFound) => {
                page.update(|page| {
                    page.is_under_way = false;
                    page.living = 0;
                    page.totals.waiting = 0;
                });
                false
            }
            Err(_) => false,
        },
    )
}

/// Says how far it has come, where that has changed since it was last said; what changes within 5 s is said once.
fn say_totals(page: RwSignal<BatchPage>) -> impl Fn() + Clone + Send + Sync + 'static {
    let announcer = Announcer::here();
    let said = StoredValue::new(page.with_untracked(|page| page.totals));
    let waits = StoredValue::new(false);
    let say = move || {
        let totals = page.with_untracked(|page| page.totals);
        if said.get_value() != totals {
            said.set_value(totals);
            announcer.say(texts::progress(totals));
        }
    };
    move || {
        if !waits.get_value() {
            waits.set_value(true);
            set_timeout(
                move || {
                    // The page may be gone by now.
                    if waits.try_set_value(false).is_none() {
                        say();
                    }
                },
                SAID_EVERY,
            );
        }
    }
}
