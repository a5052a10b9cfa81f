//! Writes the refusals that wait: one entry each, of the person's company where the person is known (F14). Whose a typed
//! address is comes out here, behind all answers, and the address itself is written nowhere.

use rekey_domain::deed::Deed;
use rekey_domain::id::ActivityId;
use sea_orm::DatabaseTransaction;

use crate::server::random;
use crate::server::refusals::{Refusal, Refused, Seen, Whom};
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry, OfNobody};
use crate::server::store::users::{self, User};

/// Writes them, all in one transaction. Those that can't be written wait on.
pub async fn note_refusals(services: &Services) -> Outcome<()> {
    let waiting = services.refusals.take();
    if waiting.is_empty() {
        return Ok(());
    }
    let written = write_all(services, &waiting).await;
    if written.is_err() {
        for (refusal, seen) in waiting {
            services.refusals.add(refusal, seen);
        }
    }
    written
}

async fn write_all(services: &Services, waiting: &[(Refusal, Seen)]) -> Outcome<()> {
    let tx = services.db.begin_write().await?;
    for (refusal, seen) in waiting {
        write(&tx, refusal, *seen).await?;
    }
    Ok(tx.commit().await?)
}

async fn write(tx: &DatabaseTransaction, refusal: &Refusal, seen: Seen) -> Outcome<()> {
    let (deed, detail) = match refusal.what {
        Refused::SignIn(why) => (Deed::SignedIn, Some(why.as_str())),
        Refused::CurrentPassword(why) => (Deed::CurrentPassword, Some(why.as_str())),
        Refused::Limit(which) => (Deed::LimitReached, Some(which)),
        Refused::More => (Deed::MoreRefused, None),
    };
    let target = match &refusal.to {
        Whom::Nobody | Whom::User { .. } => None,
        Whom::Address(email) => users::find_by_email_key(tx, email.key()).await?,
        Whom::Stranger(user) => users::find(tx, *user).await?,
    };
    let (company, actor, target) = match (&refusal.to, &target) {
        (Whom::User { user, called, company }, _) => {
            let is_own = matches!(refusal.what, Refused::CurrentPassword(_));
            let own = is_own.then_some((*user, called.as_str()));
            (Some(*company), ActorIs::User(*user, called), own)
        }
        (_, Some(person)) => {
            let User { id, company, name, .. } = person;
            (Some(*company), ActorIs::Somebody, Some((*id, name.as_str())))
        }
        (_, None) => (None, ActorIs::Somebody, None),
    };
    let id = ActivityId::mint(seen.at, random::bytes());
    if let Some(company) = company {
        let entry = Entry {
            id,
            company,
            at: seen.at,
            actor,
            deed,
            granted: false,
            target,
            detail,
            client_address: Some(refusal.network.clone()),
        };
        activity::insert_repeated(tx, entry, seen.times).await?;
    } else {
        let entry = OfNobody {
            id,
            at: seen.at,
            deed,
            detail,
            network: &refusal.network,
        };
        activity::insert_of_nobody(tx, entry, seen.times).await?;
    }
    Ok(())
}
