//! `test`: the cheap and telling parts first.

use std::ffi::OsString;

use clap::ValueEnum;

use crate::command::{self, cargo, program};
use crate::failure::Failure;
use crate::steps::Steps;
use crate::tasks::dist;
use crate::workspace::Workspace;
use crate::{browser, needs, npm};

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
    if is_wanted(Part::Unit) {
        unit(workspace, steps, arguments)?;
    }
    if is_wanted(Part::Http) {
        steps.step("tests: http", || {
            command::run(
                cargo(workspace.root())
                    .args(["test", "--features", "ssr", "--test", "http"])
                    .args(arguments),
            )
        })?;
    }
    if is_wanted(Part::E2e) {
        e2e(workspace, steps, arguments)?;
    }
    Ok(())
}

fn unit(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    let crates = [
        "test",
        "--package",
        "rekey-domain",
        "--package",
        "rekey-migrations",
        "--package",
        "xtask",
    ];
    steps.step("tests: unit, the crates", || {
        command::run(cargo(workspace.root()).args(crates).args(arguments))
    })?;
    steps.step("tests: unit, the server", || {
        command::run(
            cargo(workspace.root())
                .args(["test", "--features", "ssr", "--lib"])
                .args(arguments),
        )
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
