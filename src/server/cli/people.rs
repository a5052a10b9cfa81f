//! `rekey user …`.

use rekey_domain::email::Email;
use serde_json::json;

use super::answer::{Answer, CommandFailure};
use super::arguments::UserCommand;
use crate::server::service::acting::operator::CompanyRef;
use crate::server::service::people::list_people;
use crate::server::service::people::operator_create_user::{Invited, operator_create_user};
use crate::server::service::people::operator_delete_user::operator_delete_user;
use crate::server::service::people::operator_edit_user::operator_edit_user;
use crate::server::service::resets::operator_reset::{Asked, operator_reset};
use crate::server::service::resets::show_link::show_link;
use crate::server::service::sessions::operator_sign_out::operator_sign_out;
use crate::server::services::Services;
use crate::server::times;

/// One of them.
pub async fn run(services: &Services, command: UserCommand) -> Result<Answer, CommandFailure> {
    match command {
        UserCommand::List { company } => list(services, &company).await,
        UserCommand::Reset {
            email,
            show_link: false,
        } => reset(services, &email).await,
        UserCommand::Reset { email, show_link: true } => {
            let shown = show_link(services, &email).await?;
            let (url, until) = (shown.url.as_str(), times::iso(shown.expires_at));
            let words = format!(
                "{url}\nIt works once, until {until}. Hand it to {} yourself, in a way that you trust. A mail tells them that \
                 there is one.",
                email.as_str()
            );
            let json = json!({ "email": email.as_str(), "link": url, "valid_until": until });
            Ok(Answer::new(words, json))
        }
        UserCommand::Create {
            email,
            name,
            company,
            role,
        } => {
            let invited = operator_create_user(services, &email, &name, &company, role).await?;
            let words = format!(
                "The invitation for {} waits; the running server sends it at once.",
                email.as_str()
            );
            let json = json!({ "email": email.as_str(), "role": role.as_str(), "again": invited == Invited::Again });
            Ok(Answer::new(words, json))
        }
        UserCommand::Edit { email, name } => {
            let changed = operator_edit_user(services, &email, &name).await?;
            let words = if changed {
                format!("{} is called {} now.", email.as_str(), name.as_str())
            } else {
                format!("{} was called {} already.", email.as_str(), name.as_str())
            };
            let json = json!({ "email": email.as_str(), "name": name.as_str(), "changed": changed });
            Ok(Answer::new(words, json))
        }
        UserCommand::Delete { email } => {
            let id = operator_delete_user(services, &email).await?;
            let words = format!("The account of {} is deleted.", email.as_str());
            Ok(Answer::new(
                words,
                json!({ "email": email.as_str(), "id": id.to_string() }),
            ))
        }
        UserCommand::SignOut { email } => {
            let ended = operator_sign_out(services, &email).await?;
            let email = email.as_str();
            let words = match ended {
                0 => format!("{email} was signed in nowhere."),
                1 => format!("{email} was signed out on 1 device."),
                ended => format!("{email} was signed out on {ended} devices."),
            };
            Ok(Answer::new(words, json!({ "email": email, "sessions": ended })))
        }
    }
}

async fn list(services: &Services, company: &CompanyRef) -> Result<Answer, CommandFailure> {
    let people = list_people::list_people(services, company).await?;
    let rows: Vec<_> = people
        .iter()
        .map(|person| {
            vec![
                person.name.clone(),
                person.email.clone(),
                person.role.to_string(),
                person.status.to_string(),
                person.last_sign_in_at.map_or("–".to_owned(), times::iso),
                person.id.to_string(),
            ]
        })
        .collect();
    let json = people.iter().map(|person| {
        json!({
            "id": person.id.to_string(),
            "name": person.name,
            "email": person.email,
            "role": person.role.as_str(),
            "status": person.status.as_str(),
            "last_sign_in": person.last_sign_in_at.map(times::iso),
        })
    });
    let heads = ["Name", "Email", "Role", "Status", "Last sign-in", "Id"];
    Ok(Answer::table(&heads, &rows, json.collect()))
}

async fn reset(services: &Services, email: &Email) -> Result<Answer, CommandFailure> {
    let asked = operator_reset(services, email).await?;
    let words = match asked {
        Asked::OnItsWay => format!(
            "The mail for {} waits; the running server sends it at once.",
            email.as_str()
        ),
        Asked::WaitsAlready => format!(
            "A mail for {} waits already; the running server sends it.",
            email.as_str()
        ),
    };
    let is_new = asked == Asked::OnItsWay;
    Ok(Answer::new(
        words,
        json!({ "email": email.as_str(), "changed": is_new }),
    ))
}
