//! The tab `[company] users`: search, filters, order, table, pages. A GET form and links, so that it works the same
//! without script; with it a search puts the parts anew that say so by `data-live` (`ui/live/search.rs`).

use leptos::prelude::*;
use rekey_domain::account::Status;
use rekey_domain::page_size::PageSize;
use rekey_domain::role::Role;

use crate::texts::pages::{self as shared, company as texts};
use crate::texts::{batches, people, resets, totals};
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::form::FormHandle;
use crate::ui::components::pages::Pages;
use crate::ui::components::select_people::{ChoosingMore, SelectionBar, Tick};
use crate::ui::components::time::Time;
use crate::ui::live::search::LiveSearch;
use crate::wire::batches::People;
use crate::wire::paths;
use crate::wire::url_query;
use crate::wire::users_query::{Place, Shown, UserSort, UsersQuery};
use crate::wire::views::{UserRow, UsersPage};

/// The id of the form that filters and order belong to.
const FORM: &str = "people";

/// The panel's content.
#[component]
pub fn UsersPanel(
    page: UsersPage,
    /// The tab's words, which name the table too.
    name: String,
    /// That of the rows, for who may choose some.
    form: FormHandle,
) -> impl IntoView {
    let (head, beside) = (head(&page), beside(&page));
    view! {
        {view! { <Filters query=page.query.clone() lists_deleted=page.shows_resets/> }.into_any()}
        {head}
        {if page.shows_resets {
            view! { <Choosing page name form/> }.into_any()
        } else {
            view! { <Found page name/> }.into_any()
        }}
        {beside}
    }
}

/// The parts that are others after a search.
#[component]
pub fn FoundParts(page: UsersPage, name: String) -> impl IntoView {
    let choosing = page.shows_resets.then(|| {
        let (on_page, total) = (on_page(&page), page.total);
        view! {
            {view! { <Narrowed query=page.query.clone()/> }.into_any()}
            {view! { <ChoosingMore on_page total/> }.into_any()}
        }
    });
    let (head, beside) = (head(&page), beside(&page));
    view! {
        <Clear query=page.query.clone()/>
        {head}
        {choosing}
        {view! { <Found page name/> }.into_any()}
        {beside}
    }
}

/// How many there are, and what else can be done with a list of people.
fn head(page: &UsersPage) -> AnyView {
    // All of them: a download has no pages.
    let download = page.shows_resets.then(|| {
        let whole = UsersQuery {
            size: PageSize::default(),
            place: Place::Start,
            ..page.query.clone()
        };
        address(paths::USERS_CSV, &whole)
    });
    view! {
        <div class="list-head" data-live="people-head">
        <p class="summary">
            <span>{texts::count(page.total)}</span>
            <span class="muted">{shared::times_are_in(&page.zone)}</span>
        </p>
        <p class="tools">
            {page.creates.then(|| view! { <a class="button" href=paths::NEW_USER>{people::INVITE}</a> })}
            {page.shows_resets.then(|| view! { <a href=paths::NEW_BATCH>{batches::RESET_SEVERAL}</a> })}
            {download.map(|to| view! { <a href=to download="">{texts::DOWNLOAD_CSV}</a> })}
        </p>
        </div>
    }
    .into_any()
}

/// The rows, or why there are none.
#[component]
fn Found(page: UsersPage, name: String) -> impl IntoView {
    view! {
        <div data-live="people">
            {if page.rows.is_empty() {
                view! { <Nobody query=page.query lists_deleted=page.shows_resets/> }.into_any()
            } else {
                view! { <Rows page name/> }.into_any()
            }}
        </div>
    }
}

/// The way back to all of them.
#[component]
fn Clear(query: UsersQuery) -> impl IntoView {
    let way = query
        .is_filtered()
        .then(|| view! { <a href=paths::USERS_TAB>{texts::CLEAR}</a> });
    view! { <span data-live="people-clear">{way}</span> }
}

fn on_page(page: &UsersPage) -> People {
    page.rows.iter().map(|row| row.id).collect()
}

