//! The resets of one person: what their page, and one's own account, show of them, and a stamp that changes with it.

use std::hash::{DefaultHasher, Hash, Hasher};

use rekey_domain::id::UserId;
use rekey_domain::reset::Headline;
use rekey_domain::time::Timestamp;
use sea_orm::ConnectionTrait;

use crate::server::service::error::Outcome;
use crate::server::service::reset_timeline::Story;
use crate::server::service::reset_view::{earlier, has_living_link, headline_of, latest, waits_for_mail};
use crate::server::store::mail_tries;
use crate::server::store::named_resets::{self, NamedReset};
use crate::server::store::outages::{self, Outage};
use crate::server::times::Zone;
use crate::wire::resets::EarlierReset;
use crate::wire::views::LatestReset;

/// The newest one, and so many before it.
const MOST_RESETS: u64 = 51;

/// They, newest first, with what decides how they are seen.
#[derive(Clone, Debug)]
pub struct ResetsOfPerson {
    resets: Vec<NamedReset>,
    /// Known only while a mail waits; nobody else's state depends on it.
    outage: Option<Outage>,
    /// How many tries of the newest mail have ended; counted only while it waits.
    tries: u64,
}

impl ResetsOfPerson {
    /// Reads them: one statement, and two more while a mail waits.
    pub async fn read(on: &impl ConnectionTrait, person: UserId, now: Timestamp) -> Outcome<Self> {
        let resets = named_resets::list_of_user(on, person, MOST_RESETS).await?;
        let waiting = resets.iter().find(|named| waits_for_mail(&named.found, now));
        let (outage, tries) = match waiting {
            Some(waiting) => (
                outages::find_open(on).await?,
                mail_tries::count_of(on, waiting.found.mail.id).await?,
            ),
            None => (None, 0),
        };
        Ok(Self { resets, outage, tries })
    }

    /// The newest one.
    pub fn newest(&self) -> Option<&NamedReset> {
        self.resets.first()
    }

    /// How the newest one is seen.
    pub fn headline(&self, now: Timestamp) -> Option<Headline> {
        self.newest().map(|named| self.seen(named, now))
    }

    /// When the newest of those was asked whose link works.
    pub fn living_since(&self, now: Timestamp) -> Option<Timestamp> {
        let living = self.resets.iter().find(|named| has_living_link(&named.found, now));
        living.map(|named| named.found.reset.asked_at)
    }

    /// Changes with everything that is shown of them.
    pub fn stamp(&self, now: Timestamp) -> String {
        let mut hasher = DefaultHasher::new();
        for named in &self.resets {
            let (reset, mail) = (&named.found.reset, &named.found.mail);
            (
                reset.id,
                mail.attempts,
                mail.state,
                mail.next_try_at,
                self.seen(named, now),
            )
                .hash(&mut hasher);
        }
        self.tries.hash(&mut hasher);
        if let Some(outage) = &self.outage {
            (outage.began_at, outage.next_probe_at, &outage.reply.text).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }

    /// The newest one in words with its steps: two to four statements more.
    pub async fn latest(
        &self,
        on: &impl ConnectionTrait,
        person: &str,
        zone: &Zone,
        now: Timestamp,
    ) -> Outcome<Option<LatestReset>> {
        let Some(named) = self.newest() else { return Ok(None) };
        let story = Story::read(on, named, now).await?;
        let steps = story.steps(named, person, zone, now);
        let outage = self.outage.as_ref();
        Ok(Some(latest(named, person, outage, steps, zone, now)))
    }

    /// Those before it, in lines.
    pub fn earlier(&self, person: &str, zone: &Zone, now: Timestamp) -> Vec<EarlierReset> {
        let is_out_of_order = self.outage.is_some();
        let line = |named| earlier(named, person, is_out_of_order, zone, now);
        self.resets.iter().skip(1).map(line).collect()
    }

    fn seen(&self, named: &NamedReset, now: Timestamp) -> Headline {
        headline_of(&named.found, self.outage.is_some(), now)
    }
}
