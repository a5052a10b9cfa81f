//! What every change of a password brings, in the transaction of the caller: all sessions end (E2), all other links die
//! (A9), an entry in the activity, and a notice to the owner (G6).

use rekey_domain::id::{ActivityId, MailId, SessionId};
use rekey_domain::session;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::device;
use crate::server::random;
use crate::server::service::error::Outcome;
use crate::server::service::{limit_asks, limit_sign_in};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::resets::{self, Reset};
use crate::server::store::sessions;
use crate::server::store::users::User;

/// How it was changed.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// By the link of this reset.
    ByLink(&'a Reset),
    /// While signed in with this session.
    InSession(SessionId),
}

/// Call it after the new hash is stored. How many living sessions ended, besides the one that made the change.
pub async fn password_changed(
    tx: &DatabaseTransaction,
    services: &Services,
    client: &Client,
    person: &User,
    change: Change<'_>,
    now: Timestamp,
) -> Outcome<u64> {
    let by = match change {
        Change::InSession(session) => Some(session),
        Change::ByLink(_) => None,
    };
    let signed_out = end_sessions(tx, services, person, by, now).await?;
    let ended = resets::cancel_living(tx, person.id, now).await?;
    limit_asks::give_back_dropped(tx, services, &ended.dropped).await?;
    limit_sign_in::password_is_new(tx, &person.email).await?;
    let (actor, action, reset) = match change {
        Change::ByLink(reset) => (
            ActorIs::Recipient(person.id, &person.name),
            "password_set_by_link",
            Some(reset),
        ),
        Change::InSession(_) => (ActorIs::User(person.id, &person.name), "password_changed", None),
    };
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor,
        action,
        granted: true,
        target: Some((person.id, &person.name)),
        detail: reset.map(|reset| reset.reference.as_str()),
        client_address: Some(client.address_text()),
    };
    activity::insert(tx, entry).await?;
    let facts = ChangeFacts {
        reset: reset.map(|reset| reset.id.to_string()),
        changed_at: now.as_millis(),
        device: device::describe(&client.user_agent),
        client_address: client.address_text(),
        signed_out,
    };
    let id = MailId::mint(now, random::bytes());
    let notice = NewMail::notice(id, MailKind::PasswordChanged, person, facts.to_json()?, now);
    mails::insert(tx, notice).await?;
    Ok(signed_out)
}

/// Ends all sessions of a person. How many of them lived, besides the one by which it happens.
pub async fn end_sessions(
    tx: &DatabaseTransaction,
    services: &Services,
    person: &User,
    by: Option<SessionId>,
    now: Timestamp,
) -> Outcome<u64> {
    let limits = &services.settings.session_limits;
    let all = sessions::list_of_user(tx, person.id).await?;
    let living = all
        .iter()
        .filter(|session| session::is_living(&session.times, limits, now));
    let others = living.filter(|session| Some(session.id) != by).count();
    sessions::delete_of_user(tx, person.id).await?;
    Ok(others as u64)
}
