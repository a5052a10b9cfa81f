//! `rekey admin …`: the role that nobody in a company gives or takes.

use rekey_domain::email::Email;
use rekey_domain::name::PersonName;
use rekey_domain::role::Role;
use serde_json::json;

use super::answer::{Answer, CommandFailure};
use super::arguments::AdminCommand;
use crate::server::service::acting::operator::CompanyRef;
use crate::server::service::people::change_administrator::{Changed, grant_administrator, revoke_administrator};
use crate::server::service::people::operator_create_user::{Invited, operator_create_user};
use crate::server::services::Services;

/// One of them.
pub async fn run(services: &Services, command: AdminCommand) -> Result<Answer, CommandFailure> {
    match command {
        AdminCommand::Invite { email, company, name } => invite(services, &email, &company, name).await,
        AdminCommand::Grant { email } => {
            let changed = grant_administrator(services, &email).await?;
            Ok(said(&email, &changed))
        }
        AdminCommand::Revoke { email, role } => {
            let changed = revoke_administrator(services, &email, role).await?;
            Ok(said(&email, &changed))
        }
    }
}

fn said(email: &Email, changed: &Changed) -> Answer {
    let (email, role) = (email.as_str(), changed.role.as_str());
    let words = if changed.is_new {
        format!("{email} has the role {role} now.")
    } else {
        format!("{email} had the role {role} already.")
    };
    Answer::new(
        words,
        json!({ "email": email, "role": role, "changed": changed.is_new }),
    )
}

async fn invite(
    services: &Services,
    email: &Email,
    company: &CompanyRef,
    name: Option<PersonName>,
) -> Result<Answer, CommandFailure> {
    let name = match name {
        Some(name) => name,
        None => PersonName::parse(email.as_str())
            .map_err(|problem| CommandFailure::Usage(format!("say --name: {problem}")))?,
    };
    let invited = operator_create_user(services, email, &name, company, Role::Administrator).await?;
    Ok(Answer::new(
        format!(
            "The invitation for {} waits; the running server sends it at once.",
            email.as_str()
        ),
        json!({ "email": email.as_str(), "again": invited == Invited::Again }),
    ))
}
