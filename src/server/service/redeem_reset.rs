//! Sets the password behind a link and spends the link.
//!
//! The password is checked first, so that a refused one costs nothing (A10). Then one transaction: one guarded UPDATE
//! spends the link (A5, A6), and with it come the new hash, the end of all sessions (E2), the end of the other links
//! (A9) and the notice to the owner (G6): all or nothing (H2).

use rekey_domain::id::{ActivityId, MailId};
use rekey_domain::reset::LinkState;
use rekey_domain::secret::Secret;
use rekey_domain::session;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::device;
use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::service::look_at_link::{KnownLink, find_link};
use crate::server::service::new_password::acceptable;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::{resets, sessions, users};
use crate::wire::error::AppError;
use crate::wire::forms::NewPasswordInput;

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct Redeemed {
    /// How many living sessions ended.
    pub signed_out_devices: u64,
}

/// Sets the password of whoever holds the link. Nobody is signed in by it, and somebody else must not be (E7).
pub async fn redeem_reset(
    services: &Services,
    client: &Client,
    signed_in: Option<&SignedIn>,
    token: &Secret,
    input: NewPasswordInput,
) -> Outcome<Redeemed> {
    let link = match find_link(services.db.reader(), token.expose()).await? {
        Some(link) if link.state(services.clock.now()) == LinkState::Living => link,
        _ => return Err(AppError::LinkDead.into()),
    };
    if let Some(other) = signed_in.filter(|who| who.user != link.person.id) {
        return Err(AppError::SignedInAs(other.name.clone()).into());
    }
    let password = acceptable(services, &link.person, &link.company, input.new_password).await?;
    let phc = services.hasher.hash(password.expose()).await?;

    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    // The person before the resets, like everybody who locks both.
    users::find_and_lock(&tx, link.person.id).await?;
    if !resets::consume(&tx, link.reset.id, now).await? || !users::set_password(&tx, link.person.id, &phc).await? {
        return Err(AppError::LinkDead.into());
    }
    let limits = &services.settings.session_limits;
    let living = sessions::list_of_user(&tx, link.person.id).await?;
    let signed_out = living
        .iter()
        .filter(|session| session::is_living(&session.times, limits, now))
        .count() as u64;
    sessions::delete_of_user(&tx, link.person.id).await?;
    resets::cancel_living(&tx, link.person.id, now).await?;
    record(&tx, client, &link, signed_out, now).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(Redeemed {
        signed_out_devices: signed_out,
    })
}

/// The entry in the activity and the notice to the owner.
async fn record(
    tx: &DatabaseTransaction,
    client: &Client,
    link: &KnownLink,
    signed_out: u64,
    now: Timestamp,
) -> Outcome<()> {
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: link.company.id,
        at: now,
        actor: ActorIs::Recipient(link.person.id, &link.person.name),
        action: "password_set_by_link",
        granted: true,
        target: Some((link.person.id, &link.person.name)),
        detail: Some(&link.reset.reference),
        client_address: Some(client.address_text()),
    };
    activity::insert(tx, entry).await?;
    let facts = ChangeFacts {
        reset: Some(link.reset.id.to_string()),
        changed_at: now.as_millis(),
        device: device::describe(&client.user_agent),
        client_address: client.address_text(),
        signed_out,
    };
    let notice = NewMail {
        id: MailId::mint(now, random::bytes()),
        kind: MailKind::PasswordChanged,
        company: link.company.id,
        user: link.person.id,
        reset: None,
        recipient: &link.person.email,
        now,
        deadline: Some(now + mails::NOTICE_LIFE),
        facts: Some(facts.to_json()?),
    };
    mails::insert(tx, notice).await?;
    Ok(())
}
