//! Access to a linked company for a manager or administrator of the parent, by its administrators: noted in the activity of
//! both companies (D7).

use rekey_domain::deed::Deed;
use rekey_domain::id::UserId;
use rekey_domain::policy::Action;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::acting::act_on_person::{act_on_person, entry};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::companies::link_companies::TURN;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::companies::{self, Company};
use crate::server::store::db::Db;
use crate::server::store::grants::{self, NewGrant};
use crate::server::store::users::User;
use crate::texts::linked::called;
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::linked::AccessInput;

/// Gives it. A company that is not linked to the person's own is not found, whether it is another's or nobody's (D2). Who
/// has the access already keeps it: a double press is harmless.
pub async fn give_access(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    user: UserId,
    input: AccessInput,
) -> Outcome<()> {
    let on = OnPerson {
        company: input.company,
        user,
    };
    let (tx, person) = act_on_person(services, client, who, on, Action::GrantLinked, Deed::AccessGiven).await?;
    Db::one_at_a_time(&tx, TURN).await?;
    let child = companies::find(&tx, input.child).await?;
    let Some(child) = child.filter(|child| child.parent == Some(person.company)) else {
        activity::insert(
            &tx,
            entry(services, client, who, Deed::AccessGiven, false, Some(&person)),
        )
        .await?;
        tx.commit().await?;
        return Err(AppError::NotFound.into());
    };
    if grants::exists(&tx, person.id, child.id).await? {
        return Ok(());
    }
    let new = NewGrant {
        user: person.id,
        company: person.company,
        child: child.id,
        now: services.clock.now(),
    };
    grants::insert(&tx, new).await?;
    note(&tx, services, client, who, Deed::AccessGiven, (&person, &child)).await?;
    Ok(tx.commit().await?)
}

/// Notes it in the activity of the person's company and in the linked one's, where both are named with their company.
pub(super) async fn note(
    tx: &DatabaseTransaction,
    services: &Services,
    client: &Client,
    who: &SignedIn,
    deed: Deed,
    (person, child): (&User, &Company),
) -> Outcome<()> {
    let here = Entry {
        detail: Some(&child.name),
        ..entry(services, client, who, deed, true, Some(person))
    };
    activity::insert(tx, here).await?;
    let actor = called(&who.name, Some(&who.home_name));
    let target = called(&person.name, Some(&who.company_name));
    let there = Entry {
        id: rekey_domain::id::ActivityId::mint(services.clock.now(), random::bytes()),
        company: child.id,
        actor: ActorIs::User(who.user, &actor),
        target: Some((person.id, &target)),
        ..entry(services, client, who, deed, true, None)
    };
    Ok(activity::insert(tx, there).await?)
}
