//! `/companies`: the companies that are linked to one's own, and switching to one. Plain forms, with and without script: the
//! frame changes with a switch.

use leptos::prelude::*;
use rekey_domain::id::CompanyId;
use rekey_domain::text::SearchTerm;

use crate::server::service::companies::list_linked::list_linked;
use crate::texts::linked as texts;
use crate::ui::asked;
use crate::ui::components::company_field::CompanyField;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::linked::{LinkedPage as View, LinkedRow};
use crate::wire::paths;

/// The page.
#[component]
pub fn CompaniesPage() -> impl IntoView {
    let search = asked::in_query("q").unwrap_or_default();
    let search = SearchTerm::from(search);
    loaded(
        move |services, reader| async move { list_linked(&services, &reader, search).await },
        move |page| view! { <Content page/> }.into_any(),
    )
}

#[component]
fn Content(page: View) -> impl IntoView {
    let View {
        search,
        company,
        rows,
        has_more,
        gives,
    } = page;
    let is_searched = !search.is_empty();
    let nothing = rows.is_empty().then(|| match (is_searched, gives) {
        (true, _) => texts::no_match(&search),
        (false, true) => texts::NO_CHILDREN.to_owned(),
        (false, false) => texts::NO_ACCESS.to_owned(),
    });
    view! {
        <Title text=texts::TITLE/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <form method="get" action=paths::COMPANIES role="search" class="inline">
            <div class="field">
                <label for="q">{texts::SEARCH}</label>
                <input id="q" name="q" type="search" maxlength="100" value=search.to_string()/>
            </div>
            <button type="submit" class="secondary">{texts::FIND}</button>
            {is_searched.then(|| view! { <a href=paths::COMPANIES>{texts::CLEAR}</a> })}
        </form>
        {match nothing {
            Some(words) => view! { <p>{words}</p> }.into_any(),
            None => view! { <Table rows company/> }.into_any(),
        }}
        {has_more.then(|| view! { <p>{texts::MORE}</p> })}
        {gives.then(|| view! { <p class="hint">{texts::HOW_TO_GIVE}</p> })}
    }
}

#[component]
fn Table(rows: Vec<LinkedRow>, company: CompanyId) -> impl IntoView {
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    view! {
        <table role="table" aria-label=texts::TITLE>
            <thead role="rowgroup">
                <tr role="row">{head(texts::COMPANY)} {head(texts::ACCESS)} {head(texts::ACTION)}</tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Row row company/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(row: LinkedRow, company: CompanyId) -> impl IntoView {
    let is_here = row.id == company;
    let has_access = row.since.is_some();
    let access = row
        .since
        .map_or_else(|| texts::NONE.to_owned(), |day| texts::since(&day));
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><bdi>{row.name.clone()}</bdi></th>
            <td role="cell" data-label=texts::ACCESS>{access}</td>
            <td role="cell" data-label=texts::ACTION>
                {is_here.then(|| view! { <span>{texts::HERE}</span> })}
                {(has_access && !is_here)
                    .then(|| {
                        view! {
                            <form method="post" action=paths::switch_company(row.id)>
                                <CompanyField/>
                                <button type="submit" class="secondary">{texts::switch_to(&row.name)}</button>
                            </form>
                        }
                    })}
            </td>
        </tr>
    }
}
