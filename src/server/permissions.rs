//! Files that hold what not everybody on the machine should read: the database, the configuration (F13).

use std::path::Path;

/// Warns where others than the owner and the group can read the file.
pub fn warn_of_readers(file: &Path) {
    if is_read_by_others(file) {
        tracing::warn!(
            file = %file.display(),
            "file.readable by everybody on this machine; take that away: chmod o= FILE"
        );
    }
}

#[cfg(unix)]
fn is_read_by_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    // What is not there can't be read, and whoever needs it says so.
    std::fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn is_read_by_others(_: &Path) -> bool {
    false
}
