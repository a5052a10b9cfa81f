//! The server in the development profile: what `run` serves, and what the tests run against. Most of what one has built
//! serves the other; the tests' own libraries give some of the server's more features, and those are built for each
//! (`docs/decisions/0026-build-without-cargo-leptos.md`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::cargo;
use crate::failure::Failure;
use crate::leptos_table::LeptosTable;
use crate::needs;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Builds it and returns where it is.
pub fn build(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    needs::c_compiler()?;
    let mut command = cargo(workspace.root());
    command.args(["build", "--bin", "rekey", "--features", &features(workspace)?]);
    steps.step("the server", || {
        progress::run(
            &mut command,
            "3 to 5 minutes the first time, half a minute after a change",
            Show::Rest,
        )
    })?;
    Ok(executable(workspace))
}

/// `cargo test` over the server and the crates that it is made of. Always all of them, whatever is run: cargo chooses the
/// features of libraries by the packages that are named, and another choice would build half of them again.
pub fn cargo_test(root: &Path) -> Result<Command, Failure> {
    let mut command = cargo(root);
    command.arg("test");
    for package in ["rekey", "rekey-domain", "rekey-migrations"] {
        command.args(["--package", package]);
    }
    let features: Vec<_> = LeptosTable::read(root)?
        .bin_features
        .iter()
        .map(|feature| format!("rekey/{feature}"))
        .collect();
    command.args(["--features", &features.join(",")]);
    Ok(command)
}

/// Where cargo puts it.
pub fn executable(workspace: &Workspace) -> PathBuf {
    workspace
        .target()
        .join("debug")
        .join(format!("rekey{}", std::env::consts::EXE_SUFFIX))
}

/// The features that the Leptos table gives the server.
pub fn features(workspace: &Workspace) -> Result<String, Failure> {
    Ok(LeptosTable::read(workspace.root())?.bin_features.join(","))
}
