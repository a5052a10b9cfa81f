//! Switching to a linked company, for which one needs a grant, and back. The session acts there from the next request on.

use rekey_domain::deed::Deed;
use rekey_domain::id::CompanyId;
use rekey_domain::policy::{self, Action, Actor, Refusal};
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::entry;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::services::Services;
use crate::server::store::activity::{self, Entry};
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
    let tx = services.db.begin_write().await?;
    let actor = actor_now(&tx, who).await?;
    let home = who.at_home();
    let child = match may_act_in(&tx, &actor, child).await? {
        Ok(child) => child,
        Err(refusal) => {
            activity::insert(&tx, entry(services, client, &home, Deed::CompanyEntered, false, None)).await?;
            tx.commit().await?;
            return Err(refusal.into());
        }
    };
    sessions::set_chosen(&tx, who.session, child.id).await?;
    let here = Entry {
        detail: Some(&child.name),
        ..entry(services, client, &home, Deed::CompanyEntered, true, None)
    };
    activity::insert(&tx, here).await?;
    let guest = home.acting_in(child.id, &child.name);
    activity::insert(&tx, entry(services, client, &guest, Deed::CompanyEntered, true, None)).await?;
    Ok(tx.commit().await?)
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
