//! Packages from npm: always `npm ci`, so exactly what the lock file names; install scripts never run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{answer, program};
use crate::failure::Failure;
use crate::files;
use crate::needs;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// The lock file that `node_modules` was installed from, kept inside it.
const INSTALLED_FROM: &str = "node_modules/.rekey-installed-from.json";

/// The browser tests' packages, in `end2end/node_modules`.
pub fn end2end_packages(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let folder = workspace.end2end();
    let lock = files::read(&folder.join("package-lock.json"))?;
    let mark = folder.join(INSTALLED_FROM);
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        Steps::already("end2end/node_modules");
        return Ok(());
    }
    steps.step("end2end/node_modules: the browser tests' packages", || {
        ci(&folder)?;
        fs::write(&mark, &lock).map_err(Failure::file("write", &mark))
    })
}

/// What makes a release of the browser's half small.
pub struct FrontTools {
    /// `wasm-opt`, of npm's binaryen.
    pub wasm_opt: PathBuf,
    /// `esbuild`.
    pub esbuild: PathBuf,
    /// The versions of both, as one word.
    pub version: String,
}

/// The tools in the versions that `xtask/front-tools/package.json` names, in the per-user cache.
pub fn front_tools(workspace: &Workspace, steps: &mut Steps) -> Result<FrontTools, Failure> {
    needs::node(workspace)?;
    let source = workspace.root().join("xtask").join("front-tools");
    let versions = Versions::of(&files::read(&source.join("package.json"))?)?;
    let version = format!("{}-{}", versions.binaryen, versions.esbuild);
    let what = format!("wasm-opt {} and esbuild {}", versions.binaryen, versions.esbuild);
    let home = workspace.tool("front-tools", &version);
    let programs = home.join("node_modules").join(".bin");
    let tools = FrontTools {
        wasm_opt: programs.join("wasm-opt"),
        esbuild: programs.join("esbuild"),
        version,
    };
    if versions.are_those_of(&tools) {
        Steps::already(&what);
        return Ok(tools);
    }
    steps.step(&format!("{what}: from npm, into {}", home.display()), || {
        install(&source, &home)
    })?;
    if versions.are_those_of(&tools) {
        return Ok(tools);
    }
    Err(Failure::Unexpected(format!(
        "{} or {} does not run in its version",
        tools.wasm_opt.display(),
        tools.esbuild.display()
    )))
}

/// Installs beside its place and moves it there, so that an interrupted installation is never taken for a whole one.
fn install(source: &Path, home: &Path) -> Result<(), Failure> {
    let beside = home.with_extension(format!("new-{}", std::process::id()));
    fs::create_dir_all(&beside).map_err(Failure::file("create", &beside))?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(source.join(file), beside.join(file)).map_err(Failure::file("copy", &source.join(file)))?;
    }
    let installed = ci(&beside);
    if installed.is_err() {
        files::remove_if_there(&beside)?;
    }
    installed?;
    files::remove_if_there(home)?;
    files::rename(&beside, home)
}

fn ci(folder: &Path) -> Result<(), Failure> {
    let mut npm = program("npm", folder);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    progress::run(&mut npm, "some seconds", Show::OnFailure)
}

/// The exact versions that a `package.json` of the tools names.
struct Versions {
    binaryen: String,
    esbuild: String,
}

impl Versions {
    fn of(package: &[u8]) -> Result<Self, Failure> {
        let unreadable = |why: &str| Failure::Unexpected(format!("xtask/front-tools/package.json {why}"));
        let package: serde_json::Value =
            serde_json::from_slice(package).map_err(|error| unreadable(&format!("can't be read: {error}")))?;
        let version = |name: &str| {
            package["dependencies"][name]
                .as_str()
                .map(str::to_owned)
                .ok_or_else(|| unreadable(&format!("names no {name}")))
        };
        Ok(Self {
            binaryen: version("binaryen")?,
            esbuild: version("esbuild")?,
        })
    }

    /// Whether both run and say so. wasm-opt says `wasm-opt version 132 (version_132)`; its package is called 132.0.0.
    fn are_those_of(&self, tools: &FrontTools) -> bool {
        let says = |executable: &Path| answer(program(executable, Path::new("/")).arg("--version"));
        let number = self.binaryen.split('.').next();
        says(&tools.wasm_opt).is_some_and(|said| said.split_whitespace().nth(2) == number)
            && says(&tools.esbuild).is_some_and(|said| said == self.esbuild)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_tools_are_exact_versions() {
        let versions = Versions::of(include_bytes!("../front-tools/package.json")).unwrap();
        for version in [&versions.binaryen, &versions.esbuild] {
            assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()), "{version}");
        }
        assert!(Versions::of(b"{}").is_err());
        assert!(Versions::of(b"").is_err());
    }
}
