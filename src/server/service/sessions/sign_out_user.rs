//! The button **Sign out everywhere** on a person's page: all their sessions end.

use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;

use crate::server::client::Client;
use crate::server::service::accounts::take_back::end_sessions;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::wire::forms::OnPerson;

/// Ends them.
pub async fn sign_out_user(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    let (act, person) = act_on_person(services, client, who, input, Action::SignOutUser, Deed::UserSignedOut).await?;
    end_sessions(&act, &person, None).await?;
    act.note(Deed::UserSignedOut, Some(&person), None).await?;
    act.commit().await
}
