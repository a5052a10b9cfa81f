//! Signing in, and how long the session goes on. Signing out is a plain form, since the whole frame changes with it.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::account::SessionLeft;
use crate::wire::answer::{Answer, Trouble};
use crate::wire::forms::SignInInput;

/// Signs in; the answer says what to load next.
#[server(endpoint = "sign-in")]
pub async fn sign_in(input: SignInInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let before = door.signed_in().ok();
    let session =
        crate::server::service::sessions::sign_in::sign_in(door.services(), door.client(), before.as_ref(), input)
            .await;
    door.answer_form(session.map(|session| {
        door.set_cookie(&door.cookies().session(&session));
        session.next
    }))
}

/// How long the session goes on. Asking is not activity (E4).
#[server(endpoint = "session-left", input = GetUrl)]
pub async fn load_session_left() -> Result<SessionLeft, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.tell(crate::server::service::account::own_account::session_left(door.services(), &who).await)
}

/// "Stay signed in".
#[server(endpoint = "stay-signed-in")]
pub async fn stay_signed_in() -> Result<SessionLeft, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.tell(crate::server::service::account::own_account::stay_signed_in(door.services(), &who).await)
}
