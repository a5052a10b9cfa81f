//! The button **Reset password**: a manager or administrator asks for a reset for somebody else. **Send again** is the
//! same: a new reset, whose mail, once accepted, replaces the older link (A7). There is a limit to both (C5). The answer
//! does not wait for the mail.

use rekey_domain::account::Status;
use rekey_domain::deed::Deed;
use rekey_domain::policy::Action;
use rekey_domain::reset::Kind;

use crate::server::client::Client;
use crate::server::hold::{self, Point};
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::{limit_invitations, limit_resets};
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::wire::forms::OnPerson;

/// A reset that was asked for.
#[derive(Clone, Debug)]
pub struct Triggered {
    /// The person's name.
    pub name: String,
    /// It is an invitation: the person has never had a password.
    pub is_invitation: bool,
}

/// Asks for a reset: with its mail and an entry in the activity, in one transaction.
pub async fn trigger_reset(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: OnPerson,
) -> Outcome<Triggered> {
    let (act, person) = act_on_person(services, client, who, input, Action::TriggerReset, Deed::ResetAsked).await?;
    let asking = Asking::of(&act, &person, Kind::Manager);
    let reached = limit_resets::reached(act.tx(), services, who, &person).await?;
    // One that waits already answers the press, whatever the limits say.
    if start_reset(&act, &person, asking).await? {
        if let Some(limited) = reached {
            return Err(limited.into());
        }
        limit_invitations::take_for(act.tx(), services, who, &person).await?;
    }
    hold::at(Point::ResetWritten).await;
    act.commit().await?;
    hold::at(Point::ResetCommitted).await;
    services.bell.ring();
    Ok(Triggered {
        is_invitation: person.status == Status::Invited,
        name: person.name,
    })
}
