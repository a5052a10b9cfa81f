//! What use cases are made of: database, clock, hasher, settings, and the bell that wakes the mail's workers.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use rekey_domain::batch::Pace;
use rekey_domain::keeping::Keeping;
use rekey_domain::limit::Limits;
use rekey_domain::password::PasswordRules;
use rekey_domain::reset::Lifetime;
use rekey_domain::session::SessionLimits;
use rekey_domain::way_back::AppOrigins;
use tokio::sync::Notify;
use url::Url;

use crate::server::arrivals::Arrivals;
use crate::server::clock::Clock;
use crate::server::heavy_work::HeavyWork;
use crate::server::lookout::Lookout;
use crate::server::password_hash::PasswordHasher;
use crate::server::refusals::Refusals;
use crate::server::store::db::Db;
use crate::server::work::Work;

/// Handed to every service. All clones are the same one.
#[derive(Clone, Debug)]
pub struct Services(Arc<ServiceParts>);

impl Deref for Services {
    type Target = ServiceParts;

    fn deref(&self) -> &ServiceParts {
        &self.0
    }
}

impl Services {
    /// Those of a process that has just begun: nothing waits, and nobody watches.
    pub fn new(db: Db, clock: Clock, hasher: PasswordHasher, settings: Settings) -> Self {
        ServiceParts::new(db, clock, hasher, settings).into()
    }
}

impl From<ServiceParts> for Services {
    fn from(parts: ServiceParts) -> Self {
        Self(Arc::new(parts))
    }
}

/// What they are.
#[derive(Debug)]
pub struct ServiceParts {
    /// Where everything is kept.
    pub db: Db,
    /// The one clock.
    pub clock: Clock,
    /// Argon2 behind permits.
    pub hasher: PasswordHasher,
    /// What the operator decided.
    pub settings: Settings,
    /// Rung when there is mail to send.
    pub bell: Bell,
    /// Rung when there is a batch to carry out.
    pub batches: Bell,
    /// Where open pages wait for news.
    pub lookout: Lookout,
    /// Sign-ins whose cookie has not come back yet.
    pub arrivals: Arrivals,
    /// The work beside the requests: what of it waits after a failure, and how its loops are.
    pub work: Work,
    /// Refusals whose entries are still to be written.
    pub refusals: Refusals,
}

impl ServiceParts {
    /// Those of a process that has just begun: nothing waits, and nobody watches.
    pub fn new(db: Db, clock: Clock, hasher: PasswordHasher, settings: Settings) -> Self {
        Self {
            db,
            clock,
            hasher,
            settings,
            bell: Bell::default(),
            batches: Bell::default(),
            lookout: Lookout::default(),
            arrivals: Arrivals::default(),
            work: Work::default(),
            refusals: Refusals::default(),
        }
    }

    /// Where whatever is heavy runs, hashes among it.
    pub fn heavy(&self) -> &HeavyWork {
        self.hasher.heavy()
    }
}

/// The operator's decisions, as far as use cases need them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach this server; every link begins with it (G1).
    pub public_url: Url,
    /// How long a link lives (A2).
    pub lifetime: Lifetime,
    /// What a new password must be (I1).
    pub password_rules: PasswordRules,
    /// When a session ends (E4).
    pub session_limits: SessionLimits,
    /// The applications that people are led back to after signing in (F6).
    pub apps: AppOrigins,
    /// The domain whose hosts get the session's cookie; without one only this host does (E5).
    pub cookie_domain: Option<String>,
    /// How often something may be done (C1, C2, C5).
    pub limits: Limits,
    /// How many mails of batches go out in a minute (C5).
    pub pace: Pace,
    /// How long what is over is kept (H6).
    pub keeping: Keeping,
    /// The operator's contact, for the footer and for mails of companies that have none.
    pub help: Option<String>,
    /// Longest wait between two looks at the queue of asks; each wait is between a half and the whole of it (B3).
    pub ask_tick: Duration,
}

impl Settings {
    /// Whether cookies may be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// Wakes whoever waits for work. Rung after a commit, never before.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// There may be work, or time has moved: wakes one worker, which wakes the next where there is more than one mail.
    /// Kept for one that is just about to wait.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits for the next ring, at most for so long.
    pub async fn wait(&self, at_most: Duration) {
        // Either way it is time to look again.
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}
