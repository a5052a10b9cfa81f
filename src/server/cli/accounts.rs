//! `rekey company …`, `rekey admin …` and `rekey user …`: the operator's commands, through the same services as the pages.

use rekey_domain::email::Email;
use rekey_domain::name::{CompanyName, NameProblem, PersonName};
use url::Url;

use super::CommandFailure;
use crate::server::clock::Clock;
use crate::server::config::{self, CommandConfig};
use crate::server::password_hash::PasswordHasher;
use crate::server::run::open_services;
use crate::server::service::create_company::{self, Created};
use crate::server::service::error::ServiceError;
use crate::server::service::invite_administrator::{self, Invited};
use crate::server::service::operator_reset::{self, Asked};
use crate::server::services::Services;

/// `rekey company create NAME`.
#[expect(clippy::print_stdout, reason = "the operator reads it in a terminal")]
pub async fn create_company(config: CommandConfig, name: &str) -> Result<(), CommandFailure> {
    let name = CompanyName::parse(name).map_err(|problem| usage_of_name("The company's name", problem))?;
    let services = open(config).await?;
    match create_company::create_company(&services, &name).await.map_err(failed)? {
        Created::New(id) => {
            println!("Created {} ({id}).", name.as_str());
            Ok(())
        }
        Created::NameTaken(id) => Err(CommandFailure::Refused(format!(
            "there is a company of this name already ({id}); choose another name"
        ))),
    }
}

/// `rekey admin invite EMAIL --company NAME`.
#[expect(clippy::print_stdout, reason = "the operator reads it in a terminal")]
pub async fn invite_administrator(
    config: CommandConfig,
    email: &str,
    company: &str,
    name: Option<&str>,
) -> Result<(), CommandFailure> {
    let email = parse_email(email)?;
    let company = CompanyName::parse(company).map_err(|problem| usage_of_name("The company's name", problem))?;
    let name = PersonName::parse(name.unwrap_or(email.as_str()))
        .map_err(|problem| usage_of_name("The person's name", problem))?;
    let services = open(config).await?;
    let invited = invite_administrator::invite_administrator(&services, &email, &name, &company)
        .await
        .map_err(failed)?;
    match invited {
        Invited::OnItsWay | Invited::Again => {
            println!(
                "The invitation for {} waits; the running server sends it at once.",
                email.as_str()
            );
            Ok(())
        }
        Invited::NoSuchCompany => Err(CommandFailure::Refused(format!(
            "no company is called {:?}; create it with: rekey company create NAME",
            company.as_str()
        ))),
        Invited::AddressTaken => Err(CommandFailure::Refused(
            "this address belongs to another account already; invite with another one".to_owned(),
        )),
    }
}

/// `rekey user reset EMAIL`.
#[expect(clippy::print_stdout, reason = "the operator reads it in a terminal")]
pub async fn reset_user(config: CommandConfig, email: &str) -> Result<(), CommandFailure> {
    let email = parse_email(email)?;
    let services = open(config).await?;
    match operator_reset::operator_reset(&services, &email)
        .await
        .map_err(failed)?
    {
        Asked::OnItsWay => println!(
            "The mail for {} waits; the running server sends it at once.",
            email.as_str()
        ),
        Asked::WaitsAlready => println!(
            "A mail for {} waits already; the running server sends it.",
            email.as_str()
        ),
        Asked::NoSuchAccount => {
            return Err(CommandFailure::Refused(format!(
                "no account uses {}; look at the spelling",
                email.as_str()
            )));
        }
    }
    Ok(())
}

fn parse_email(text: &str) -> Result<Email, CommandFailure> {
    Email::parse(text)
        .map_err(|_| CommandFailure::Usage(format!("{text:?} is no email address; write one like name@example.com")))
}

async fn open(config: CommandConfig) -> Result<Services, CommandFailure> {
    // Nothing here needs the address of the server; the mails are written by it.
    let nowhere = Url::parse("http://localhost").map_err(CommandFailure::while_doing("starting"))?;
    let mut settings = config::demo_settings(nowhere);
    settings.lifetime = config.lifetime;
    let hasher = PasswordHasher::new(1).map_err(CommandFailure::while_doing("starting"))?;
    open_services(&config.database_url, Clock::system(), hasher, settings)
        .await
        .map_err(CommandFailure::while_doing("opening the database"))
}

fn usage_of_name(what: &str, problem: NameProblem) -> CommandFailure {
    CommandFailure::Usage(format!("{what} can't be used: {problem}"))
}

fn failed(error: ServiceError) -> CommandFailure {
    CommandFailure::while_doing("the command failed, nothing was changed")(error)
}
