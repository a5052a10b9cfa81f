//! `clean`: what this checkout and its tools take on the disk, and how to have it back.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::files;
use crate::workspace::Workspace;

/// Removes what was built, and with `tools` the tools in the per-user cache; says what that freed.
pub fn clean(workspace: &Workspace, tools: bool) -> Result<(), Failure> {
    let mut places = vec![
        ("what was built", workspace.target().to_owned()),
        ("the browser tests' packages", workspace.end2end().join("node_modules")),
    ];
    if *workspace.target() != workspace.root().join("target") {
        places.push(("what was built for the executable", workspace.root().join("target")));
    }
    if tools {
        places.push(("tools", workspace.tools().to_owned()));
    }
    let mut freed = 0;
    for (what, place) in places {
        let size = size(&place);
        if size == 0 {
            continue;
        }
        files::remove_if_there(&place)?;
        eprintln!("{:>10}  {what}: {}", megabytes(size), place.display());
        freed += size;
    }
    eprintln!("{:>10}  freed", megabytes(freed));
    if !tools && size(workspace.tools()) > 0 {
        eprintln!(
            "\nThe tools in {} stay; `cargo xtask clean --tools` frees {} more.",
            workspace.tools().display(),
            megabytes(size(workspace.tools()))
        );
    }
    Ok(())
}

/// The bytes of all files below a folder; what can't be read counts nothing.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(about) if about.is_dir() => size(&entry.path()),
            Ok(about) => about.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Megabytes of a million bytes.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_added_up_over_folders() {
        let folder = std::env::temp_dir().join(format!("rekey-xtask-{}-size", std::process::id()));
        files::write(&folder.join("a/b/c"), &[0; 1000]).unwrap();
        files::write(&folder.join("d"), &[0; 24]).unwrap();
        assert_eq!(size(&folder), 1024);
        files::remove_if_there(&folder).unwrap();
        assert_eq!(size(&folder), 0);
        assert_eq!(megabytes(1), "1 MB");
    }
}
