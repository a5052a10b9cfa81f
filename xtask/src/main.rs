//! The developer's day in one place: `cargo xtask --help` is its table of contents.
//!
//! Every task sets up what it needs, says what it does and how long it took, and skips what is there.

mod browser;
mod command;
mod compress;
#[cfg(test)]
mod docs;
mod failure;
mod front;
mod needs;
mod nginx;
mod npm;
mod postgres;
mod steps;
mod tasks;
mod tools;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;
use crate::steps::Steps;
use crate::tasks::test::Part;
use crate::workspace::Workspace;

/// Rekey's tasks. Each one installs what it needs; tools go to the per-user cache, never to the system.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and serve the demo on 127.0.0.1:3000
    Run {
        /// Further arguments of `rekey serve --demo`, such as `-- --listen 127.0.0.1:4000`
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Serve the demo from a development build; rebuild and reload on every change
    Watch {
        /// Further arguments of `rekey serve --demo`
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Check the format, and clippy for the server, the browser and the other crates; warnings are errors
    Check,
    /// Run the tests: first `unit`, then `http`, then `e2e`, or only the part that is named; `unit` and `http` on both
    /// databases
    Test {
        /// The only part to run
        part: Option<Part>,
        /// Further arguments of the part's own runner (cargo test or Playwright), such as `-- --grep reset`
        #[arg(last = true, requires = "part")]
        arguments: Vec<OsString>,
    },
    /// Build target/dist/rekey: one executable with everything inside
    Dist,
    /// Measure the executable: requests per second, waiting times, memory
    Bench {
        /// Further arguments of the benchmark
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let mut steps = Steps::start();
    let outcome = Workspace::find().and_then(|workspace| perform(&workspace, &mut steps, Arguments::parse().task));
    steps.summary();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(workspace: &Workspace, steps: &mut Steps, task: Task) -> Result<(), Failure> {
    match task {
        Task::Run { arguments } => tasks::run::run(workspace, steps, &arguments),
        Task::Watch { arguments } => tasks::watch::watch(workspace, steps, &arguments),
        Task::Check => tasks::check::check(workspace, steps),
        Task::Test { part, arguments } => tasks::test::test(workspace, steps, part, &arguments),
        Task::Dist => tasks::dist::dist(workspace, steps).map(drop),
        Task::Bench { arguments } => tasks::bench::bench(workspace, steps, &arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn arguments_after_the_dashes_are_passed_on() {
        let arguments = Arguments::try_parse_from(["xtask", "run", "--", "--listen", "127.0.0.1:4000"]).unwrap();
        let Task::Run { arguments } = arguments.task else {
            panic!("not `run`")
        };
        assert_eq!(arguments, ["--listen", "127.0.0.1:4000"]);
    }

    #[test]
    fn a_runners_arguments_need_a_part() {
        assert!(Arguments::try_parse_from(["xtask", "test", "--", "--grep", "x"]).is_err());
        assert!(Arguments::try_parse_from(["xtask", "test", "e2e", "--", "--grep", "x"]).is_ok());
    }
}
