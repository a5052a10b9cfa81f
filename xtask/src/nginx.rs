//! nginx for the tests and the benchmark of Rekey in front of an application: found, or installed. They start it
//! themselves, in temporary folders and on free ports; nothing of a server that the machine may have is touched.

use std::path::PathBuf;

use crate::command::{self, on_path};
use crate::failure::Failure;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Tells the tests and the benchmark where it is.
pub const VARIABLE: &str = "REKEY_NGINX";

/// Finds nginx, or installs it.
pub fn find_or_install(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    match find() {
        Some(nginx) => {
            Steps::already(&format!("nginx: {}", nginx.display()));
            Ok(nginx)
        }
        None => steps.step("nginx", || install(workspace)),
    }
}

/// On the `PATH`, or where Debian keeps it, which is on root's `PATH` only.
fn find() -> Option<PathBuf> {
    on_path("nginx").or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|nginx| nginx.is_file()))
}

fn install(workspace: &Workspace) -> Result<PathBuf, Failure> {
    if command::may_use_apt() {
        command::run(&mut command::apt_get(workspace.root(), &["update"]))?;
        let package = ["install", "-y", "--no-install-recommends", "nginx"];
        command::run(&mut command::apt_get(workspace.root(), &package))?;
    }
    find().ok_or_else(|| Failure::Missing {
        what: "There is no nginx; the tests put it in front of an application".to_owned(),
        get:
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends nginx, or put its folder into PATH"
                .to_owned(),
    })
}
