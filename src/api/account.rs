//! One's own account. The buttons beside each session are plain forms.

use leptos::prelude::*;

use crate::wire::account::{ChangePasswordInput, DetailsInput};
use crate::wire::answer::{Answer, Trouble};

/// Changes the own name, address and zone.
#[server(endpoint = "save-details")]
pub async fn save_details(input: DetailsInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    let saved =
        crate::server::service::account::own_account::save_details(door.services(), door.client(), &who, &input).await;
    door.answer_form(saved.map(|edited| crate::server::http::account_forms::to_account(edited.into())))
}

/// Changes the own password; the session goes on under a new id (E8).
#[server(endpoint = "change-password")]
pub async fn change_password(input: ChangePasswordInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    let changed =
        crate::server::service::account::change_password::change_password(door.services(), door.client(), &who, input)
            .await;
    door.answer_form(changed.map(|changed| {
        door.set_cookie(&door.cookies().session(&changed.session));
        door.set_cookie(&door.cookies().remember_devices(changed.signed_out_devices));
        crate::server::http::account_forms::to_account(crate::wire::done::Done::PasswordChanged)
    }))
}
