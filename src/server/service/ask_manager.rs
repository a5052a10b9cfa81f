//! The mail to somebody who asked for a link of their own where only managers start resets: whom to ask instead. It waits in
//! the same queue as a link would, so that nobody outside learns anything from it (B3).

use rekey_domain::id::MailId;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::device;
use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::asks::Ask;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::notice_facts::AskManagerFacts;
use crate::server::store::users::User;

/// Queues it. One that still waits is not sent any more: the newest says all.
pub async fn tell(
    tx: &DatabaseTransaction,
    services: &Services,
    person: &User,
    ask: &Ask,
    client: &Client,
) -> Outcome<()> {
    let now = services.clock.now();
    let facts = AskManagerFacts {
        asked_at: ask.asked_at.as_millis(),
        device: device::describe(&client.user_agent),
        client_address: client.address_text(),
    };
    let facts = serde_json::to_string(&facts)?;
    mails::drop_waiting_of_user(tx, person.id, Some(MailKind::AskManager), now).await?;
    let id = MailId::mint(now, random::bytes());
    mails::insert(tx, NewMail::notice(id, MailKind::AskManager, person, facts, now)).await?;
    Ok(())
}
