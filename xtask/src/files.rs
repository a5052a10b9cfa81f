//! Files and folders, each failure with its path.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// The content of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(Failure::file("read", path))
}

/// Writes beside the place first and moves it there, so that an interrupted run leaves no half file. Makes the folder.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    }
    let beside = with_suffix(path, "new");
    fs::write(&beside, content).map_err(Failure::file("write", &beside))?;
    rename(&beside, path)
}

/// The same, unless the content is there already; whether it had to be written.
pub fn write_if_changed(path: &Path, content: &[u8]) -> Result<bool, Failure> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(false);
    }
    write(path, content).map(|()| true)
}

/// Moves a file or folder.
pub fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::rename(from, to).map_err(Failure::file("move", from))
}

/// Makes a folder, or empties the one that is there.
pub fn empty(folder: &Path) -> Result<(), Failure> {
    remove_if_there(folder)?;
    fs::create_dir_all(folder).map_err(Failure::file("create", folder))
}

/// Removes a file, or a folder with all that is in it.
pub fn remove_if_there(path: &Path) -> Result<(), Failure> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other.map_err(Failure::file("remove", path)),
    }
}

/// The files of a folder and of those in it, in a stable order.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            found.extend(below(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// What stands directly in a folder, in a stable order.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(Failure::file("read", folder))?;
    entries.sort();
    Ok(entries)
}

/// Copies all files of a folder, those in its folders too. Notes of file managers and editors stay.
pub fn copy_all(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(Failure::file("create", to))?;
    for path in entries(from)? {
        let Some(name) = path.file_name().filter(|name| !name.to_string_lossy().starts_with('.')) else {
            continue;
        };
        let place = to.join(name);
        if path.is_dir() {
            copy_all(&path, &place)?;
        } else {
            fs::copy(&path, &place).map_err(Failure::file("copy", &path))?;
        }
    }
    Ok(())
}

/// The path with one more ending.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// SHA-256 in hexadecimal over the parts, each with its length before it, so that no two lists look alike.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let mut name = String::new();
    for byte in hash.finalize() {
        // Writing to a string can't fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_differ_only_in_where_they_are_cut_have_different_hashes() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_eq!(hash(&[b"a"]).len(), 64);
    }
}
