//! The command line. Exit codes that scripts can trust: 0 done, 1 refused or failed, 2 wrong usage or configuration.

mod accounts;
mod serve;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::server::config::{self, Mistakes, Source};

/// Rekey: the accounts part of a business application.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    /// The configuration file.
    #[arg(long, global = true, default_value = config::FILE)]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
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
    Company {
        #[command(subcommand)]
        command: CompanyCommand,
    },
    /// Administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// People.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Debug, Subcommand)]
enum CompanyCommand {
    /// Create a company.
    Create {
        /// Its name.
        name: String,
    },
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Invite an administrator by mail; the running server sends it.
    Invite {
        /// Where the invitation goes, and what the person signs in with.
        email: String,
        /// The company, by its name.
        #[arg(long)]
        company: String,
        /// The person's name; the address until they have one.
        #[arg(long)]
        name: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Mail somebody a link to set a new password; the running server sends it.
    Reset {
        /// What the person signs in with. The mail goes there.
        email: String,
    },
}

/// How a command can end badly.
#[derive(Debug, thiserror::Error)]
enum CommandFailure {
    /// Exit code 2.
    #[error(transparent)]
    Configuration(#[from] Mistakes),
    /// Exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Exit code 1.
    #[error("{0}")]
    Refused(String),
    /// Exit code 1.
    #[error("{doing}: {error}")]
    Failed {
        doing: &'static str,
        #[source]
        error: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl CommandFailure {
    /// A failure while `doing`.
    fn while_doing<E: Into<Box<dyn std::error::Error + Send + Sync>>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Failed {
            doing,
            error: error.into(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Configuration(_) | Self::Usage(_) => ExitCode::from(2),
            Self::Refused(_) | Self::Failed { .. } => ExitCode::from(1),
        }
    }
}

/// Runs the command of the process's arguments.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return end(Err(CommandFailure::while_doing("starting")(error))),
    };
    end(runtime.block_on(run(cli)))
}

async fn run(cli: Cli) -> Result<(), CommandFailure> {
    let source = || Source::read(&cli.config, |name| std::env::var(name).ok());
    match cli.command {
        Command::Serve { demo: true, listen } => serve::demo(listen).await,
        Command::Serve { demo: false, listen } => Box::pin(serve::serve(source().for_server()?, listen)).await,
        Command::Company {
            command: CompanyCommand::Create { name },
        } => accounts::create_company(source().for_commands()?, &name).await,
        Command::Admin {
            command: AdminCommand::Invite { email, company, name },
        } => accounts::invite_administrator(source().for_commands()?, &email, &company, name.as_deref()).await,
        Command::User {
            command: UserCommand::Reset { email },
        } => accounts::reset_user(source().for_commands()?, &email).await,
    }
}

#[expect(clippy::print_stderr, reason = "the operator reads it in a terminal")]
fn end(result: Result<(), CommandFailure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("rekey: {failure}");
            failure.exit_code()
        }
    }
}
