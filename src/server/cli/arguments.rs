//! The words of the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use rekey_domain::email::Email;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::role::Role;

use crate::server::config;
use crate::server::service::acting::operator::CompanyRef;

/// What scripts can trust; a test holds it.
const EXIT_CODES: &str = "Exit codes: 0 done, or it was so already. 1 refused or failed, nothing was changed. \
                          2 wrong usage or configuration.";

/// The same of a command that can do a part.
const EXIT_CODES_OF_IMPORT: &str = "Exit codes: 0 everybody is imported, or was there already. 1 some lines can't be \
                                    imported, and the others are; or it failed, and nothing was changed. 2 wrong usage, \
                                    configuration or file.";

/// Rekey: the accounts part of a business application.
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXIT_CODES)]
pub struct Cli {
    /// The configuration file.
    #[arg(long, global = true, default_value = config::FILE)]
    pub config: PathBuf,
    /// Answer in JSON: one value on standard output, `{"error", "message"}` where it was not done.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the application.
    Serve {
        /// A demo with its own database, mail server and people; needs no configuration.
        #[arg(long)]
        demo: bool,
        /// Where to listen, instead of `REKEY_LISTEN`.
        #[arg(long)]
        listen: Option<SocketAddr>,
    },
    /// Companies.
    #[command(subcommand, after_help = EXIT_CODES)]
    Company(CompanyCommand),
    /// Administrators.
    #[command(subcommand, after_help = EXIT_CODES)]
    Admin(AdminCommand),
    /// People.
    #[command(subcommand, after_help = EXIT_CODES)]
    User(UserCommand),
    /// Import people from a CSV file and report every line; the running server invites them.
    #[command(after_help = EXIT_CODES_OF_IMPORT)]
    Import {
        /// Name, email, role: one person a line, in UTF-8, 10 000 at most.
        file: PathBuf,
        /// The company, by its name or id.
        #[arg(long, value_parser = company_ref)]
        company: CompanyRef,
        /// Only report.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum CompanyCommand {
    /// Create a company.
    Create {
        /// Its name.
        #[arg(value_parser = company_name)]
        name: CompanyName,
    },
    /// List all companies.
    List,
    /// Make a company the child of another.
    Link {
        /// The company, by its name or id.
        #[arg(value_parser = company_ref)]
        child: CompanyRef,
        /// The company above it, by its name or id.
        #[arg(long, value_parser = company_ref)]
        parent: CompanyRef,
    },
    /// Make a company nobody's child.
    Unlink {
        /// The company, by its name or id.
        #[arg(value_parser = company_ref)]
        child: CompanyRef,
    },
}

#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Invite an administrator by mail; the running server sends it.
    Invite {
        /// Where the invitation goes, and what the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
        /// The company, by its name or id.
        #[arg(long, value_parser = company_ref)]
        company: CompanyRef,
        /// The person's name; the address until they have one.
        #[arg(long, value_parser = person_name)]
        name: Option<PersonName>,
    },
    /// Make somebody an administrator of their company.
    Grant {
        /// What the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
    },
    /// Take the role administrator from somebody. The last one of a company keeps it.
    Revoke {
        /// What the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
        /// The role instead: manager, user or read-only.
        #[arg(long, default_value = "user", value_parser = lower_role)]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// List everybody of a company, deleted people too.
    List {
        /// The company, by its name or id.
        #[arg(long, value_parser = company_ref)]
        company: CompanyRef,
    },
    /// Mail somebody a link to set a new password; the running server sends it.
    Reset {
        /// What the person signs in with. The mail goes there.
        #[arg(value_parser = email)]
        email: Email,
        /// For the day on which the mail is broken: print the link, and mail the owner that there is one.
        #[arg(long)]
        show_link: bool,
    },
    /// Create an account and mail the invitation; the running server sends it.
    Create {
        /// Where the invitation goes, and what the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
        /// The person's name.
        #[arg(long, value_parser = person_name)]
        name: PersonName,
        /// The company, by its name or id.
        #[arg(long, value_parser = company_ref)]
        company: CompanyRef,
        /// administrator, manager, user or read-only.
        #[arg(long, default_value = "user", value_parser = role)]
        role: Role,
    },
    /// Change somebody's name.
    Edit {
        /// What the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
        /// The new name.
        #[arg(long, value_parser = person_name)]
        name: PersonName,
    },
    /// Delete an account; the company's managers can restore it. The last administrator of a company stays.
    Delete {
        /// What the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
    },
    /// End all sessions of somebody.
    SignOut {
        /// What the person signs in with.
        #[arg(value_parser = email)]
        email: Email,
    },
}

impl UserCommand {
    /// Whether it prints a link.
    pub fn shows_link(&self) -> bool {
        matches!(self, Self::Reset { show_link: true, .. })
    }
}

fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).map_err(|_| "it is no email address; write one like name@example.com".to_owned())
}

fn company_name(text: &str) -> Result<CompanyName, String> {
    CompanyName::parse(text).map_err(|problem| problem.to_string())
}

fn person_name(text: &str) -> Result<PersonName, String> {
    PersonName::parse(text).map_err(|problem| problem.to_string())
}

fn company_ref(text: &str) -> Result<CompanyRef, String> {
    CompanyRef::parse(text).map_err(|problem| problem.to_string())
}

fn role(text: &str) -> Result<Role, String> {
    text.parse()
        .map_err(|_| "it is administrator, manager, user or read-only".to_owned())
}

fn lower_role(text: &str) -> Result<Role, String> {
    match text.parse() {
        Ok(role) if role != Role::Administrator => Ok(role),
        _ => Err("it is manager, user or read-only".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
