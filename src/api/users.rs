//! One person.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use rekey_domain::id::UserId;

use crate::wire::error::AppError;
use crate::wire::views::UserPage;

/// A person's page.
#[server(endpoint = "user", input = GetUrl)]
pub async fn load_user(id: UserId) -> Result<UserPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::show_user::show_user(door.services(), &reader, id).await)
}
