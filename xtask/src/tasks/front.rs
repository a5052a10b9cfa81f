//! `front`: the browser's half of a development build, put where the server reads it from while it runs.

use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::failure::Failure;
use crate::files;
use crate::front::build::{self, Kind};
use crate::leptos_table::LeptosTable;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// How often it is looked whether the server still runs.
const LOOK: Duration = Duration::from_millis(500);

/// Builds it and publishes it. `beside`: the process that became the server; when it ends, there is nobody to build for.
pub fn front(workspace: &Workspace, steps: &mut Steps, beside: Option<u32>) -> Result<(), Failure> {
    if let Some(server) = beside {
        end_with(server);
    }
    let table = LeptosTable::read(workspace.root())?;
    let built = build::build(workspace, steps, Kind::Development)?;
    publish(workspace, &table, &built)?;
    eprintln!("==> the live parts are ready: load the page anew");
    Ok(())
}

/// Copies what was built to the table's `site-root`, the script last: the server takes the live parts for ready when the
/// script is there.
fn publish(workspace: &Workspace, table: &LeptosTable, built: &Path) -> Result<(), Failure> {
    let script = format!("{}.js", table.output_name);
    let site = workspace.root().join(&table.site_root);
    let pkg = |root: &Path| root.join(&table.site_pkg_dir).join(&script);
    let content = files::read(&pkg(built))?;
    files::remove_if_there(&pkg(&site))?;
    files::remove_if_there(&pkg(built))?;
    files::copy_all(built, &site)?;
    files::write(&pkg(&site), &content)
}

/// Ends this process when its parent is no longer the one that started it. What it started itself ends with its next
/// line of output, at the latest when the crate that it compiles is done.
#[cfg(unix)]
fn end_with(server: u32) {
    thread::spawn(move || {
        while std::os::unix::process::parent_id() == server {
            thread::sleep(LOOK);
        }
        std::process::exit(0);
    });
}

#[cfg(not(unix))]
fn end_with(_server: u32) {}
