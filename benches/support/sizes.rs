//! What is handed out: the executable, and what a browser loads.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::report::{self, Section};

/// Sizes on disk. `cargo xtask bench` says in `REKEY_FRONT` where the browser's half is; else it is where `dist` puts it.
pub fn section(executable: &Path, target: &Path) -> Outcome<Section> {
    let front = env::var_os("REKEY_FRONT").map_or_else(|| target.join("embedded"), PathBuf::from);
    let mut files = Vec::new();
    walk(&front.join("pkg"), &mut files)?;
    files.sort();
    let mut rows = vec![vec![
        "executable".to_owned(),
        report::kilobytes(size(executable)?),
        "–".to_owned(),
    ]];
    let (mut live, mut live_packed) = (0, 0);
    for file in &files {
        let raw = size(file)?;
        // Without a packed form it would not be smaller.
        let packed = size(&with_suffix(file, ".br")).unwrap_or(raw);
        let is_style = file.extension().is_some_and(|extension| extension == "css");
        if !is_style {
            live += raw;
            live_packed += packed;
        }
        let name = file.strip_prefix(&front).unwrap_or(file).display().to_string();
        rows.push(vec![name, report::kilobytes(raw), report::kilobytes(packed)]);
    }
    rows.push(vec![
        "WASM and JS together".to_owned(),
        report::kilobytes(live),
        report::kilobytes(live_packed),
    ]);
    Ok(Section {
        title: "Sizes",
        head: vec!["File", "kB", "kB in Brotli"],
        rows,
        note: "Kilobytes of 1000 bytes.".to_owned(),
    })
}

fn size(file: &Path) -> Outcome<u64> {
    let metadata = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(metadata.len())
}

/// All files of a folder and those in it, without their packed forms.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let is_packed = path
            .extension()
            .is_some_and(|extension| extension == "br" || extension == "gz");
        if path.is_dir() {
            walk(&path, files)?;
        } else if !is_packed {
            files.push(path);
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
