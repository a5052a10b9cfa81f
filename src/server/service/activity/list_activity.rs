//! The tab `Activity`, for administrators: three statements and the page's own, however many entries there are. And the
//! same entries in pieces, for those who download them.

use rekey_domain::fold;
use rekey_domain::id::ActivityId;
use rekey_domain::policy::{self, Action};
use rekey_domain::repeated::List;

use crate::server::client::Client;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::activity::list_taken;
use crate::server::service::resets::reset_view::moment;
use crate::server::services::Services;
use crate::server::store::activity_list::{self, Wanted, place_of};
use crate::server::store::entity::activity::Model;
use crate::server::times;
use crate::texts::activity::{self as texts, Told};
use crate::wire::activity::{ActivityPage, ActivityQuery, ActivityRow};
use crate::wire::list_place::{PageStart, ROWS};

/// Entries of a download that are in memory at a time.
const PIECE: u64 = 500;

/// A page of the activity of the company acted in.
pub async fn list_activity(services: &Services, reader: &SignedIn, mut query: ActivityQuery) -> Outcome<ActivityPage> {
    let wanted = wanted(reader, &query)?;
    let on = services.db.reader();
    let total = activity_list::count(on, &wanted).await?;
    let mut found = activity_list::page(on, &wanted, query.place, ROWS).await?;
    if found.is_empty() && !total.is_none() {
        // Whatever was there is gone: the first page says more than an empty one.
        query.place = PageStart::Start;
        found = activity_list::page(on, &wanted, PageStart::Start, ROWS).await?;
    }
    Ok(ActivityPage {
        first: total.first_row(query.place.first(), found.len()),
        rows: found.iter().map(|entry| row(entry, reader)).collect(),
        query,
        total,
        zone: reader.zone.name().to_owned(),
    })
}

/// The newest entries, `limit` at most: one statement.
pub async fn newest(services: &Services, reader: &SignedIn, limit: u64) -> Outcome<Vec<ActivityRow>> {
    let wanted = wanted(reader, &ActivityQuery::default())?;
    let found = activity_list::page(services.db.reader(), &wanted, PageStart::Start, limit).await?;
    Ok(found.iter().map(|entry| row(entry, reader)).collect())
}

fn row(entry: &Model, reader: &SignedIn) -> ActivityRow {
    let place = place_of(entry);
    ActivityRow {
        place,
        at: moment(place.at, &reader.zone),
        who: who(entry).to_owned(),
        address: entry.client_address.clone(),
        what: sentence(entry),
        whom: entry.target_name.clone(),
    }
}

/// Which entries are asked for. The days are those of the reader's zone.
fn wanted(reader: &SignedIn, query: &ActivityQuery) -> Outcome<Wanted> {
    policy::decide(&reader.as_actor(), Action::SeeActivity, None)?;
    let folded = fold::search_key(&query.search);
    let begin = |day: &str| times::begin_of_day(day, &reader.zone);
    let end = |day: &str| times::end_of_day(day, &reader.zone);
    Ok(Wanted {
        company: reader.company,
        deeds: texts::deeds_saying(&folded),
        folded,
        from: begin(&query.from),
        before: end(&query.to),
    })
}

/// The names of an entry's cells in a download.
pub const COLUMNS: [&str; 13] = [
    "at",
    "company",
    "who",
    "who_kind",
    "who_id",
    "what",
    "action",
    "outcome",
    "whom",
    "whom_id",
    "detail",
    "client_address",
    "times",
];

/// An entry of a download.
pub type Cells = [Option<String>; COLUMNS.len()];

/// All entries that are asked for, newest first, a piece at a time.
#[derive(Debug)]
pub struct Download {
    services: Services,
    company: String,
    wanted: Wanted,
    after: PageStart<ActivityId>,
    is_whole: bool,
}

impl Download {
    /// Begins, if the reader may have them.
    pub async fn begin(
        services: &Services,
        client: &Client,
        reader: &SignedIn,
        query: &ActivityQuery,
    ) -> Outcome<Self> {
        let wanted = wanted(reader, query)?;
        list_taken::note(services, client, reader, List::Activity).await?;
        Ok(Self {
            wanted,
            services: services.clone(),
            company: reader.company_name.clone(),
            after: PageStart::Start,
            is_whole: false,
        })
    }

    /// The next piece; empty after the last one.
    pub async fn next(&mut self) -> Outcome<Vec<Cells>> {
        if self.is_whole {
            return Ok(Vec::new());
        }
        let piece = activity_list::page(self.services.db.reader(), &self.wanted, self.after, PIECE).await?;
        self.is_whole = (piece.len() as u64) < PIECE;
        if let Some(last) = piece.last() {
            self.after = PageStart::After(place_of(last), 0);
        }
        Ok(piece.into_iter().map(|entry| cells(entry, &self.company)).collect())
    }
}

fn cells(entry: Model, company: &str) -> Cells {
    [
        Some(times::iso(place_of(&entry).at)),
        Some(company.to_owned()),
        Some(who(&entry).to_owned()),
        Some(entry.actor_kind.clone()),
        entry.actor_id.map(|id| id.to_string()),
        Some(sentence(&entry)),
        Some(entry.action),
        Some(entry.outcome),
        entry.target_name,
        entry.target_id.map(|id| id.to_string()),
        entry.detail,
        entry.client_address,
        Some(entry.times.to_string()),
    ]
}

/// Who acted, as it is to be read.
fn who(entry: &Model) -> &str {
    match entry.actor_kind.as_str() {
        "operator" => texts::OPERATOR,
        "system" => texts::SOMEBODY,
        _ => &entry.actor_name,
    }
}

/// The whole entry, in words.
fn sentence(entry: &Model) -> String {
    let who = match entry.actor_kind.as_str() {
        "recipient" => &texts::not_signed_in(&entry.actor_name),
        _ => who(entry),
    };
    texts::sentence(&Told {
        who,
        action: &entry.action,
        granted: entry.outcome == "granted",
        // Of oneself nobody speaks by name.
        whom: entry
            .target_name
            .as_deref()
            .filter(|_| entry.target_id != entry.actor_id),
        detail: entry.detail.as_deref(),
        times: entry.times.unsigned_abs(),
    })
}
