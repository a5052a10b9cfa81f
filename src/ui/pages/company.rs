//! `/company`: the profile with its general and extra sections, and the tab `[company] users`.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::api::company::load_company;
use crate::texts::pages::company as texts;
use crate::ui::components::users_table::UsersPanel;
use crate::ui::layout::focus_if_lost;
use crate::ui::pages::trouble::Trouble;
use crate::wire::users_query::UsersQuery;
use crate::wire::views::CompanyPage as View;

/// The page.
#[component]
pub fn CompanyPage() -> impl IntoView {
    let query = use_location().search;
    let page = Resource::new(move || query.get(), load_company);
    // Another page of the list comes in place of this one, with the link that was pressed.
    Effect::new(move |before: Option<Option<UsersQuery>>| {
        let before = before.flatten();
        let shown = page.get().and_then(Result::ok).map(|page| page.users.query);
        if shown.is_some() && before.is_some() && shown != before {
            focus_if_lost("#panel-users");
        }
        shown.or(before)
    });
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
    let tab = texts::users_of(&page.name);
    let detail = |label: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{label}</dt><dd><bdi>{value}</bdi></dd></div> })
    };
    view! {
        <Title text=page.name.clone()/>
        <h1 tabindex="-1"><bdi>{page.name.clone()}</bdi></h1>
        <section aria-labelledby="general">
            <h2 id="general">{texts::GENERAL}</h2>
            <dl class="facts row">
                {detail(texts::NAME, Some(page.name.clone()))}
                {detail(texts::WEBSITE, page.website)}
                {detail(texts::PHONE, page.phone)}
                {detail(crate::texts::pages::EMAIL, page.contact_email)}
            </dl>
        </section>
        <section aria-labelledby="extra">
            <h2 id="extra">{texts::EXTRA}</h2>
            <div role="tablist" aria-labelledby="extra" class="tabs">
                <a role="tab" id="tab-users" href="/company?tab=users" aria-selected="true" aria-controls="panel-users">
                    <bdi>{tab.clone()}</bdi>
                </a>
            </div>
            <div role="tabpanel" id="panel-users" tabindex="-1" aria-labelledby="tab-users">
                <h3 class="visually-hidden">{tab.clone()}</h3>
                {view! { <UsersPanel page=page.users name=tab/> }.into_any()}
            </div>
        </section>
    }
}
