//! The beginning of everything that somebody does to another person: the actor as of now (D6), the person inside the
//! actor's company, and the decision, in one transaction with what follows. A refusal by the role table is an entry in
//! the activity (D7).

use rekey_domain::deed::Deed;
use rekey_domain::id::ActivityId;
use rekey_domain::policy::{self, Action, Refusal};
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::users::{self, User};
use crate::wire::forms::OnPerson;

/// Begins: the transaction to go on in, and the person, whose row is locked. The company comes from the session; the
/// form's only tells what the page showed (D3). `deed` names the act in the activity.
pub async fn act_on_person(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: OnPerson,
    action: Action,
    deed: Deed,
) -> Outcome<(DatabaseTransaction, User)> {
    who.must_act_in(input.company)?;
    let tx = services.db.begin_write().await?;
    let actor = actor_now(&tx, who).await?;
    let target = users::find_and_lock(&tx, input.user).await?;
    let (refusal, target) = match target {
        None => (Refusal::NotFound, None),
        Some(person) => match policy::decide(&actor, action, Some(&person.as_target())) {
            Ok(()) => return Ok((tx, person)),
            // Somebody else's name must not come into this company's trail (D2).
            Err(refusal) => (refusal, (person.company == who.company).then_some(person)),
        },
    };
    activity::insert(&tx, entry(services, client, who, deed, false, target.as_ref())).await?;
    tx.commit().await?;
    Err(refusal.into())
}

/// That it was done, or refused, for the activity.
pub fn entry<'a>(
    services: &Services,
    client: &Client,
    who: &'a SignedIn,
    deed: Deed,
    granted: bool,
    target: Option<&'a User>,
) -> Entry<'a> {
    let now = services.clock.now();
    Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: who.company,
        at: now,
        actor: ActorIs::User(who.user, &who.called),
        deed,
        granted,
        target: target.map(|person| (person.id, person.name.as_str())),
        detail: None,
        client_address: Some(client.address_text()),
    }
}
