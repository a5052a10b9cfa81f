//! The button **Cancel new email**: a new address that does not count yet never will. By the person, or by who may edit
//! them, or restore them where they are deleted and the new address is to bring them back.

use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::accounts::open_change::end_open;
use crate::server::service::acting::act_on_person::{act_on_person, entry};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::{SignedIn, still_signed_in};
use crate::server::services::Services;
use crate::server::store::activity;
use crate::server::store::users::{self, User};
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;

/// On somebody else's page. Where nothing waits, nothing is done and nothing noted: a double press is harmless.
pub async fn cancel_email(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    // Whoever may edit somebody may restore them, too.
    let (tx, person) = act_on_person(services, client, who, input, Action::RestoreUser, Deed::EmailCancelled).await?;
    cancel(tx, services, client, who, &person).await
}

/// On the own account.
pub async fn cancel_own_email(services: &Services, client: &Client, who: &SignedIn) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    still_signed_in(&tx, who).await?;
    let person = users::find_and_lock(&tx, who.user)
        .await?
        .ok_or(AppError::NotSignedIn)?;
    cancel(tx, services, client, &who.at_home(), &person).await
}

async fn cancel(
    tx: DatabaseTransaction,
    services: &Services,
    client: &Client,
    who: &SignedIn,
    person: &User,
) -> Outcome<()> {
    if end_open(&tx, person, services.clock.now()).await?.is_some() {
        activity::insert(
            &tx,
            entry(services, client, who, Deed::EmailCancelled, true, Some(person)),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
