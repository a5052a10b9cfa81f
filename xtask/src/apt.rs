//! Packages of the system, where xtask may install them: as root, where there is apt. It asks nothing and says little.

use std::path::Path;
use std::process::Command;

use crate::command::{answer, on_path, program};
use crate::failure::Failure;
use crate::files;
use crate::progress::{self, Show};

/// Whether packages of the system can be installed.
pub fn may_install() -> bool {
    on_path("apt-get").is_some() && answer(program("id", Path::new("/")).arg("-u")).as_deref() == Some("0")
}

/// What comes with a package.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// Only what it depends on.
    Dependencies,
    /// What it recommends, too: for a browser, the fonts.
    Recommendations,
}

/// Installs a package. An installation that was interrupted earlier is finished first:
/// apt refuses everything until then.
pub fn install(package: &str, with: With) -> Result<(), Failure> {
    let was_interrupted = answer(program("dpkg", Path::new("/")).arg("--audit")).is_none_or(|said| !said.is_empty());
    if was_interrupted {
        quietly(program("dpkg", Path::new("/")).args(["--configure", "-a"]))?;
    }
    quietly(apt_get().arg("update"))?;
    let mut install = apt_get();
    install.args(["install", "-y"]);
    if with == With::Dependencies {
        install.arg("--no-install-recommends");
    }
    quietly(install.arg(package))
}

/// Unpacks a package into a folder without installing it, for programs whose package would start a server. Beside the place
/// first, so that what was interrupted is never taken for whole.
pub fn unpack(package: &str, folder: &Path) -> Result<(), Failure> {
    let beside = folder.with_extension(format!("new-{}", std::process::id()));
    let downloaded = beside.join("package");
    files::empty(&downloaded)?;
    quietly(apt_get().arg("update"))?;
    quietly(apt_get().args(["download", package]).current_dir(&downloaded))?;
    // The file is named by its version.
    for file in files::entries(&downloaded)? {
        quietly(program("dpkg-deb", &beside).arg("--extract").arg(file).arg(&beside))?;
    }
    files::remove_if_there(folder)?;
    files::rename(&beside, folder)
}

fn apt_get() -> Command {
    let mut command = program("apt-get", Path::new("/"));
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn quietly(command: &mut Command) -> Result<(), Failure> {
    progress::run(command, "half a minute", Show::OnFailure)
}
