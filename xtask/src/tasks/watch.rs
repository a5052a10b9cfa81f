//! `watch`: development builds of both halves, rebuilt and reloaded on every change.

use std::ffi::OsString;

use crate::command;
use crate::failure::Failure;
use crate::steps::Steps;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// Runs until it is stopped.
pub fn watch(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    let tools = Tools::prepare(workspace, steps)?;
    let mut command = tools.cargo_leptos(workspace);
    command.args(["watch", "--", "serve", "--demo"]).args(arguments);
    command::run(&mut command)
}
