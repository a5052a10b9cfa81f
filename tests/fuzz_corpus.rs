//! What fuzzing starts from and what it has found, kept in `fuzz/corpus`: each input once more, every day, so that what was
//! mended stays mended. `cargo xtask fuzz` looks for more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

#[test]
fn every_kept_input_keeps_its_promises() {
    for (name, check) in targets::ALL {
        for file in entries(&corpora().join(name)) {
            // A failure names the last one.
            println!("{}", file.display());
            check(&fs::read(&file).expect("a file"));
        }
    }
}

#[test]
fn every_target_has_kept_inputs_and_no_folder_is_left_over() {
    let folders: BTreeSet<_> = entries(&corpora())
        .iter()
        .map(|folder| folder.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    let targets: BTreeSet<_> = targets::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(folders, targets);
}
