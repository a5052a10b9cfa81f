//! The tab `Activity`: search, days, table, pages, and the ways to download it. A GET form and links, the same without script.

use leptos::prelude::*;
use rekey_domain::id::ActivityId;

use crate::texts::pages::company as labels;
use crate::texts::{activity as texts, totals};
use crate::ui::components::pages::Pages;
use crate::ui::components::time::Time;
use crate::wire::activity::{ActivityPage, ActivityQuery, ActivityRow};
use crate::wire::list_place::PageStart;
use crate::wire::paths;

/// The panel's content.
#[component]
pub fn ActivityPanel(page: ActivityPage) -> impl IntoView {
    let query = page.query.clone();
    let zone_note = crate::texts::pages::times_are_in(&page.zone);
    let filters = query.filters();
    let filters = filters.trim_start_matches('&').to_owned();
    let download = move |whole: &str| format!("{whole}?{filters}");
    let beside = move |query: &ActivityQuery, place: Option<PageStart<ActivityId>>| {
        place.map(|place| {
            let query = ActivityQuery { place, ..query.clone() };
            format!("{}?{}", paths::COMPANY, query.to_url())
        })
    };
    let (first, last) = (page.rows.first(), page.rows.last());
    let previous = beside(&query, PageStart::previous(first.map(|row| row.place), page.first));
    let next = beside(
        &query,
        PageStart::next(last.map(|row| row.place), page.last(), page.rows.len(), page.total),
    );
    let range = totals::range(page.first, page.last(), page.total);
    view! {
        {view! { <Filters query=query.clone()/> }.into_any()}
        <p class="summary">
            <span>{texts::count(page.total)}</span>
            <a href=download(paths::ACTIVITY_CSV) download="">{labels::DOWNLOAD_CSV}</a>
            <a href=download(paths::ACTIVITY_JSON_LINES) download="">{texts::DOWNLOAD_JSON_LINES}</a>
            <span class="muted">{zone_note}</span>
        </p>
        {if page.rows.is_empty() {
            view! { <Nothing query/> }.into_any()
        } else {
            view! {
                {view! { <Rows rows=page.rows/> }.into_any()}
                {view! { <Pages range previous next/> }.into_any()}
            }
                .into_any()
        }}
    }
}

/// An empty list says why.
#[component]
fn Nothing(query: ActivityQuery) -> impl IntoView {
    let words = if query.is_filtered() {
        texts::NO_MATCH
    } else {
        texts::NONE_YET
    };
    view! { <p>{words}</p> }
}

/// Search and days.
#[component]
fn Filters(query: ActivityQuery) -> impl IntoView {
    let day = |name: &'static str, words: &'static str, value: String| {
        view! {
            <div class="field">
                <label for=name>{words}</label>
                <input id=name name=name type="date" value=value/>
            </div>
        }
    };
    view! {
        <form method="get" action=paths::COMPANY role="search" class="inline">
            <input type="hidden" name="tab" value="activity"/>
            <div class="field">
                <label for="q">{texts::SEARCH}</label>
                <input id="q" name="q" type="search" maxlength="100" value=query.search.to_string()/>
            </div>
            {day("from", texts::FROM, query.from.clone())}
            {day("to", texts::TO, query.to.clone())}
            <button type="submit" class="secondary">{labels::APPLY}</button>
            {query.is_filtered().then(|| view! { <a href=paths::ACTIVITY_TAB>{labels::CLEAR}</a> })}
        </form>
    }
}

/// The table. Explicit roles keep its meaning where CSS turns rows into cards.
#[component]
fn Rows(rows: Vec<ActivityRow>) -> impl IntoView {
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    view! {
        <table role="table" aria-label=texts::ACTIVITY class="cards">
            <thead role="rowgroup">
                <tr role="row">{head(texts::WHEN)} {head(texts::WHO)} {head(texts::WHAT)} {head(texts::WHOM)}</tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(row: ActivityRow) -> impl IntoView {
    let address = row
        .address
        .map(|address| view! { " " <span class="muted">{texts::from_address(&address)}</span> });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><Time moment=row.at/></th>
            <td role="cell" data-label=texts::WHO><bdi>{row.who}</bdi>{address}</td>
            <td role="cell" data-label=texts::WHAT><bdi>{row.what}</bdi></td>
            <td role="cell" data-label=texts::WHOM>
                <bdi>{row.whom.unwrap_or_else(|| texts::NOBODY.to_owned())}</bdi>
            </td>
        </tr>
    }
}
