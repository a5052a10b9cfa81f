//! Switching to a linked company, for which one needs a grant, and back. The session acts there from the next request on.

use rekey_domain::deed::Deed;
use rekey_domain::id::CompanyId;
use rekey_domain::policy::{self, Action, Actor, Refusal};
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::companies::{self, Company};
use crate::server::store::{grants, sessions};
use crate::wire::linked::SwitchInput;

/// Switches. A company without a grant is not found, linked or not. It is noted in the activity of both companies (D7).
pub async fn switch_company(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    child: CompanyId,
    input: SwitchInput,
) -> Outcome<()> {
    who.must_act_in(input.company)?;
    let home = who.at_home();
    let act = Act::begin(services, By::Person(&home, client)).await?;
    let actor = actor_now(act.tx(), who).await?;
    let child = match may_act_in(act.tx(), &actor, child).await? {
        Ok(child) => child,
        Err(refusal) => return Err(act.refuse(Deed::CompanyEntered, None, refusal).await),
    };
    sessions::set_chosen(act.tx(), who.session, child.id).await?;
    act.note(Deed::CompanyEntered, None, Some(&child.name)).await?;
    let guest = home.acting_in(child.id, &child.name);
    let there = (child.id, ActorIs::User(guest.user, &guest.called));
    let there = act.entry(there, Deed::CompanyEntered, None, None);
    activity::insert(act.tx(), there).await?;
    act.commit().await
}

/// The company, where the actor's role may act in linked ones and there is a grant for this one.
async fn may_act_in(tx: &DatabaseTransaction, actor: &Actor, child: CompanyId) -> Outcome<Result<Company, Refusal>> {
    if let Err(refusal) = policy::decide(actor, Action::ActInLinked, None) {
        return Ok(Err(refusal));
    }
    if !grants::exists(tx, actor.user, child).await? {
        return Ok(Err(Refusal::NotFound));
    }
    Ok(companies::find(tx, child).await?.ok_or(Refusal::NotFound))
}

/// Back to the own company. Who is there already stays.
pub async fn switch_back(services: &Services, who: &SignedIn) -> Outcome<()> {
    if who.company != who.home {
        let tx = services.db.begin_write().await?;
        sessions::leave(&tx, who.session, who.company, who.home).await?;
        tx.commit().await?;
    }
    Ok(())
}
