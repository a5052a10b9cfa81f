//! `/account/password`: the current password is needed (E8).

use leptos::prelude::*;

use crate::texts::account as texts;
use crate::texts::pages::{self as shared, link as link_texts};
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::password_field::PasswordField;
use crate::ui::layout::frame;
use crate::ui::title::Title;
use crate::wire::forms::Field;
use crate::wire::paths;

/// The page.
#[component]
pub fn AccountPasswordPage() -> impl IntoView {
    let frame = frame();
    let email = frame.viewer.map(|viewer| viewer.email).unwrap_or_default();
    let min = frame.password_min;
    let form = FormHandle::new();
    view! {
        <Title text=form.title(texts::CHANGE_PASSWORD)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::CHANGE_PASSWORD}</h1>
        <form
            method="post"
            action=paths::ACCOUNT_PASSWORD
            data-door="change-password"
            novalidate
            class="narrow"
        >
            <CompanyField/>
            <div class="field">
                <label for="account">{shared::EMAIL}</label>
                <input id="account" type="email" autocomplete="username" readonly value=email/>
            </div>
            <PasswordField
                form
                field=Field::CurrentPassword
                label=texts::CURRENT_PASSWORD
                shows=texts::A_CURRENT_PASSWORD
                autocomplete="current-password"
            />
            <PasswordField
                form
                field=Field::NewPassword
                label=link_texts::NEW_PASSWORD
                shows=texts::A_NEW_PASSWORD
                autocomplete="new-password"
                hint=link_texts::hint(min)
                rules=format!("minlength: {min}")
            />
            <div class="actions"><SubmitButton text=texts::CHANGE_PASSWORD/></div>
        </form>
    }
}
