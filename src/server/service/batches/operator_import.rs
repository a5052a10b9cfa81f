//! People imported by the operator, with any role: the list is checked, and then carried out by the running server like one
//! that was pressed on a page.

use rekey_domain::batch::{BatchKind, BatchState, LineOutcome};
use rekey_domain::deed::Deed;
use rekey_domain::id::{BatchId, CompanyId};
use rekey_domain::import;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::operator::{CompanyRef, Operated, find_company, note};
use crate::server::service::batches::check_import::{kept, owners_of};
use crate::server::service::limits::limit_invitations;
use crate::server::services::Services;
use crate::server::store::batch_lines::{self, Line};
use crate::server::store::batches::{self, Batch};

/// What will come of a list.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The company.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// The batch that is carried out; none where it was only checked, or nobody can be invited.
    pub batch: Option<BatchId>,
    /// All lines.
    pub lines: Vec<Line>,
}

/// Checks a list and, unless that is all, has it carried out, in one transaction. The operator sees all companies, so
/// nothing limits what they learn of addresses.
pub async fn operator_import(
    services: &Services,
    company: &CompanyRef,
    lines: Vec<import::Line>,
    only_checks: bool,
) -> Operated<Imported> {
    let company = find_company(services.db.reader(), company).await?;
    let owners = owners_of(services, &lines).await?;
    let lines = lines.into_iter().map(|line| {
        kept(line, |person| match owners.get(person.email.key()) {
            None => (LineOutcome::Ready, None, None),
            Some(owner) if owner.company == company.id => (LineOutcome::AlreadyHere, Some(owner.user), None),
            Some(_) => (LineOutcome::Unusable, None, None),
        })
    });
    let mut imported = Imported {
        company: company.id,
        company_name: company.name,
        batch: None,
        lines: lines.collect(),
    };
    let is_ready = |line: &&Line| line.outcome == LineOutcome::Ready;
    let people = imported.lines.iter().filter(is_ready).count() as u64;
    if only_checks || people == 0 {
        return Ok(imported);
    }
    let act = Act::begin(services, By::Operator).await?;
    let now = act.now;
    let batch = Batch {
        id: act.mint(BatchId::mint),
        company: imported.company,
        kind: BatchKind::Import,
        state: BatchState::Pressed,
        made_by: None,
        made_at: now,
        client_address: None,
        user_agent: None,
        reason: None,
        pressed_at: Some(now),
        revoked_by: None,
    };
    batches::insert(act.tx(), &batch).await?;
    batch_lines::insert(act.tx(), batch.id, &imported.lines).await?;
    note(&act, batch.company, Deed::PeopleImported, Some(&people.to_string())).await?;
    limit_invitations::count(act.tx(), services, batch.company, people).await?;
    act.commit().await?;
    services.batches.ring();
    imported.batch = Some(batch.id);
    Ok(imported)
}
