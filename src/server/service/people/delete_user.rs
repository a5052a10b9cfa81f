//! The button **Delete user**: somebody's account is deleted by who may.

use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::accounts::delete_account::delete_account;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::wire::forms::OnPerson;

/// Deletes it.
pub async fn delete_user(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    let (act, person) = act_on_person(services, client, who, input, Action::DeleteUser, Deed::UserDeleted).await?;
    delete_account(&act, &person).await?;
    act.note(Deed::UserDeleted, Some(&person), None).await?;
    act.commit().await
}