/// An empty list says why.
#[component]
fn Nobody(query: UsersQuery, lists_deleted: bool) -> impl IntoView {
    // Everyone is everyone who has an account: somebody who is gone may be meant.
    let among_deleted = (lists_deleted && !query.search.is_empty() && query.shown == Shown::Everyone).then(|| {
        let deleted = UsersQuery {
            shown: Shown::Only(Status::Deleted),
            place: Place::Start,
            ..query.clone()
        };
        view! { <p><a href=address(paths::COMPANY, &deleted)>{texts::AMONG_DELETED}</a></p> }
    });
    let words = if query.search.is_empty() {
        if query.is_filtered() {
            texts::NOBODY_LIKE_THAT.to_owned()
        } else {
            texts::NOBODY.to_owned()
        }
    } else {
        texts::no_match(&query.search)
    };
    view! {
        <p>{words}</p>
        {among_deleted}
    }
}

/// Search, filters and page size. The order stays when they change; the place does not.
#[component]
fn Filters(query: UsersQuery, lists_deleted: bool) -> impl IntoView {
    let statuses = [Status::Active, Status::Invited, Status::Deleted]
        .into_iter()
        .filter(move |status| lists_deleted || *status != Status::Deleted);
    let shown = query.shown;
    let is_narrowed = query.role.is_some() || shown != Shown::Everyone;
    view! {
        <form id=FORM method="get" action=paths::COMPANY role="search" class="inline" data-search="people">
            <input type="hidden" name="tab" value="users"/>
            <div class="field">
                <label for="q">{texts::SEARCH}</label>
                <input id="q" name="q" type="search" maxlength="100" value=query.search.to_string()/>
            </div>
            // Folded where there is little room; else always open (`style/main.css`).
            <details class="fold" open=is_narrowed>
                <summary>{texts::FILTERS}</summary>
                {view! {
                    <div class="field">
                        <label for="role">{texts::ROLE}</label>
                        <select id="role" name="role">
                            <option value="" selected=query.role.is_none()>{texts::ANY_ROLE}</option>
                            {Role::ALL
                                .iter()
                                .map(|role| {
                                    let is_chosen = query.role == Some(*role);
                                    view! { <option value=role.as_str() selected=is_chosen>{shared::role(*role)}</option> }
                                })
                                .collect_view()}
                        </select>
                    </div>
                    <div class="field">
                        <label for="status">{texts::STATUS}</label>
                        <select id="status" name="status">
                            <option value="" selected=shown == Shown::Everyone>{texts::EVERYONE}</option>
                            {statuses
                                .map(|status| {
                                    let is_chosen = shown == Shown::Only(status);
                                    view! { <option value=status.as_str() selected=is_chosen>{shared::status(status)}</option> }
                                })
                                .collect_view()}
                        </select>
                    </div>
                }
                    .into_any()}
                {view! {
                    <div class="field">
                        <label for="size">{texts::ROWS}</label>
                        <select id="size" name="size">
                            {PageSize::ALL
                                .iter()
                                .map(|size| {
                                    view! { <option value=size.as_str() selected=*size == query.size>{size.as_str()}</option> }
                                })
                                .collect_view()}
                        </select>
                    </div>
                }
                    .into_any()}
                // The first button is the one that Enter presses: it keeps the order that there is.
                <button type="submit" class="secondary" name="sort" value=query.order.to_string()>{texts::APPLY}</button>
            </details>
            <Clear query/>
        </form>
        <LiveSearch/>
    }
}

/// The table with a tick in each row, and the buttons below it. The form comes back to this very page.
#[component]
fn Choosing(page: UsersPage, name: String, form: FormHandle) -> impl IntoView {
    let action = address(paths::COMPANY, &page.query);
    let (on_page, total) = (on_page(&page), page.total);
    view! {
        <form id="choosing" method="post" action=action novalidate>
            <CompanyField/>
            {view! { <Narrowed query=page.query.clone()/> }.into_any()}
            {view! { <Found page name/> }.into_any()}
            {view! { <SelectionBar on_page total form/> }.into_any()}
        </form>
    }
}

/// What narrows the list, for whoever chooses all of it.
#[component]
fn Narrowed(query: UsersQuery) -> impl IntoView {
    let hidden = [
        ("q", query.search.to_string()),
        (
            "role",
            query.role.map(|role| role.as_str().to_owned()).unwrap_or_default(),
        ),
        ("status", query.shown.word().to_owned()),
    ];
    let fields = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! { <div hidden data-live="people-narrowed">{fields.collect_view()}</div> }
}

