//! `weigh`: what a browser loads, by file, and which crates its code comes from. Each commit that was weighed has its lines in
//! `docs/weight.csv`, so that one sees what made it heavier.

use std::fs;
use std::path::Path;

use crate::command::{answer, program};
use crate::failure::Failure;
use crate::files;
use crate::front::build;
use crate::front::embed::Front;
use crate::steps::Steps;
use crate::tasks::dist::release_front;
use crate::workspace::Workspace;

/// The history.
const HISTORY: &str = "docs/weight.csv";
const HEAD: &str = "commit,what,name,bytes,brotli";
/// Crates with less code are told together.
const SMALL: usize = 2000;

/// Builds the browser's half as it is handed out, prints what it weighs and writes that into the history, in place of what
/// that says of the same commit.
pub fn weigh(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let front = release_front(workspace, steps)?;
    let named = build::with_names(workspace, steps)?;
    let crates = crates(workspace, &named)?;
    let commit = commit(workspace)?;
    let lines = lines(&commit, &front, &crates);
    for line in &lines {
        println!("{line}");
    }
    let path = workspace.root().join(HISTORY);
    let before = if path.exists() {
        fs::read_to_string(&path).map_err(Failure::file("read", &path))?
    } else {
        String::new()
    };
    files::write(&path, history(&before, &commit, &lines).as_bytes())
}

/// The commit that is weighed, with a `+` where files have changed since.
fn commit(workspace: &Workspace) -> Result<String, Failure> {
    let git = |arguments: &[&str]| answer(program("git", workspace.root()).args(arguments));
    let commit = git(&["rev-parse", "--short=10", "HEAD"])
        .ok_or_else(|| Failure::Unexpected("this is no checkout of git: there is no commit to note".to_owned()))?;
    let is_changed = git(&[
        "status",
        "--porcelain",
        "--untracked-files=no",
        "--",
        ".",
        ":!docs/weight.csv",
    ])
    .is_none_or(|files| !files.is_empty());
    Ok(if is_changed { format!("{commit}+") } else { commit })
}

fn crates(workspace: &Workspace, named: &Path) -> Result<Vec<(String, usize)>, Failure> {
    let weigh = build::bindgen(workspace, "rekey-weigh");
    let lines = answer(program(weigh, workspace.root()).arg(named))
        .ok_or_else(|| Failure::Unexpected(format!("{} could not be weighed", named.display())))?;
    let crates = lines.lines().filter_map(|line| {
        let (name, bytes) = line.split_once('\t')?;
        Some((name.to_owned(), bytes.parse().ok()?))
    });
    let (large, small): (Vec<(String, usize)>, Vec<_>) = crates.partition(|(_, bytes)| *bytes >= SMALL);
    let others = small.iter().map(|(_, bytes)| bytes).sum();
    Ok(large.into_iter().chain([("others".to_owned(), others)]).collect())
}

fn lines(commit: &str, front: &Front, crates: &[(String, usize)]) -> Vec<String> {
    let files = front.files.iter().filter(|file| file.path.starts_with("pkg/"));
    let files = files.map(|file| format!("{commit},file,{},{},{}", file.path, file.raw, file.brotli));
    let crates = crates
        .iter()
        .map(|(name, bytes)| format!("{commit},crate,{name},{bytes},"));
    files.chain(crates).collect()
}

/// The history with these lines at its end.
fn history(before: &str, commit: &str, lines: &[String]) -> String {
    let is_of_another = |line: &&str| line.split(',').next() != Some(commit) && *line != HEAD;
    let kept = before.lines().filter(is_of_another).map(str::to_owned);
    let all: Vec<_> = [HEAD.to_owned()]
        .into_iter()
        .chain(kept)
        .chain(lines.iter().cloned())
        .collect();
    all.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_that_is_weighed_again_has_its_lines_once() {
        let line = |commit: &str, bytes: u32| format!("{commit},file,pkg/rekey.wasm,{bytes},9");
        let first = history("", "a1", &[line("a1", 10)]);
        let second = history(&first, "b2", &[line("b2", 12)]);
        let again = history(&second, "b2", &[line("b2", 11)]);
        assert_eq!(again, format!("{HEAD}\n{}\n{}\n", line("a1", 10), line("b2", 11)));
    }
}
