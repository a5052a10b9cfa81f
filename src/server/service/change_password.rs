//! Changing one's own password while signed in (E8): the current one is needed, every session ends, a new one begins in
//! its place, all links die, and the owner is told.

use rekey_domain::id::{ActivityId, MailId, SessionId};
use rekey_domain::password::PasswordAttempt;
use rekey_domain::session;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::device;
use crate::server::random;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::new_password::acceptable;
use crate::server::service::resolve_session::SignedIn;
use crate::server::service::sign_in::NewSession;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::users::User;
use crate::server::store::{companies, resets, sessions, users};
use crate::wire::account::ChangePasswordInput;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};

/// What came of it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The session that goes on here.
    pub session: NewSession,
    /// How many other living sessions ended.
    pub signed_out_devices: u64,
}

/// Changes the password of whoever is signed in.
pub async fn change_password(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: ChangePasswordInput,
) -> Outcome<Changed> {
    let on = services.db.reader();
    let person = users::find(on, who.user).await?.ok_or(AppError::NotSignedIn)?;
    let company = companies::find(on, person.company).await?.ok_or(AppError::NotFound)?;
    let mut problems = Vec::new();
    if input.current_password.expose().is_empty() {
        problems.push(Problem {
            field: Field::CurrentPassword,
            reason: Reason::EnterPassword,
        });
    }
    // The new one is looked at first, so that both fields are answered at once.
    let acceptable = acceptable(services, &person, &company, input.new_password).await;
    if let Err(ServiceError::Refused(AppError::Invalid(more))) = &acceptable {
        problems.extend(more.iter().cloned());
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems).into());
    }
    let new = acceptable?;
    let stored = person.password_hash.as_ref().ok_or(AppError::NotSignedIn)?;
    let current = PasswordAttempt::normalise(&input.current_password);
    if !services.hasher.verify(current.expose(), Some(stored.expose())).await? {
        return Err(ServiceError::invalid(
            Field::CurrentPassword,
            Reason::WrongCurrentPassword,
        ));
    }
    let phc = services.hasher.hash(new.expose()).await?;

    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    let locked = users::find_and_lock(&tx, person.id).await?;
    // Changed meanwhile: then the one that was checked is no longer the current one.
    if locked
        .and_then(|user| user.password_hash)
        .is_none_or(|hash| hash.expose() != stored.expose())
    {
        return Err(ServiceError::invalid(
            Field::CurrentPassword,
            Reason::WrongCurrentPassword,
        ));
    }
    let living = sessions::list_of_user(&tx, person.id).await?;
    let this = living
        .iter()
        .find(|session| session.id == who.session)
        .ok_or(AppError::NotSignedIn)?;
    let kept = this.times.kept;
    let limits = &services.settings.session_limits;
    let others = living.iter().filter(|session| session.id != who.session);
    let signed_out_devices = others
        .filter(|session| session::is_living(&session.times, limits, now))
        .count() as u64;
    users::set_password(&tx, person.id, &phc).await?;
    sessions::delete_of_user(&tx, person.id).await?;
    resets::cancel_living(&tx, person.id, now).await?;
    let secret = Token::from_random(random::bytes());
    let session = sessions::NewSession {
        id: SessionId::mint(now, random::bytes()),
        user: person.id,
        company: who.company,
        secret: &secret.hash(TokenKind::Session),
        kept,
        now,
        user_agent: &client.user_agent,
        client_address: &client.address_text(),
    };
    sessions::insert(&tx, &session).await?;
    record(&tx, client, &person, signed_out_devices, now).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(Changed {
        session: NewSession {
            secret,
            kept,
            next: "/account".to_owned(),
        },
        signed_out_devices,
    })
}

/// The entry in the activity and the notice to the owner.
async fn record(
    tx: &DatabaseTransaction,
    client: &Client,
    person: &User,
    signed_out_devices: u64,
    now: Timestamp,
) -> Outcome<()> {
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor: ActorIs::User(person.id, &person.name),
        action: "password_changed",
        granted: true,
        target: Some((person.id, &person.name)),
        detail: None,
        client_address: Some(client.address_text()),
    };
    activity::insert(tx, entry).await?;
    let facts = ChangeFacts {
        reset: None,
        changed_at: now.as_millis(),
        device: device::describe(&client.user_agent),
        client_address: client.address_text(),
        signed_out: signed_out_devices,
    };
    let notice = NewMail {
        id: MailId::mint(now, random::bytes()),
        kind: MailKind::PasswordChanged,
        company: person.company,
        user: person.id,
        reset: None,
        recipient: &person.email,
        now,
        deadline: Some(now + mails::NOTICE_LIFE),
        facts: Some(facts.to_json()?),
    };
    mails::insert(tx, notice).await?;
    Ok(())
}
