//! `/company/resets/batches/{id}`: what becomes of many at once. Links and plain posts, so that it works the same without
//! script; hydrated it follows by itself.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map};

use crate::api::batches::load_batch;
use crate::texts::batches as texts;
use crate::texts::pages::times_are_in;
use crate::ui::components::batch_lines::BatchLines;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::follow_batch::follow_batch;
use crate::ui::components::resets_table::{BesideResets, Presses, ResetRows, presses, was_done};
use crate::ui::components::result_box::{DoneBox, ProblemBox};
use crate::ui::layout::belongs_to;
use crate::ui::pages::trouble::Trouble;
use crate::wire::batches::{BatchPage as View, ShownLines};
use crate::wire::resets_list::ResetsPage;
use crate::wire::resets_query::{BatchPart, ListedState, PlaceInList, ResetsQuery, ShownResets};

/// The page.
#[component]
pub fn BatchPage() -> impl IntoView {
    let (params, search) = (use_params_map(), use_location().search);
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let page = Resource::new(move || (id(), search.get()), |(id, query)| load_batch(id, query));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Content page/> }.into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Content(page: View) -> impl IntoView {
    belongs_to(page.list.company);
    let title = texts::heading(page.kind, &page.pressed.text);
    let done = RwSignal::new(was_done(&page.list));
    let problem = RwSignal::new(None::<String>);
    let list = RwSignal::new(page.list.clone());
    let (reason, zone, left_out) = (page.reason.clone(), page.list.zone.clone(), page.left_out.clone());
    let query = page.list.query.clone();
    let page = RwSignal::new(page);
    let presses = presses(list, follow_batch(page, list), done, problem);
    view! {
        <Title text=title.clone()/>
        <DoneBox text=done/>
        <ProblemBox text=problem/>
        <h1 tabindex="-1">{title}</h1>
        {reason.map(|reason| view! { <p>{texts::because(&reason)}</p> })}
        {view! { <Progress page/> }.into_any()}
        {view! { <Filters page query=query.clone()/> }.into_any()}
        <div id="batch" tabindex="-1">
            <p class="summary"><span class="muted">{times_are_in(&zone)}</span></p>
            {view! { <Lines list presses left_out shown=query.shown/> }.into_any()}
        </div>
        {view! { <Actions page/> }.into_any()}
    }
}

/// How far it has come.
#[component]
fn Progress(page: RwSignal<View>) -> impl IntoView {
    let totals = Memo::new(move |_| page.with(|page| page.totals));
    let is_revoking = Memo::new(move |_| page.with(|page| page.is_revoking));
    view! {
        <p>
            <label for="handed-over">{texts::HANDED_OVER}</label>
            " "
            <progress
                id="handed-over"
                max=move || totals.get().all.max(1).to_string()
                value=move || totals.get().settled().to_string()
            ></progress>
        </p>
        <p>{move || texts::progress(totals.get())}</p>
        {move || is_revoking.get().then(|| view! { <p>{texts::WITHDRAWING}</p> })}
    }
}

/// Which of them are shown.
#[component]
fn Filters(page: RwSignal<View>, query: ResetsQuery) -> impl IntoView {
    let shown = query.shown;
    let link = move |choice: ShownResets, words: Signal<String>| {
        let address = ResetsQuery {
            shown: choice,
            place: PlaceInList::Start,
            ..query.clone()
        };
        view! {
            <a href=address.address() aria-current=(choice == shown).then_some("true")>
                {move || words.get()}
            </a>
        }
    };
    let plain = |words: &'static str| Signal::stored(words.to_owned());
    let left_out = Memo::new(move |_| page.with(|page| page.left_out.total));
    let link_left_out = link.clone();
    view! {
        <nav class="filters" aria-label=texts::FILTERS>
            {link(ShownResets::All, plain(texts::ALL))}
            {link(ShownResets::In(ListedState::Refused), plain(texts::REFUSED))}
            {link(ShownResets::Part(BatchPart::Waiting), plain(texts::WAITING))}
            {link(ShownResets::Part(BatchPart::NotUsed), plain(texts::NOT_USED))}
            {link(ShownResets::In(ListedState::Used), plain(texts::USED))}
            {move || {
                (left_out.get() > 0)
                    .then(|| link_left_out(ShownResets::LeftOut, Signal::derive(move || texts::left_out(left_out.get()))))
            }}
        </nav>
    }
}

/// The resets; or, where they were asked for, the people who were left out.
#[component]
fn Lines(list: RwSignal<ResetsPage>, presses: Presses, left_out: ShownLines, shown: ShownResets) -> impl IntoView {
    let is_empty = Memo::new(move |_| list.with(|list| list.rows.is_empty()));
    let heading = texts::left_out(left_out.total);
    if shown == ShownResets::LeftOut {
        return view! { <BatchLines lines=left_out heading with_reasons=true/> }.into_any();
    }
    (move || {
        if is_empty.get() {
            view! { <p>{texts::NO_MATCH}</p> }.into_any()
        } else {
            view! {
                {view! { <ResetRows page=list presses/> }.into_any()}
                {view! { <BesideResets page=list/> }.into_any()}
            }
            .into_any()
        }
    })
    .into_any()
}

/// What can be done with all of them.
#[component]
fn Actions(page: RwSignal<View>) -> impl IntoView {
    let address = page.with_untracked(|page| format!("/company/resets/batches/{}", page.id));
    let (again, revoke, download) = (
        format!("{address}/again"),
        format!("{address}/revoke"),
        format!("{address}/csv"),
    );
    let refused = Memo::new(move |_| page.with(|page| page.refused));
    let revokes = Memo::new(move |_| page.with(|page| page.living > 0 && !page.is_revoking));
    view! {
        <div class="actions">
            {move || {
                let action = again.clone();
                (refused.get() > 0)
                    .then(|| {
                        view! {
                            <form method="post" action=action>
                                <CompanyField/>
                                <button type="submit" class="secondary">{move || texts::again(refused.get())}</button>
                            </form>
                        }
                    })
            }}
            {move || {
                let to = revoke.clone();
                revokes.get().then(|| view! { <a href=to>{texts::REVOKE_ALL}</a> })
            }}
            <a href=download rel="external" download="">{texts::DOWNLOAD}</a>
        </div>
    }
}
