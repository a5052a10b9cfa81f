//! What somebody was given in linked companies ends: they were lowered or deleted, or the companies are linked no more. For
//! good, so that a later rise, restoring or link brings nothing back (D8). In the transaction of the caller.

use rekey_domain::id::ActivityId;
use sea_orm::DatabaseTransaction;

use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::companies::Company;
use crate::server::store::grants::{self, Whose};
use crate::server::store::users::User;

/// For the activity.
pub const REMOVED: &str = "access_removed";

/// Ends all grants of a person, by `actor`, and notes each.
pub async fn end_grants_of(
    tx: &DatabaseTransaction,
    services: &Services,
    person: &User,
    actor: &ActorIs<'_>,
    client_address: Option<String>,
) -> Outcome<()> {
    let now = services.clock.now();
    for ended in grants::delete_all(tx, Whose::Person(person.id)).await? {
        let entry = Entry {
            id: ActivityId::mint(now, random::bytes()),
            company: person.company,
            at: now,
            actor: actor.clone(),
            action: REMOVED,
            granted: true,
            target: Some((person.id, &person.name)),
            detail: Some(&ended.child_name),
            client_address: client_address.clone(),
        };
        activity::insert(tx, entry).await?;
    }
    Ok(())
}

/// Ends all grants for a company that is about to lose its parent, by the operator, and notes each in the parent's activity.
pub async fn end_grants_for(
    tx: &DatabaseTransaction,
    services: &Services,
    child: &Company,
    parent: &Company,
) -> Outcome<()> {
    let now = services.clock.now();
    for ended in grants::delete_all(tx, Whose::Child(child.id)).await? {
        let entry = Entry {
            id: ActivityId::mint(now, random::bytes()),
            company: parent.id,
            at: now,
            actor: ActorIs::Operator,
            action: REMOVED,
            granted: true,
            target: Some((ended.user, &ended.user_name)),
            detail: Some(&child.name),
            client_address: None,
        };
        activity::insert(tx, entry).await?;
    }
    Ok(())
}
