//! Packages from npm: always `npm ci`, so exactly what the lock file names; install scripts never run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{self, program};
use crate::failure::Failure;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// The lock file that `node_modules` was installed from, kept inside it.
const INSTALLED_FROM: &str = "node_modules/.rekey-installed-from.json";

/// The browser tests' packages, in `end2end/node_modules`.
pub fn end2end_packages(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let folder = workspace.end2end();
    let lock = read(&folder.join("package-lock.json"))?;
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

/// The folder of `wasm-opt` in the version that `xtask/wasm-opt/package.json` names: from the `PATH`'s (nothing is
/// returned then) or from the per-user cache.
pub fn wasm_opt(workspace: &Workspace, steps: &mut Steps) -> Result<Option<PathBuf>, Failure> {
    let source = workspace.root().join("xtask").join("wasm-opt");
    let version = wasm_opt_version(&read(&source.join("package.json"))?)?;
    let what = format!("wasm-opt {version}");
    let home = workspace.tool("binaryen", &version);
    let folder = home.join("node_modules").join(".bin");
    if is_wasm_opt(&folder.join("wasm-opt"), &version) {
        Steps::already(&what);
        return Ok(Some(folder));
    }
    if is_wasm_opt(Path::new("wasm-opt"), &version) {
        Steps::already(&format!("{what} on the PATH"));
        return Ok(None);
    }
    steps.step(&format!("{what}: from npm's binaryen, into {}", home.display()), || {
        install(&source, &home)
    })?;
    if is_wasm_opt(&folder.join("wasm-opt"), &version) {
        return Ok(Some(folder));
    }
    Err(Failure::Unexpected(format!(
        "{} does not run as version {version}",
        folder.join("wasm-opt").display()
    )))
}

/// Installs beside its place and moves it there, so that an interrupted installation is never taken for a whole one.
fn install(source: &Path, home: &Path) -> Result<(), Failure> {
    let beside = home.with_extension(format!("new-{}", std::process::id()));
    fs::create_dir_all(&beside).map_err(Failure::file("create", &beside))?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(source.join(file), beside.join(file)).map_err(Failure::file("copy", &source.join(file)))?;
    }
    ci(&beside)?;
    if home.exists() {
        fs::remove_dir_all(home).map_err(Failure::file("remove", home))?;
    }
    fs::rename(&beside, home).map_err(Failure::file("create", home))
}

fn ci(folder: &Path) -> Result<(), Failure> {
    command::run(program("npm", folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// It says `wasm-opt version 132 (version_132)`; the package is called 132.0.0.
fn is_wasm_opt(executable: &Path, version: &str) -> bool {
    let number = version.split('.').next().unwrap_or_default();
    command::answer(program(executable, Path::new(".")).arg("--version"))
        .is_some_and(|answer| answer.split_whitespace().nth(2) == Some(number))
}

fn wasm_opt_version(package: &[u8]) -> Result<String, Failure> {
    let package: serde_json::Value = serde_json::from_slice(package)
        .map_err(|error| Failure::Unexpected(format!("xtask/wasm-opt/package.json can't be read: {error}")))?;
    package["dependencies"]["binaryen"]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::Unexpected("xtask/wasm-opt/package.json names no binaryen".to_owned()))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(Failure::file("read", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_wasm_opt_is_an_exact_version() {
        let version = wasm_opt_version(include_bytes!("../wasm-opt/package.json")).unwrap();
        assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()), "{version}");
        assert!(wasm_opt_version(b"{}").is_err());
        assert!(wasm_opt_version(b"").is_err());
    }
}
