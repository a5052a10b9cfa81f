//! The hidden field of every form of somebody signed in: the company that the page shows (D3). A form from another company
//! than the session acts in does nothing.

use leptos::prelude::*;

use crate::ui::layout::frame;

/// The field. It says what the frame says, so that nothing is done elsewhere than where one sees oneself.
#[component]
pub fn CompanyField() -> impl IntoView {
    let company = frame().viewer.map(|viewer| viewer.company.to_string());
    company.map(|company| view! { <input type="hidden" name="company" value=company/> })
}
