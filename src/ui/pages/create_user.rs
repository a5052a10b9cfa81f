//! `/company/users/new`: a new person of the company, and the invitation.

use leptos::prelude::*;
use rekey_domain::id::UserId;
use rekey_domain::role::Role;

use crate::server::service::people::create_user::show_new_user;
use crate::texts::people as texts;
use crate::ui::asked;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::invite_ways::InviteWays;
use crate::ui::components::result_box::Outcome;
use crate::ui::components::role_choice::RoleChoice;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::done::Done;
use crate::wire::forms::Field;
use crate::wire::import::Way;
use crate::wire::paths;
use crate::wire::people::NewUserPage;

/// The page.
#[component]
pub fn CreateUserPage() -> impl IntoView {
    let form = FormHandle::new();
    let done = asked::in_query("done").and_then(|word| Done::from_word(&word));
    let of = asked::in_query("of").filter(|_| done == Some(Done::UserCreated));
    let created = of.and_then(|id| id.parse::<UserId>().ok());
    loaded(
        move |services, reader| async move { show_new_user(&services, &reader, created).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: NewUserPage, form: FormHandle) -> impl IntoView {
    // After a refusal the server shows what was typed and chosen.
    let typed = form.typed(Field::Role.name());
    let chosen = typed.map_or(Some(Role::User), |role| role.parse().ok());
    let another = page.created.is_some() || form.typed(ANOTHER).is_some();
    let done = page.created.as_deref().map(texts::created);
    view! {
        <Title text=form.title(texts::INVITE)/>
        <FormTop form/>
        <Outcome done/>
        <h1 tabindex="-1">{texts::INVITE}</h1>
        <InviteWays current=Some(Way::One)/>
        <form
            method="post"
            action=paths::NEW_USER
            data-door="create-user"
            novalidate
            class="narrow"
        >
            <CompanyField/>
            // One after the other: the next one is typed at once.
            <NameField form value=form.typed_or_empty(Field::Name) is_first=page.created.is_some()/>
            <EmailField form autocomplete="off"/>
            <RoleChoice form roles=page.roles chosen/>
            <div class="check">
                <input type="checkbox" id=ANOTHER name=ANOTHER value="yes" checked=another/>
                <label for=ANOTHER>{texts::ANOTHER}</label>
            </div>
            <div class="actions"><SubmitButton text=texts::CREATE_AND_SEND/></div>
        </form>
    }
}

/// The field that leads back to the form.
const ANOTHER: &str = "another";
