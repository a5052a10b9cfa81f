//! Deleting somebody's account, softly: the password goes, sessions and links end, the address is free (A9, E3).

use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::act_on_person::{act_on_person, entry};
use crate::server::service::end_grants::end_grants_of;
use crate::server::service::end_links::end_links;
use crate::server::service::enter_email::end_open;
use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::{activity, sessions, users};
use crate::wire::forms::OnPerson;

const WORD: &str = "user_deleted";

/// Deletes it.
pub async fn delete_user(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    let (tx, person) = act_on_person(services, client, who, input, Action::DeleteUser, WORD).await?;
    users::delete(&tx, person.id, services.clock.now()).await?;
    sessions::delete_of_user(&tx, person.id).await?;
    end_links(&tx, services, &person).await?;
    end_grants_of(&tx, services, &person, Some((who, client))).await?;
    end_open(&tx, &person, services.clock.now()).await?;
    activity::insert(&tx, entry(services, client, who, WORD, true, Some(&person))).await?;
    tx.commit().await?;
    Ok(())
}
