//! The tab `[company] users`: search, table, pages. A GET form and links, so that it works the same without script.

use leptos::prelude::*;
use rekey_domain::page_size::PageSize;

use crate::texts::pages::{self as shared, company as texts};
use crate::texts::resets;
use crate::ui::components::time::Time;
use crate::wire::views::{UserRow, UsersPage, UsersQuery};

/// The panel's content.
#[component]
pub fn UsersPanel(
    page: UsersPage,
    /// The tab's words, which name the table too.
    name: String,
) -> impl IntoView {
    let search = page.query.search.clone();
    view! {
        {view! { <Filters query=page.query.clone()/> }.into_any()}
        <p class="summary">
            <span>{texts::count(page.total)}</span>
            <span class="muted">{shared::times_are_in(&page.zone)}</span>
        </p>
        {if page.rows.is_empty() {
            let words = if search.is_empty() { texts::NOBODY.to_owned() } else { texts::no_match(&search) };
            view! { <p>{words}</p> }.into_any()
        } else {
            view! {
                <Rows page=page.clone() name/>
                <Pages page/>
            }
                .into_any()
        }}
    }
}

/// Search and page size.
#[component]
fn Filters(query: UsersQuery) -> impl IntoView {
    view! {
        <form method="get" action="/company" role="search" class="inline">
            <input type="hidden" name="tab" value="users"/>
            <div class="field">
                <label for="q">{texts::SEARCH}</label>
                <input id="q" name="q" type="search" maxlength="100" value=query.search.clone()/>
            </div>
            <div class="field">
                <label for="size">{texts::ROWS}</label>
                <select id="size" name="size">
                    {PageSize::ALL
                        .iter()
                        .map(|size| {
                            view! { <option value=size.rows() selected=*size == query.size>{size.rows()}</option> }
                        })
                        .collect_view()}
                </select>
            </div>
            <button type="submit" class="secondary">{texts::APPLY}</button>
            {(!query.search.is_empty()).then(|| view! { <a href="/company?tab=users">{texts::CLEAR}</a> })}
        </form>
    }
}

/// The table. Explicit roles keep its meaning where CSS turns rows into cards.
#[component]
fn Rows(page: UsersPage, name: String) -> impl IntoView {
    let shows_resets = page.shows_resets;
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    view! {
        <table role="table" aria-label=name class="cards">
            <thead role="rowgroup">
                <tr role="row">
                    {head(texts::NAME)} {head(shared::EMAIL)} {head(texts::ROLE)} {head(texts::STATUS)}
                    {head(texts::LAST_SIGN_IN)} {shows_resets.then(|| head(texts::LAST_RESET))}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {page.rows.into_iter().map(|row| view! { <Row row shows_resets/> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Row(row: UserRow, shows_resets: bool) -> impl IntoView {
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><a href=format!("/company/users/{}", row.id)><bdi>{row.name}</bdi></a></th>
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

/// `1–25 of 312`, and the ways to the pages beside.
#[component]
fn Pages(page: UsersPage) -> impl IntoView {
    let link = |number: u32| {
        let query = &page.query;
        let search = as_url_value(&query.search);
        format!("/company?tab=users&q={search}&size={}&page={number}", query.size.rows())
    };
    let number = page.query.page;
    let previous = (number > 1).then(|| link(number - 1));
    let next = (page.last() < page.total).then(|| link(number + 1));
    view! {
        <div class="paging">
            <span>{texts::range(page.first(), page.last(), page.total)}</span>
            <nav aria-label=texts::PAGES>
                {previous.map(|to| view! { <a href=to>{texts::PREVIOUS}</a> })}
                {next.map(|to| view! { <a href=to>{texts::NEXT}</a> })}
            </nav>
        </div>
    }
}

/// A search text as a value in a URL, the same on both halves.
fn as_url_value(text: &str) -> String {
    leptos_router::location::Url::escape(text)
}
