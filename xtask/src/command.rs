//! Running other programs: always from a known folder, always named in the failure.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// A program to run in a folder.
///
/// Without what `cargo run` tells xtask about xtask's own package: build scripts that watch these variables (ring's
/// does) would think that everything changed whenever a build is started by xtask and then by hand.
pub fn program(name: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder);
    for (variable, _) in env::vars_os() {
        if variable.to_str().is_some_and(is_about_xtask) {
            command.env_remove(variable);
        }
    }
    command
}

fn is_about_xtask(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_") || variable.starts_with("CARGO_MANIFEST_")
}

/// Cargo in a folder; rustup's choice of the toolchain is inherited.
pub fn cargo(folder: &Path) -> Command {
    program("cargo", folder)
}

/// Shows the command line and runs it with this terminal.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let line = line(command);
    eprintln!("    $ {line}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Command {
            line,
            outcome: format!("failed ({status})"),
        }),
        Err(error) => Err(Failure::Command {
            line,
            outcome: format!("could not be started: {error}"),
        }),
    }
}

/// Replaces xtask by the program, so that it is what is stopped, and how it ends is how xtask ends.
#[cfg(unix)]
pub fn become_it(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    // It returns only when it failed.
    let error = command.exec();
    Err(Failure::Command {
        line: line(command),
        outcome: format!("could not be started: {error}"),
    })
}

/// As near to it as other systems come.
#[cfg(not(unix))]
pub fn become_it(command: &mut Command) -> Result<(), Failure> {
    run(command)
}

/// What a program writes to standard output, trimmed; nothing if it is missing or fails. For questions such as
/// `--version`, where every other answer means "not there".
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first executable of this name on the `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// The `PATH` with these folders in front.
pub fn path_with(folders: &[PathBuf]) -> Result<OsString, Failure> {
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&rest)))
        .map_err(|error| Failure::Unexpected(format!("a tool's folder can't stand in PATH: {error}")))
}

/// The command as one would type it, for people.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_xtask_is_hidden() {
        assert!(is_about_xtask("CARGO_PKG_NAME"));
        assert!(is_about_xtask("CARGO_MANIFEST_DIR"));
        assert!(!is_about_xtask("CARGO_TARGET_DIR"));
        assert!(!is_about_xtask("CARGO_HOME"));
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = run(&mut program("no-such-program", Path::new("."))).unwrap_err();
        assert!(
            failure
                .to_string()
                .starts_with("`no-such-program` could not be started")
        );
        assert_eq!(answer(&mut program("no-such-program", Path::new("."))), None);
    }
}
