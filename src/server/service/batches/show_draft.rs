//! A draft as its maker sees it before the press: who will get a link, who will not, and why not. Nobody else sees it.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::id::BatchId;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::ConnectionTrait;

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::people::create_user::roles_of;
use crate::server::services::Services;
use crate::server::store::batch_lines::{self, Line};
use crate::server::store::batches;
use crate::server::times::next_minute;
use crate::texts::batches as texts;
use crate::texts::import as import_texts;
use crate::wire::batches::{DraftPage, NewBatchPage, ShownLine, ShownLines};
use crate::wire::error::AppError;

/// So many lines of a table are shown.
const MOST_SHOWN: u64 = 100;

/// The page, with a draft where there is one: four statements.
pub async fn show_new_batch(services: &Services, reader: &SignedIn, draft: Option<BatchId>) -> Outcome<NewBatchPage> {
    policy::decide(&reader.as_actor(), Action::ResetMany, None)?;
    let on = services.db.reader();
    let draft = match draft {
        None => None,
        Some(id) => {
            let batch = batches::find(on, id, reader.company).await?;
            let is_its = batch.filter(|batch| batch.kind == BatchKind::Resets && batch.made_by == Some(reader.user));
            let batch = is_its.ok_or(AppError::NotFound)?;
            Some(DraftPage {
                id,
                ready: shown_lines(on, reader, (id, batch.kind), &[LineOutcome::Ready]).await?,
                others: shown_lines(on, reader, (id, batch.kind), &others_who_are_there()).await?,
                unknown: shown_lines(on, reader, (id, batch.kind), &[LineOutcome::NotHere]).await?,
                invites: policy::decide(&reader.as_actor(), Action::CreateUser(Role::User), None).is_ok(),
                company_name: reader.company_name.clone(),
                is_pressed: batch.state != BatchState::Draft,
            })
        }
    };
    Ok(NewBatchPage { draft })
}

/// Every outcome of a line that nothing comes of.
pub fn others() -> Vec<LineOutcome> {
    let all = LineOutcome::ALL.iter().copied();
    all.filter(|outcome| !matches!(outcome, LineOutcome::Ready | LineOutcome::Done))
        .collect()
}

/// The same without those that are about nobody of the company.
fn others_who_are_there() -> Vec<LineOutcome> {
    let mut outcomes = others();
    outcomes.retain(|outcome| *outcome != LineOutcome::NotHere);
    outcomes
}

/// The first lines with these outcomes, and how many there are: one statement.
pub async fn shown_lines(
    on: &impl ConnectionTrait,
    reader: &SignedIn,
    (batch, kind): (BatchId, BatchKind),
    outcomes: &[LineOutcome],
) -> Outcome<ShownLines> {
    let (lines, total) = batch_lines::list_and_count(on, batch, outcomes, MOST_SHOWN).await?;
    Ok(ShownLines {
        lines: lines.into_iter().map(|line| shown(line, kind, reader)).collect(),
        total,
    })
}

/// A line in words.
pub fn shown(line: Line, kind: BatchKind, reader: &SignedIn) -> ShownLine {
    let detail = match line.outcome {
        LineOutcome::Limit => line
            .detail
            .as_deref()
            .and_then(|millis| millis.parse().ok())
            .map(|millis| next_minute(Timestamp::from_millis(millis), &reader.zone)),
        _ => line.detail,
    };
    ShownLine {
        number: line.number,
        name: line.name.unwrap_or_default(),
        email: line.email,
        role: line.role.unwrap_or_default(),
        why: match (line.outcome, kind) {
            (LineOutcome::Ready | LineOutcome::Done, _) => String::new(),
            (outcome, BatchKind::Resets) => texts::why(outcome, &reader.company_name, detail.as_deref()),
            (outcome, BatchKind::Import) => import_texts::outcome(outcome, detail.as_deref(), &roles_of(reader)),
        },
        user: line.user,
    }
}
