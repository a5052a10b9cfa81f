//! The files of a `SQLite` database: created for their owner alone (F13), and whether this process may use them (K16).
//! What is in the way is said in one sentence, with what to do.
//!
//! An existing database file is never opened here: closing it again would end the locks that `SQLite` holds on it in this
//! process.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What `SQLite` keeps beside the file.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Creates the file where there is none, and checks what is there. Its full path, or the sentence.
pub(super) fn prepare(file: &Path) -> Result<PathBuf, String> {
    let file =
        std::path::absolute(file).map_err(|error| format!("{} is no path of a file: {error}", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new("/"));
    match fs::metadata(&file) {
        Ok(found) if found.is_dir() => {
            return Err(format!(
                "{} is a folder; name the file in it: REKEY_DATABASE_URL=sqlite:{}",
                file.display(),
                file.join("rekey.db").display()
            ));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            check_folder(folder)?;
            create(&file).map_err(|error| format!("{} can't be created: {error}", file.display()))?;
        }
        Err(error) => return Err(unreachable(&file, &error)),
    }
    let beside = BESIDE.map(|suffix| with_suffix(&file, suffix));
    let there: Vec<_> = [&file]
        .into_iter()
        .chain(beside.iter().filter(|file| file.exists()))
        .collect();
    permissions::check_files(&there)?;
    check_folder(folder)?;
    Ok(file)
}

fn check_folder(folder: &Path) -> Result<(), String> {
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => permissions::check_folder(folder),
        Ok(_) => Err(format!(
            "{} is no folder, so no database can be in it",
            folder.display()
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(format!(
            "the folder {} is not there; create it, or name another place in REKEY_DATABASE_URL",
            folder.display()
        )),
        Err(error) => Err(unreachable(folder, &error)),
    }
}

/// Of what can't even be looked at: a folder on the way may be closed to this process.
fn unreachable(path: &Path, error: &std::io::Error) -> String {
    let closed = path.ancestors().skip(1).filter_map(permissions::closed).last();
    closed.unwrap_or_else(|| format!("{} can't be reached: {error}", path.display()))
}

/// For its owner alone from the first byte, whatever the process's mask says. The files beside it get the same mode.
fn create(file: &Path) -> std::io::Result<()> {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    permissions::for_owner_alone(&mut new);
    match new.open(file) {
        Ok(created) => permissions::set_for_owner_alone(&created),
        // Another process was faster; but not a link to nowhere, behind which the file would be made by others' rules.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && fs::metadata(file).is_ok() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether the file and its folder may still be written.
pub(super) fn may_write(file: &Path) -> bool {
    permissions::may_write(file) && file.parent().is_none_or(permissions::may_write)
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    name.into()
}

#[cfg(unix)]
mod permissions {
    use std::fs::{self, File, OpenOptions, Permissions};
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::{Path, PathBuf};

    use rustix::fs::{Access, access};
    use rustix::io::Errno;
    use rustix::process::getuid;

    /// Read and written by the owner, by nobody else.
    const FOR_OWNER_ALONE: u32 = 0o600;

    pub fn for_owner_alone(new: &mut OpenOptions) {
        new.mode(FOR_OWNER_ALONE);
    }

    /// Where the mask has taken more away than it should.
    pub fn set_for_owner_alone(file: &File) -> std::io::Result<()> {
        file.set_permissions(Permissions::from_mode(FOR_OWNER_ALONE))
    }

    pub fn may_write(path: &Path) -> bool {
        access(path, Access::WRITE_OK).is_ok()
    }

    pub fn check_files(files: &[&PathBuf]) -> Result<(), String> {
        let may = "read and write it";
        let refused = |file: &PathBuf| access(file.as_path(), Access::READ_OK | Access::WRITE_OK).err();
        let all: Vec<_> = files
            .iter()
            .filter(|file| refused(file).is_some())
            .map(|file| file.as_path())
            .collect();
        match files.iter().find_map(|file| refused(file)) {
            Some(errno) => Err(sentence(&all, errno, may, "u+rw")),
            None => Ok(()),
        }
    }

    pub fn check_folder(folder: &Path) -> Result<(), String> {
        let may = "create files in it, which SQLite needs beside the database";
        let problem = access(folder, Access::WRITE_OK | Access::EXEC_OK);
        problem.map_err(|errno| sentence(&[folder], errno, may, "u+rwx"))
    }

    /// The sentence about a folder that this process may not go through.
    pub fn closed(folder: &Path) -> Option<String> {
        let found = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
        let errno = access(folder, Access::EXEC_OK).err()?;
        if found.uid() == getuid().as_raw() || errno != Errno::ACCESS {
            return Some(sentence(&[folder], errno, "go through it", "u+x"));
        }
        let (name, owner, me) = (folder.display(), called(found.uid()), called(getuid().as_raw()));
        Some(format!(
            "the folder {name} belongs to {owner}, and this program runs as {me}, who may not go through it; run: sudo chmod \
             o+x '{name}', or name a file elsewhere in REKEY_DATABASE_URL"
        ))
    }

    /// About the first of them; what to do is for all.
    fn sentence(paths: &[&Path], errno: Errno, may: &str, mode: &str) -> String {
        let path = paths.first().copied().unwrap_or(Path::new(""));
        let name = path.display();
        if errno == Errno::ROFS {
            return format!("{name} is on a file system that can only be read, and this program must {may}");
        }
        let found = match fs::metadata(path) {
            Ok(found) if errno == Errno::ACCESS || errno == Errno::PERM => found,
            _ => return format!("{name} can't be used: {errno}"),
        };
        let all: Vec<_> = paths.iter().map(|path| format!("'{}'", path.display())).collect();
        let (owner, me, all) = (found.uid(), getuid().as_raw(), all.join(" "));
        if owner == me {
            let bits = found.mode() & 0o7777;
            return format!("the mode {bits:04o} of {name} does not let its owner {may}; run: chmod {mode} {all}");
        }
        format!(
            "{name} belongs to {}, and this program runs as {}, who may not {may}; run: sudo chown {me} {all}",
            called(owner),
            called(me)
        )
    }

    fn called(user: u32) -> String {
        match user {
            0 => "root (user 0)".to_owned(),
            user => format!("user {user}"),
        }
    }
}

#[cfg(not(unix))]
mod permissions {
    use std::fs::{File, OpenOptions};
    use std::path::{Path, PathBuf};

    pub fn for_owner_alone(_: &mut OpenOptions) {}

    pub fn set_for_owner_alone(_: &File) -> std::io::Result<()> {
        Ok(())
    }

    pub fn may_write(_: &Path) -> bool {
        true
    }

    pub fn closed(_: &Path) -> Option<String> {
        None
    }

    pub fn check_files(_: &[&PathBuf]) -> Result<(), String> {
        Ok(())
    }

    pub fn check_folder(_: &Path) -> Result<(), String> {
        Ok(())
    }
}
