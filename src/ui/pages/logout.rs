//! `/logout`: the page asks, only its POST acts.

use leptos::prelude::*;

use crate::texts::pages::{self as shared, logout as texts};
use crate::ui::title::Title;
use crate::wire::paths;

/// The page.
#[component]
pub fn LogoutPage() -> impl IntoView {
    view! {
        <Title text=texts::TITLE/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <form method="post" action=paths::LOGOUT>
            <button type="submit" class="primary">{shared::SIGN_OUT}</button>
        </form>
    }
}
