//! The parts of a batch's page that follow by themselves, as in `live_resets`. Who was left out never changes: that table is the
//! page's.

use leptos::prelude::*;
use rekey_domain::id::{BatchId, CompanyId};

use crate::texts::batches as texts;
use crate::texts::pages::times_are_in;
use crate::ui::components::resets_table::ResetRows;
use crate::wire::batches::Totals;
use crate::wire::resets_list::ResetsPage;
use crate::wire::resets_query::{BatchPart, ListedState, PlaceInList, ResetsQuery, ShownResets};

/// How far it has come.
#[component]
pub fn BatchProgress(totals: Totals, is_revoking: bool) -> impl IntoView {
    let words = texts::progress(totals);
    let said = words.clone();
    view! {
        <div data-live="progress">
            <p>
                <label for="handed-over">{texts::HANDED_OVER}</label>
                " "
                <progress
                    id="handed-over"
                    max=totals.all.max(1).to_string()
                    value=totals.settled().to_string()
                ></progress>
            </p>
            <p data-said-of="totals" data-said=said>{words}</p>
            {is_revoking.then(|| view! { <p>{texts::WITHDRAWING}</p> })}
        </div>
    }
}

/// Which of its resets are shown.
#[component]
pub fn BatchFilters(
    /// What is shown now.
    query: ResetsQuery,
    /// How many were left out.
    left_out: u64,
) -> impl IntoView {
    let shown = query.shown;
    let link = move |choice: ShownResets, words: String| {
        let address = ResetsQuery {
            shown: choice,
            place: PlaceInList::Start,
            ..query.clone()
        };
        let is_current = (choice == shown).then_some("true");
        view! { <a href=address.address() aria-current=is_current>{words}</a> }
    };
    view! {
        <nav class="filters" aria-label=texts::FILTERS data-live="filters">
            {link(ShownResets::All, texts::ALL.to_owned())}
            {link(ShownResets::In(ListedState::Refused), texts::REFUSED.to_owned())}
            {link(ShownResets::Part(BatchPart::Waiting), texts::WAITING.to_owned())}
            {link(ShownResets::Part(BatchPart::NotUsed), texts::NOT_USED.to_owned())}
            {link(ShownResets::In(ListedState::Used), texts::USED.to_owned())}
            {(left_out > 0).then(|| link(ShownResets::LeftOut, texts::left_out(left_out)))}
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

/// What can be done with all of them.
#[component]
pub fn BatchActions(
    /// Which batch.
    id: BatchId,
    /// The company that the page shows (D3).
    company: CompanyId,
    /// Whom the mail server refused.
    refused: u64,
    /// Whether any link can still be withdrawn.
    revokes: bool,
) -> impl IntoView {
    let address = format!("/company/resets/batches/{id}");
    view! {
        <div class="actions" data-live="actions">
            {(refused > 0)
                .then(|| {
                    view! {
                        <form method="post" action=format!("{address}/again") data-key="again">
                            <input type="hidden" name="company" value=company.to_string()/>
                            <button type="submit" class="secondary">{texts::again(refused)}</button>
                        </form>
                    }
                })}
            {revokes
                .then(|| view! { <a href=format!("{address}/revoke") data-key="revoke">{texts::REVOKE_ALL}</a> })}
            <a href=format!("{address}/csv") download="" data-key="csv">{texts::DOWNLOAD}</a>
        </div>
    }
}
