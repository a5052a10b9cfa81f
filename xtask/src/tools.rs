//! Tools that are Rust programs, pinned: cargo-leptos, for `watch` only, and the wasm-bindgen that it calls.
//!
//! Each lives in the per-user cache, in a folder of its own that names its version. One on the `PATH` is taken when
//! its version is right.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::command::{self, answer, cargo, on_path, program};
use crate::failure::Failure;
use crate::needs;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// 0.3.11 wants a newer Rust than ours.
const CARGO_LEPTOS: &str = "0.3.10";

/// Both, found or installed.
pub struct CargoLeptos {
    executable: PathBuf,
    path: OsString,
}

impl CargoLeptos {
    /// Finds or installs them.
    pub fn find_or_install(workspace: &Workspace, steps: &mut Steps) -> Result<Self, Failure> {
        needs::wasm_target(workspace, steps)?;
        let executable = CargoTool {
            package: "cargo-leptos",
            executable: "cargo-leptos",
            version: CARGO_LEPTOS.to_owned(),
            // Without it cargo-leptos fetches prebuilt tools of its own choice.
            features: Some("no_downloads"),
            takes: "10 to 25 minutes, once",
        }
        .find_or_install(workspace, steps)?;
        // The tool and the library must be the very same version.
        let wasm_bindgen = CargoTool {
            package: "wasm-bindgen-cli",
            executable: "wasm-bindgen",
            version: workspace.locked_version("wasm-bindgen")?,
            features: None,
            takes: "2 to 4 minutes, once",
        }
        .find_or_install(workspace, steps)?;
        let folders: Vec<PathBuf> = wasm_bindgen.parent().map(Path::to_owned).into_iter().collect();
        Ok(Self {
            executable,
            path: command::path_with(&folders)?,
        })
    }

    /// `cargo leptos`, with wasm-bindgen on its `PATH`. Started directly: rustup's `cargo` would put its own folder in
    /// front of ours, with whatever versions are in there.
    pub fn command(&self, workspace: &Workspace) -> std::process::Command {
        let mut command = program(&self.executable, workspace.root());
        command.arg("leptos").env("PATH", &self.path);
        command
    }
}

/// A tool that comes as a Rust package.
struct CargoTool {
    package: &'static str,
    executable: &'static str,
    version: String,
    features: Option<&'static str>,
    takes: &'static str,
}

impl CargoTool {
    fn find_or_install(&self, workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
        let home = workspace.tool(self.package, &self.version);
        let cached = home
            .join("bin")
            .join(format!("{}{}", self.executable, std::env::consts::EXE_SUFFIX));
        let what = format!("{} {}", self.package, self.version);
        if self.is_right(&cached) {
            Steps::already(&what);
            return Ok(cached);
        }
        if let Some(found) = on_path(self.executable).filter(|found| self.is_right(found)) {
            Steps::already(&format!("{what} on the PATH"));
            return Ok(found);
        }
        let title = format!("{what}: compiled into {}, which takes {}", home.display(), self.takes);
        steps.step(&title, || self.install(workspace, &home))?;
        if self.is_right(&cached) {
            return Ok(cached);
        }
        Err(Failure::Unexpected(format!(
            "{} is installed but does not run as {what}",
            cached.display()
        )))
    }

    fn is_right(&self, executable: &Path) -> bool {
        // A subcommand of cargo expects its own name first; `cargo-leptos leptos --version` and
        // `wasm-bindgen --version` both say "NAME VERSION".
        let mut command = program(executable, Path::new("."));
        if let Some(subcommand) = self.executable.strip_prefix("cargo-") {
            command.arg(subcommand);
        }
        answer(command.arg("--version")).is_some_and(|answer| names_version(&answer, &self.version))
    }

    /// A prebuilt one when `cargo binstall` is there and finds it, else compiled.
    fn install(&self, workspace: &Workspace, home: &Path) -> Result<(), Failure> {
        if on_path("cargo-binstall").is_some() {
            let prebuilt = command::run(
                cargo(workspace.root())
                    .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
                    .arg(home)
                    .arg(format!("{}@{}", self.package, self.version)),
            );
            match prebuilt {
                Ok(()) => return Ok(()),
                Err(failure) => eprintln!("    {failure}; compiling it instead"),
            }
        }
        let mut command = cargo(workspace.root());
        // It is compiled once and works for seconds: what its own profile spends on speed (all of it in one unit, linked
        // as a whole) takes longer than it ever gives back.
        command
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .args(["install", "--locked", "--version", &self.version, "--root"])
            .arg(home);
        if let Some(features) = self.features {
            command.args(["--features", features]);
        }
        progress::run(command.arg(self.package), self.takes, Show::Rest)
    }
}

fn names_version(answer: &str, version: &str) -> bool {
    answer
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_version_counts() {
        assert!(names_version("wasm-bindgen 0.2.129", "0.2.129"));
        assert!(names_version("wasm-bindgen 0.2.129 (abcdef)", "0.2.129"));
        assert!(!names_version("wasm-bindgen 0.2.129", "0.2.12"));
        assert!(!names_version("", "0.2.129"));
    }
}
