//! The browser for the tests: Playwright's own if it is there, else the system's, else one that is installed now.
//!
//! Chromium's headless shell comes first: the same engine of the same version without the browser's frame around it. A
//! window, of which every test opens one, costs it a quarter of the processor time.

use std::env;
use std::path::{Path, PathBuf};

use crate::apt::{self, With};
use crate::command::{answer, on_path, program};
use crate::failure::Failure;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Names the browser to start, for this task and for Playwright's configuration.
pub const VARIABLE: &str = "REKEY_CHROMIUM";

/// Debian's name of it, as a program and as a package.
const HEADLESS_SHELL: &str = "chromium-headless-shell";
const SYSTEM_NAMES: [&str; 5] = [
    HEADLESS_SHELL,
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
];

/// Finds a browser that starts, or installs one. `end2end/node_modules` must be there.
pub fn find_or_install(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    if let Some(named) = env::var_os(VARIABLE).map(PathBuf::from) {
        if starts(&named) {
            return Ok(found("named by REKEY_CHROMIUM", named));
        }
        return Err(Failure::Unexpected(format!(
            "REKEY_CHROMIUM names {}, which does not start",
            named.display()
        )));
    }
    if let Some(own) = playwrights_own(workspace) {
        return Ok(found("Playwright's own", own));
    }
    match systems() {
        Some(shell) if shell.ends_with(HEADLESS_SHELL) => Ok(found("the system's", shell)),
        Some(system) if !apt::may_install() => Ok(found("the system's", system)),
        Some(system) => steps.step("a browser for the tests: the headless shell", || {
            if let Err(failure) = apt::install(HEADLESS_SHELL, With::Recommendations) {
                eprintln!("    {failure}");
            }
            Ok(systems().unwrap_or(system))
        }),
        None => steps.step("a browser for the tests", || install(workspace)),
    }
}

/// Names the Firefox to start.
pub const FIREFOX_VARIABLE: &str = "REKEY_FIREFOX";

/// Debian's name of it, as a program and as a package.
const FIREFOX: &str = "firefox-esr";

/// Finds Firefox, or installs it.
pub fn firefox(steps: &mut Steps) -> Result<PathBuf, Failure> {
    if let Some(named) = env::var_os(FIREFOX_VARIABLE).map(PathBuf::from) {
        return Ok(found("named by REKEY_FIREFOX", named));
    }
    let known = || [FIREFOX, "firefox"].into_iter().find_map(on_path);
    match known() {
        Some(firefox) => Ok(found("the system's", firefox)),
        None => steps.step("Firefox for the tests", || {
            apt::install(FIREFOX, With::Recommendations)?;
            known().ok_or_else(|| Failure::Unexpected("Firefox was installed and can't be found".to_owned()))
        }),
    }
}

fn found(whose: &str, browser: PathBuf) -> PathBuf {
    Steps::already(&format!("a browser, {whose}: {}", browser.display()));
    browser
}

fn install(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let may_use_apt = apt::may_install();
    let mut playwright = program("npx", &workspace.end2end());
    playwright.args(["playwright", "install"]);
    if may_use_apt {
        // The libraries that Chromium needs and a bare system lacks.
        playwright.arg("--with-deps");
    }
    match progress::run(playwright.arg("chromium"), "half a minute", Show::OnFailure) {
        Ok(()) => {
            if let Some(own) = playwrights_own(workspace) {
                return Ok(own);
            }
        }
        Err(failure) => eprintln!("    {failure}"),
    }
    if may_use_apt {
        eprintln!("    Playwright's own did not work; trying the system's");
        // Ubuntu has no such package.
        apt::install(HEADLESS_SHELL, With::Recommendations).or_else(|failure| {
            eprintln!("    {failure}");
            apt::install("chromium", With::Recommendations)
        })?;
        if let Some(system) = systems() {
            return Ok(system);
        }
    }
    Err(Failure::Missing {
        what: "There is no Chromium that starts, and none could be installed".to_owned(),
        get: "sudo apt-get update && sudo apt-get install -y chromium-headless-shell (Ubuntu: cd end2end && npx playwright install \
              --with-deps chromium), or set REKEY_CHROMIUM to the executable of one"
            .to_owned(),
    })
}

/// The browser that this version of Playwright would start, if it is installed.
fn playwrights_own(workspace: &Workspace) -> Option<PathBuf> {
    let question = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
    let path = answer(program("node", &workspace.end2end()).args(["--input-type=commonjs", "--eval", question]))?;
    Some(PathBuf::from(path)).filter(|path| starts(path))
}

fn systems() -> Option<PathBuf> {
    SYSTEM_NAMES
        .iter()
        .filter_map(|name| on_path(name))
        .find(|path| starts(path))
}

/// Whether it can be started at all: libraries may be missing, and Ubuntu's `chromium-browser` is only a hint to
/// use snap.
fn starts(browser: &Path) -> bool {
    browser.is_file() && answer(program(browser, Path::new(".")).arg("--version")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_program_does_not_start() {
        assert!(!starts(Path::new("Cargo.toml")));
        assert!(!starts(Path::new("/no/such/browser")));
    }
}