/// The table. Explicit roles keep its meaning where CSS turns rows into cards.
#[component]
fn Rows(page: UsersPage, name: String) -> impl IntoView {
    let shows_resets = page.shows_resets;
    // Nobody who is deleted gets a link.
    let ticks = shows_resets && page.query.shown != Shown::Only(Status::Deleted);
    let order = page.query.order;
    // A column's head is a button of the form, so that it works without script and keeps search and filters.
    let head = move |sort: UserSort, words: &'static str| {
        let is_sorted = order.sort == sort;
        let direction = if order.descending { "descending" } else { "ascending" };
        view! {
            <th role="columnheader" scope="col" aria-sort=is_sorted.then_some(direction)>
                <button type="submit" class="sort" form=FORM name="sort" value=order.pressed(sort).to_string()>
                    {words}
                </button>
            </th>
        }
    };
    view! {
        <table role="table" aria-label=name class="cards people-cards">
            <thead role="rowgroup">
                <tr role="row" data-label=texts::SORT_BY>
                    {ticks.then(|| view! { <th role="columnheader" scope="col" class="tick">{batches::SELECT}</th> })}
                    {head(UserSort::Name, texts::NAME)} {head(UserSort::Email, shared::EMAIL)}
                    {head(UserSort::Role, texts::ROLE)} {head(UserSort::Status, texts::STATUS)}
                    {head(UserSort::LastSignIn, texts::LAST_SIGN_IN)}
                    {shows_resets.then(|| head(UserSort::LastReset, texts::LAST_RESET))}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {page.rows.into_iter().map(|row| view! { <Row row shows_resets ticks/> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Row(row: UserRow, shows_resets: bool, ticks: bool) -> impl IntoView {
    view! {
        <tr role="row" data-key=row.id.to_string()>
            {ticks.then(|| view! { <Tick person=row.id label=batches::select(&row.name)/> })}
            <th role="rowheader" scope="row"><a href=paths::person(row.id)><bdi>{row.name}</bdi></a></th>
            <td role="cell" data-label=shared::EMAIL><bdi>{row.email}</bdi></td>
            <td role="cell" data-label=texts::ROLE>{shared::role(row.role)}</td>
            <td role="cell" data-label=texts::STATUS>{shared::status(row.status)}</td>
            <td role="cell" data-label=texts::LAST_SIGN_IN>
                {match row.last_sign_in {
                    Some(moment) => view! { <Time moment/> }.into_any(),
                    None => view! { <span class="muted">{texts::NEVER}</span> }.into_any(),
                }}
            </td>
            {shows_resets
                .then(|| {
                    view! {
                        <td role="cell" data-label=texts::LAST_RESET>
                            {match row.last_reset {
                                Some((headline, moment)) => {
                                    view! {
                                        <span class="badge" data-state=headline.as_str()>{resets::badge(headline)}</span>
                                        " "
                                        <Time moment/>
                                    }
                                        .into_any()
                                }
                                None => view! { <span class="muted">{texts::NEVER}</span> }.into_any(),
                            }}
                        </td>
                    }
                })}
        </tr>
    }
}

/// Where this is asked.
fn address(path: &str, query: &UsersQuery) -> String {
    let pairs = query.pairs().into_iter().map(|(name, value)| match name {
        "q" => format!("{name}={}", url_query::as_value(&value)),
        // Words and ids of ours, which need none.
        _ => format!("{name}={value}"),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// The ways to the pages beside. They begin at a person, so that no row is skipped or shown twice
/// when people come and go.
fn beside(page: &UsersPage) -> AnyView {
    let link = |place: Place| {
        let query = UsersQuery {
            place,
            ..page.query.clone()
        };
        address(paths::COMPANY, &query)
    };
    let first_row = page.rows.first().map(|row| row.id);
    let last_row = page.rows.last().map(|row| row.id);
    let size = page.query.size.rows();
    let previous = first_row
        .filter(|_| page.first > 1)
        .map(|id| link(Place::Before(id, page.first.saturating_sub(size).max(1))));
    let next = last_row
        .filter(|_| page.total.goes_on_after(page.last(), page.rows.len() as u64 == size))
        .map(|id| link(Place::After(id, page.last() + 1)));
    let range = totals::range(page.first, page.last(), page.total);
    let pages = (!page.rows.is_empty()).then(|| view! { <Pages range previous next/> });
    view! { <div data-live="people-pages">{pages}</div> }.into_any()
}
