//! One's own account. The buttons beside each session are plain forms.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::account::{AccountPage, ChangePasswordInput, DetailsInput, SessionLeft};
use crate::wire::error::AppError;

/// The account of whoever is signed in.
#[server(endpoint = "account", input = GetUrl)]
pub async fn load_account() -> Result<AccountPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.answer(crate::server::service::show_account::show_account(door.services(), &who).await)
}

/// Changes the own name and zone.
#[server(endpoint = "save-details")]
pub async fn save_details(input: DetailsInput) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.answer(crate::server::service::own_account::save_details(door.services(), door.client(), &who, &input).await)
}

/// Changes the own password; the session goes on under a new id (E8).
#[server(endpoint = "change-password")]
pub async fn change_password(input: ChangePasswordInput) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    let changed =
        crate::server::service::change_password::change_password(door.services(), door.client(), &who, input).await;
    let changed = door.answer(changed)?;
    door.set_cookie(&door.cookies().session(&changed.session));
    door.set_cookie(&door.cookies().remember_devices(changed.signed_out_devices));
    Ok(())
}

/// How long the session goes on. Asking is not activity (E4).
#[server(endpoint = "session-left", input = GetUrl)]
pub async fn load_session_left() -> Result<SessionLeft, AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.answer(crate::server::service::own_account::session_left(door.services(), &who).await)
}

/// "Stay signed in".
#[server(endpoint = "stay-signed-in")]
pub async fn stay_signed_in() -> Result<SessionLeft, AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.answer(crate::server::service::own_account::stay_signed_in(door.services(), &who).await)
}
