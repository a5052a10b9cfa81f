//! The tab `Resets`, and what has changed in it since: four statements and the page's own, however many resets there are.

use std::hash::{DefaultHasher, Hash, Hasher};

use rekey_domain::attention::LOOK_BACK;
use rekey_domain::fold;
use rekey_domain::page_size::Total;
use rekey_domain::policy::{self, Action};
use rekey_domain::reset::{self, Headline, Kind};
use rekey_domain::time::Timestamp;

use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::resets::reset_view::{headline_of, in_short, moment};
use crate::server::service::resets::stuck_mail::Outbox;
use crate::server::services::Services;
use crate::server::store::reset_list::{self, Listed, Wanted};
use crate::texts::timeline;
use crate::wire::list_place::ROWS;
use crate::wire::resets_list::{ResetRow, ResetsPage, Standings};
use crate::wire::resets_query::{PlaceInList, ResetPlace, ResetsQuery, ShownResets};

/// A page of the resets of the company acted in.
pub async fn list_resets(services: &Services, reader: &SignedIn, query: ResetsQuery) -> Outcome<ResetsPage> {
    let query = ResetsQuery { batch: None, ..query };
    let found = Found::read(services, reader, query).await?;
    whole(services, reader, found).await
}

/// The newest of these, `limit` at most: one statement. The caller has decided whether the reader may.
pub async fn newest(
    services: &Services,
    reader: &SignedIn,
    shown: ShownResets,
    outbox: Outbox,
    limit: u64,
) -> Outcome<Vec<ResetRow>> {
    let query = ResetsQuery::default().showing(shown);
    let found = Found::read_with(services, reader, query, outbox, limit).await?;
    Ok(found.listed.iter().map(|listed| found.row(listed, reader)).collect())
}

/// Whether the reader may see the resets of the company acted in.
pub fn may_see_resets(reader: &SignedIn) -> Outcome<()> {
    Ok(policy::decide(&reader.as_actor(), Action::SeeResets, None)?)
}

async fn whole(services: &Services, reader: &SignedIn, mut found: Found) -> Outcome<ResetsPage> {
    let on = services.db.reader();
    let total = reset_list::count(on, &found.wanted).await?;
    if found.listed.is_empty() && !total.is_none() {
        // Whatever was there is gone: the first page says more than an empty one.
        found.query.place = PlaceInList::Start;
        found.listed = reset_list::page(on, &found.wanted, PlaceInList::Start, ROWS).await?;
    }
    let (company, since) = (found.wanted.company, found.wanted.look_back_to);
    let seen = (found.now(), found.wanted.is_out_of_order);
    let newest = reset_list::count_newest(on, company, seen, since).await?;
    Ok(ResetsPage {
        standings: Standings::of(&newest),
        ..found.shown(reader, total)
    })
}

/// What has changed on the page since it was given `known`; none if nothing has. Then the matching ones are not counted.
pub async fn resets_list_since(
    services: &Services,
    reader: &SignedIn,
    query: ResetsQuery,
    known: &str,
) -> Outcome<Option<ResetsPage>> {
    let found = Found::read(services, reader, query).await?;
    if found.stamp(reader) == known {
        return Ok(None);
    }
    whole(services, reader, found).await.map(Some)
}

/// A page as it was found.
pub struct Found {
    query: ResetsQuery,
    wanted: Wanted,
    listed: Vec<Listed>,
    outbox: Outbox,
}

impl Found {
    async fn read(services: &Services, reader: &SignedIn, query: ResetsQuery) -> Outcome<Self> {
        may_see_resets(reader)?;
        let outbox = Outbox::read(services.db.reader(), reader.company).await?;
        Self::read_with(services, reader, query, outbox, ROWS).await
    }

    /// One statement. The caller has decided whether the reader may.
    pub async fn read_with(
        services: &Services,
        reader: &SignedIn,
        query: ResetsQuery,
        outbox: Outbox,
        limit: u64,
    ) -> Outcome<Self> {
        let on = services.db.reader();
        let now = services.clock.now();
        let wanted = Wanted {
            company: reader.company,
            folded: fold::search_key(&query.search),
            shown: query.shown,
            now,
            is_out_of_order: outbox.outage.is_some(),
            look_back_to: now - LOOK_BACK,
            batch: query.batch,
            pressed: query.pressed,
        };
        let listed = match query.shown {
            ShownResets::LeftOut => Vec::new(),
            _ => reset_list::page(on, &wanted, query.place, limit).await?,
        };
        Ok(Self {
            query,
            wanted,
            listed,
            outbox,
        })
    }

    fn now(&self) -> Timestamp {
        self.wanted.now
    }

    /// What can change of a row: its headline, and whether **Send again** and **Revoke** are offered.
    fn seen(&self, listed: &Listed, reader: &SignedIn) -> (Headline, bool, bool) {
        let headline = headline_of(&listed.named.found, self.wanted.is_out_of_order, self.now());
        let may = |action| policy::decide(&reader.as_actor(), action, Some(&listed.target)).is_ok();
        (
            headline,
            listed.is_newest && reset::offers_send_again(headline) && may(Action::TriggerReset),
            listed.is_newest && reset::offers_revoke(headline) && may(Action::RevokeReset),
        )
    }

    fn row(&self, listed: &Listed, reader: &SignedIn) -> ResetRow {
        let reset = &listed.named.found.reset;
        let (headline, send_again, revoke) = self.seen(listed, reader);
        let asker = listed.named.asked_by.as_ref().map(called_as);
        ResetRow {
            place: ResetPlace {
                at: reset.asked_at,
                id: reset.id,
            },
            user: reset.user,
            asked_by: timeline::asked_by(reset.kind, asker.as_deref(), &listed.person).to_owned(),
            is_invitation: reset.kind == Kind::Invitation,
            // On the page of a batch all are of it.
            batch: reset.batch.filter(|_| self.query.batch.is_none()),
            person: listed.person.clone(),
            asked: moment(reset.asked_at, &reader.zone),
            headline,
            what: in_short(&listed.named, headline, self.outbox.outage.as_ref(), self.now()),
            valid_until: reset::has_deadline(headline).then(|| moment(reset.expires_at, &reader.zone)),
            send_again,
            revoke,
        }
    }

    /// Changes with every row, and with the line above them. Puts nothing into words: open pages ask for it all the time.
    pub fn stamp(&self, reader: &SignedIn) -> String {
        let mut hasher = DefaultHasher::new();
        for listed in &self.listed {
            (listed.named.found.reset.id, self.seen(listed, reader), &listed.person).hash(&mut hasher);
        }
        if let Some(stuck) = self.outbox.stuck(&reader.zone, self.now()) {
            (stuck.waiting, stuck.since.iso, stuck.why).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }

    /// The page of them.
    pub fn shown(self, reader: &SignedIn, total: Total) -> ResetsPage {
        let rows: Vec<_> = self.listed.iter().map(|listed| self.row(listed, reader)).collect();
        let stuck = self.outbox.stuck(&reader.zone, self.now());
        ResetsPage {
            first: total.first_row(self.query.place.first(), rows.len()),
            company: reader.company,
            total,
            stamp: self.stamp(reader),
            // On top of the first page new ones can come at any time.
            may_change: self.query.place == PlaceInList::Start
                || stuck.is_some()
                || rows.iter().any(|row| reset::may_change(row.headline)),
            stuck,
            rows,
            query: self.query,
            zone: reader.zone.name().to_owned(),
            standings: Standings::default(),
        }
    }
}
