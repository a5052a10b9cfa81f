//! `/settings`: where things are set, a line on each.

use leptos::prelude::*;

use crate::server::service::companies::list_linked::show_settings;
use crate::texts::account as texts;
use crate::texts::{activity, linked};
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::linked::SettingsPage as View;
use crate::wire::paths;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    loaded(
        |services, reader| async move { show_settings(&services, &reader).await },
        move |page| view! { <Content page/> }.into_any(),
    )
}

#[component]
fn Content(page: View) -> impl IntoView {
    let entry = |to: &'static str, name: &'static str, line: &'static str| {
        view! {
            <li>
                <a href=to>{name}</a>
                <p class="hint">{line}</p>
            </li>
        }
    };
    view! {
        <Title text=texts::SETTINGS/>
        <h1 tabindex="-1">{texts::SETTINGS}</h1>
        <ul class="choices">
            {entry(paths::COMPANY, texts::COMPANY_PROFILE, texts::COMPANY_PROFILE_LINE)}
            {entry(paths::ACCOUNT, texts::ACCOUNT_SETTINGS, texts::ACCOUNT_SETTINGS_LINE)}
            {page.linked_companies.then(|| entry(paths::COMPANIES, linked::TITLE, linked::TITLE_LINE))}
            {page.activity.then(|| entry(paths::ACTIVITY_TAB, activity::ACTIVITY, activity::ACTIVITY_LINE))}
        </ul>
    }
}
