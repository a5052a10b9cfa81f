//! `/settings`: where things are set, a line on each.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::texts::account as texts;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
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
            {entry("/company", texts::COMPANY_PROFILE, texts::COMPANY_PROFILE_LINE)}
            {entry("/account", texts::ACCOUNT_SETTINGS, texts::ACCOUNT_SETTINGS_LINE)}
        </ul>
    }
}
