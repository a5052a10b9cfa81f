//! `/dashboard`: finding a person and what needs attention, or whom to ask.

use leptos::prelude::*;

use crate::server::service::show_dashboard::show_dashboard;
use crate::texts::pages::{self as shared, dashboard as texts};
use crate::texts::resets_list as resets_texts;
use crate::ui::components::stuck_mail::StuckMail;
use crate::ui::components::time::Time;
use crate::ui::layout::frame;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::resets_list::NeedsAttention;
use crate::wire::resets_query::{ResetsQuery, ShownResets};
use crate::wire::views::{DashboardPage as View, Helper};

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
                    <form method="get" action="/company" role="search" class="inline">
                        <div class="field">
                            <label for="q">{texts::FIND}</label>
                            <input id="q" name="q" type="search" maxlength="100"/>
                        </div>
                        <button type="submit" class="primary">{texts::SEARCH}</button>
                    </form>
                }
            })}
        {page.attention.map(|attention| view! { <Attention attention/> }.into_any())}
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

/// What somebody should look at, each a link to it.
#[component]
fn Attention(attention: NeedsAttention) -> impl IntoView {
    let is_nothing = attention.is_nothing();
    let resets = attention.resets.into_iter().map(|(reason, people)| {
        let query = ResetsQuery {
            shown: ShownResets::Needing(reason),
            ..ResetsQuery::default()
        };
        let to = format!("/company?{}", query.to_url());
        view! { <li><a href=to>{resets_texts::how_many(reason, people)}</a></li> }
    });
    let disavowals = attention.disavowals.into_iter().map(|(person, name, at)| {
        let to = format!("/company/users/{person}");
        view! { <li><Time moment=at/> " " <a href=to>{resets_texts::disavowed(&name)}</a></li> }
    });
    let has_lines = resets.len() + disavowals.len() > 0;
    view! {
        <section aria-labelledby="attention">
            <h2 id="attention">{resets_texts::NEEDS_ATTENTION}</h2>
            <StuckMail stuck=attention.stuck/>
            {has_lines.then(|| view! { <ul class="people">{resets.collect_view()} {disavowals.collect_view()}</ul> })}
            {is_nothing.then(|| view! { <p>{resets_texts::NOTHING}</p> })}
        </section>
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
