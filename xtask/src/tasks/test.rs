//! `test`: the cheap and telling parts first.

use std::ffi::OsString;

use clap::ValueEnum;

use crate::command::{self, cargo, program};
use crate::failure::Failure;
use crate::postgres::Server;
use crate::steps::Steps;
use crate::tasks::dist;
use crate::workspace::Workspace;
use crate::{browser, needs, nginx, npm, postgres};

/// Tells the tests and the benchmark which executable is meant.
pub const EXECUTABLE_VARIABLE: &str = "REKEY_BIN";

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Rules and pure parts, in process
    Unit,
    /// The server over real HTTP
    Http,
    /// A browser on the executable
    E2e,
}

/// Runs one part, or all of them in order; stops at the first that fails.
pub fn test(
    workspace: &Workspace,
    steps: &mut Steps,
    part: Option<Part>,
    arguments: &[OsString],
) -> Result<(), Failure> {
    let is_wanted = |candidate| part.is_none_or(|part| part == candidate);
    needs::c_compiler()?;
    if is_wanted(Part::E2e) {
        // What can't be got should be said now, not after half an hour of building.
        needs::node(workspace)?;
    }
    if is_wanted(Part::Unit) || is_wanted(Part::Http) {
        let postgres = Server::start(workspace, steps)?;
        if is_wanted(Part::Unit) {
            unit(workspace, steps, &postgres, arguments)?;
        }
        if is_wanted(Part::Http) {
            http(workspace, steps, &postgres, arguments)?;
        }
    }
    if is_wanted(Part::E2e) {
        e2e(workspace, steps, arguments)?;
    }
    Ok(())
}

fn unit(workspace: &Workspace, steps: &mut Steps, postgres: &Server, arguments: &[OsString]) -> Result<(), Failure> {
    let crates = ["rekey-domain", "rekey-migrations", "xtask"].map(|name| ["--package", name]);
    steps.step("tests: unit, the crates", || {
        command::run(
            cargo(workspace.root())
                .arg("test")
                .args(crates.as_flattened())
                .args(arguments),
        )
    })?;
    let lib = || {
        let mut command = cargo(workspace.root());
        command.args(["test", "--features", "ssr", "--lib"]);
        command
    };
    steps.step("tests: unit, the server", || command::run(lib().args(arguments)))?;
    steps.step("tests: unit, the store on PostgreSQL", || {
        let mut command = lib();
        command.arg("server::store").args(arguments);
        command::run(command.env(postgres::VARIABLE, postgres.url()))
    })
}

fn http(workspace: &Workspace, steps: &mut Steps, postgres: &Server, arguments: &[OsString]) -> Result<(), Failure> {
    let nginx = nginx::find_or_install(workspace, steps)?;
    let tests = || {
        let mut command = cargo(workspace.root());
        command
            .args(["test", "--features", "ssr", "--test", "http"])
            .args(arguments)
            .env(nginx::VARIABLE, &nginx);
        command
    };
    steps.step("tests: http, on SQLite", || command::run(&mut tests()))?;
    steps.step("tests: http, on PostgreSQL", || {
        command::run(tests().env(postgres::VARIABLE, postgres.url()))
    })
}

fn e2e(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    npm::end2end_packages(workspace, steps)?;
    let browser = browser::find_or_install(workspace, steps)?;
    let executable = dist::dist(workspace, steps)?;
    let folder = workspace.end2end();
    // Playwright only strips the types; nobody else would look at them.
    steps.step("the browser tests' types", || {
        command::run(program("npm", &folder).args(["run", "--silent", "types"]))
    })?;
    steps.step("tests: e2e", || {
        let mut command = program("npx", &folder);
        command.args(["--no-install", "playwright", "test"]).args(arguments);
        command
            .env(EXECUTABLE_VARIABLE, &executable)
            .env(browser::VARIABLE, &browser);
        command::run(&mut command)
    })
}
