//! `check`: format and lints, for every half and every crate. Warnings are errors.

use crate::command::{self, cargo};
use crate::failure::Failure;
use crate::needs;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Each clippy run: what it looks at, and its arguments. Never `--all-features`: the two halves exclude each other.
const CLIPPY: [(&str, &[&str]); 3] = [
    ("clippy: the server", &["--features", "ssr", "--all-targets"]),
    (
        "clippy: the browser",
        &["--features", "hydrate", "--target", "wasm32-unknown-unknown", "--lib"],
    ),
    (
        "clippy: the other crates",
        &[
            "--package",
            "rekey-domain",
            "--package",
            "rekey-migrations",
            "--package",
            "xtask",
            "--package",
            "rekey-bindgen",
            "--all-targets",
        ],
    ),
];

/// Stops at the first complaint.
pub fn check(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    needs::c_compiler()?;
    needs::fmt_and_clippy(workspace, steps)?;
    needs::wasm_target(workspace, steps)?;
    steps.step("format", || {
        command::run(cargo(workspace.root()).args(["fmt", "--all", "--check"]))
    })?;
    for (what, arguments) in CLIPPY {
        steps.step(what, || {
            command::run(
                cargo(workspace.root())
                    .arg("clippy")
                    .args(arguments)
                    .args(["--", "--deny", "warnings"]),
            )
        })?;
    }
    Ok(())
}
