//! `watch`: development builds of both halves by cargo-leptos, rebuilt and reloaded on every change.

use std::ffi::OsString;

use crate::command;
use crate::failure::Failure;
use crate::needs;
use crate::steps::Steps;
use crate::tools::CargoLeptos;
use crate::workspace::Workspace;

/// Runs until it is stopped. cargo-leptos is installed when this is used for the first time.
pub fn watch(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    needs::c_compiler()?;
    let cargo_leptos = CargoLeptos::find_or_install(workspace, steps)?;
    let mut command = cargo_leptos.command(workspace);
    command.args(["watch", "--", "serve", "--demo"]).args(arguments);
    command::run(&mut command)
}
