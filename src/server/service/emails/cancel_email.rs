//! The button **Cancel new email**: a new address that does not count yet never will. By the person, or by who may edit
//! them, or restore them where they are deleted and the new address is to bring them back.

use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::accounts::open_change::end_open;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, still_signed_in};
use crate::server::services::Services;
use crate::server::store::users::{self, User};
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;

/// On somebody else's page. Where nothing waits, nothing is done and nothing noted: a double press is harmless.
pub async fn cancel_email(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    // Whoever may edit somebody may restore them, too.
    let (act, person) = act_on_person(services, client, who, input, Action::RestoreUser, Deed::EmailCancelled).await?;
    cancel(act, &person).await
}

/// On the own account.
pub async fn cancel_own_email(services: &Services, client: &Client, who: &SignedIn) -> Outcome<()> {
    let home = who.at_home();
    let mut act = Act::begin(services, By::Person(&home, client)).await?;
    still_signed_in(act.tx(), who).await?;
    let person = users::find_and_lock(act.tx(), who.user)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    act.has_locked();
    cancel(act, &person).await
}

async fn cancel(act: Act<'_>, person: &User) -> Outcome<()> {
    if end_open(act.tx(), person, act.now).await?.is_some() {
        act.note(Deed::EmailCancelled, Some(person), None).await?;
    }
    act.commit().await
}
