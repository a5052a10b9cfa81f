//! The tab `Resets`: search, state, table, pages. A GET form, links and plain posts, so that it works the same without
//! script; hydrated it follows by itself, row by row.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use rekey_domain::attention::Attention;
use rekey_domain::id::UserId;

use crate::api::resets::{revoke_resets, trigger_reset};
use crate::texts::pages::{company as labels, user as user_texts};
use crate::texts::{resets, resets_list as texts, timeline, trouble};
use crate::ui::boundary;
use crate::ui::components::follow_list::follow_list;
use crate::ui::components::keep_asking::Asking;
use crate::ui::components::pages::Pages;
use crate::ui::components::person_button::PersonButton;
use crate::ui::components::stuck_mail::StuckMail;
use crate::ui::components::time::Time;
use crate::ui::layout::Announcer;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::resets_list::{ResetRow, ResetsPage};
use crate::wire::resets_query::{ListedState, PlaceInList, ResetsQuery, ShownResets};

/// What a row's buttons do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// **Send again**.
    SendAgain,
    /// **Revoke**.
    Revoke,
}

/// They, of all rows.
pub type Presses = Action<(Press, OnPerson), Result<(), AppError>>;

/// The panel's content. What a press did is told on top of the page.
#[component]
pub fn ResetsPanel(
    page: ResetsPage,
    done: RwSignal<Option<String>>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let query = page.query.clone();
    let zone_note = crate::texts::pages::times_are_in(&page.zone);
    let page = RwSignal::new(page);
    let presses = presses(page, follow_list(page, "#panel-resets"), done, problem);
    let stuck = Memo::new(move |_| page.with(|page| page.stuck.clone()));
    let is_empty = Memo::new(move |_| page.with(|page| page.rows.is_empty()));
    view! {
        <StuckMail stuck/>
        {view! { <Filters query=query.clone()/> }.into_any()}
        <p class="summary">
            <span>{move || page.with(|page| texts::count(page.total))}</span>
            <span class="muted">{zone_note}</span>
        </p>
        {move || {
            if is_empty.get() {
                view! { <Nothing query=query.clone()/> }.into_any()
            } else {
                view! {
                    {view! { <ResetRows page presses/> }.into_any()}
                    {view! { <BesideResets page/> }.into_any()}
                }
                    .into_any()
            }
        }}
    }
}

/// The buttons of all rows, hydrated.
pub fn presses(
    page: RwSignal<ResetsPage>,
    follow: Asking,
    done: RwSignal<Option<String>>,
    problem: RwSignal<Option<String>>,
) -> Presses {
    let announcer = Announcer::here();
    let told = StoredValue::new(None::<String>);
    let presses = Action::new(move |&(press, input): &(Press, OnPerson)| {
        let name = page.with_untracked(|page| {
            let row = page.rows.iter().find(|row| row.user == input.user);
            row.map(|row| row.person.clone()).unwrap_or_default()
        });
        told.set_value(Some(match press {
            Press::SendAgain => user_texts::reset_on_its_way(&name),
            Press::Revoke => user_texts::revoked(&name),
        }));
        async move {
            match press {
                Press::SendAgain => trigger_reset(input).await,
                Press::Revoke => revoke_resets(input).await,
            }
        }
    });
    Effect::new(move |_| match presses.value().get() {
        Some(Ok(())) => {
            let words = told.get_value().unwrap_or_default();
            problem.set(None);
            done.set(Some(words.clone()));
            announcer.say(words);
            follow.look_now();
        }
        Some(Err(AppError::NotSignedIn)) => boundary::sign_in_again(),
        Some(Err(error)) => {
            done.set(None);
            problem.set(Some(trouble::explanation(&error)));
        }
        None => (),
    });
    presses
}

/// An empty list says why.
#[component]
fn Nothing(query: ResetsQuery) -> impl IntoView {
    let words = if !query.search.is_empty() {
        labels::no_match(&query.search)
    } else if query.is_filtered() {
        texts::NO_MATCH.to_owned()
    } else {
        texts::NONE_YET.to_owned()
    };
    view! { <p>{words}</p> }
}

/// Search and state.
#[component]
fn Filters(query: ResetsQuery) -> impl IntoView {
    let shown = query.shown;
    let option = move |choice: ShownResets, words: &'static str| {
        view! { <option value=choice.word() selected=choice == shown>{words}</option> }
    };
    view! {
        <form method="get" action="/company" role="search" class="inline">
            <input type="hidden" name="tab" value="resets"/>
            <div class="field">
                <label for="q">{texts::SEARCH}</label>
                <input id="q" name="q" type="search" maxlength="100" value=query.search.clone()/>
            </div>
            <div class="field">
                <label for="state">{texts::STATE}</label>
                <select id="state" name="state">
                    {option(ShownResets::All, texts::ANY_STATE)}
                    {ListedState::ALL
                        .into_iter()
                        .map(|state| option(ShownResets::In(state), resets::badge(state.headlines()[0])))
                        .collect_view()}
                    <optgroup label=texts::NEEDS_ATTENTION>
                        {Attention::ALL
                            .iter()
                            .map(|reason| option(ShownResets::Needing(*reason), texts::needing(*reason)))
                            .collect_view()}
                    </optgroup>
                </select>
            </div>
            <button type="submit" class="secondary">{labels::APPLY}</button>
            {query.is_filtered().then(|| view! { <a href="/company?tab=resets">{labels::CLEAR}</a> })}
        </form>
    }
}

