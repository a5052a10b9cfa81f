//! `bench`: measures the executable that is handed out, not a development build.

use std::ffi::OsString;

use crate::command::{self, cargo};
use crate::failure::Failure;
use crate::steps::Steps;
use crate::tasks::{dist, test};
use crate::workspace::Workspace;

/// Builds the executable, then the benchmark, and runs it.
pub fn bench(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    let executable = dist::dist(workspace, steps)?;
    steps.step("the benchmark", || {
        let mut command = cargo(workspace.root());
        command.args(["bench", "--features", "ssr", "--bench", "http"]);
        if !arguments.is_empty() {
            command.arg("--").args(arguments);
        }
        // The same front as `dist` had: another value would build the server again, now and at the next `dist`.
        command
            .env(dist::FRONT_VARIABLE, workspace.front())
            .env(test::EXECUTABLE_VARIABLE, &executable);
        command::run(&mut command)
    })
}
