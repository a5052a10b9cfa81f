//! The one place where a password is compared with a stored one, at whatever door (C2). Before that, the try takes its place
//! in the limits, so that nobody guesses without being counted: neither a stranger nor whoever has got hold of a session (F6).

use rekey_domain::email::Email;
use rekey_domain::password::PasswordAttempt;
use rekey_domain::repeated::PasswordRefusal;
use rekey_domain::secret::Secret;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::heavy_work::NotDone;
use crate::server::password_hash::HashingFailed;
use crate::server::refusals::{Refused, Whom};
use crate::server::service::accounts::address::stored_email;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_sign_in;
use crate::server::services::Services;
use crate::server::store::users::{PasswordHash, User};
use crate::wire::error::AppError;

/// A try that has its place.
#[derive(Debug)]
pub struct Try<'a> {
    services: &'a Services,
    client: &'a Client,
    email: Option<&'a Email>,
}

impl<'a> Try<'a> {
    /// Takes the place, or refuses. It needs nothing but what was typed (B5). What can't be an address belongs to nobody.
    pub async fn begin(services: &'a Services, client: &'a Client, email: Option<&'a Email>) -> Outcome<Self> {
        limit_sign_in::take(services, client, email).await?;
        Ok(Self {
            services,
            client,
            email,
        })
    }

    /// Whether the password fits what is stored; without that it fits nothing, at the same cost (B4). Where there was too
    /// much to do nothing was tried, and the place is given back.
    pub async fn fits(&self, password: &PasswordAttempt, stored: Option<&PasswordHash>) -> Outcome<bool> {
        let stored = stored.map(PasswordHash::expose);
        #[expect(clippy::disallowed_methods, reason = "the one place, which the ban names")]
        match self.services.hasher.fits(password, stored).await {
            Err(HashingFailed::NotDone(busy @ NotDone::Busy)) => {
                limit_sign_in::give_back(self.services, self.client, self.email).await?;
                Err(busy.into())
            }
            verified => Ok(verified?),
        }
    }

    /// It did: the client gets its place back, and the address begins anew.
    pub async fn was_right(self, tx: &DatabaseTransaction) -> Outcome<()> {
        match self.email {
            Some(email) => limit_sign_in::succeeded(tx, self.services, self.client, email).await,
            None => Ok(()),
        }
    }
}

/// Whether this is the current password of somebody who is signed in. It counts as a try to sign in does, and a right one
/// begins anew at once, whatever becomes of the rest of the form.
pub async fn is_current(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    person: &User,
    typed: &Secret,
) -> Outcome<bool> {
    let stored = person.password_hash.as_ref().ok_or(AppError::NotSignedIn)?;
    let email = stored_email(&person.email)?;
    let refused = |why| {
        let (what, to) = (Refused::CurrentPassword(why), Whom::is(&who.at_home()));
        services.refusals.saw(what, to, client, services.clock.now());
    };
    let attempt = Try::begin(services, client, Some(&email)).await;
    let attempt = attempt.inspect_err(|error| {
        if error.is_limit() {
            refused(PasswordRefusal::TooMany);
        }
    })?;
    if !attempt.fits(&PasswordAttempt::normalise(typed), Some(stored)).await? {
        refused(PasswordRefusal::Wrong);
        return Ok(false);
    }
    let tx = services.db.begin_write().await?;
    attempt.was_right(&tx).await?;
    tx.commit().await?;
    Ok(true)
}
