//! `bench`: measures the executable that is handed out, not a development build.

use std::ffi::OsString;

use crate::beside;
use crate::command::{self, cargo};
use crate::failure::Failure;
use crate::steps::Steps;
use crate::tasks::{dist, test};
use crate::workspace::Workspace;

/// Builds the executable, then the benchmark, and runs it.
pub fn bench(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    let nginx = beside::NGINX.find_or_get(workspace, steps)?;
    let executable = dist::dist(workspace, steps)?;
    steps.step("the benchmark", || {
        let mut command = cargo(workspace.root());
        // The load generator in the profile of the tests, whose libraries are built already: one of its own would take
        // ten minutes to build, and what is measured is the executable.
        command.args(["bench", "--profile", "dev", "--features", "ssr", "--bench", "http"]);
        if !arguments.is_empty() {
            command.arg("--").args(arguments);
        }
        command
            .env(test::EXECUTABLE_VARIABLE, &executable)
            .env(beside::NGINX.variable, &nginx);
        command::run(&mut command)
    })
}
