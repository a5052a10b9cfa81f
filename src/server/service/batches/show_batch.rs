//! The page of a batch, and what has changed on it since: five statements and the session's own, however many people there
//! are.

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};

use rekey_domain::batch::{self, BatchState, LineOutcome};
use rekey_domain::id::BatchId;
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::page_size::Total;
use rekey_domain::reset::{self, Headline, MailState};
use rekey_domain::text::SearchTerm;

use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::show_draft::{others, shown_lines};
use crate::server::service::resets::list_resets::{Found, may_see_resets};
use crate::server::service::resets::reset_view::{moment, of_mail};
use crate::server::service::resets::stuck_mail::Outbox;
use crate::server::services::Services;
use crate::server::store::batch_lines;
use crate::server::store::batches::{self, Batch};
use crate::server::store::reset_list::{self, OfBatch};
use crate::texts::timeline::THE_OPERATOR;
use crate::wire::batches::{BatchPage, Part, ShownLines, Totals};
use crate::wire::error::AppError;
use crate::wire::list_place::ROWS;
use crate::wire::resets_list::ResetsPage;
use crate::wire::resets_query::{ResetsQuery, ShownResets};

/// The page.
pub async fn show_batch(services: &Services, reader: &SignedIn, id: BatchId, query: ResetsQuery) -> Outcome<BatchPage> {
    may_see_resets(reader)?;
    let on = services.db.reader();
    let found = batches::find_named(on, id, reader.company).await?;
    let (batch, maker) = found
        .filter(|(batch, _)| batch.state != BatchState::Draft)
        .ok_or(AppError::NotFound)?;
    let query = ResetsQuery {
        batch: Some(id),
        search: SearchTerm::default(),
        ..query
    };
    let shown = query.shown;
    let outbox = Outbox::read_outage(on).await?;
    let seen = (services.clock.now(), outbox.outage.is_some());
    // The lines first: whoever is carried out meanwhile is among both, and so counted by the resets alone.
    let lines = batch_lines::count(on, id).await?;
    let resets = reset_list::count_of_batch(on, id, seen).await?;
    let list = Found::read_with(services, reader, query, outbox, ROWS).await?;
    let list_stamp = list.stamp(reader);
    let list = ResetsPage {
        // Its totals tell of waiting mail.
        stuck: None,
        ..list.shown(reader, Total::of(matching(&resets, shown)))
    };
    let left_out = if shown == ShownResets::LeftOut {
        shown_lines(on, reader, (id, batch.kind), &others()).await?
    } else {
        ShownLines {
            total: lines
                .iter()
                .filter(|(outcome, _)| others().contains(outcome))
                .map(|(_, count)| count)
                .sum(),
            lines: Vec::new(),
        }
    };
    let count = |is: &dyn Fn(Headline, MailState) -> bool| {
        let those = resets.iter().filter(|alike| is(alike.headline, alike.mail));
        those.map(|alike| alike.count).sum::<u64>()
    };
    let of_lines = |wanted: LineOutcome| {
        let those = lines.iter().find(|(outcome, _)| *outcome == wanted);
        those.map_or(0, |(_, count)| *count)
    };
    let begun = count(&|_, _| true);
    let ready = batch::not_begun(of_lines(LineOutcome::Ready), of_lines(LineOutcome::Done), begun);
    let totals = Totals {
        all: begun + ready,
        accepted: count(&|_, mail| mail == MailState::Accepted),
        refused: count(&|_, mail| mail == MailState::Refused),
        dropped: count(&|_, mail| mail == MailState::Dropped),
        waiting: ready + count(&|_, mail| matches!(mail, MailState::Queued | MailState::Sending | MailState::Deferred)),
    };
    let mut page = BatchPage {
        id,
        kind: batch.kind,
        pressed: moment(batch.pressed_at.unwrap_or(batch.made_at), &reader.zone),
        pressed_by: maker.as_ref().map_or_else(|| THE_OPERATOR.to_owned(), called_as),
        parts: Part::ALL.map(|part| {
            let is_of_part = |headline: Headline, _: MailState| part.headlines().contains(&headline);
            // Lines that are not carried out yet wait, too.
            let not_begun = if part == Part::Waiting { ready } else { 0 };
            (part, count(&is_of_part) + not_begun)
        }),
        failures: failures(&resets),
        totals,
        refused: count(&|headline, _| headline == Headline::Refused),
        living: count(&|headline, _| reset::offers_revoke(headline)) + ready,
        left_out,
        is_revoking: batch.state == BatchState::Revoking,
        is_under_way: is_under_way(&batch),
        reason: batch.reason,
        list,
        stamp: String::new(),
    };
    page.stamp = stamp(&page, &list_stamp);
    Ok(page)
}

/// What has changed on the page since it was given `known`; none if nothing has.
pub async fn batch_since(
    services: &Services,
    reader: &SignedIn,
    id: BatchId,
    query: ResetsQuery,
    known: &str,
) -> Outcome<Option<BatchPage>> {
    let page = show_batch(services, reader, id, query).await?;
    Ok((page.stamp != known).then_some(page))
}

fn is_under_way(batch: &Batch) -> bool {
    matches!(batch.state, BatchState::Pressed | BatchState::Revoking)
}

/// How many of them the filter lets through.
fn matching(resets: &[OfBatch], shown: ShownResets) -> u64 {
    let is_shown = |headline: &Headline| match shown {
        ShownResets::All | ShownResets::Needing(_) | ShownResets::Standing(_) => true,
        ShownResets::In(state) => state.headlines().contains(headline),
        ShownResets::Part(part) => part.headlines().contains(headline),
        ShownResets::LeftOut => false,
    };
    let those = resets.iter().filter(|alike| is_shown(&alike.headline));
    those.map(|alike| alike.count).sum()
}

/// Why mails are refused, the most frequent reason first.
fn failures(resets: &[OfBatch]) -> Vec<(PlainReason, u64)> {
    let mut failures: Vec<(PlainReason, u64)> = Vec::new();
    for alike in resets.iter().filter(|alike| alike.headline == Headline::Refused) {
        let reason = alike
            .reply
            .as_ref()
            .map_or(PlainReason::Other, |reply| of_mail(reply, MailState::Refused));
        match failures.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += alike.count,
            None => failures.push((reason, alike.count)),
        }
    }
    failures.sort_by_key(|(reason, count)| (Reverse(*count), reason.as_str()));
    failures
}

fn stamp(page: &BatchPage, list: &str) -> String {
    let mut hasher = DefaultHasher::new();
    let counts = (page.totals, page.parts, page.refused, page.living, page.left_out.total);
    (list, counts, &page.failures, page.is_revoking, page.is_under_way).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
