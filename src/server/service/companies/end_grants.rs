//! What somebody was given in linked companies ends: they were lowered or deleted, or the companies are linked no more. For
//! good, so that a later rise, restoring or link brings nothing back (D8). In the transaction of the caller.

use rekey_domain::deed::Deed;
use rekey_domain::id::ActivityId;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::companies::{self, Company};
use crate::server::store::grants::{self, Whose};
use crate::server::store::users::User;
use crate::texts::linked::called;

/// Who ends them.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody signed in.
    Person(&'a SignedIn, &'a Client),
    /// The person, by a link in a mail.
    Recipient(&'a Client),
    /// The operator.
    Operator,
}

impl By<'_> {
    fn client(self) -> Option<String> {
        match self {
            Self::Person(_, client) | Self::Recipient(client) => Some(client.address_text()),
            Self::Operator => None,
        }
    }
}

/// Ends all grants of a person, and notes each in the activity of both companies.
pub async fn end_grants_of(tx: &DatabaseTransaction, services: &Services, person: &User, by: By<'_>) -> Outcome<()> {
    let ended = grants::delete_all(tx, Whose::Person(person.id)).await?;
    if ended.is_empty() {
        return Ok(());
    }
    let own = companies::find(tx, person.company).await?;
    let own = own.ok_or_else(|| ServiceError::bug("a person without a company"))?;
    let now = services.clock.now();
    let person_there = called(&person.name, Some(&own.name));
    let guest = match by {
        By::Person(who, _) => called(&who.name, Some(&who.home_name)),
        By::Recipient(_) | By::Operator => person_there.clone(),
    };
    let here = match by {
        By::Person(who, _) => who.called.clone(),
        By::Recipient(_) | By::Operator => person.name.clone(),
    };
    for ended in ended {
        for (company, actor, target, detail) in [
            (own.id, &here, &person.name, Some(ended.child_name.as_str())),
            (ended.child, &guest, &person_there, None),
        ] {
            let entry = Entry {
                id: ActivityId::mint(now, random::bytes()),
                company,
                at: now,
                actor: match by {
                    By::Person(who, _) => ActorIs::User(who.user, actor),
                    By::Recipient(_) => ActorIs::Recipient(person.id, actor),
                    By::Operator => ActorIs::Operator,
                },
                deed: Deed::AccessRemoved,
                granted: true,
                target: Some((person.id, target)),
                detail,
                client_address: by.client(),
            };
            activity::insert(tx, entry).await?;
        }
    }
    Ok(())
}

/// Ends all grants for a company that is about to lose its parent, by the operator, and notes each in the parent's activity.
/// The end of the link stands in the child's.
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
            deed: Deed::AccessRemoved,
            granted: true,
            target: Some((ended.user, &ended.user_name)),
            detail: Some(&child.name),
            client_address: None,
        };
        activity::insert(tx, entry).await?;
    }
    Ok(())
}
