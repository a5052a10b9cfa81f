//! The button **Reset password**: a manager or administrator asks for a reset for somebody else.
//!
//! One transaction: the actor as of now, the person inside the actor's company, the decision, the reset with its mail
//! and an entry in the activity. A refusal by the role table is an entry too (D7). The answer does not wait for the mail.

use rekey_domain::id::ActivityId;
use rekey_domain::policy::{self, Action, Refusal};
use rekey_domain::reset::Kind;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::{SignedIn, actor_now};
use crate::server::service::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::users;
use crate::wire::error::AppError;
use crate::wire::forms::TriggerResetInput;

/// Asks for a reset. The company comes from the session; the form's only tells what the page showed (D3).
pub async fn trigger_reset(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: TriggerResetInput,
) -> Outcome<()> {
    if input.company != who.company {
        return Err(AppError::OtherCompany(who.company_name.clone()).into());
    }
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    let actor = actor_now(&tx, who).await?;
    let target = users::find_and_lock(&tx, input.user).await?;
    let decision = match &target {
        Some(person) => policy::decide(&actor, Action::TriggerReset, Some(&person.as_target())),
        None => Err(Refusal::NotFound),
    };
    if let Err(refusal) = decision {
        // Somebody else's name must not come into this company's trail (D2).
        let target = target.as_ref().filter(|person| person.company == who.company);
        let entry = Entry {
            id: ActivityId::mint(now, random::bytes()),
            company: who.company,
            at: now,
            actor: ActorIs::User(who.user, &who.name),
            action: "reset_asked",
            granted: false,
            target: target.map(|person| (person.id, person.name.as_str())),
            detail: None,
            client_address: Some(client.address_text()),
        };
        activity::insert(&tx, entry).await?;
        tx.commit().await?;
        return Err(refusal.into());
    }
    if let Some(person) = target {
        let actor = ActorIs::User(who.user, &who.name);
        start_reset(
            &tx,
            services,
            &person,
            Asking {
                kind: Kind::Manager,
                actor,
                client: Some(client),
                asked_at: now,
            },
        )
        .await?;
    }
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}
