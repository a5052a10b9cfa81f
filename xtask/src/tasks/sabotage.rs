//! `sabotage`: seeds one fault after the other into a copy of the checkout, and sees that the test named for it fails.
//!
//! Copy and builds stay in `target/sabotage`, so that each fault costs the building of what it changes. A fault counts as
//! caught only where its test ran and failed: first each test has to pass without it, and a copy that does not compile is
//! an error of the fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::{self, cargo, program};
use crate::failure::Failure;
use crate::faults::{self, Fault};
use crate::files;
use crate::needs;
use crate::one_test::{self, Ran};
use crate::server;
use crate::steps::Steps;
use crate::test_names::{Suite, TestNames};
use crate::workspace::Workspace;

/// What cargo is told for the whole checkout. It also finds the checkout's own above the copy, and would add them up.
const CARGO_CONFIGURATION: &str = ".cargo/config.toml";

/// What came of a fault.
enum Outcome {
    Caught,
    /// The test passed.
    Missed,
    /// Nothing is known: why.
    Broken(String),
}

/// The copy of the checkout.
struct Copy {
    root: PathBuf,
    built: PathBuf,
}

/// Seeds the faults of these names, or all.
pub fn sabotage(workspace: &Workspace, steps: &mut Steps, names: &[String]) -> Result<(), Failure> {
    needs::c_compiler()?;
    needs::room_on_disk(workspace)?;
    let faults = faults::choose(faults::read(workspace.root())?, names)?;
    let tests = TestNames::of(workspace.root())?;
    let mut tests_of = BTreeMap::<Suite, BTreeSet<&str>>::new();
    for fault in &faults {
        fault.apply_in(workspace.root())?;
        tests_of.entry(fault.suite(&tests)?).or_default().insert(&fault.test);
    }
    let copy = steps.step("a copy of the checkout", || Copy::bring_up_to_date(workspace))?;
    for (suite, tests) in &tests_of {
        steps.step(&format!("without any fault: {} tests pass", tests.len()), || {
            let executable = copy.build(*suite)?.map_err(|said| does_not_compile(&said))?;
            for test in tests {
                match copy.run(*suite, &executable, test)? {
                    Ran::Passed => {}
                    Ran::Failed => return Err(Failure::Unexpected(format!("{test} fails without any fault"))),
                    Ran::No(why) => return Err(Failure::Unexpected(format!("{test} did not run: {why}"))),
                }
            }
            Ok(())
        })?;
    }
    let mut outcomes = Vec::new();
    for fault in &faults {
        let what = format!("{}: {} ({})", fault.name, fault.what, fault.case);
        outcomes.push(steps.step(&what, || copy.seed(fault, fault.suite(&tests)?))?);
    }
    report(&faults, &outcomes)
}

fn does_not_compile(said: &str) -> Failure {
    Failure::Unexpected(format!("{said}\nthe copy does not compile"))
}

