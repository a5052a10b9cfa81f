//! Ends a person's access to linked companies: on a lower role, a deletion or the end of the link. A later rise, restoring or link
//! does not bring it back (D8). It is a part of the caller's act.

use rekey_domain::deed::Deed;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::companies::{self, Company};
use crate::server::store::grants::{self, Whose};
use crate::server::store::users::User;
use crate::texts::linked::called;

/// Ends all grants of a person, and notes each in the activity of both companies.
pub async fn end_grants_of(act: &Act<'_>, person: &User) -> Outcome<()> {
    let tx = act.tx();
    let ended = grants::delete_all(tx, Whose::Person(person.id)).await?;
    if ended.is_empty() {
        return Ok(());
    }
    let own = companies::find(tx, person.company).await?;
    let own = own.ok_or_else(|| ServiceError::bug("a person without a company"))?;
    let person_there = called(&person.name, Some(&own.name));
    let guest = match act.by {
        By::Person(who, _) => called(&who.name, Some(&who.home_name)),
        By::Recipient(_) | By::Operator | By::Server => person_there.clone(),
    };
    let here = match act.by {
        By::Person(who, _) => who.called.clone(),
        By::Recipient(_) | By::Operator | By::Server => person.name.clone(),
    };
    for ended in ended {
        for (company, actor, target, detail) in [
            (own.id, &here, &person.name, Some(ended.child_name.as_str())),
            (ended.child, &guest, &person_there, None),
        ] {
            let actor = match act.by {
                By::Person(who, _) => ActorIs::User(who.user, actor),
                By::Recipient(_) => ActorIs::Recipient(person.id, actor),
                By::Operator | By::Server => ActorIs::Operator,
            };
            let entry = act.entry((company, actor), Deed::AccessRemoved, Some((person.id, target)), detail);
            activity::insert(tx, entry).await?;
        }
    }
    Ok(())
}

/// Ends all grants for a company that is about to lose its parent, by the operator, and notes each in the parent's activity.
/// The end of the link stands in the child's.
pub async fn end_grants_for(act: &Act<'_>, child: &Company, parent: &Company) -> Outcome<()> {
    for ended in grants::delete_all(act.tx(), Whose::Child(child.id)).await? {
        let target = Some((ended.user, ended.user_name.as_str()));
        let whose = (parent.id, ActorIs::Operator);
        let entry = act.entry(whose, Deed::AccessRemoved, target, Some(&child.name));
        activity::insert(act.tx(), entry).await?;
    }
    Ok(())
}
