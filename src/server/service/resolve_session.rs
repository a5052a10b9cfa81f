//! Who is behind a request: the session of its cookie, if it still lives (E3, E4).

use rekey_domain::company_details::Accent;
use rekey_domain::id::{CompanyId, SessionId, UserId};
use rekey_domain::policy::Actor;
use rekey_domain::role::Role;
use rekey_domain::session;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DatabaseTransaction;

use crate::server::service::error::{Outcome, ServiceError};
use crate::server::services::Services;
use crate::server::store::{sessions, users};
use crate::server::times::Zone;
use crate::wire::error::AppError;

/// Somebody signed in, as of the beginning of the request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// The person.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// The company that they belong to.
    pub home: CompanyId,
    /// The company acted in.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// What stands on top of its pages.
    pub banner: Option<String>,
    /// Their colour.
    pub accent: Accent,
    /// The zone that they read times in.
    pub zone: Zone,
    /// How long the session goes on.
    pub left: session::Left,
}

/// Who a cookie stands for.
#[derive(Clone, Debug)]
pub enum Resolved {
    /// Nobody.
    Nobody,
    /// Nobody any more, for want of activity.
    EndedIdle,
    /// Somebody.
    SignedIn(Box<SignedIn>),
}

impl SignedIn {
    /// What the role table needs to know.
    pub fn as_actor(&self) -> Actor {
        Actor {
            user: self.user,
            company: self.company,
            role: self.role,
        }
    }
}

/// The living session of a cookie's value. `is_activity`: whether the request counts as use (polling does not, E4). A
/// session that was not written as seen for 5 minutes is, after the answer's data is known and without holding it up.
pub async fn resolve_session(services: &Services, cookie: &str, is_activity: bool) -> Outcome<Resolved> {
    let Some(secret) = Token::parse(cookie) else {
        return Ok(Resolved::Nobody);
    };
    let Some(stored) = sessions::find_by_secret(services.db.reader(), &secret.hash(TokenKind::Session)).await? else {
        return Ok(Resolved::Nobody);
    };
    let now = services.clock.now();
    let limits = &services.settings.session_limits;
    if session::ended_idle(&stored.times, limits, now) {
        return Ok(Resolved::EndedIdle);
    }
    if !session::is_living(&stored.times, limits, now) {
        return Ok(Resolved::Nobody);
    }
    if is_activity && session::needs_touch(stored.times.seen_at, now) {
        let services = services.clone();
        tokio::spawn(async move {
            if let Err(error) = touch(&services, stored.id, stored.times.seen_at).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "session.touch failed");
            }
        });
    }
    Ok(Resolved::SignedIn(Box::new(SignedIn {
        left: session::left(&stored.times, limits, now),
        session: stored.id,
        user: stored.user,
        name: stored.name,
        email: stored.email,
        role: stored.role,
        home: stored.home,
        company: stored.company,
        company_name: stored.company_name,
        banner: stored.banner,
        accent: stored.accent,
        zone: Zone::named(stored.time_zone.as_deref()),
    })))
}

async fn touch(services: &Services, id: SessionId, seen_at: Timestamp) -> Result<(), sea_orm::DbErr> {
    let tx = services.db.begin_write().await?;
    sessions::touch(&tx, id, seen_at, services.clock.now()).await?;
    tx.commit().await
}

/// The actor as of now, inside the transaction that acts: a session that has ended or a role that was lowered since
/// the page was loaded counts at once (D6).
pub async fn actor_now(tx: &DatabaseTransaction, who: &SignedIn) -> Outcome<Actor> {
    let user = users::find(tx, who.user).await?;
    match user {
        Some(user) if sessions::exists(tx, who.session).await? => Ok(Actor {
            user: user.id,
            company: who.company,
            role: user.role,
        }),
        _ => Err(ServiceError::Refused(AppError::NotSignedIn)),
    }
}
