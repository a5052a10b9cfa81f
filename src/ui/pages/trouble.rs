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
pub fn Trouble(error: AppError) -> impl IntoView {
    boundary::answer_with(error.status());
    if error == AppError::NotSignedIn {
        Effect::new(|_| boundary::sign_in_again());
    }
    let signed_in = frame().viewer.is_some();
    let (to, words) = if signed_in {
        ("/dashboard", texts::TO_DASHBOARD)
    } else {
        ("/login", texts::TO_SIGN_IN)
    };
    view! {
        <Title text=texts::title(&error)/>
        <h1 tabindex="-1">{texts::title(&error)}</h1>
        <p>{texts::explanation(&error)}</p>
        <p><a href=to>{words}</a></p>
    }
}
