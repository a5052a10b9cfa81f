//! Sets the password behind a link and spends the link.
//!
//! The password is checked first, so that a refused one costs nothing (A10). Then one transaction: one guarded UPDATE
//! spends the link (A5, A6), and with it come the new hash and what every change of a password brings: all or nothing
//! (H2).

use rekey_domain::reset::LinkState;

use crate::server::client::Client;
use crate::server::hold::{self, Point};
use crate::server::service::accounts::password_changed::{Change, password_changed};
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::passwords::new_password::acceptable;
use crate::server::service::resets::look_at_link::find_link;
use crate::server::services::Services;
use crate::server::store::{resets, users};
use crate::wire::error::AppError;
use crate::wire::forms::NewPasswordInput;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Redeemed {
    /// The address of the account, for the sign-in page that comes next.
    pub email: String,
    /// How many living sessions ended.
    pub signed_out_devices: u64,
}

/// Sets the password of whoever holds the link. Nobody is signed in by it, and somebody else must not be (E7).
pub async fn redeem_reset(
    services: &Services,
    client: &Client,
    signed_in: Option<&SignedIn>,
    input: NewPasswordInput,
) -> Outcome<Redeemed> {
    let NewPasswordInput { token, new_password } = input;
    let link = match find_link(services.db.reader(), token.expose()).await? {
        Some(link) if link.state(services.clock.now()) == LinkState::Living => link,
        _ => return Err(AppError::LinkDead.into()),
    };
    if let Some(other) = signed_in.filter(|who| who.user != link.person.id) {
        return Err(AppError::SignedInAs(other.name.clone()).into());
    }
    let password = acceptable(services, &link.person, &link.company, new_password).await?;
    let phc = services.hasher.hash(password.expose()).await?;

    let mut act = Act::begin(services, By::Recipient(Some(client))).await?;
    // The person before the resets, like everybody who locks both.
    users::find_and_lock(act.tx(), link.person.id).await?;
    act.has_locked();
    if !resets::consume(act.tx(), link.reset.id, act.now).await?
        || !users::set_password(act.tx(), link.person.id, &phc).await?
    {
        return Err(AppError::LinkDead.into());
    }
    let change = Change::ByLink(&link.reset);
    let signed_out_devices = password_changed(&act, client, &link.person, change).await?;
    hold::at(Point::LinkSpent).await;
    act.commit().await?;
    hold::at(Point::PasswordCommitted).await;
    services.bell.ring();
    Ok(Redeemed {
        email: link.person.email,
        signed_out_devices,
    })
}
