//! Searching, creating and editing people.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::answer::{Answer, Trouble};
use crate::wire::people::{ChangeRoleInput, CreateUserInput, EditUserInput, FoundPeople};

/// The people of a company whom the query of a page's address asks for.
#[server(endpoint = "search-people", input = GetUrl)]
pub async fn search_people(query: String) -> Result<FoundPeople, Trouble> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let query = crate::wire::users_query::UsersQuery::from_url(&query);
    let found = crate::server::service::people::list_users::list_users(door.services(), &reader, query).await;
    door.tell(found.map(|page| crate::ui::pages::news::found_people(page, &reader)))
}

/// Creates somebody and sends the invitation.
#[server(endpoint = "create-user")]
pub async fn create_user(input: CreateUserInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    let created =
        crate::server::service::people::create_user::create_user(door.services(), door.client(), &actor, &input).await;
    let done = crate::wire::done::Done::UserCreated;
    door.answer_form(created.map(|user| match input.another {
        Some(_) => crate::server::http::people_forms::told_on_form(user, done),
        None => crate::server::http::people_forms::told_on_page(user, done),
    }))
}

/// Changes somebody's details.
#[server(endpoint = "edit-user")]
pub async fn edit_user(input: EditUserInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    let edited =
        crate::server::service::people::edit_user::edit_user(door.services(), door.client(), &actor, &input).await;
    door.answer_form(edited.map(|edited| crate::server::http::people_forms::told_on_page(input.user, edited.into())))
}

/// Changes somebody's role.
#[server(endpoint = "change-role")]
pub async fn change_role(input: ChangeRoleInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    let changed =
        crate::server::service::people::change_role::change_role(door.services(), door.client(), &actor, &input).await;
    let done = crate::wire::done::Done::RoleSaved;
    door.answer_form(changed.map(|()| crate::server::http::people_forms::told_on_page(input.user, done)))
}
