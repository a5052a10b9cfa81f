//! What must be on the machine before anything of ours: a C compiler, Node, the toolchain's own parts, room on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{answer, cargo, on_path, program};
use crate::failure::Failure;
use crate::front::build::TARGET as WASM;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Megabytes that a build of everything takes when nothing is there yet, and after a change.
const COLD_MEGABYTES: u64 = 6_000;
const WARM_MEGABYTES: u64 = 1_000;

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

/// The fuzzer's engine is C++.
pub fn cxx_compiler() -> Result<(), Failure> {
    c_compiler()?;
    if std::env::var_os("CXX").is_some() || on_path("c++").is_some() {
        return Ok(());
    }
    Err(Failure::Missing {
        what: "There is no C++ compiler (`c++`); the fuzzer's engine is compiled with it".to_owned(),
        get: "sudo apt-get update && sudo apt-get install -y build-essential".to_owned(),
    })
}

/// Node and npm: wasm-opt, esbuild and Playwright come from there. `run` does without them.
pub fn node(workspace: &Workspace) -> Result<(), Failure> {
    let missing = |what: String| Failure::Missing {
        what,
        get:
            "install it from https://nodejs.org/en/download, or by `sudo apt-get install -y nodejs npm` where that is \
              new enough"
                .to_owned(),
    };
    let version = answer(program("node", workspace.root()).arg("--version")).ok_or_else(|| {
        missing("There is no Node (`node`); releases and the browser tests are built with it".to_owned())
    })?;
    if major(&version).is_none_or(|found| found < OLDEST_NODE) {
        return Err(missing(format!("Node is {version}; at least {OLDEST_NODE} is needed")));
    }
    if on_path("npm").is_none() {
        return Err(missing("There is Node, but no `npm`".to_owned()));
    }
    Ok(())
}

/// Enough room for what is going to be built. Where it can't be found out, the build will say it.
pub fn room_on_disk(workspace: &Workspace) -> Result<(), Failure> {
    let is_cold = !workspace.target().join("debug").join("deps").exists();
    let needed = if is_cold { COLD_MEGABYTES } else { WARM_MEGABYTES };
    let place = workspace
        .target()
        .ancestors()
        .find(|folder| folder.exists())
        .unwrap_or(workspace.root());
    let Some(free) = free_megabytes(place) else {
        return Ok(());
    };
    if free >= needed {
        return Ok(());
    }
    Err(Failure::Missing {
        what: format!(
            "{free} MB are free at {}; building everything takes about {needed} MB",
            place.display()
        ),
        get: "free some (`cargo xtask clean` says what it frees), or name another place in CARGO_TARGET_DIR".to_owned(),
    })
}

/// By POSIX's `df -P -k`: one line of headings, then the file system's, of which the fourth word is what is free.
pub fn free_megabytes(place: &Path) -> Option<u64> {
    let said = answer(program("df", Path::new("/")).args(["-P", "-k"]).arg(place))?;
    let kilobytes: u64 = said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes / 1000)
}

/// The compiler's standard library for WebAssembly. Fetched here and not left to `rust-toolchain.toml`: rustup
/// silently ignores the targets named there when `RUSTUP_AUTO_INSTALL=0` is set.
pub fn wasm_target(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    if has_wasm_target(workspace) {
        Steps::already(&format!("Rust for {WASM}"));
        return Ok(());
    }
    let what = format!("Rust for {WASM}");
    rustup(workspace, steps, &what, &["target", "add", WASM])?;
    if has_wasm_target(workspace) {
        return Ok(());
    }
    Err(Failure::Missing {
        // An installation that was interrupted. Rustup takes it for a whole one, and can't remove it either.
        what: format!("{what} is not there, although rustup says that it is: the toolchain is damaged"),
        get: "rustup toolchain uninstall 1.95.0 && rustup toolchain install 1.95.0".to_owned(),
    })
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
            get: "install rustup from https://rustup.rs, or from your system's packages".to_owned(),
        });
    }
    steps.step(what, || {
        progress::run(
            program("rustup", workspace.root()).args(arguments),
            "some seconds",
            Show::OnFailure,
        )
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
    fn what_is_free_is_found_out() {
        assert!(free_megabytes(&std::env::temp_dir()).is_some_and(|free| free > 0));
        assert_eq!(free_megabytes(Path::new("/no/such/folder")), None);
    }

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1.0"), Some(8));
        assert_eq!(major("what"), None);
    }
}
