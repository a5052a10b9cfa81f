//! `test`: the cheap and telling parts first.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::command::{self, cargo, program};
use crate::failure::Failure;
use crate::postgres::Server;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::tasks::dist;
use crate::workspace::Workspace;
use crate::{beside, browser, needs, npm, postgres, server};

/// Tells the tests and the benchmark which executable is meant.
pub const EXECUTABLE_VARIABLE: &str = "REKEY_BIN";

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Rules and pure parts, in process
    Unit,
    /// The server over real HTTP
    Http,
    /// A browser on the executable
    E2e,
    /// Firefox on the executable: a few ways through it, only when asked for
    Firefox,
}

/// Runs one part, or all of them in order; stops at the first that fails.
pub fn test(
    workspace: &Workspace,
    steps: &mut Steps,
    part: Option<Part>,
    arguments: &[OsString],
) -> Result<(), Failure> {
    let is_wanted = |candidate| part.is_none_or(|part| part == candidate);
    let needs_server = is_wanted(Part::Unit) || is_wanted(Part::Http);
    // What can't be got should be said now, all of it, and not after minutes of building.
    let mut missing = Vec::new();
    let mut note = |found: Result<PathBuf, Failure>| found.map_err(|failure| missing.push(failure)).ok();
    note(needs::c_compiler().map(|()| PathBuf::new()));
    note(needs::room_on_disk(workspace).map(|()| PathBuf::new()));
    let browser = is_wanted(Part::E2e)
        .then(|| note(for_the_browser(workspace, steps)))
        .flatten();
    let mut programs_beside = Vec::new();
    if needs_server {
        for program in [beside::NGINX, beside::CADDY, beside::PGBOUNCER] {
            let found = note(program.find_or_get(workspace, steps));
            programs_beside.extend(found.map(|place| (program.variable, place)));
        }
    }
    let programs = needs_server.then(|| note(postgres::find_or_install(steps))).flatten();
    Failure::all_of(missing)?;
    if let Some(programs) = programs {
        let postgres = Server::start(programs, steps)?;
        if is_wanted(Part::Unit) {
            unit(workspace, steps, &postgres, arguments)?;
        }
        if is_wanted(Part::Http) {
            http(workspace, steps, &postgres, &programs_beside, arguments)?;
        }
    }
    if let Some(browser) = browser {
        e2e(workspace, steps, &browser, arguments)?;
    }
    if part == Some(Part::Firefox) {
        firefox(workspace, steps)?;
    }
    Ok(())
}

/// The smoke suite of its own, which has a driver of its own: Playwright drives no Firefox but its own build.
fn firefox(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    needs::node(workspace)?;
    npm::end2end_packages(workspace, steps)?;
    let firefox = browser::firefox(steps)?;
    build_tests(workspace, steps)?;
    dist::release_front(workspace, steps)?;
    steps.step("tests: firefox", || {
        let mut command = program("npm", &workspace.end2end());
        command
            .args(["run", "--silent", "firefox"])
            .env(EXECUTABLE_VARIABLE, server::executable(workspace))
            .env(dist::FRONT_VARIABLE, workspace.front())
            .env(browser::FIREFOX_VARIABLE, &firefox);
        command::run(&mut command)
    })
}

/// Node, the browser tests' packages, and a browser.
pub fn for_the_browser(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    needs::node(workspace)?;
    npm::end2end_packages(workspace, steps)?;
    browser::find_or_install(workspace, steps)
}

fn unit(workspace: &Workspace, steps: &mut Steps, postgres: &Server, arguments: &[OsString]) -> Result<(), Failure> {
    steps.step("tests: unit, xtask", || {
        let mut xtask = cargo(workspace.root());
        command::run(xtask.args(["test", "--package", "xtask"]).args(arguments))
    })?;
    build_tests(workspace, steps)?;
    let lib = || -> Result<_, Failure> {
        let mut command = server::cargo_test(workspace.root())?;
        command.arg("--lib");
        Ok(command)
    };
    steps.step("tests: unit, the rules, the schema, the server", || {
        command::run(lib()?.args(arguments))
    })?;
    steps.step("tests: unit, the store on PostgreSQL", || {
        let mut command = lib()?;
        command.arg("server::store").args(arguments);
        command::run(command.env(postgres::VARIABLE, postgres.url()))
    })
}

/// `beside`: the programs that these tests start themselves, by the variables that name them.
fn http(
    workspace: &Workspace,
    steps: &mut Steps,
    postgres: &Server,
    beside: &[(&str, PathBuf)],
    arguments: &[OsString],
) -> Result<(), Failure> {
    build_tests(workspace, steps)?;
    let tests = || -> Result<_, Failure> {
        let mut command = server::cargo_test(workspace.root())?;
        command
            .args(["--test", "http"])
            .args(arguments)
            .envs(beside.iter().map(|(variable, program)| (variable, program)));
        Ok(command)
    };
    steps.step("tests: http, on SQLite", || command::run(&mut tests()?))?;
    steps.step("tests: http, on PostgreSQL", || {
        let mut tests = tests()?;
        if arguments.is_empty() {
            // A test waits for the server's processes a third of its time.
            tests.args(["--", "--test-threads", &threads_on_postgres().to_string()]);
        }
        command::run(tests.env(postgres::VARIABLE, postgres.url()))
    })
}

/// Half as many again as the machine has processors.
fn threads_on_postgres() -> usize {
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    processors + processors.div_ceil(2)
}

/// Unit and HTTP tests, and the executable that the HTTP and the browser tests start: one build for all.
fn build_tests(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let mut build = server::cargo_test(workspace.root())?;
    build.args(["--no-run", "--lib", "--test", "http"]);
    steps.step("the server and its tests", || {
        progress::run(
            &mut build,
            "4 to 7 minutes the first time, one or two after a change",
            Show::Rest,
        )
    })
}

fn e2e(workspace: &Workspace, steps: &mut Steps, browser: &Path, arguments: &[OsString]) -> Result<(), Failure> {
    build_for_the_browser(workspace, steps)?;
    steps.step("tests: e2e", || {
        command::run(playwright(workspace, browser).args(arguments))
    })
}

/// What Playwright runs on: the executable of the HTTP tests, with the browser's half as it is handed out.
pub fn build_for_the_browser(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    // Not `server::build`: cargo gives the tests' build other features of some libraries, and would build them again.
    build_tests(workspace, steps)?;
    dist::release_front(workspace, steps)?;
    // Playwright only strips the types; nobody else would look at them.
    steps.step("the browser tests' types", || {
        command::run(program("npm", &workspace.end2end()).args(["run", "--silent", "types"]))
    })
}

/// Playwright, told what was built and which browser to start.
pub fn playwright(workspace: &Workspace, browser: &Path) -> Command {
    let mut command = program("npx", &workspace.end2end());
    command
        .args(["--no-install", "playwright", "test"])
        .env(EXECUTABLE_VARIABLE, server::executable(workspace))
        .env(dist::FRONT_VARIABLE, workspace.front())
        .env(browser::VARIABLE, browser);
    command
}
