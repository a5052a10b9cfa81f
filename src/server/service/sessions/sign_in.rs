//! Signing in. Wrong, unknown, deleted and password-less accounts get one answer, and each try costs exactly one hash
//! run (B4), as far as the limits let it through (C2). The session's id is made anew, and the one before ends (E1). Whoever
//! has a hash of other parameters than today's gets one of today's, since only now is the password there.

use rekey_domain::deed::Deed;
use rekey_domain::email::{Email, EmailProblem};
use rekey_domain::password::PasswordAttempt;
use rekey_domain::repeated::PasswordRefusal;
use rekey_domain::token::TokenKind;
use rekey_domain::way_back::WayBack;

use crate::server::client::Client;
use crate::server::heavy_work::NotDone;
use crate::server::password_hash::{self, HashingFailed};
use crate::server::refusals::{Refused, Whom};
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::passwords::try_password::Try;
use crate::server::service::sessions::begin_session::{NewSession, begin_session};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::{sessions, users};
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason, SignInInput};
use crate::wire::paths;

/// Signs in. `before` is who was signed in with the same browser until now: that session ends.
pub async fn sign_in(
    services: &Services,
    client: &Client,
    before: Option<&SignedIn>,
    input: SignInInput,
) -> Outcome<NewSession> {
    let mut problems = Vec::new();
    let email = Email::parse(&input.email);
    if let Err(EmailProblem::Empty) = email {
        problems.push(Problem {
            field: Field::Email,
            reason: Reason::Email(EmailProblem::Empty),
        });
    }
    if input.password.expose().is_empty() {
        problems.push(Problem {
            field: Field::Password,
            reason: Reason::EnterPassword,
        });
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems).into());
    }

    let now = services.clock.now();
    let refused = |why, to| services.refusals.saw(Refused::SignIn(why), to, client, now);
    let attempt = Try::begin(services, client, email.as_ref().ok()).await;
    let attempt = attempt.inspect_err(|error| {
        if error.is_limit() {
            // Nobody looks here whose it is (B5).
            let to = email
                .as_ref()
                .map_or(Whom::Nobody, |email| Whom::Address(email.clone()));
            refused(PasswordRefusal::TooMany, to);
        }
    })?;

    // What can't be an address belongs to nobody, and costs the same.
    let account = match &email {
        Ok(email) => users::find_by_email_key(services.db.reader(), email.key()).await?,
        Err(_) => None,
    };
    let password = PasswordAttempt::normalise(&input.password);
    let stored = account.as_ref().and_then(|account| account.password_hash.as_ref());
    let fits = attempt.fits(&password, stored).await?;
    let (Some(account), Some(stored), true) = (&account, stored, fits) else {
        let to = account
            .as_ref()
            .map_or(Whom::Nobody, |account| Whom::Stranger(account.id));
        refused(PasswordRefusal::Wrong, to);
        return Err(ServiceError::invalid(Field::Email, Reason::WrongCredentials));
    };

    let renewed = renewed(services, &password, stored).await?;

    let apps = &services.settings.apps;
    let next = input.next.as_deref().and_then(|next| WayBack::parse(next, apps));
    let next = next.map_or_else(|| paths::DASHBOARD.to_owned(), |way| way.as_str().to_owned());
    let mut act = Act::begin(services, By::Recipient(Some(client))).await?;
    // The password may have changed while it was hashed: then this was the old one.
    let current = users::find_and_lock(act.tx(), account.id).await?;
    act.has_locked();
    let now = act.now;
    if current
        .and_then(|user| user.password_hash)
        .is_none_or(|hash| hash.expose() != stored.expose())
    {
        refused(PasswordRefusal::Wrong, Whom::Stranger(account.id));
        return Err(ServiceError::invalid(Field::Email, Reason::WrongCredentials));
    }
    if let Some(phc) = renewed {
        users::renew_password_hash(act.tx(), account.id, stored, &phc).await?;
    }
    attempt.was_right(act.tx()).await?;
    for session in before.iter().flat_map(|before| before.all_sessions()) {
        sessions::delete(act.tx(), session).await?;
    }
    let whose = (account.id, account.company);
    let session = begin_session(&act, client, whose, input.keep.is_some(), next).await?;
    users::touch_sign_in(act.tx(), account.id, now).await?;
    let whose = (account.company, ActorIs::User(account.id, &account.name));
    let entry = act.entry(whose, Deed::SignedIn, None, None);
    activity::insert(act.tx(), entry).await?;
    act.commit().await?;
    let secret = session.secret.hash(TokenKind::Session);
    services.arrivals.expect(secret, client, &session.next, now);
    Ok(session)
}

/// A hash of today's parameters, where the stored one has others. It can wait for the next time where there is much to do.
async fn renewed(
    services: &Services,
    password: &PasswordAttempt,
    stored: &users::PasswordHash,
) -> Outcome<Option<String>> {
    if !password_hash::is_outdated(stored.expose()) {
        return Ok(None);
    }
    match services.hasher.hash(password.expose()).await {
        Ok(phc) => Ok(Some(phc)),
        Err(HashingFailed::NotDone(NotDone::Busy)) => Ok(None),
        Err(failed) => Err(failed.into()),
    }
}
