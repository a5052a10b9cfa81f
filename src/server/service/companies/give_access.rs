//! Access to a linked company for a manager or administrator of the parent, by its administrators: noted in the activity of
//! both companies (D7).

use rekey_domain::deed::Deed;
use rekey_domain::id::UserId;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::companies::link_companies::TURN;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs};
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
    let (act, person) = act_on_person(services, client, who, on, Action::GrantLinked, Deed::AccessGiven).await?;
    Db::one_at_a_time(act.tx(), TURN).await?;
    let child = companies::find(act.tx(), input.child).await?;
    let Some(child) = child.filter(|child| child.parent == Some(person.company)) else {
        return Err(act.refuse(Deed::AccessGiven, Some(&person), AppError::NotFound).await);
    };
    if grants::exists(act.tx(), person.id, child.id).await? {
        return Ok(());
    }
    let new = NewGrant {
        user: person.id,
        company: person.company,
        child: child.id,
        now: act.now,
    };
    grants::insert(act.tx(), new).await?;
    note(&act, who, Deed::AccessGiven, (&person, &child)).await?;
    act.commit().await
}

/// Notes it in the activity of the person's company and in the linked one's, where both are named with their company.
pub(super) async fn note(act: &Act<'_>, who: &SignedIn, deed: Deed, (person, child): (&User, &Company)) -> Outcome<()> {
    act.note(deed, Some(person), Some(&child.name)).await?;
    let actor = called(&who.name, Some(&who.home_name));
    let target = called(&person.name, Some(&who.company_name));
    let there = (child.id, ActorIs::User(who.user, &actor));
    let there = act.entry(there, deed, Some((person.id, &target)), None);
    Ok(activity::insert(act.tx(), there).await?)
}
