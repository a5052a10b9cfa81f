//! The page of an import: the form, or what a draft of one's own would do.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::id::BatchId;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;

use crate::server::service::create_user::roles_of;
use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::{batch_lines, batches};
use crate::server::times::next_minute;
use crate::texts::import as texts;
use crate::wire::error::AppError;
use crate::wire::import::{ImportDraft, ImportLine, ImportLines, ImportPage};

/// The most lines that one table shows.
const SHOWN: u64 = 100;
/// What is neither in the first table nor in the second.
const REFUSED: [LineOutcome; 8] = [
    LineOutcome::Malformed,
    LineOutcome::BadName,
    LineOutcome::BadEmail,
    LineOutcome::BadRole,
    LineOutcome::RoleNotAllowed,
    LineOutcome::Twice,
    LineOutcome::Unusable,
    LineOutcome::Limit,
];

/// The page, for who may create somebody.
pub async fn show_import(services: &Services, reader: &SignedIn, draft: Option<BatchId>) -> Outcome<ImportPage> {
    policy::decide(&reader.as_actor(), Action::CreateUser(Role::User), None)?;
    let draft = match draft {
        Some(id) => Some(show_draft(services, reader, id).await?),
        None => None,
    };
    Ok(ImportPage {
        roles: roles_of(reader),
        draft,
    })
}

async fn show_draft(services: &Services, reader: &SignedIn, id: BatchId) -> Outcome<ImportDraft> {
    let on = services.db.reader();
    let found = batches::find(on, id, reader.company).await?;
    let is_own = |batch: &batches::Batch| batch.kind == BatchKind::Import && batch.made_by == Some(reader.user);
    let Some(draft) = found.filter(is_own) else {
        return Err(AppError::NotFound.into());
    };
    if draft.state != BatchState::Draft {
        return Ok(ImportDraft {
            id,
            is_pressed: true,
            ready: ImportLines::default(),
            here: ImportLines::default(),
            refused: ImportLines::default(),
        });
    }
    let counts = batch_lines::count(on, id).await?;
    let lines = async |outcomes: &[LineOutcome]| {
        let total = counts.iter().filter(|(outcome, _)| outcomes.contains(outcome));
        let shown = batch_lines::list(on, id, outcomes, SHOWN).await?;
        Outcome::Ok(ImportLines {
            total: total.map(|(_, lines)| lines).sum(),
            shown: shown.into_iter().map(|line| as_shown(line, reader)).collect(),
        })
    };
    Ok(ImportDraft {
        id,
        is_pressed: false,
        ready: lines(&[LineOutcome::Ready]).await?,
        here: lines(&[LineOutcome::AlreadyHere]).await?,
        refused: lines(&REFUSED).await?,
    })
}

fn as_shown(line: batch_lines::Line, reader: &SignedIn) -> ImportLine {
    let detail = match line.outcome {
        LineOutcome::Limit => {
            let next = line.detail.as_deref().and_then(|millis| millis.parse().ok());
            next.map(|next| next_minute(Timestamp::from_millis(next), &reader.zone))
        }
        _ => line.detail,
    };
    ImportLine {
        line: line.number,
        name: line.name.unwrap_or_default(),
        email: line.email,
        role: line.role.unwrap_or_default(),
        user: line.user,
        outcome: line.outcome,
        why: texts::outcome(line.outcome, detail.as_deref(), &roles_of(reader)),
    }
}
