//! Who is behind a request: the session of its cookie, if it still lives (E3, E4), and the company that it acts in.

use std::cmp::Reverse;

use rekey_domain::id::{CompanyId, SessionId, UserId};
use rekey_domain::linked::{Place, place};
use rekey_domain::policy::Actor;
use rekey_domain::role::Role;
use rekey_domain::session;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenHash, TokenKind};
use sea_orm::DatabaseTransaction;

use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::services::Services;
use crate::server::store::sessions::{Look, StoredSession};
use crate::server::store::users::User;
use crate::server::store::{companies, sessions, users};
use crate::server::times::Zone;
use crate::texts::linked::called;
use crate::wire::error::AppError;

/// Somebody signed in, as of the beginning of the request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// Other living sessions whose cookies the same browser sent (K2).
    pub also: Vec<SessionId>,
    /// The person.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Their name as the people of the company acted in read it: with the own company, where that is another one.
    pub called: String,
    /// The company that they belong to.
    pub home: CompanyId,
    /// Its name.
    pub home_name: String,
    /// The company acted in.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// How the pages look, as the request found them.
    pub look: Look,
    /// The company that they acted in until they lost the access to it, while they have not been told.
    pub lost: Option<(CompanyId, String)>,
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

    /// The same person in their own company: the own account stays the own one, wherever one acts.
    #[must_use]
    pub fn at_home(&self) -> Self {
        Self {
            called: self.name.clone(),
            company: self.home,
            company_name: self.home_name.clone(),
            ..self.clone()
        }
    }

    /// The same person in a company that is linked to their own.
    #[must_use]
    pub fn acting_in(&self, company: CompanyId, name: &str) -> Self {
        Self {
            called: called(&self.name, Some(&self.home_name)),
            company,
            company_name: name.to_owned(),
            ..self.clone()
        }
    }

    /// All sessions of this browser: they end together, or signing out would leave the next one.
    pub fn all_sessions(&self) -> impl Iterator<Item = SessionId> {
        [self.session].into_iter().chain(self.also.iter().copied())
    }

    /// Refuses a form that showed another company than the one acted in (D3): of two tabs, one has switched.
    pub fn must_act_in(&self, shown: CompanyId) -> Result<(), AppError> {
        if shown == self.company {
            Ok(())
        } else {
            Err(AppError::OtherCompany(self.company_name.clone()))
        }
    }
}

/// The living session of a browser's cookies. Of several that live it is the one that began last: whoever has signed in
/// just now is who they are, whatever a neighbour left in front of it (K2). `is_activity`: whether the request counts as
/// use (polling does not, E4). A session that was not written as seen for 5 minutes is, after the answer's data is known
/// and without holding it up.
pub async fn resolve_session(services: &Services, secrets: &[Token], is_activity: bool) -> Outcome<Resolved> {
    let secrets: Vec<_> = secrets.iter().map(|secret| secret.hash(TokenKind::Session)).collect();
    if secrets.is_empty() {
        return Ok(Resolved::Nobody);
    }
    services.arrivals.came_back(&secrets);
    let now = services.clock.now();
    let limits = &services.settings.session_limits;
    let mut found = sessions::find_by_secrets(services.db.reader(), &secrets).await?;
    let any_ended_idle = found
        .iter()
        .any(|(_, stored)| session::ended_idle(&stored.times, limits, now));
    found.retain(|(_, stored)| session::is_living(&stored.times, limits, now));
    // Of those that began in the same moment the one that the browser sent first.
    let place = |secret: &TokenHash| secrets.iter().position(|sent| sent == secret);
    found.sort_by_key(|(secret, stored)| (Reverse(stored.times.created_at), place(secret)));
    let mut living = found.into_iter().map(|(_, stored)| stored);
    let Some(stored) = living.next() else {
        return Ok(if any_ended_idle {
            Resolved::EndedIdle
        } else {
            Resolved::Nobody
        });
    };
    let also = living.map(|stored| stored.id).collect();
    if is_activity && session::needs_touch(stored.times.seen_at, now) {
        let services = services.clone();
        tokio::spawn(async move {
            if let Err(error) = touch(&services, stored.id, stored.times.seen_at).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "session.touch failed");
            }
        });
    }
    Ok(Resolved::SignedIn(Box::new(signed_in(stored, also, limits, now))))
}

/// Where the person acts, as of now: the grant was read with the session.
fn signed_in(stored: StoredSession, also: Vec<SessionId>, limits: &session::SessionLimits, now: Timestamp) -> SignedIn {
    let place = place(stored.home, stored.chosen, stored.role, stored.has_grant);
    let chosen = (stored.chosen, stored.chosen_name);
    let home = (stored.home, stored.home_name.clone());
    let (company, of, lost) = match place {
        Place::Home => (home, None, None),
        Place::Linked => (chosen, Some(stored.home_name.as_str()), None),
        Place::HomeAgain => (home, None, Some(chosen)),
    };
    SignedIn {
        left: session::left(&stored.times, limits, now),
        session: stored.id,
        also,
        user: stored.user,
        called: called(&stored.name, of),
        name: stored.name,
        email: stored.email,
        role: stored.role,
        home: stored.home,
        home_name: stored.home_name,
        company: company.0,
        company_name: company.1,
        look: match place {
            Place::Linked => stored.chosen_look,
            Place::Home | Place::HomeAgain => stored.home_look,
        },
        lost,
        zone: Zone::named(stored.time_zone.as_deref()),
    }
}

async fn touch(services: &Services, id: SessionId, seen_at: Timestamp) -> Result<(), sea_orm::DbErr> {
    let tx = services.db.begin_write().await?;
    sessions::touch(&tx, id, seen_at, services.clock.now()).await?;
    tx.commit().await
}

/// The actor as of now, inside the transaction that acts: a session that has ended or moved to another company, a role that
/// was lowered or a grant that was taken away since the page was loaded counts at once (D3, D6).
pub async fn actor_now(tx: &DatabaseTransaction, who: &SignedIn) -> Outcome<Actor> {
    let (user, chosen, has_grant) = person_now(tx, who).await?;
    let now_in = match place(user.company, chosen, user.role, has_grant) {
        Place::Linked => chosen,
        Place::Home | Place::HomeAgain => user.company,
    };
    if now_in != who.company {
        let company = companies::find(tx, now_in).await?;
        let name = company.map(|company| company.name).unwrap_or_default();
        return Err(AppError::OtherCompany(name).into());
    }
    Ok(Actor {
        user: user.id,
        company: now_in,
        role: user.role,
    })
}

/// That whoever acts on their own account is still signed in, wherever they act.
pub async fn still_signed_in(tx: &DatabaseTransaction, who: &SignedIn) -> Outcome<()> {
    person_now(tx, who).await.map(|_| ())
}

/// The person, the company that the session chose, and whether there is a grant for it.
async fn person_now(tx: &DatabaseTransaction, who: &SignedIn) -> Outcome<(User, CompanyId, bool)> {
    let user = users::find(tx, who.user).await?;
    match (user, sessions::find_chosen(tx, who.session).await?) {
        (Some(user), Some((chosen, has_grant))) => Ok((user, chosen, has_grant)),
        _ => Err(ServiceError::Refused(AppError::NotSignedIn)),
    }
}

/// Has the session act at home for good, where it already does so because the access to `lost` is gone.
pub async fn come_home(services: &Services, who: &SignedIn, lost: CompanyId) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    sessions::leave(&tx, who.session, lost, who.home).await?;
    Ok(tx.commit().await?)
}
