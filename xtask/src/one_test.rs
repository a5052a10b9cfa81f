//! Runs one test out of an executable of tests, and tells a test that failed from one that did not run.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::command::{self, program};
use crate::failure::Failure;

/// A test that takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(5);
/// Between two looks whether a test has ended.
const GLANCE: Duration = Duration::from_millis(50);

/// How a test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// With success.
    Passed,
    /// With a failure.
    Failed,
    /// Not at all, or without an end; with the last it said.
    No(String),
}

/// Runs it in its package's folder, as cargo would.
pub fn run(executable: &Path, folder: &Path, test: &str) -> Result<Ran, Failure> {
    let mut command = program(executable, folder);
    command.args([test, "--exact", "--include-ignored", "--test-threads=1"]);
    let line = command::line(&command);
    let could_not_run = |error: std::io::Error| Failure::Command {
        line: line.clone(),
        outcome: format!("could not be run: {error}"),
    };
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(could_not_run)?;
    // Read beside, since a full pipe would stop the test.
    let reader = child.stdout.take().map(|mut output| {
        thread::spawn(move || {
            let mut said = Vec::new();
            // What was read until the pipe broke is all that there is.
            let _ = output.read_to_end(&mut said);
            String::from_utf8_lossy(&said).into_owned()
        })
    });
    let started = Instant::now();
    while child.try_wait().map_err(could_not_run)?.is_none() {
        if started.elapsed() > PATIENCE {
            child.kill().map_err(could_not_run)?;
            child.wait().map_err(could_not_run)?;
            return Ok(Ran::No(format!("it hung for {} s", PATIENCE.as_secs())));
        }
        thread::sleep(GLANCE);
    }
    let said = reader.and_then(|reader| reader.join().ok()).unwrap_or_default();
    Ok(how_it_ran(&said, test))
}

/// By the lines of the test program: `test NAME ... ok`.
fn how_it_ran(said: &str, test: &str) -> Ran {
    let begins = format!("test {test} ");
    let end = said
        .lines()
        .find_map(|line| line.strip_prefix(&begins)?.rsplit_once("... "))
        .map(|(_, end)| end.trim());
    match end {
        Some("ok") => Ran::Passed,
        Some("FAILED") => Ran::Failed,
        _ => Ran::No(said.lines().last().unwrap_or_default().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_test_that_ran_has_passed_or_failed() {
        let says = |end: &str| format!("\nrunning 1 test\ntest links::a5 ... {end}\n\ntest result: x\n");
        assert_eq!(how_it_ran(&says("ok"), "links::a5"), Ran::Passed);
        assert_eq!(how_it_ran(&says("FAILED"), "links::a5"), Ran::Failed);
        let should_panic = "test links::a5 - should panic ... ok";
        assert_eq!(how_it_ran(should_panic, "links::a5"), Ran::Passed);
        for said in [
            "running 0 tests\n\ntest result: ok. 0 passed",
            "",
            "test links::a55 ... FAILED",
        ] {
            assert!(matches!(how_it_ran(said, "links::a5"), Ran::No(_)), "{said}");
        }
    }
}
