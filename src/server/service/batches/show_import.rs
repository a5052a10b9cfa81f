//! The page of an import: the form, or what a draft of one's own would do.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::id::BatchId;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;

use crate::server::import_file;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::people::create_user::roles_of;
use crate::server::services::Services;
use crate::server::store::batch_lines;
use crate::server::store::batches::{self, Batch};
use crate::server::times::next_minute;
use crate::texts::import as texts;
use crate::wire::error::AppError;
use crate::wire::import::{ImportDraft, ImportLine, ImportLines, ImportPage};

/// The most lines that one table shows.
const SHOWN: u64 = 100;
/// So many lines can be changed in a field; a longer list is changed where it came from.
const MOST_CHANGED: u64 = 500;
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

/// The page, for who may create somebody: what a draft would do, or the lines of one to be changed.
pub async fn show_import(
    services: &Services,
    reader: &SignedIn,
    draft: Option<BatchId>,
    changes: Option<BatchId>,
) -> Outcome<ImportPage> {
    policy::decide(&reader.as_actor(), Action::CreateUser(Role::User), None)?;
    let draft = match draft {
        Some(id) => Some(show_draft(services, reader, id).await?),
        None => None,
    };
    let lines = match changes {
        Some(id) if draft.is_none() => Some(lines_of(services, reader, id).await?),
        _ => None,
    };
    Ok(ImportPage {
        roles: roles_of(reader),
        draft,
        lines,
    })
}

async fn find_own(services: &Services, reader: &SignedIn, id: BatchId) -> Outcome<Batch> {
    let found = batches::find(services.db.reader(), id, reader.company).await?;
    let is_own = |batch: &Batch| batch.kind == BatchKind::Import && batch.made_by == Some(reader.user);
    Ok(found.filter(is_own).ok_or(AppError::NotFound)?)
}

/// The lines of a draft, as they can be pasted again; what was cut to be shown stays so.
async fn lines_of(services: &Services, reader: &SignedIn, id: BatchId) -> Outcome<String> {
    find_own(services, reader, id).await?;
    let lines = batch_lines::list(services.db.reader(), id, LineOutcome::ALL, MOST_CHANGED).await?;
    let cells = lines.iter().map(|line| {
        let name = line.name.as_deref().unwrap_or_default();
        match line.outcome {
            // The whole row stands there.
            LineOutcome::Malformed => name.split(", ").collect(),
            _ => vec![name, &line.email, line.role.as_deref().unwrap_or_default()],
        }
    });
    import_file::write(cells).map_err(|error| ServiceError::Bug(error.into()))
}

async fn show_draft(services: &Services, reader: &SignedIn, id: BatchId) -> Outcome<ImportDraft> {
    let on = services.db.reader();
    let draft = find_own(services, reader, id).await?;
    if draft.state != BatchState::Draft {
        return Ok(ImportDraft {
            id,
            is_pressed: true,
            ready: ImportLines::default(),
            here: ImportLines::default(),
            refused: ImportLines::default(),
            can_change: false,
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
        can_change: counts.iter().map(|(_, lines)| lines).sum::<u64>() <= MOST_CHANGED,
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
