//! What must be on the machine before anything of ours: a C compiler, Node, the toolchain's own parts.

use std::fs;
use std::path::PathBuf;

use crate::command::{self, answer, cargo, on_path, program};
use crate::failure::Failure;
use crate::steps::Steps;
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";

/// The oldest Node that Playwright runs on.
const OLDEST_NODE: u32 = 20;

/// The database and the cryptography are C: cargo needs a compiler for them.
pub fn c_compiler() -> Result<(), Failure> {
    if std::env::var_os("CC").is_some() || on_path("cc").is_some() {
        return Ok(());
    }
    Err(Failure::Missing {
        what: "There is no C compiler (`cc`); SQLite and the cryptography are compiled with it".to_owned(),
        get: "sudo apt-get update && sudo apt-get install -y build-essential".to_owned(),
    })
}

/// Node and npm: wasm-opt and Playwright come from there.
pub fn node(workspace: &Workspace) -> Result<(), Failure> {
    let missing = |what: String| Failure::Missing {
        what,
        get: "the packages at https://nodejs.org/en/download, or `sudo apt-get install -y nodejs npm` where that is \
              new enough"
            .to_owned(),
    };
    let version = answer(program("node", workspace.root()).arg("--version"))
        .ok_or_else(|| missing("There is no Node (`node`); wasm-opt and the browser tests run on it".to_owned()))?;
    if major(&version).is_none_or(|found| found < OLDEST_NODE) {
        return Err(missing(format!("Node is {version}; at least {OLDEST_NODE} is needed")));
    }
    if on_path("npm").is_none() {
        return Err(missing("There is Node, but no `npm`".to_owned()));
    }
    Ok(())
}

/// The compiler's standard library for WebAssembly. Fetched here and not left to `rust-toolchain.toml`: rustup
/// silently ignores the targets named there when `RUSTUP_AUTO_INSTALL=0` is set.
pub fn wasm_target(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    if has_wasm_target(workspace) {
        Steps::already(&format!("Rust for {WASM}"));
        return Ok(());
    }
    rustup(workspace, steps, &format!("Rust for {WASM}"), &["target", "add", WASM])
}

/// `cargo fmt` and `cargo clippy`.
pub fn fmt_and_clippy(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let there = |name| answer(cargo(workspace.root()).args([name, "--version"])).is_some();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    rustup(
        workspace,
        steps,
        "rustfmt and clippy",
        &["component", "add", "rustfmt", "clippy"],
    )
}

fn has_wasm_target(workspace: &Workspace) -> bool {
    let folder = answer(program("rustc", workspace.root()).args(["--print", "target-libdir", "--target", WASM]));
    folder.is_some_and(|folder| fs::read_dir(PathBuf::from(folder)).is_ok_and(|mut files| files.next().is_some()))
}

/// Changes the toolchain that is in use here: rustup's own rules and `RUSTUP_TOOLCHAIN` choose it.
fn rustup(workspace: &Workspace, steps: &mut Steps, what: &str, arguments: &[&str]) -> Result<(), Failure> {
    if on_path("rustup").is_none() {
        return Err(Failure::Missing {
            what: format!("{what} is missing, and there is no rustup to add it"),
            get: "the page https://rustup.rs, or your system's packages".to_owned(),
        });
    }
    steps.step(what, || {
        command::run(program("rustup", workspace.root()).args(arguments))
    })
}

/// `v20.20.2` → 20.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1.0"), Some(8));
        assert_eq!(major("what"), None);
    }
}
