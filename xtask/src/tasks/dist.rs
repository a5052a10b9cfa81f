//! `dist`: the browser's half first, compressed, then the server with it inside: one executable.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::cargo;
use crate::failure::Failure;
use crate::front::build::{self, Kind};
use crate::front::embed::{self, Front};
use crate::needs;
use crate::progress::{self, Show};
use crate::server;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Tells the server's build script where the browser's half is; a development server reads it when it starts.
pub const FRONT_VARIABLE: &str = "REKEY_FRONT";

/// WASM and JS in Brotli at most, in bytes: on a slow line each second is 50 kB.
const BUDGET: u64 = 125_000;

/// Builds it and returns where it is.
pub fn dist(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    needs::c_compiler()?;
    needs::room_on_disk(workspace)?;
    let before = last_change(workspace)?;
    let front = release_front(workspace, steps)?;
    keep_to_budget(live_parts(&front))?;
    let mut command = cargo(workspace.root());
    command.args([
        "build",
        "--release",
        "--bin",
        "rekey",
        "--features",
        &server::features(workspace)?,
    ]);
    command.env(FRONT_VARIABLE, workspace.front());
    steps.step("the server, with the browser's half inside", || {
        progress::run(
            &mut command,
            "6 to 9 minutes the first time, 2 after a change",
            Show::Rest,
        )
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

/// Builds the browser's half as it is handed out, compressed, into `target/embedded`.
pub fn release_front(workspace: &Workspace, steps: &mut Steps) -> Result<Front, Failure> {
    let site = build::build(workspace, steps, Kind::Release)?;
    steps.step("compressing it", || embed::collect(&site, &workspace.front()))
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
    for file in front.files.iter().filter(|file| file.path.starts_with("pkg/")) {
        let (raw, brotli) = (file.raw as u64, file.brotli as u64);
        eprintln!(
            "  {:<20} {:>10}, in Brotli {:>10}",
            file.path,
            kilobytes(raw),
            kilobytes(brotli)
        );
    }
    eprintln!("  WASM and JS in Brotli: {}", kilobytes(live_parts(front)));
    Ok(())
}

/// What a browser loads to make a page live, in bytes of Brotli: WebAssembly and its JavaScript.
fn live_parts(front: &Front) -> u64 {
    let files = front.files.iter();
    let files = files.filter(|file| file.path.starts_with("pkg/") && file.path != "pkg/rekey.css");
    files.map(|file| file.brotli as u64).sum()
}

fn keep_to_budget(live_parts: u64) -> Result<(), Failure> {
    if live_parts <= BUDGET {
        return Ok(());
    }
    Err(Failure::Unexpected(format!(
        "WASM and JS are {} in Brotli, and {} at most are handed out: `cargo xtask weigh` says what is heavy",
        kilobytes(live_parts),
        kilobytes(BUDGET)
    )))
}

/// Kilobytes of 1000 bytes, as browsers and mail people count.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_heavy_is_not_handed_out() {
        assert!(keep_to_budget(BUDGET).is_ok());
        let refused = keep_to_budget(BUDGET + 1).unwrap_err().to_string();
        assert!(refused.contains("cargo xtask weigh"), "{refused}");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(kilobytes(205_432), "205.4 kB");
        assert_eq!(kilobytes(99), "0.0 kB");
    }
}
