//! `/dashboard`: finding a person, or whom to ask.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::company::load_dashboard;
use crate::texts::pages::{self as shared, dashboard as texts};
use crate::ui::layout::frame;
use crate::ui::pages::trouble::Trouble;
use crate::wire::views::{DashboardPage as View, Helper};

/// The page.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_dashboard());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Content page/> }.into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Content(page: View) -> impl IntoView {
    let viewer = frame().viewer;
    view! {
        <Title text=shared::DASHBOARD/>
        <h1 tabindex="-1">{shared::DASHBOARD}</h1>
        {page
            .finds_people
            .then(|| {
                view! {
                    <form method="get" action="/company" role="search" class="inline">
                        <div class="field">
                            <label for="q">{texts::FIND}</label>
                            <input id="q" name="q" type="search" maxlength="100"/>
                        </div>
                        <button type="submit" class="primary">{texts::SEARCH}</button>
                    </form>
                }
            })}
        {viewer
            .map(|viewer| {
                view! {
                    <h2>{texts::YOU}</h2>
                    <dl class="facts">
                        <div><dt>{shared::company::NAME}</dt><dd><bdi>{viewer.name}</bdi></dd></div>
                        <div><dt>{shared::EMAIL}</dt><dd><bdi>{page.email}</bdi></dd></div>
                        <div><dt>{shared::company::ROLE}</dt><dd>{shared::role(viewer.role)}</dd></div>
                    </dl>
                }
            })}
        {(!page.helpers.is_empty()).then(|| view! { <Helpers helpers=page.helpers/> })}
    }
}

#[component]
fn Helpers(helpers: Vec<Helper>) -> impl IntoView {
    view! {
        <h2>{texts::WHO_HELPS}</h2>
        <ul class="people">
            {helpers
                .into_iter()
                .map(|helper| {
                    view! {
                        <li>
                            <bdi>{helper.name}</bdi> ", " {shared::role_in_sentence(helper.role)} ", "
                            <a href=format!("mailto:{}", helper.email)><bdi>{helper.email.clone()}</bdi></a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
