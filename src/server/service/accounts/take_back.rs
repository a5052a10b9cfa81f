//! An account is taken back: whatever somebody else may have begun with it ends at once, in the transaction of the caller,
//! who has locked the person. Every change of a password does so, "this was not me" in all its forms, and the deleting of an
//! account.
//!
//! What is owed to the owner is not dropped: notices that wait are still sent.

use rekey_domain::deed::Deed;
use rekey_domain::id::SessionId;
use rekey_domain::reset::{CancelledFor, RecipientSaid};
use rekey_domain::session;
use rekey_domain::time::Timestamp;

use crate::server::service::accounts::open_change::end_open;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks;
use crate::server::store::email_changes::EmailChange;
use crate::server::store::users::User;
use crate::server::store::{resets, sessions};

/// How the living links end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinksEnd {
    /// By this, which happened to the account.
    Cancelled(CancelledFor),
    /// By the person, by the link in a mail.
    Withdrawn(RecipientSaid),
}

/// What has ended.
#[derive(Clone, Debug)]
pub struct TakenBack {
    /// How many living sessions, besides the one by which it happens.
    pub signed_out: u64,
    /// The new address that waited, if one did.
    pub new_email: Option<String>,
}

/// Ends all sessions, all living links and the open change of the address.
pub async fn take_back(act: &Act<'_>, person: &User, links: LinksEnd, by: Option<SessionId>) -> Outcome<TakenBack> {
    let (tx, now) = (act.tx(), act.now);
    let signed_out = end_sessions(act, person, by).await?;
    // All mails before the limits, like everybody who locks both.
    let change = end_open(tx, person, now).await?;
    let ended = match links {
        LinksEnd::Cancelled(what) => resets::cancel_living(tx, person.id, what, now).await?,
        LinksEnd::Withdrawn(said) => resets::withdraw_living(tx, person.id, said, now).await?,
    };
    limit_asks::give_back_dropped(tx, act.services, &ended.dropped).await?;
    Ok(TakenBack {
        signed_out,
        new_email: change.and_then(|change| waited(change, now)),
    })
}

/// Ends all sessions of a person. How many of them lived, besides the one by which it happens.
pub async fn end_sessions(act: &Act<'_>, person: &User, by: Option<SessionId>) -> Outcome<u64> {
    let (tx, limits) = (act.tx(), &act.services.settings.session_limits);
    let all = sessions::list_of_user(tx, person.id).await?;
    let living = all
        .iter()
        .filter(|session| session::is_living(&session.times, limits, act.now));
    let others = living.filter(|session| Some(session.id) != by).count();
    sessions::delete_of_user(tx, person.id).await?;
    Ok(others as u64)
}

impl TakenBack {
    /// Notes in the activity that a new address was cancelled by this, where one was.
    pub async fn note_new_email(&self, act: &Act<'_>, person: &User) -> Outcome<()> {
        match &self.new_email {
            Some(new_email) => act.note(Deed::EmailCancelled, Some(person), Some(new_email)).await,
            None => Ok(()),
        }
    }
}

/// The new address of a change that was still to come; one that nobody has confirmed in time had ended without a word.
fn waited(change: EmailChange, now: Timestamp) -> Option<String> {
    change.facts.is_pending(now).then_some(change.new_email)
}
