//! Signing in. Signing out is a plain form, since the whole frame changes with it.

use leptos::prelude::*;

use crate::wire::error::AppError;
use crate::wire::forms::SignInInput;

/// Signs in and answers with what to load next.
#[server(endpoint = "sign-in")]
pub async fn sign_in(input: SignInInput) -> Result<String, AppError> {
    let door = crate::server::door::Door::open()?;
    let before = door.signed_in().ok();
    let session =
        crate::server::service::sign_in::sign_in(door.services(), door.client(), before.as_ref(), input).await;
    let session = door.answer(session)?;
    door.set_cookie(&door.cookies().session(&session));
    Ok(session.next)
}
