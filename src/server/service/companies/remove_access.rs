//! The end of somebody's access to a linked company, by an administrator of the parent. It counts at the next request.

use rekey_domain::deed::Deed;
use rekey_domain::id::UserId;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::companies::give_access::note;
use crate::server::services::Services;
use crate::server::store::{companies, grants};
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::linked::AccessInput;

/// Removes it. Where there is none, nothing is done and nothing noted: a double press is harmless.
pub async fn remove_access(
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
    let (act, person) = act_on_person(services, client, who, on, Action::GrantLinked, Deed::AccessRemoved).await?;
    let child = companies::find(act.tx(), input.child).await?;
    let Some(child) = child.filter(|child| child.parent == Some(person.company)) else {
        return Err(act.refuse(Deed::AccessRemoved, Some(&person), AppError::NotFound).await);
    };
    if grants::delete(act.tx(), person.id, child.id).await? {
        note(&act, who, Deed::AccessRemoved, (&person, &child)).await?;
        act.commit().await?;
    }
    Ok(())
}
