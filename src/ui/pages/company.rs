//! `/company`: the profile with its general and extra sections, and the tabs `[company] users`, `Resets` and `Activity`.

use leptos::prelude::*;

use crate::server::service::overview::show_company::show_company;
use crate::texts::activity as activity_texts;
use crate::texts::company_edit as edit_texts;
use crate::texts::pages::company as texts;
use crate::texts::resets_list as resets_texts;
use crate::ui::asked;
use crate::ui::components::activity_table::ActivityPanel;
use crate::ui::components::form::{FormHandle, FormTop};
use crate::ui::components::resets_panel::ResetsPanel;
use crate::ui::components::resets_table::{result_on_page, was_done};
use crate::ui::components::result_box::Outcome;
use crate::ui::components::tabs::{Tab, Tabs};
use crate::ui::components::users_table::UsersPanel;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::company_query::CompanyQuery;
use crate::wire::done::Done;
use crate::wire::paths;
use crate::wire::views::{CompanyPage as View, CompanyTab};

/// The page.
#[component]
pub fn CompanyPage() -> impl IntoView {
    let query = CompanyQuery::from_url(&asked::query());
    let form = FormHandle::new();
    loaded(
        move |services, reader| async move { show_company(&services, &reader, query).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    let detail = |label: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{label}</dt><dd><bdi>{value}</bdi></dd></div> })
    };
    // Tabs of a browser, and its history, tell them apart by this.
    let tab_name = match &page.tab {
        CompanyTab::Users(_) => texts::USERS,
        CompanyTab::Resets(_) => resets_texts::RESETS,
        CompanyTab::Activity(_) => activity_texts::ACTIVITY,
    };
    let (done, result) = match &page.tab {
        CompanyTab::Resets(resets) => (was_done(resets), result_on_page(resets)),
        CompanyTab::Users(_) => (was_saved(), None),
        CompanyTab::Activity(_) => (None, None),
    };
    view! {
        <Title text=form.title(tab_name)/>
        <FormTop form/>
        <Outcome done=done.filter(|_| !form.has_failed())>{result}</Outcome>
        <div class="page-head">
            <h1 tabindex="-1"><bdi>{page.name.clone()}</bdi></h1>
            {page
                .may_edit
                .then(|| {
                    view! {
                        <a href=paths::COMPANY_EDIT>{edit_texts::TITLE}</a>
                        <a href=paths::COMPANY_NOTICE>{edit_texts::NOTICE_TITLE}</a>
                    }
                })}
        </div>
        <section aria-labelledby="general" class="general">
            <h2 id="general" class="visually-hidden">{texts::GENERAL}</h2>
            <dl class="facts row">
                {detail(texts::NAME, Some(page.name.clone()))}
                {detail(texts::WEBSITE, page.website)}
                {detail(texts::PHONE, page.phone)}
                {detail(crate::texts::pages::EMAIL, page.contact_email)}
            </dl>
        </section>
        {view! {
            <Extra
                name=page.name
                sees_resets=page.sees_resets
                sees_activity=page.sees_activity
                tab=page.tab
                form
            />
        }
            .into_any()}
    }
}

/// The tabs, and the panel of the open one.
#[component]
fn Extra(name: String, sees_resets: bool, sees_activity: bool, tab: CompanyTab, form: FormHandle) -> impl IntoView {
    let users = texts::users_of(&name);
    let mut tabs = vec![Tab {
        id: "tab-users",
        panel: "panel-users",
        href: paths::USERS_TAB,
        words: users.clone(),
    }];
    if sees_resets {
        tabs.push(Tab {
            id: "tab-resets",
            panel: "panel-resets",
            href: paths::RESETS_TAB,
            words: resets_texts::RESETS.to_owned(),
        });
    }
    if sees_activity {
        tabs.push(Tab {
            id: "tab-activity",
            panel: "panel-activity",
            href: paths::ACTIVITY_TAB,
            words: activity_texts::ACTIVITY.to_owned(),
        });
    }
    let opened = match &tab {
        CompanyTab::Users(_) => "tab-users",
        CompanyTab::Resets(_) => "tab-resets",
        CompanyTab::Activity(_) => "tab-activity",
    };
    let open = tabs.iter().position(|tab| tab.id == opened).unwrap_or_default();
    let Tab { id, panel, words, .. } = tabs[open].clone();
    view! {
        <section aria-labelledby="extra" class="extra">
            <h2 id="extra">{texts::EXTRA}</h2>
            {view! { <Tabs tabs open labelled_by="extra"/> }.into_any()}
            <div role="tabpanel" id=panel tabindex="-1" aria-labelledby=id>
                <h3 class="visually-hidden">{words}</h3>
                {match tab {
                    CompanyTab::Users(page) => view! { <UsersPanel page name=users form/> }.into_any(),
                    CompanyTab::Resets(page) => view! { <ResetsPanel page/> }.into_any(),
                    CompanyTab::Activity(page) => view! { <ActivityPanel page/> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// That the details were saved just now.
fn was_saved() -> Option<String> {
    let done = asked::in_query("done").and_then(|word| Done::from_word(&word));
    (done == Some(Done::Saved)).then(|| edit_texts::SAVED.to_owned())
}
