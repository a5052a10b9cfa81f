//! `/company/users/new`: a new person of the company, and the invitation.

use leptos::prelude::*;
use rekey_domain::role::Role;

use crate::server::service::create_user::show_new_user;
use crate::texts::people as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::role_choice::RoleChoice;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::forms::Field;
use crate::wire::people::NewUserPage;

/// The page.
#[component]
pub fn CreateUserPage() -> impl IntoView {
    let form = FormHandle::new();
    loaded(
        |_, reader| async move { show_new_user(&reader) },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: NewUserPage, form: FormHandle) -> impl IntoView {
    // After a refusal the server shows what was typed and chosen.
    let typed = form.typed(Field::Role.name());
    let chosen = typed.map_or(Some(Role::User), |role| role.parse().ok());
    view! {
        <Title text=form.title(texts::CREATE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::CREATE}</h1>
        <form
            method="post"
            action="/company/users/new"
            data-door="create-user"
            novalidate
            class="narrow"
        >
            <CompanyField/>
            <NameField form value=form.typed_or_empty(Field::Name)/>
            <EmailField form autocomplete="off"/>
            <RoleChoice form roles=page.roles chosen/>
            <div class="actions"><SubmitButton text=texts::CREATE_AND_SEND/></div>
        </form>
    }
}
