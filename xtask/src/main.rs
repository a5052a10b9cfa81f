//! The developer's day in one place: `cargo xtask --help` is its table of contents.
//!
//! Every task sets up what it needs, says what it does and how long it took, and skips what is there.

#[cfg(test)]
mod acts;
mod apt;
mod beside;
mod browser;
mod command;
mod compress;
mod diagnosis;
#[cfg(test)]
mod docs;
mod failure;
mod faults;
mod files;
mod front;
mod leptos_table;
mod needs;
mod npm;
mod one_test;
#[cfg(test)]
mod paths;
mod postgres;
mod progress;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod security;
mod server;
mod steps;
mod tasks;
mod test_names;
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
    /// Build the server and serve the demo on 127.0.0.1:3000; the live parts join when they are built
    Run {
        /// Further arguments of `rekey serve --demo`, such as `-- --listen 127.0.0.1:4000`
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Build the live parts for a development server that runs already: `run` does it by itself
    Front {
        /// The process of that server; when it ends, so does this
        #[arg(long)]
        beside: Option<u32>,
    },
    /// Serve the demo by cargo-leptos; rebuild and reload on every change
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
    /// Weigh what a browser loads, by file and by crate, and note it in docs/weight.csv
    Weigh,
    /// Take the pictures of the documents anew, into docs/images
    Pictures {
        /// Further arguments of Playwright, such as `-- --grep dashboard` for one of them
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Remove what was built, and say what that frees
    Clean {
        /// The tools in the per-user cache, too
        #[arg(long)]
        tools: bool,
    },
    /// Seed faults into a copy, one at a time, and see that the test named for each fails
    Sabotage {
        /// Only the faults of these names, as in xtask/sabotage.toml
        names: Vec<String>,
    },
    /// Feed the parsers with made-up bytes; what breaks a promise is kept in fuzz/corpus
    Fuzz {
        /// The only target, by its folder in fuzz/corpus; otherwise each in turn
        target: Option<String>,
        /// For how long, each
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        minutes: u32,
    },
    /// Measure the executable: requests per second, waiting times, memory
    Bench {
        /// Further arguments of the benchmark, such as `--only sort`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    if let Some(code) = tasks::fuzz::in_place_of_rustc() {
        return code;
    }
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
        Task::Front { beside } => tasks::front::front(workspace, steps, beside),
        Task::Clean { tools } => tasks::clean::clean(workspace, tools),
        Task::Watch { arguments } => tasks::watch::watch(workspace, steps, &arguments),
        Task::Check => tasks::check::check(workspace, steps),
        Task::Test { part, arguments } => tasks::test::test(workspace, steps, part, &arguments),
        Task::Dist => tasks::dist::dist(workspace, steps).map(drop),
        Task::Weigh => tasks::weigh::weigh(workspace, steps),
        Task::Pictures { arguments } => tasks::pictures::pictures(workspace, steps, &arguments),
        Task::Sabotage { names } => tasks::sabotage::sabotage(workspace, steps, &names),
        Task::Fuzz { target, minutes } => tasks::fuzz::fuzz(workspace, steps, target.as_deref(), minutes),
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
    fn the_benchmarks_arguments_are_passed_on_as_the_documents_write_them() {
        for line in [
            &["--runs", "3", "--only", "sort"][..],
            &["--", "--runs", "3", "--only", "sort"],
        ] {
            let arguments = Arguments::try_parse_from(["xtask", "bench"].iter().chain(line)).unwrap();
            let Task::Bench { arguments } = arguments.task else {
                panic!("not `bench`")
            };
            assert_eq!(arguments, ["--runs", "3", "--only", "sort"]);
        }
    }

    #[test]
    fn a_runners_arguments_need_a_part() {
        assert!(Arguments::try_parse_from(["xtask", "test", "--", "--grep", "x"]).is_err());
        assert!(Arguments::try_parse_from(["xtask", "test", "e2e", "--", "--grep", "x"]).is_ok());
    }
}
