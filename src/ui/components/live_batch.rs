//! The parts of a batch's page that follow by themselves, as in `live_resets`. Who was left out never changes: that table is the
//! page's.

use leptos::prelude::*;
use rekey_domain::id::{BatchId, CompanyId};
use rekey_domain::mail_reply::PlainReason;

use crate::texts::batches as texts;
use crate::texts::pages::times_are_in;
use crate::ui::components::resets_table::ResetRows;
use crate::wire::batches::{BatchPage, Part, Parts, Totals};
use crate::wire::paths;
use crate::wire::resets_list::ResetsPage;
use crate::wire::resets_query::{ResetsQuery, ShownResets};

/// Everything above the list: how far it has come, what can be shown of it, what went wrong, and what can be done.
#[component]
pub fn AboveTheList(page: BatchPage) -> impl IntoView {
    let revokes = page.revokes();
    let (company, query) = (page.list.company, page.list.query);
    view! {
        {view! { <BatchProgress totals=page.totals parts=page.parts is_revoking=page.is_revoking/> }.into_any()}
        {view! { <BatchFilters query all=page.totals.all parts=page.parts left_out=page.left_out.total/> }.into_any()}
        {view! { <BatchActions id=page.id company refused=page.refused failures=page.failures revokes/> }.into_any()}
    }
}

/// How far it has come, as a sentence and as a bar. Programs that read the page aloud get the sentence and a progress instead
/// of the bar.
#[component]
fn BatchProgress(totals: Totals, parts: Parts, is_revoking: bool) -> impl IntoView {
    let words = texts::progress(totals);
    let (said, value) = (words.clone(), words.clone());
    view! {
        <div data-live="progress">
            <p data-said-of="totals" data-said=said>{words}</p>
            <p class="visually-hidden">
                <label for="handed-over">{texts::HANDED_OVER}</label>
                <progress
                    id="handed-over"
                    max=totals.all.max(1).to_string()
                    value=totals.accepted.to_string()
                    aria-valuetext=value
                ></progress>
            </p>
            {view! { <Bar parts/> }.into_any()}
            {is_revoking.then(|| view! { <p>{texts::WITHDRAWING}</p> })}
        </div>
    }
}

/// A bar with a piece for each part, as long as the part is large. It is for the eye: the legend below says the same.
#[component]
fn Bar(parts: Parts) -> impl IntoView {
    let pieces = pieces(parts).into_iter().map(|(part, from, length)| {
        view! {
            <rect
                data-key=part.as_str()
                data-part=part.as_str()
                x=from.to_string()
                y="0"
                width=length.to_string()
                height="12"
            ></rect>
        }
    });
    view! {
        <svg class="bar" viewBox=format!("0 0 {BAR} 12") preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {pieces.collect_view()}
        </svg>
    }
}

/// How long the bar is, in units of its own.
const BAR: u64 = 1000;
/// How much of it the smallest part gets, so that one of ten thousand can be seen.
const SMALLEST: u64 = 6;

/// Where each piece begins, and how long it is; parts with nobody in them have none.
fn pieces(parts: Parts) -> Vec<(Part, u64, u64)> {
    let all: u64 = parts.iter().map(|(_, count)| count).sum();
    let shown = || parts.into_iter().filter(|(_, count)| *count > 0);
    let room = BAR - SMALLEST * shown().count() as u64;
    let (mut before, mut pieces) = (0, Vec::new());
    for (number, (part, count)) in (0..).zip(shown()) {
        let place = |counted: u64| counted * room / all.max(1);
        let from = place(before) + number * SMALLEST;
        before += count;
        pieces.push((part, from, place(before) + (number + 1) * SMALLEST - from));
    }
    pieces
}

