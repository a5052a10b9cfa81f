//! `/dashboard`: finding a person, how resets go, and what needs attention; or whom to ask.

use leptos::prelude::*;

use crate::server::service::overview::show_dashboard::show_dashboard;
use crate::texts::pages::{self as shared, dashboard as texts};
use crate::ui::components::resets_in_short::InShort;
use crate::ui::layout::frame;
use crate::ui::live::follow::Follow;
use crate::ui::pages::loaded::loaded;
use crate::ui::pages::news::following_dashboard;
use crate::ui::title::Title;
use crate::wire::news::Followed;
use crate::wire::paths;
use crate::wire::views::{DashboardPage as View, Helper, ResetsInShort};

/// The page.
#[component]
pub fn DashboardPage() -> impl IntoView {
    loaded(
        |services, reader| async move { show_dashboard(&services, &reader).await },
        move |page| view! { <Content page/> }.into_any(),
    )
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
                    <form method="get" action=paths::COMPANY role="search" class="inline">
                        <div class="field">
                            <label for="q">{texts::FIND}</label>
                            <input id="q" name="q" type="search" maxlength="100"/>
                        </div>
                        <button type="submit" class="primary">{texts::SEARCH}</button>
                    </form>
                }
            })}
        {page.resets.map(|resets| view! { <Following resets/> }.into_any())}
        {viewer
            .filter(|_| !page.finds_people)
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

/// How the resets go, as long as somebody looks.
#[component]
fn Following(resets: ResetsInShort) -> impl IntoView {
    let now = following_dashboard(&resets);
    view! {
        <InShort resets/>
        <Follow of=Followed::Dashboard now place="#attention".to_owned()/>
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
