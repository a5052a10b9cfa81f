//! The tab `Resets`: the form that searches, and what it found, which follows by itself.

use leptos::prelude::*;

use crate::texts::pages::company as labels;
use crate::texts::{resets, resets_list as texts};
use crate::ui::components::live_resets::{ClearResets, ResetsOfCompany, StuckPart};
use crate::ui::live::follow::Follow;
use crate::ui::live::search::LiveSearch;
use crate::ui::pages::news::following_list;
use crate::wire::news::Followed;
use crate::wire::paths;
use crate::wire::resets_list::ResetsPage;
use crate::wire::resets_query::{ListedState, ResetsQuery, ShownResets};

/// The panel's content.
#[component]
pub fn ResetsPanel(page: ResetsPage) -> impl IntoView {
    let query = page.query.clone();
    let (of, now) = (Followed::List(query.to_url()), following_list(&page));
    view! {
        <StuckPart stuck=page.stuck.clone()/>
        {view! { <Filters query/> }.into_any()}
        <ResetsOfCompany page/>
        <Follow of now place="#panel-resets".to_owned()/>
    }
}

/// Search and state.
#[component]
fn Filters(query: ResetsQuery) -> impl IntoView {
    let shown = query.shown;
    let option = move |choice: ShownResets, words: &'static str| {
        view! { <option value=choice.word() selected=choice == shown>{words}</option> }
    };
    // What a link has narrowed the list to stays when something is searched for.
    let beside = match shown {
        ShownResets::All | ShownResets::In(_) | ShownResets::Part(_) | ShownResets::LeftOut => None,
        ShownResets::Needing(reason) => Some(texts::needing(reason)),
        ShownResets::Standing(standing) => Some(texts::standing(standing)),
    };
    view! {
        <form method="get" action=paths::COMPANY role="search" class="inline" data-search="resets">
            <input type="hidden" name="tab" value="resets"/>
            <div class="field">
                <label for="q">{texts::SEARCH}</label>
                <input id="q" name="q" type="search" maxlength="100" value=query.search.to_string()/>
            </div>
            <div class="field">
                <label for="state">{texts::STATE}</label>
                <select id="state" name="state">
                    {option(ShownResets::All, texts::ANY_STATE)}
                    {ListedState::ALL
                        .into_iter()
                        .map(|state| option(ShownResets::In(state), resets::badge(state.headlines()[0])))
                        .collect_view()}
                    {beside.map(|words| option(shown, words))}
                </select>
            </div>
            <button type="submit" class="secondary">{labels::APPLY}</button>
            <ClearResets is_filtered=query.is_filtered()/>
        </form>
        <LiveSearch/>
    }
}
