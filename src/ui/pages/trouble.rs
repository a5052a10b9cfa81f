//! Pages of trouble: not found, forbidden, failure with an incident's number. Each says what to do next.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::texts::trouble as texts;
use crate::ui::title::Title;
use crate::wire::error::AppError;
use crate::wire::paths;

/// The page of an unknown address, and of a trouble that the server rendered in place of a page.
#[component]
pub fn TroublePage() -> impl IntoView {
    let error = use_context::<AppError>().unwrap_or(AppError::NotFound);
    view! { <Trouble error/> }
}

/// In place of a page's content.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its arguments")]
pub fn Trouble(error: AppError) -> impl IntoView {
    answer_with(error.status());
    view! {
        <Title text=texts::title(&error)/>
        <h1 tabindex="-1">{texts::title(&error)}</h1>
        <p>{texts::explanation(&error)}</p>
        <div class="actions"><a href=paths::DASHBOARD class="button">{texts::TO_DASHBOARD}</a></div>
    }
}

/// Sets the status of the page that is being rendered.
fn answer_with(status: u16) {
    if let (Some(response), Ok(status)) = (
        use_context::<ResponseOptions>(),
        axum::http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}
