//! `run`: the demo, from whatever state the checkout is in.

use std::ffi::OsString;

use crate::command::program;
use crate::failure::Failure;
use crate::steps::Steps;
use crate::tasks::dist;
use crate::workspace::Workspace;

/// Builds the executable and becomes the demo server.
pub fn run(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    let executable = dist::dist(workspace, steps)?;
    steps.summary();
    eprintln!("\n==> the demo");
    let mut command = program(executable, workspace.root());
    command.args(["serve", "--demo"]).args(arguments);
    become_it(&mut command)
}

/// Replaces xtask by the server, so that whoever started xtask and stops it stops the server.
#[cfg(unix)]
fn become_it(command: &mut std::process::Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    // It returns only when it failed.
    let error = command.exec();
    Err(Failure::Command {
        line: command.get_program().to_string_lossy().into_owned(),
        outcome: format!("could not be started: {error}"),
    })
}

#[cfg(not(unix))]
fn become_it(command: &mut std::process::Command) -> Result<(), Failure> {
    crate::command::run(command)
}
