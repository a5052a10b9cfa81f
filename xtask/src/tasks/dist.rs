//! `dist`: the browser's half first, compressed, then the server with it inside: one executable.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::{self, cargo};
use crate::failure::Failure;
use crate::front::{self, Front};
use crate::steps::Steps;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// Tells the server's build script where the browser's half is.
pub const FRONT_VARIABLE: &str = "REKEY_FRONT";

/// Builds it and returns where it is.
pub fn dist(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let tools = Tools::prepare(workspace, steps)?;
    let before = last_change(workspace)?;
    steps.step("the browser's half (WebAssembly, style)", || {
        // Files of an earlier build would be shipped for ever.
        empty(&workspace.site())?;
        command::run(
            tools
                .cargo_leptos(workspace)
                .args(["build", "--release", "--frontend-only"]),
        )
    })?;
    let front = steps.step("compressing it", || {
        front::collect(&workspace.site(), &workspace.front())
    })?;
    steps.step("the server, with the browser's half inside", || {
        let mut command = cargo(workspace.root());
        command.args(["build", "--release", "--features", "ssr", "--bin", "rekey"]);
        command::run(command.env(FRONT_VARIABLE, workspace.front()))
    })?;
    // Two halves of different sources render different pages, and the browser's half gives up on them.
    if last_change(workspace)? != before {
        return Err(Failure::Unexpected(
            "sources changed while they were built: run it again".to_owned(),
        ));
    }
    let executable = workspace.dist();
    let built = workspace
        .target()
        .join("release")
        .join(format!("rekey{}", std::env::consts::EXE_SUFFIX));
    put(&built, &executable)?;
    report(&executable, &front)?;
    Ok(executable)
}

/// When a source that both halves are made of was last written.
fn last_change(workspace: &Workspace) -> Result<SystemTime, Failure> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut folders: Vec<_> = ["src", "domain/src", "style", "public"]
        .map(|name| workspace.root().join(name))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Failure::file("read", &folder))? {
            let entry = entry.map_err(Failure::file("read", &folder))?;
            let about = entry.metadata().map_err(Failure::file("read", &entry.path()))?;
            if about.is_dir() {
                folders.push(entry.path());
            } else {
                newest = newest.max(about.modified().map_err(Failure::file("read", &entry.path()))?);
            }
        }
    }
    Ok(newest)
}

fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::file("empty", folder))?;
    }
    fs::create_dir_all(folder).map_err(Failure::file("create", folder))
}

/// By a move, which also works while the old one is running.
fn put(built: &Path, executable: &Path) -> Result<(), Failure> {
    if let Some(folder) = executable.parent() {
        fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    }
    let beside = executable.with_extension("new");
    fs::copy(built, &beside).map_err(Failure::file("copy", built))?;
    fs::rename(&beside, executable).map_err(Failure::file("write", executable))
}

fn report(executable: &Path, front: &Front) -> Result<(), Failure> {
    let size = fs::metadata(executable)
        .map_err(Failure::file("read", executable))?
        .len();
    eprintln!("\n{}: {}, build {}", executable.display(), kilobytes(size), front.build);
    let mut live = 0;
    for file in front.files.iter().filter(|file| file.path.starts_with("pkg/")) {
        let (raw, brotli) = (file.raw as u64, file.brotli as u64);
        eprintln!(
            "  {:<20} {:>10}, in Brotli {:>10}",
            file.path,
            kilobytes(raw),
            kilobytes(brotli)
        );
        if file.path != "pkg/rekey.css" {
            live += brotli;
        }
    }
    eprintln!("  WASM and JS in Brotli: {}", kilobytes(live));
    Ok(())
}

/// Kilobytes of 1000 bytes, as browsers and mail people count.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(kilobytes(205_432), "205.4 kB");
        assert_eq!(kilobytes(99), "0.0 kB");
    }
}
