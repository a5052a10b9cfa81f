//! What every change of a password brings, in the transaction of the caller: the account is taken back, so that all sessions
//! end (E2), all other links die (A9) and no new address goes on (F7); an entry in the activity, and a notice to the owner
//! (G6).

use rekey_domain::deed::Deed;
use rekey_domain::id::{MailId, SessionId};
use rekey_domain::reset::CancelledFor;

use crate::server::client::Client;
use crate::server::device;
use crate::server::service::accounts::take_back::{LinksEnd, take_back};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_sign_in;
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::resets::Reset;
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
pub async fn password_changed(act: &Act<'_>, client: &Client, person: &User, change: Change<'_>) -> Outcome<u64> {
    let (tx, now) = (act.tx(), act.now);
    let by = match change {
        Change::InSession(session) => Some(session),
        Change::ByLink(_) => None,
    };
    let ended = take_back(act, person, LinksEnd::Cancelled(CancelledFor::PasswordChanged), by).await?;
    limit_sign_in::password_is_new(tx, &person.email).await?;
    let (deed, reset) = match change {
        Change::ByLink(reset) => (Deed::PasswordSetByLink, Some(reset)),
        Change::InSession(_) => (Deed::PasswordChanged, None),
    };
    let detail = reset.map(|reset| reset.reference.as_str());
    act.note(deed, Some(person), detail).await?;
    ended.note_new_email(act, person).await?;
    let facts = ChangeFacts {
        reset: reset.map(|reset| reset.id.to_string()),
        changed_at: now.as_millis(),
        device: device::describe(&client.user_agent),
        client_address: client.address_text(),
        signed_out: ended.signed_out,
        cancelled_email: ended.new_email,
    };
    let id = act.mint(MailId::mint);
    let notice = NewMail::notice(id, MailKind::PasswordChanged, person, facts.to_json()?, now);
    mails::insert(tx, notice).await?;
    Ok(ended.signed_out)
}