/// The legend of the bar: each part with its number, as a link that shows it alone.
#[component]
fn BatchFilters(
    /// What is shown now.
    query: ResetsQuery,
    /// How many there are in all.
    all: u64,
    /// How many of each part.
    parts: Parts,
    /// How many were left out.
    left_out: u64,
) -> impl IntoView {
    let shown = query.shown;
    let link = |choice: ShownResets, part: Option<Part>, words: String| {
        let is_current = (choice == shown).then_some("true");
        let key = part.map_or_else(|| choice.word(), Part::as_str);
        let swatch = part.map(|part| {
            view! {
                <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                    <rect data-part=part.as_str() width="12" height="12"></rect>
                </svg>
            }
        });
        view! { <a href=query.showing(choice).address() aria-current=is_current data-key=key>{swatch} {words}</a> }
    };
    // What is shown stays there, also where nobody is left in it.
    let of_parts = parts
        .into_iter()
        .filter(|(part, count)| *count > 0 || part.shown() == shown)
        .map(|(part, count)| link(part.shown(), Some(part), texts::part(part, count)))
        .collect_view();
    view! {
        <nav class="filters legend" aria-label=texts::FILTERS data-live="filters">
            {link(ShownResets::All, None, texts::all(all))}
            {of_parts}
            {(left_out > 0).then(|| link(ShownResets::LeftOut, None, texts::left_out(left_out)))}
        </nav>
    }
}

/// Those that are shown; nothing where those who were left out are.
#[component]
pub fn ResetsOfBatch(list: ResetsPage) -> impl IntoView {
    let zone = times_are_in(&list.zone);
    let shows_resets = list.query.shown != ShownResets::LeftOut;
    view! {
        <div data-live="list">
            <p class="summary"><span class="muted">{zone}</span></p>
            {shows_resets
                .then(|| {
                    if list.rows.is_empty() {
                        view! { <p>{texts::NO_MATCH}</p> }.into_any()
                    } else {
                        view! { <ResetRows page=list says=false/> }.into_any()
                    }
                })}
        </div>
    }
}

/// What can be done with all of them: first about those that were refused, and why they were.
#[component]
fn BatchActions(
    /// Which batch.
    id: BatchId,
    /// The company that the page shows (D3).
    company: CompanyId,
    /// Whom the mail server refused.
    refused: u64,
    /// Why, the most frequent reason first.
    failures: Vec<(PlainReason, u64)>,
    /// Whether any link can still be withdrawn.
    revokes: bool,
) -> impl IntoView {
    let reasons = failures.into_iter().map(|(reason, people)| {
        view! {
            <li data-key=reason.as_str()><strong>{texts::failure(reason, people)}</strong> " " {texts::remedy(reason)}</li>
        }
    });
    let again = (refused > 0).then(|| {
        view! {
            <section class="box problem" aria-labelledby="why-refused" data-key="refused">
                <h2 id="why-refused">{texts::WHY_REFUSED}</h2>
                <ul>{reasons.collect_view()}</ul>
                <form method="post" action=paths::batch_again(id)>
                    <input type="hidden" name="company" value=company.to_string()/>
                    <button type="submit" class="secondary">{texts::again(refused)}</button>
                </form>
            </section>
        }
    });
    view! {
        <div data-live="actions">
            {again}
            <p class="actions" data-key="links">
                {revokes
                    .then(|| view! { <a href=paths::batch_revoke(id) data-key="revoke">{texts::REVOKE_ALL}</a> })}
                <a href=paths::batch_csv(id) download="" data-key="csv">{texts::DOWNLOAD}</a>
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(counts: [u64; 6]) -> Parts {
        let mut parts = Part::ALL.map(|part| (part, 0));
        for ((_, count), given) in parts.iter_mut().zip(counts) {
            *count = given;
        }
        parts
    }

    #[test]
    fn the_bar_is_filled_by_what_is_there_and_nothing_else() {
        assert_eq!(pieces(parts([0; 6])), []);
        assert_eq!(pieces(parts([0, 0, 0, 0, 39, 0])), [(Part::Refused, 0, 1000)]);
        assert_eq!(
            pieces(parts([1, 0, 0, 0, 9_999, 0])),
            [(Part::Used, 0, 6), (Part::Refused, 6, 994)]
        );
        for counts in [
            [1, 1, 1, 1, 1, 1],
            [7, 0, 2, 0, 1, 0],
            [10_000, 1, 1, 1, 1, 1],
            [3, 3, 3, 0, 0, 0],
        ] {
            let pieces = pieces(parts(counts));
            let mut place = 0;
            for (part, from, length) in pieces {
                assert_eq!(from, place, "{part:?} of {counts:?}");
                assert!(length >= SMALLEST, "{part:?} of {counts:?}");
                place += length;
            }
            assert_eq!(place, BAR, "{counts:?}");
        }
    }
}
