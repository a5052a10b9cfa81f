//! Forgot password: its place in the limits (C1), one row in a queue for every address, known or not, and the answer (B1,
//! B3). No account is looked up here; `resolve_asks` does that later, in the dark.

use rekey_domain::email::Email;
use rekey_domain::id::AskId;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::limits::limit_asks;
use crate::server::services::Services;
use crate::server::store::asks::{self, Ask};
use crate::wire::forms::{AskInput, Field, Reason};

/// Queues an ask.
pub async fn ask_reset(services: &Services, client: &Client, input: &AskInput) -> Outcome<()> {
    let email =
        Email::parse(&input.email).map_err(|problem| ServiceError::invalid(Field::Email, Reason::Email(problem)))?;
    let act = Act::begin(services, By::Recipient(Some(client))).await?;
    let ask = Ask {
        id: act.mint(AskId::mint),
        email_key: email.key().to_owned(),
        asked_at: act.now,
        client_address: client.address_text(),
        user_agent: client.user_agent.to_string(),
    };
    limit_asks::take(act.tx(), services, client, &email, None).await?;
    asks::insert(act.tx(), &ask).await?;
    act.commit().await
}
