//! The first page after signing in: finding a person, or whom to ask.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use rekey_domain::attention::{Attention, LOOK_BACK, Standing, attention};
use rekey_domain::policy::{self, Action};
use rekey_domain::reset::{Headline, Kind};
use rekey_domain::time::Timestamp;
use rekey_domain::usage::Usage;

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::activity::list_activity;
use crate::server::service::resets::list_resets;
use crate::server::service::resets::reset_view::moment;
use crate::server::service::resets::stuck_mail::Outbox;
use crate::server::services::Services;
use crate::server::store::dashboard::{self, Found, Since};
use crate::server::store::{reset_list, users};
use crate::server::times;
use crate::server::work::Trap;
use crate::wire::resets_list::{NeedsAttention, Standings};
use crate::wire::resets_query::ShownResets;
use crate::wire::views::{DashboardPage, DayOfResets, Helper, Lately, ResetsInShort};

/// How many administrators and managers are named.
const MOST_HELPERS: u64 = 10;
/// So long it is told who said "this was not me".
const DISAVOWED_FOR: Duration = Duration::from_hours(7 * 24);
/// And of so many.
const MOST_DISAVOWALS: u64 = 20;
/// So many resets that need attention are shown; the rest is a link away.
const MOST_ROWS: u64 = 5;
/// So many entries of what happened lately are shown.
const MOST_LATELY: u64 = 5;
/// So many days are shown.
const DAYS: u8 = 14;

/// What the reader sees first.
pub async fn show_dashboard(services: &Services, reader: &SignedIn) -> Outcome<DashboardPage> {
    let finds_people = policy::allows(reader.role, Action::TriggerReset);
    let helpers = if finds_people {
        Vec::new()
    } else {
        users::list_helpers(services.db.reader(), reader.company, MOST_HELPERS).await?
    };
    let resets = if policy::allows(reader.role, Action::SeeResets) {
        Some(resets_in_short(services, reader).await?)
    } else {
        None
    };
    services.work.traps.spring(Trap::DashboardRead, &reader.email);
    Ok(DashboardPage {
        finds_people,
        resets,
        email: reader.email.clone(),
        helpers: helpers
            .into_iter()
            .map(|person| Helper {
                name: person.name,
                email: person.email,
                role: person.role,
            })
            .collect(),
    })
}

/// How the resets go, where something of it has changed since it was given `known`; none if nothing has.
pub async fn dashboard_since(services: &Services, reader: &SignedIn, known: &str) -> Outcome<Option<ResetsInShort>> {
    list_resets::may_see_resets(reader)?;
    let now = resets_in_short(services, reader).await?;
    Ok((now.stamp != known).then_some(now))
}

/// Five statements.
async fn resets_in_short(services: &Services, reader: &SignedIn) -> Outcome<ResetsInShort> {
    let on = services.db.reader();
    let now = services.clock.now();
    let outbox = Outbox::read(on, reader.company).await?;
    let seen = (now, outbox.outage.is_some());
    let newest = reset_list::count_newest(on, reader.company, seen, now - LOOK_BACK).await?;
    let days = times::last_days(DAYS, now, &reader.zone);
    let since = Since {
        days: days.first().copied().unwrap_or(now),
        waits: now - LOOK_BACK,
        disavowals: now - DISAVOWED_FOR,
    };
    let found = dashboard::read(on, reader.company, since, MOST_DISAVOWALS).await?;
    let stuck = outbox.stuck(&reader.zone, now);
    let is_quiet = newest
        .iter()
        .all(|(kind, headline, _)| attention(*headline, *kind).is_none());
    let rows = if is_quiet {
        Vec::new()
    } else {
        let shown = ShownResets::Standing(Standing::NeedsAction);
        list_resets::newest(services, reader, shown, outbox.clone(), MOST_ROWS).await?
    };
    let mut shown = ResetsInShort {
        company: reader.company,
        days: by_day(&days, &found, reader, now),
        usage: Usage::of(found.waits),
        attention: NeedsAttention {
            resets: by_reason(&newest),
            rows,
            disavowals: found
                .said
                .into_iter()
                .map(|said| (said.user, said.name, moment(said.at, &reader.zone)))
                .collect(),
            stuck,
        },
        standings: Standings::of(&newest),
        lately: lately(services, reader, outbox).await?,
        stamp: String::new(),
    };
    let mut hasher = DefaultHasher::new();
    shown.hash(&mut hasher);
    shown.stamp = format!("{:016x}", hasher.finish());
    Ok(shown)
}

/// What happened last, as far as the reader may see it: everything, or the resets.
async fn lately(services: &Services, reader: &SignedIn, outbox: Outbox) -> Outcome<Lately> {
    if policy::allows(reader.role, Action::SeeActivity) {
        let entries = list_activity::newest(services, reader, MOST_LATELY).await?;
        return Ok(Lately::Activity(entries));
    }
    let resets = list_resets::newest(services, reader, ShownResets::All, outbox, MOST_LATELY).await?;
    Ok(Lately::Resets(resets))
}

/// How many need attention, by reason.
fn by_reason(newest: &[(Kind, Headline, u64)]) -> Vec<(Attention, u64)> {
    let number = |reason: Attention| {
        let those = newest
            .iter()
            .filter(|(kind, headline, _)| attention(*headline, *kind) == Some(reason));
        (reason, those.map(|(_, _, people)| people).sum())
    };
    let reasons = Attention::ALL.iter().copied().map(number);
    reasons.filter(|(_, people)| *people > 0).collect()
}

/// The last days, today the last.
fn by_day(days: &[Timestamp], found: &Found, reader: &SignedIn, now: Timestamp) -> Vec<DayOfResets> {
    let ends = days.iter().skip(1).copied().chain([Timestamp::from_millis(i64::MAX)]);
    let of_day = |(begin, end): (Timestamp, Timestamp)| {
        let those = found.quarters.iter().filter(|(at, _, _)| (begin..end).contains(at));
        let (asked, used) = those.fold((0, 0), |sum, (_, asked, used)| (sum.0 + asked, sum.1 + used));
        let was_out_of_order =
            |(began, ended): &(Timestamp, Option<Timestamp>)| *began < end && ended.unwrap_or(now) >= begin;
        DayOfResets {
            day: times::short_day(begin, &reader.zone),
            asked,
            used,
            was_out_of_order: found.outages.iter().any(was_out_of_order),
        }
    };
    days.iter().copied().zip(ends).map(of_day).collect()
}