impl Copy {
    /// Copies what git knows or would add. What is the same stays untouched, so that cargo does not build it again.
    fn bring_up_to_date(workspace: &Workspace) -> Result<Self, Failure> {
        let folder = workspace.target().join("sabotage");
        let copy = Self {
            root: folder.join("tree"),
            built: folder.join("built"),
        };
        let listed = command::answer(program("git", workspace.root()).args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]));
        let listed = listed.ok_or_else(|| Failure::Missing {
            what: "git does not say what belongs to the checkout".to_owned(),
            get: "git, and a clone of the repository".to_owned(),
        })?;
        let is_found_above = |file: &str| file == CARGO_CONFIGURATION && copy.root.starts_with(workspace.root());
        let wanted: BTreeSet<_> = listed
            .split('\0')
            .filter(|file| !file.is_empty() && !is_found_above(file))
            .map(PathBuf::from)
            .filter(|file| workspace.root().join(file).is_file())
            .collect();
        for file in &wanted {
            files::write_if_changed(&copy.root.join(file), &files::read(&workspace.root().join(file))?)?;
        }
        for path in files::below(&copy.root)? {
            if path.strip_prefix(&copy.root).is_ok_and(|file| !wanted.contains(file)) {
                files::remove_if_there(&path)?;
            }
        }
        copy.take_what_is_built(workspace)?;
        Ok(copy)
    }

    /// The first time: libraries that the checkout's own tests have built need not be built again. A copy that does not
    /// succeed costs time only.
    fn take_what_is_built(&self, workspace: &Workspace) -> Result<(), Failure> {
        let there = workspace.target().join("debug");
        if self.built.exists() || !there.exists() {
            return Ok(());
        }
        let here = self.built.join("debug");
        fs::create_dir_all(&here).map_err(Failure::file("create", &here))?;
        for part in [".fingerprint", "build", "deps"] {
            // With the times of the files, by which cargo sees that they are up to date.
            let mut copying = program("cp", workspace.root());
            copying.arg("-a").arg(there.join(part)).arg(&here);
            if command::answer(&mut copying).is_none() {
                return files::remove_if_there(&self.built);
            }
        }
        Ok(())
    }

    /// Puts the fault in, sees what its test says, and takes it out again.
    fn seed(&self, fault: &Fault, suite: Suite) -> Result<Outcome, Failure> {
        let path = self.root.join(&fault.file);
        let sound = files::read(&path)?;
        files::write(&path, fault.apply_in(&self.root)?.as_bytes())?;
        let outcome = self.look_for_it(fault, suite);
        files::write(&path, &sound)?;
        outcome
    }

    fn look_for_it(&self, fault: &Fault, suite: Suite) -> Result<Outcome, Failure> {
        let executable = match self.build(suite)? {
            Ok(executable) => executable,
            Err(said) => return Ok(Outcome::Broken(format!("does not compile\n{said}"))),
        };
        let outcome = match self.run(suite, &executable, &fault.test)? {
            Ran::Failed => Outcome::Caught,
            Ran::Passed => Outcome::Missed,
            Ran::No(why) => Outcome::Broken(format!("its test did not run: {why}")),
        };
        eprintln!("    {}", outcome.in_words());
        Ok(outcome)
    }

    /// Builds the tests of a suite: their executable, or what the compiler said.
    fn build(&self, suite: Suite) -> Result<Result<PathBuf, String>, Failure> {
        let mut build = self.cargo_test(suite)?;
        build.args(["--no-run", "--message-format=json-render-diagnostics"]);
        build.env("CARGO_TARGET_DIR", &self.built).stdin(Stdio::null());
        let line = command::line(&build);
        let output = build.output().map_err(|error| Failure::Command {
            line,
            outcome: format!("could not be started: {error}"),
        })?;
        if !output.status.success() {
            return Ok(Err(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let said = String::from_utf8_lossy(&output.stdout);
        let executable = said.lines().find_map(|message| executable(message, target(suite)));
        executable
            .map(Ok)
            .ok_or_else(|| Failure::Unexpected(format!("cargo built no executable of the tests of {suite:?}")))
    }

    fn cargo_test(&self, suite: Suite) -> Result<Command, Failure> {
        let of_package = |package: &str| {
            let mut command = cargo(&self.root);
            command.args(["test", "--package", package]);
            command
        };
        let mut command = match suite {
            Suite::Domain => of_package("rekey-domain"),
            Suite::Migrations => of_package("rekey-migrations"),
            Suite::Xtask => return Ok(of_package("xtask")),
            Suite::Server | Suite::Http => server::cargo_test(&self.root)?,
        };
        match suite {
            Suite::Http => command.args(["--test", "http"]),
            _ => command.arg("--lib"),
        };
        Ok(command)
    }

    /// Runs one test of a suite and nothing else.
    fn run(&self, suite: Suite, executable: &Path, test: &str) -> Result<Ran, Failure> {
        let folder = match suite {
            Suite::Domain => self.root.join("domain"),
            Suite::Migrations => self.root.join("migrations"),
            Suite::Xtask => self.root.join("xtask"),
            Suite::Server | Suite::Http => self.root.clone(),
        };
        one_test::run(executable, &folder, test)
    }
}

/// The name that cargo gives the suite's executable.
fn target(suite: Suite) -> &'static str {
    match suite {
        Suite::Domain => "rekey_domain",
        Suite::Server => "rekey",
        Suite::Migrations => "rekey_migrations",
        Suite::Http => "http",
        Suite::Xtask => "xtask",
    }
}

/// Out of one of cargo's messages: the executable of this target's tests, if it tells of it.
fn executable(message: &str, target: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let is_it = message["target"]["name"] == target && message["profile"]["test"] == true;
    is_it
        .then(|| message["executable"].as_str().map(PathBuf::from))
        .flatten()
}

impl Outcome {
    fn in_words(&self) -> String {
        match self {
            Self::Caught => "caught".to_owned(),
            Self::Missed => "NOT CAUGHT".to_owned(),
            Self::Broken(why) => format!("UNKNOWN: {why}"),
        }
    }
}

/// Says what came of each; a failure unless all were caught.
fn report(faults: &[Fault], outcomes: &[Outcome]) -> Result<(), Failure> {
    eprintln!();
    for (fault, outcome) in faults.iter().zip(outcomes) {
        eprintln!(
            "{:>5}  {:<28} {}  by {}",
            fault.case,
            fault.name,
            outcome.in_words(),
            fault.test
        );
    }
    let caught = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Outcome::Caught))
        .count();
    eprintln!("\n{caught} of {} caught", faults.len());
    if caught == faults.len() {
        Ok(())
    } else {
        Err(Failure::Unexpected("a fault was not noticed by its test".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_found_among_cargos_messages() {
        let message = |name: &str, test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"{name}"}},"profile":{{"test":{test}}},"executable":"/x"}}"#
            )
        };
        assert_eq!(executable(&message("http", true), "http"), Some(PathBuf::from("/x")));
        for other in [message("http", false), message("rekey", true), "warning: x".to_owned()] {
            assert_eq!(executable(&other, "http"), None, "{other}");
        }
    }

    #[test]
    fn all_have_to_be_caught() {
        let faults = faults::read(Workspace::find().unwrap().root()).unwrap();
        let two = &faults[..2];
        assert!(report(two, &[Outcome::Caught, Outcome::Caught]).is_ok());
        assert!(report(two, &[Outcome::Caught, Outcome::Missed]).is_err());
        assert!(report(two, &[Outcome::Broken(String::new()), Outcome::Caught]).is_err());
    }
}
