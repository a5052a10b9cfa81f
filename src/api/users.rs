//! People: one person's page, and creating and editing them.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use rekey_domain::id::UserId;

use crate::wire::error::AppError;
use crate::wire::import::ImportPage;
use crate::wire::people::{ChangeRoleInput, CreateUserInput, EditUserInput, Edited, NewUserPage};
use crate::wire::views::{LiveResets, UserPage};

/// A person's page.
#[server(endpoint = "user", input = GetUrl)]
pub async fn load_user(id: UserId) -> Result<UserPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::show_user::show_user(door.services(), &reader, id).await)
}

/// What became of a person's resets since the page was given `stamp`; none if nothing has changed. With `may_wait` the
/// answer is kept back until there may be news, so "none" then means: ask again. Asking is not activity (E4).
#[server(endpoint = "resets-since", input = GetUrl)]
pub async fn load_resets_since(
    id: UserId,
    stamp: String,
    #[server(default)] may_wait: bool,
) -> Result<Option<LiveResets>, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let subject = crate::server::lookout::Subject::Person(id);
    let since = crate::server::service::show_user::resets_since(door.services(), &reader, id, &stamp);
    door.answer(door.services().lookout.news(subject, may_wait, since).await)
}

/// The page that creates somebody.
#[server(endpoint = "new-user", input = GetUrl)]
pub async fn load_new_user() -> Result<NewUserPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::create_user::show_new_user(&reader).await)
}

/// Creates somebody and sends the invitation; who it is.
#[server(endpoint = "create-user")]
pub async fn create_user(input: CreateUserInput) -> Result<UserId, AppError> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    door.answer(crate::server::service::create_user::create_user(door.services(), door.client(), &actor, &input).await)
}

/// The page that imports people, or what a checked list would do. What is no draft is looked for in vain.
#[server(endpoint = "import", input = GetUrl)]
pub async fn load_import(draft: Option<String>) -> Result<ImportPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let draft = match draft.map(|draft| draft.parse()) {
        None => None,
        Some(Ok(draft)) => Some(draft),
        Some(Err(_)) => return Err(AppError::NotFound),
    };
    door.answer(crate::server::service::show_import::show_import(door.services(), &reader, draft).await)
}

/// Changes somebody's details.
#[server(endpoint = "edit-user")]
pub async fn edit_user(user: UserId, input: EditUserInput) -> Result<Edited, AppError> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    door.answer(
        crate::server::service::edit_user::edit_user(door.services(), door.client(), &actor, user, &input).await,
    )
}

/// Changes somebody's role.
#[server(endpoint = "change-role")]
pub async fn change_role(user: UserId, input: ChangeRoleInput) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    door.answer(
        crate::server::service::change_role::change_role(door.services(), door.client(), &actor, user, &input).await,
    )
}
