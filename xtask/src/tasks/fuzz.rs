//! `fuzz`: feeds a parser with made-up bytes until the time is over, guided by which ways through the code each input takes.
//!
//! libFuzzer, on the toolchain of every other day: our crates are compiled with LLVM's counters, which the stable compiler
//! has, and not with its sanitizers, which it has not and which code without `unsafe` does not need
//! (`docs/decisions/0041-fuzzing.md`). The libraries are those that the server is built with anyway.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::command::{self, cargo, program};
use crate::failure::Failure;
use crate::files;
use crate::needs;
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Tells xtask that cargo has started it in place of the compiler.
const IN_PLACE_OF_RUSTC: &str = "REKEY_XTASK_IN_PLACE_OF_RUSTC";
/// Tells the executable which target is meant.
const TARGET_VARIABLE: &str = "REKEY_FUZZ_TARGET";
/// The crates whose ways are followed.
const FOLLOWED: [&str; 3] = ["rekey", "rekey_domain", "rekey_fuzz"];
/// A counter at each edge, and what is compared with what.
const COUNTERS: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// Longer inputs find nothing that shorter ones do not, and take longer.
const MOST_BYTES: u32 = 4096;
/// Nothing that is fuzzed may take so long, or so much.
const MOST_SECONDS: u32 = 10;
const MOST_MEGABYTES: u32 = 2048;

/// Fuzzes one target, or each in turn, for so many minutes.
pub fn fuzz(workspace: &Workspace, steps: &mut Steps, target: Option<&str>, minutes: u32) -> Result<(), Failure> {
    needs::cxx_compiler()?;
    needs::room_on_disk(workspace)?;
    let targets = targets(workspace)?;
    let chosen = match target {
        Some(target) if !targets.iter().any(|known| known == target) => {
            return Err(Failure::Unexpected(format!(
                "no target is called {target}; there are {}",
                targets.join(", ")
            )));
        }
        Some(target) => vec![target.to_owned()],
        None => targets,
    };
    let executable = build(workspace, steps)?;
    for target in chosen {
        steps.step(&format!("fuzz: {target}, {minutes} min"), || {
            run(workspace, &executable, &target, minutes)
        })?;
    }
    Ok(())
}

/// Each has a folder of kept inputs.
fn targets(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let folders = files::entries(&corpora(workspace))?;
    let names = folders.iter().filter_map(|folder| folder.file_name()?.to_str());
    Ok(names.map(str::to_owned).collect())
}

fn corpora(workspace: &Workspace) -> PathBuf {
    workspace.root().join("fuzz").join("corpus")
}

fn build(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let this =
        std::env::current_exe().map_err(|error| Failure::Unexpected(format!("xtask does not find itself: {error}")))?;
    let mut command = cargo(workspace.root());
    command
        .args(["build", "--package", "rekey-fuzz"])
        .env("RUSTC_WORKSPACE_WRAPPER", this)
        .env(IN_PLACE_OF_RUSTC, "1");
    steps.step("the fuzzer", || {
        progress::run(
            &mut command,
            "3 to 5 minutes the first time, one after a change",
            Show::Rest,
        )
    })?;
    let name = format!("rekey-fuzz{}", std::env::consts::EXE_SUFFIX);
    Ok(workspace.target().join("debug").join(name))
}

fn run(workspace: &Workspace, executable: &Path, target: &str, minutes: u32) -> Result<(), Failure> {
    let kept = corpora(workspace).join(target);
    // What it learns on the way stays between runs, but not in the repository.
    let learnt = workspace.target().join("fuzz").join(target);
    std::fs::create_dir_all(&learnt).map_err(Failure::file("create", &learnt))?;
    let findings = kept.join("finding-");
    let words = workspace.root().join("fuzz/words").join(target);
    let before = files::below(&kept)?;
    let mut command = program(executable, workspace.root());
    command
        .env(TARGET_VARIABLE, target)
        .args([&learnt, &kept])
        .args([
            format!("-max_total_time={}", minutes * 60),
            format!("-max_len={MOST_BYTES}"),
            format!("-timeout={MOST_SECONDS}"),
            format!("-rss_limit_mb={MOST_MEGABYTES}"),
            "-verbosity=0".to_owned(),
            "-print_final_stats=1".to_owned(),
        ])
        .arg(option("-artifact_prefix=", &findings));
    if words.exists() {
        command.arg(option("-dict=", &words));
    }
    let outcome = command::run(&mut command);
    let found: Vec<_> = files::below(&kept)?
        .into_iter()
        .filter(|file| !before.contains(file))
        .collect();
    for file in &found {
        eprintln!("\n    kept: {}", file.display());
    }
    if outcome.is_err() {
        eprintln!(
            "    It is run again by each run of this target, and by: cargo xtask test http -- fuzz_corpus\n    Give it a \
             name that says what it is, mend the code, and keep it."
        );
    }
    outcome
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Where cargo has started xtask in place of the compiler, it becomes the compiler, with counters for the crates that are
/// followed. Cargo does so for the crates of the workspace only.
pub fn in_place_of_rustc() -> Option<ExitCode> {
    std::env::var_os(IN_PLACE_OF_RUSTC)?;
    let mut arguments = std::env::args_os().skip(1);
    let mut rustc = Command::new(arguments.next()?);
    let arguments: Vec<_> = arguments.collect();
    rustc.args(&arguments);
    if is_followed(&arguments) {
        rustc.args(COUNTERS);
    }
    Some(match command::become_it(&mut rustc) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    })
}

/// By the crate's name, which rustc is told. Build scripts have another one.
fn is_followed(arguments: &[OsString]) -> bool {
    let mut words = arguments.iter();
    let name = words
        .find(|word| *word == OsStr::new("--crate-name"))
        .and_then(|_| words.next());
    name.and_then(|name| name.to_str())
        .is_some_and(|name| FOLLOWED.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_crates_are_followed() {
        let followed = |line: &str| is_followed(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(followed("--crate-name rekey_domain --edition=2024 domain/src/lib.rs"));
        assert!(!followed("--crate-name build_script_build --edition=2024 build.rs"));
        assert!(!followed("--crate-name xtask --edition=2024"));
        assert!(!followed("-vV"));
    }

    #[test]
    fn each_target_has_a_few_small_kept_inputs() {
        let workspace = Workspace::find().unwrap();
        let targets = targets(&workspace).unwrap();
        assert!(targets.len() >= 6, "{targets:?}");
        for target in targets {
            let kept = files::below(&corpora(&workspace).join(&target)).unwrap();
            assert!((1..=20).contains(&kept.len()), "{target} has {}", kept.len());
            for file in kept {
                let size = std::fs::metadata(&file).unwrap().len();
                assert!(size <= u64::from(MOST_BYTES), "{}: {size}", file.display());
            }
        }
    }
}
