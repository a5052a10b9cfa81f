//! Asking for a reset, for somebody or for oneself, and redeeming its link.

use leptos::prelude::*;
use rekey_domain::secret::Secret;

use crate::wire::error::AppError;
use crate::wire::forms::{AskInput, NewPasswordInput, OnPerson};

/// The buttons **Reset password** and **Send again**: the mail goes only to the owner's address on file (D5).
#[server(endpoint = "trigger-reset")]
pub async fn trigger_reset(input: OnPerson) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    door.answer(
        crate::server::service::trigger_reset::trigger_reset(door.services(), door.client(), &actor, input).await,
    )
}

/// The button **Revoke**: all living links of the person stop working.
#[server(endpoint = "revoke-resets")]
pub async fn revoke_resets(input: OnPerson) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    door.answer(
        crate::server::service::revoke_resets::revoke_resets(door.services(), door.client(), &actor, input).await,
    )
}

/// Forgot password: the same answer for every address (B1).
#[server(endpoint = "ask-for-link")]
pub async fn ask_for_link(input: AskInput) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    door.answer(crate::server::service::ask_reset::ask_reset(door.services(), door.client(), &input).await)?;
    door.set_cookie(&door.cookies().remember_address(&input.email));
    Ok(())
}

/// Sets the new password behind a link, and spends the link (A5, A6, A10).
#[server(endpoint = "redeem-link")]
pub async fn redeem_link(token: Secret, input: NewPasswordInput) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in().ok();
    let redeemed =
        crate::server::service::redeem_reset::redeem_reset(door.services(), door.client(), who.as_ref(), &token, input)
            .await;
    let redeemed = door.answer(redeemed)?;
    door.set_cookie(&door.cookies().remember_devices(redeemed.signed_out_devices));
    Ok(())
}
