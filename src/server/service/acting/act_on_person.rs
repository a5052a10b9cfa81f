//! The beginning of everything that somebody does to another person: the actor as of now (D6), the person inside the
//! actor's company, and the decision, in one transaction with what follows. A refusal by the role table is an entry in
//! the activity (D7).

use rekey_domain::deed::Deed;
use rekey_domain::policy::{self, Action, Refusal};

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::services::Services;
use crate::server::store::users::{self, User};
use crate::wire::forms::OnPerson;

/// Begins: the act to go on with, and the person, whose row is locked. The company comes from the session; the form's only
/// tells what the page showed (D3). `deed` names the act in the activity.
pub async fn act_on_person<'a>(
    services: &'a Services,
    client: &'a Client,
    who: &'a SignedIn,
    input: OnPerson,
    action: Action,
    deed: Deed,
) -> Outcome<(Act<'a>, User)> {
    who.must_act_in(input.company)?;
    let mut act = Act::begin(services, By::Person(who, client)).await?;
    let actor = actor_now(act.tx(), who).await?;
    let target = users::find_and_lock(act.tx(), input.user).await?;
    act.has_locked();
    let (refusal, target) = match target {
        None => (Refusal::NotFound, None),
        Some(person) => match policy::decide(&actor, action, Some(&person.as_target())) {
            Ok(()) => return Ok((act, person)),
            // Somebody else's name must not come into this company's trail (D2).
            Err(refusal) => (refusal, (person.company == who.company).then_some(person)),
        },
    };
    Err(act.refuse(deed, target.as_ref(), refusal).await)
}
