//! `/company/users/new`: a new person of the company, and the invitation.

use leptos::prelude::*;
use leptos_meta::Title;
use rekey_domain::role::Role;

use crate::api::users::{CreateUser, load_new_user};
use crate::texts::people as texts;
use crate::ui::boundary;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::role_choice::RoleChoice;
use crate::ui::layout::belongs_to;
use crate::ui::pages::trouble::Trouble;
use crate::wire::done::Done;
use crate::wire::people::{CreateUserInput, NewUserPage};

/// The page.
#[component]
pub fn CreateUserPage() -> impl IntoView {
    let form = FormHandle::new();
    let page = Resource::new(|| (), |()| load_new_user());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Content page form/> }.into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Content(page: NewUserPage, form: FormHandle) -> impl IntoView {
    belongs_to(page.company);
    let create = ServerAction::<CreateUser>::new();
    Effect::new(move |_| match create.value().get() {
        Some(Ok(user)) => boundary::load(&format!("/company/users/{user}?done={}", Done::UserCreated.word())),
        Some(Err(error)) => form.refuse(error),
        None => (),
    });
    let busy = create.pending();
    // After a refusal the server shows what was typed and chosen.
    let typed = form.typed_person().unwrap_or_default();
    let chosen = typed.role.map_or(Some(Role::User), |role| role.parse().ok());
    view! {
        <Title text=form.title(texts::CREATE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::CREATE}</h1>
        <form
            method="post"
            action="/company/users/new"
            novalidate
            class="narrow"
            on:submit=form.submit_here(busy, move |input: CreateUserInput| {
                create.dispatch(CreateUser { input });
            })
        >
            <CompanyField/>
            <NameField form value=typed.name.unwrap_or_default()/>
            <EmailField form autocomplete="off"/>
            <RoleChoice form roles=page.roles chosen/>
            <div class="actions"><SubmitButton text=texts::CREATE_AND_SEND busy/></div>
        </form>
    }
}
