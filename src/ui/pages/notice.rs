//! `/company/notice`: a notice on top of every page of the company's people.

use leptos::prelude::*;

use crate::server::service::companies::edit_company::show_notice;
use crate::texts::company_edit as texts;
use crate::ui::components::fields::TextField;
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::company_edit::NoticePage as View;
use crate::wire::forms::Field;
use crate::wire::paths;

/// The page.
#[component]
pub fn NoticePage() -> impl IntoView {
    let form = FormHandle::new();
    loaded(
        |services, who| async move { show_notice(&services, &who).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    view! {
        <Title text=form.title(texts::NOTICE_TITLE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::NOTICE_TITLE}</h1>
        <form method="post" action=paths::COMPANY_NOTICE data-door="post-notice" novalidate class="narrow">
            <input type="hidden" name="company" value=page.company.to_string()/>
            <TextField form field=Field::Banner label=texts::NOTICE value=page.banner hint=texts::BANNER_HINT/>
            <div class="actions">
                <SubmitButton text=texts::POST_NOTICE/>
                <a href=paths::COMPANY>{texts::BACK}</a>
            </div>
        </form>
    }
}
