//! The resets of one person: what their page, and one's own account, show of them, and a stamp that changes with it.

use std::hash::{DefaultHasher, Hash, Hasher};

use rekey_domain::id::UserId;
use rekey_domain::reset::{self, Headline};
use rekey_domain::stages::TimeLeft;
use rekey_domain::time::Timestamp;
use sea_orm::ConnectionTrait;

use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::reset_timeline::Story;
use crate::server::service::resets::reset_view::{earlier, has_living_link, headline_of, latest, waits_for_mail};
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::named_resets::{self, NamedReset};
use crate::server::store::outages::Outage;
use crate::server::times::Zone;
use crate::wire::resets::EarlierReset;
use crate::wire::views::LatestReset;

/// The newest one, and so many before it.
const MOST_RESETS: u64 = 51;

/// They, newest first, with what decides how they are seen.
#[derive(Clone, Debug)]
pub struct ResetsOfPerson {
    resets: Vec<NamedReset>,
    /// Of the one whose mail waits: what can change of it, and of no other, besides what stands in its row.
    waiting: Option<Story>,
    /// How the password was changed with the newest one's link, where it was used.
    change: Option<ChangeFacts>,
}

impl ResetsOfPerson {
    /// Reads them: one statement, and two more while a mail waits.
    pub async fn read(on: &impl ConnectionTrait, person: UserId, now: Timestamp) -> Outcome<Self> {
        let (resets, changes): (Vec<_>, Vec<_>) = named_resets::list_of_user(on, person, MOST_RESETS)
            .await?
            .into_iter()
            .unzip();
        let waiting = match resets.iter().find(|named| waits_for_mail(&named.found, now)) {
            Some(named) => Some(Story::begin(on, named, now).await?),
            None => None,
        };
        Ok(Self {
            resets,
            waiting,
            change: changes.into_iter().next().flatten(),
        })
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

    /// Changes with everything that is shown of them, and with what stands beside them.
    pub fn stamp(&self, beside: impl Hash, now: Timestamp) -> String {
        let mut hasher = DefaultHasher::new();
        beside.hash(&mut hasher);
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
        let newest = self.newest().filter(|named| reset::may_change(self.seen(named, now)));
        newest
            .and_then(|named| TimeLeft::until(named.found.reset.expires_at, now))
            .hash(&mut hasher);
        if let Some(story) = &self.waiting {
            story.ended_tries().hash(&mut hasher);
        }
        if let Some(outage) = self.outage() {
            (outage.began_at, outage.next_probe_at, &outage.reply.text).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }

    /// The newest one in words with its steps: two statements, unless its mail waits, and at most one more.
    pub async fn latest(
        &self,
        on: &impl ConnectionTrait,
        person: &str,
        zone: &Zone,
        now: Timestamp,
    ) -> Outcome<Option<LatestReset>> {
        let Some(named) = self.newest() else { return Ok(None) };
        let story = match &self.waiting {
            Some(story) if waits_for_mail(&named.found, now) => story.clone(),
            _ => Story::begin(on, named, now).await?,
        };
        let story = story.complete(on, named, self.change.as_ref()).await?;
        let steps = story.steps(named, person, zone, now);
        Ok(Some(latest(named, person, self.outage(), steps, zone, now)))
    }

    /// Those before it, in lines.
    pub fn earlier(&self, person: &str, zone: &Zone, now: Timestamp) -> Vec<EarlierReset> {
        let is_out_of_order = self.outage().is_some();
        let line = |named| earlier(named, person, is_out_of_order, zone, now);
        self.resets.iter().skip(1).map(line).collect()
    }

    fn seen(&self, named: &NamedReset, now: Timestamp) -> Headline {
        headline_of(&named.found, self.outage().is_some(), now)
    }

    /// The open outage, while a mail waits: nobody else's state depends on it.
    fn outage(&self) -> Option<&Outage> {
        self.waiting.as_ref().and_then(Story::open_outage)
    }
}