/// The table. Explicit roles keep its meaning where CSS turns rows into cards.
#[component]
pub fn ResetRows(page: RwSignal<ResetsPage>, presses: Presses) -> impl IntoView {
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    view! {
        <table role="table" aria-label=texts::RESETS class="cards">
            <thead role="rowgroup">
                <tr role="row">
                    {head(texts::PERSON)} {head(timeline::ASKED_BY)} {head(user_texts::ASKED)} {head(texts::STATE)}
                    {head(user_texts::VALID_UNTIL)} {head(texts::ACTIONS)}
                </tr>
            </thead>
            <tbody role="rowgroup">
                <For
                    each=move || page.with(|page| page.rows.clone())
                    key=|row| row.place.id
                    children=move |row| view! { <Row row page presses/> }
                />
            </tbody>
        </table>
    }
}

/// Of a reset only the state and what can be done about it change.
#[component]
fn Row(row: ResetRow, page: RwSignal<ResetsPage>, presses: Presses) -> impl IntoView {
    let id = row.place.id;
    let first = (row.headline, row.send_again, row.revoke);
    let now = Memo::new(move |before: Option<&(_, bool, bool)>| {
        page.with(|page| {
            let row = page.rows.iter().find(|row| row.place.id == id);
            row.map_or(before.copied().unwrap_or(first), |row| {
                (row.headline, row.send_again, row.revoke)
            })
        })
    });
    let headline = Memo::new(move |_| now.get().0);
    let (again, revoke) = (Memo::new(move |_| now.get().1), Memo::new(move |_| now.get().2));
    let (send_again, revoke_link) = (texts::send_again(&row.person), texts::revoke(&row.person));
    let user = row.user;
    let button = move |press: Press, words: String| {
        let (path, running) = match press {
            Press::SendAgain => ("reset", user_texts::SENDING),
            Press::Revoke => ("revoke", user_texts::REVOKING),
        };
        let (company, list) = page.with_untracked(|page| (page.company, page.query.to_url()));
        let busy = Signal::derive(move || {
            let is_its = |input: &(Press, OnPerson)| input.0 == press && input.1.user == user;
            presses.pending().get() && presses.input().with(|input| input.as_ref().is_some_and(is_its))
        });
        view! {
            <PersonButton
                input=OnPerson { company, user }
                path
                words
                running
                class="secondary"
                busy
                run=Callback::new(move |input| {
                    presses.dispatch((press, input));
                })
                list
            />
        }
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                <a href=format!("/company/users/{}", row.user)><bdi>{row.person}</bdi></a>
            </th>
            <td role="cell" data-label=timeline::ASKED_BY><bdi>{row.asked_by}</bdi></td>
            <td role="cell" data-label=user_texts::ASKED><Time moment=row.asked/></td>
            <td role="cell" data-label=texts::STATE>
                <span class="badge" data-state=move || headline.get().as_str()>
                    {move || resets::badge(headline.get())}
                </span>
            </td>
            <td role="cell" data-label=user_texts::VALID_UNTIL><Time moment=row.valid_until/></td>
            <td role="cell" data-label=texts::ACTIONS>
                <div class="row-actions">
                    {move || again.get().then(|| button(Press::SendAgain, send_again.clone()))}
                    {move || revoke.get().then(|| button(Press::Revoke, revoke_link.clone()))}
                </div>
            </td>
        </tr>
    }
}

/// The ways to the pages beside.
#[component]
pub fn BesideResets(page: RwSignal<ResetsPage>) -> impl IntoView {
    let range = Signal::derive(move || page.with(|page| labels::range(page.first, page.last(), page.total)));
    let previous = Memo::new(move |_| {
        page.with(|page| {
            let first = page.rows.first().map(|row| row.place);
            PlaceInList::previous(first, page.first).map(|place| beside(&page.query, place))
        })
    });
    let next = Memo::new(move |_| {
        page.with(|page| {
            let last = page.rows.last().map(|row| row.place);
            PlaceInList::next(last, page.last(), page.total).map(|place| beside(&page.query, place))
        })
    });
    view! { <Pages range previous next/> }
}

fn beside(query: &ResetsQuery, place: PlaceInList) -> String {
    ResetsQuery { place, ..query.clone() }.address()
}

/// What the press before did, and to whom, where that person is on the page.
pub fn was_done(page: &ResetsPage) -> Option<String> {
    let query = use_query_map();
    let done = query.with_untracked(|query| query.get("done").and_then(|word| Done::from_word(&word)))?;
    let of = query.with_untracked(|query| query.get("of").and_then(|id| id.parse::<UserId>().ok()));
    let row = page.rows.iter().find(|row| Some(row.user) == of);
    match (done, row) {
        (Done::OnItsWay, Some(row)) => Some(user_texts::reset_on_its_way(&row.person)),
        (Done::OnItsWay, None) => Some(texts::ON_ITS_WAY.to_owned()),
        (Done::Revoked, Some(row)) => Some(user_texts::revoked(&row.person)),
        (Done::Revoked, None) => Some(texts::REVOKED.to_owned()),
        _ => None,
    }
}
