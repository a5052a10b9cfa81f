//! `rekey import`: the same list, checks and batch as on the page, with the operator's rights.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rekey_domain::batch::LineOutcome;
use rekey_domain::import;
use rekey_domain::role::Role;
use serde_json::json;

use super::answer::{Answer, CommandFailure};
use crate::server::heavy_work::HeavyWork;
use crate::server::import_file::MOST_BYTES;
use crate::server::service::acting::operator::CompanyRef;
use crate::server::service::batches::check_import::read_list;
use crate::server::service::batches::operator_import::{Imported, operator_import};
use crate::server::services::Services;
use crate::server::store::batch_lines::Line;
use crate::texts::{import as texts, trouble};

/// The people of a file, as far as it is a list. What is none is wrong usage: nothing was looked for yet.
pub async fn read(file: &Path) -> Result<Vec<import::Line>, CommandFailure> {
    let unreadable = |why: String| CommandFailure::Usage(format!("{}: {why}", file.display()));
    let mut list = Vec::new();
    // One more byte tells that it is too large, however large it is.
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(file)
        .and_then(|file| file.take(most).read_to_end(&mut list))
        .map_err(|error| unreadable(error.to_string()))?;
    if list.len() > MOST_BYTES {
        return Err(unreadable(
            "a list may have 1 MiB at most; make several of it".to_owned(),
        ));
    }
    let lines = read_list(&HeavyWork::new(1), list, Role::ALL.to_vec()).await?;
    lines.map_err(|why| unreadable(trouble::no_list(&why)))
}

/// Checks them, and has them invited.
pub async fn run(
    services: &Services,
    lines: Vec<import::Line>,
    company: &CompanyRef,
    only_checks: bool,
) -> Result<Answer, CommandFailure> {
    let imported = operator_import(services, company, lines, only_checks).await?;
    let count = |is_it: fn(LineOutcome) -> bool| imported.lines.iter().filter(|line| is_it(line.outcome)).count();
    let ready = count(|outcome| outcome == LineOutcome::Ready);
    let here = count(|outcome| outcome == LineOutcome::AlreadyHere);
    let refused = imported.lines.len() - ready - here;
    let heads = ["Line", "Name", "Email", "Role", "Result"];
    let rows: Vec<_> = imported.lines.iter().map(row).collect();
    let json = json!({
        "company": imported.company.to_string(),
        "batch": imported.batch.map(|batch| batch.to_string()),
        "ready": ready,
        "already_here": here,
        "refused": refused,
        "lines": imported.lines.iter().map(line_json).collect::<Vec<_>>(),
    });
    let answer = Answer::table(&heads, &rows, Vec::new()).and(&sum(&imported, ready, only_checks), json);
    Ok(if refused > 0 { answer.in_part() } else { answer })
}

fn row(line: &Line) -> Vec<String> {
    vec![
        line.number.to_string(),
        line.name.clone().unwrap_or_default(),
        line.email.clone(),
        line.role.clone().unwrap_or_default(),
        result(line),
    ]
}

fn line_json(line: &Line) -> serde_json::Value {
    json!({
        "line": line.number,
        "name": line.name,
        "email": line.email,
        "role": line.role,
        "outcome": line.outcome.as_str(),
        "result": result(line),
    })
}

/// What comes of a line. To the operator it is no secret why an address can't be used.
fn result(line: &Line) -> String {
    if line.outcome == LineOutcome::Unusable {
        "The email belongs to an account of another company.".to_owned()
    } else {
        texts::outcome(line.outcome, line.detail.as_deref(), Role::ALL)
    }
}

fn sum(imported: &Imported, ready: usize, only_checks: bool) -> String {
    let (all, company) = (imported.lines.len(), &imported.company_name);
    if only_checks {
        format!("{ready} of {all} can be imported into {company}. Nothing was changed.")
    } else if imported.batch.is_none() {
        format!("Nobody of {all} can be imported into {company}. Nothing was changed.")
    } else {
        format!("{ready} of {all} are imported into {company}; the running server invites them.")
    }
}
