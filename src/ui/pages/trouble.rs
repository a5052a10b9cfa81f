//! Pages of trouble: not found, forbidden, failure with an incident's number. Each says what to do next.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::texts::trouble as texts;
use crate::ui::boundary;
use crate::ui::layout::frame;
use crate::wire::error::AppError;

/// The page of an unknown address, and of a trouble that the server rendered in place of a page.
#[component]
pub fn TroublePage() -> impl IntoView {
    let error = SharedValue::new(|| use_context::<AppError>().unwrap_or(AppError::NotFound)).into_inner();
    view! { <Trouble error/> }
}

/// In place of a page's content.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its arguments")]
pub fn Trouble(error: AppError) -> impl IntoView {
    boundary::answer_with(error.status());
    if error == AppError::NotSignedIn {
        Effect::new(|_| boundary::sign_in_again());
    }
    // A stranger is led to the sign-in page by the server, so the link is loaded, not routed.
    let rel = frame().viewer.is_none().then_some("external");
    view! {
        <Title text=texts::title(&error)/>
        <h1 tabindex="-1">{texts::title(&error)}</h1>
        <p>{texts::explanation(&error)}</p>
        <p><a href="/dashboard" rel=rel>{texts::TO_DASHBOARD}</a></p>
    }
}
