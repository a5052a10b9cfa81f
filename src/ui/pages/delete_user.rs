//! `/company/users/{id}/delete`: asks before an account is deleted. A plain form, with and without script.

use leptos::prelude::*;

use crate::texts::people as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::of_person::of_person;
use crate::ui::pages::trouble::Trouble;
use crate::ui::title::Title;
use crate::wire::error::AppError;
use crate::wire::paths;
use crate::wire::views::UserPage as View;

/// The page.
#[component]
pub fn DeleteUserPage() -> impl IntoView {
    of_person(|page| match page.editing.deletes {
        Ok(()) => view! { <Content page/> }.into_any(),
        Err(refusal) => view! { <Trouble error=AppError::Forbidden(refusal)/> }.into_any(),
    })
}

#[component]
fn Content(page: View) -> impl IntoView {
    let title = texts::delete_title(&page.row.name);
    let person = paths::person(page.row.id);
    view! {
        <Title text=title.clone()/>
        <h1 tabindex="-1">{title}</h1>
        <p>{texts::no_sign_in(&page.row.name)}</p>
        <ul>{texts::DELETING_DOES.into_iter().map(|does| view! { <li>{does}</li> }).collect_view()}</ul>
        <form method="post" action=paths::person_delete(page.row.id)>
            <CompanyField/>
            <div class="actions">
                <button type="submit" class="danger">{texts::DELETE}</button>
                <a href=person>{texts::KEEP}</a>
            </div>
        </form>
    }
}
