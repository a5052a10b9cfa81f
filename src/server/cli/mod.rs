//! The command line. Exit codes that scripts can trust: 0 done, 1 refused, failed or done in part, 2 wrong usage or configuration.

mod administrators;
mod answer;
mod arguments;
mod companies;
mod import;
mod output;
mod people;
mod serve;

use std::process::ExitCode;

use clap::Parser;
use url::Url;

use answer::{Answer, CommandFailure, end, usage};
use arguments::{Cli, Command};

use crate::server::clock::Clock;
use crate::server::config::{self, CommandConfig, Source};
use crate::server::password_hash::PasswordHasher;
use crate::server::run::open_services;
use crate::server::services::Services;

/// Runs the command of the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => return usage(&said),
    };
    let as_json = cli.json;
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return end(Err(CommandFailure::while_doing("starting")(error)), as_json),
    };
    end(runtime.block_on(run(cli)), as_json)
}

/// What it says; nothing for a server that ran and was stopped.
async fn run(cli: Cli) -> Result<Option<Answer>, CommandFailure> {
    let source = || Source::read(&cli.config, |name| std::env::var(name).ok());
    match cli.command {
        Command::Serve { demo: true, listen } => {
            serve::demo(listen).await?;
            Ok(None)
        }
        Command::Serve { demo: false, listen } => {
            Box::pin(serve::serve(source().for_server()?, &cli.config, listen)).await?;
            Ok(None)
        }
        Command::Company(command) => {
            with(source().for_command(false)?, async |services| {
                companies::run(services, command).await
            })
            .await
        }
        Command::Admin(command) => {
            with(source().for_command(false)?, async |services| {
                administrators::run(services, command).await
            })
            .await
        }
        Command::User(command) => {
            with(source().for_command(command.shows_link())?, async |services| {
                people::run(services, command).await
            })
            .await
        }
        Command::Import { file, company, check } => {
            let lines = import::read(&file).await?;
            with(source().for_command(false)?, async |services| {
                import::run(services, lines, &company, check).await
            })
            .await
        }
    }
}

/// Runs a command on the database, and closes that again: what `SQLite` keeps beside its file while it is open goes with the
/// last connection, and would be in the way of a server that runs as another user (K16).
async fn with(
    config: CommandConfig,
    command: impl AsyncFnOnce(&Services) -> Result<Answer, CommandFailure>,
) -> Result<Option<Answer>, CommandFailure> {
    let services = open(config).await?;
    let answer = command(&services).await;
    // What was done is done, whether or not it closes well.
    let _ = services.db.close().await;
    answer.map(Some)
}

async fn open(config: CommandConfig) -> Result<Services, CommandFailure> {
    // Most commands don't need the address of the server; the mails are written by it.
    let public_url = match config.public_url {
        Some(public_url) => public_url,
        None => Url::parse("http://localhost").map_err(CommandFailure::while_doing("starting"))?,
    };
    let mut settings = config::demo_settings(public_url);
    settings.lifetime = config.lifetime;
    settings.limits = config.limits;
    let hasher = PasswordHasher::new(1).map_err(CommandFailure::while_doing("starting"))?;
    open_services(&config.database_url, Clock::system(), hasher, settings)
        .await
        .map_err(CommandFailure::while_doing("opening the database"))
}
