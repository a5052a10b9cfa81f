//! Programs that the tests and the benchmark start beside Rekey: found, or got from the system's packages. They start them
//! themselves, in temporary folders and on free ports; nothing of a server that the machine may have is touched.

use std::path::{Path, PathBuf};

use crate::apt::{self, With};
use crate::command::on_path;
use crate::failure::Failure;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// A program, its package, and what it is for. All three have the same name in Debian.
pub struct Program {
    /// The program's name, and its package's.
    name: &'static str,
    /// Tells the tests where it is.
    pub variable: &'static str,
    /// What the tests do with it.
    purpose: &'static str,
    /// Whether its package would start a server of its own, and needs nothing else: it is only unpacked then.
    is_unpacked: bool,
}

/// In front of an application.
pub const NGINX: Program = Program {
    name: "nginx",
    variable: "REKEY_NGINX",
    purpose: "the tests put it in front of an application",
    is_unpacked: false,
};

/// In front of an application.
pub const CADDY: Program = Program {
    name: "caddy",
    variable: "REKEY_CADDY",
    purpose: "the tests put it in front of an application",
    is_unpacked: true,
};

/// In front of `PostgreSQL`.
pub const PGBOUNCER: Program = Program {
    name: "pgbouncer",
    variable: "REKEY_PGBOUNCER",
    purpose: "the tests put it in front of PostgreSQL",
    is_unpacked: false,
};

impl Program {
    /// Finds it, or gets it.
    pub fn find_or_get(&self, workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
        let folder = workspace.tools().join(self.name);
        if let Some(found) = self.find(&folder) {
            Steps::already(&format!("{}: {}", self.name, found.display()));
            return Ok(found);
        }
        if apt::may_install() {
            steps.step(self.name, || {
                if self.is_unpacked {
                    apt::unpack(self.name, &folder)
                } else {
                    apt::install(self.name, With::Dependencies)
                }
            })?;
        }
        self.find(&folder).ok_or_else(|| Failure::Missing {
            what: format!("There is no {}; {}", self.name, self.purpose),
            get: format!(
                "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}, or put its folder into PATH",
                self.name
            ),
        })
    }

    /// On the `PATH`, where Debian keeps servers, which is on root's `PATH` only, or where it was unpacked.
    fn find(&self, unpacked: &Path) -> Option<PathBuf> {
        let elsewhere = [
            Path::new("/usr/sbin").join(self.name),
            unpacked.join("usr").join("bin").join(self.name),
        ];
        on_path(self.name).or_else(|| elsewhere.into_iter().find(|program| program.is_file()))
    }
}
